"""The shapes of what is seen by several eyes: a thread, and an aspect of what is known of an agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import model_validator

from schemas.catalogue.entry import Entry, Identifier, Text
from schemas.catalogue.instrument import StandardId, StatementId  # noqa: TC001 - pydantic reads them

if TYPE_CHECKING:
    from schemas.catalogue.instrument import Statement

# The self-assessment every agency answers: the one whose standards threads and aspects name.
ORGANISATIONAL = "organisational"
_FEWEST = 2


class Thread(Entry):
    """One thing seen by several eyes; `on` is how a sentence says it, as in “scores itself 3 on information sharing”.

    The eyes are what organisations say (whole standards, or single statements), what audits graded (one domain), what
    surveys answered (one question), and indicators. One domain and one question only: added up, a case or a reply
    would count twice.
    """

    id: Identifier
    title: Text
    on: Text
    about: Text
    standards: tuple[StandardId, ...] = ()
    statements: tuple[StatementId, ...] = ()
    audit_domain: str = ""
    survey_question: str = ""
    indicators: tuple[str, ...] = ()

    @property
    def eyes(self) -> int:
        """How many eyes look at it."""
        said = bool(self.standards or self.statements)
        return said + sum(bool(each) for each in (self.audit_domain, self.survey_question, self.indicators))

    def is_about(self, statement: Statement) -> bool:
        """Whether a statement of the self-assessment belongs to it."""
        return statement.standard in self.standards or statement.id in self.statements

    @model_validator(mode="after")
    def is_seen_by_several(self) -> Thread:
        """Name a thread with one eye, which compares nothing, and a statement that its standard already holds."""
        if self.eyes < _FEWEST:
            raise ValueError("only one eye sees it; name standards, an audit_domain, a survey_question or indicators")
        twice = [each for each in self.statements if each.partition(".")[0] in self.standards]
        if twice:
            raise ValueError(f"{', '.join(twice)} is already in a standard it names")
        return self


class Aspect(Entry):
    """One aspect of what is known of an agency: what it asks, and which statements and graded practice answer it."""

    id: Identifier
    title: Text
    asks: Text
    standards: tuple[StandardId, ...] = ()
    statements: tuple[StatementId, ...] = ()
    audit_domains: tuple[Identifier, ...] = ()

    def is_about(self, statement: Statement) -> bool:
        """Whether a statement of the self-assessment belongs to it."""
        return statement.standard in self.standards or statement.id in self.statements
