"""What auditors wrote, as far as each audience may read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.publishing.logs.log import records_of
from schemas.returns.small_words import LEFT_OUT
from schemas.returns.telling import tells_of_people, tells_too_much

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Audience

EXECUTIVE, PUBLIC = "executive", "public"


@dataclass(frozen=True)
class Reader:
    """One audience as a reader of free text; `origins` are references of incidents and reviews, `agencies` their names."""

    is_executive: bool
    is_public: bool
    origins: frozenset[str]
    agencies: frozenset[str] = frozenset()

    def may_read(self, text: str) -> bool:
        """Whether a text tells nothing this audience may not know.

        >>> Reader(is_executive=False, is_public=True, origins=frozenset()).may_read("Schools hear in time")
        True
        """
        if tells_of_people(text) or (self.is_public and self._names_an_agency(text)):
            return False
        return self.is_executive or not tells_too_much(text, self.origins)

    def told(self, text: str) -> str:
        """The text, or a sentence that it is left out; to the public nothing at all."""
        if self.may_read(text):
            return text
        return "" if self.is_public else LEFT_OUT

    def _names_an_agency(self, text: str) -> bool:
        """Whether an agency is called by one of its names; the public is told of none."""
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in self.agencies)

    def within(self, text: str) -> str:
        """A text for partners; the public does not read it whatever it says."""
        return "" if self.is_public else self.told(text)


def reader_of(inputs: Inputs, audience: Audience) -> Reader:
    """The reader an audience is."""
    named = (("Reviews", "review_ref"), ("Incidents", "incident_ref"))
    origins = frozenset(ref for sheet, column in named for ref in records_of(inputs, "reviews", sheet)[column])
    agencies = inputs.catalogue.agencies.values()
    names = frozenset(name for each in agencies for name in (each.title, each.short, *each.aliases))
    return Reader(audience.id == EXECUTIVE, audience.id == PUBLIC, origins - {""}, names)
