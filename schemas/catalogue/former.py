"""The shape of a label that was in a list until a certain quarter."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from schemas.catalogue.entry import Entry, Identifier, Text
from schemas.periods import PeriodError, parse


class FormerLabel(Entry):
    """A label of earlier years: what it stood for then, until when, and what has become of it (`why`)."""

    id: Identifier
    column: Literal["indicator_id", "area_id", "breakdown", "category"]
    breakdown: str = ""
    label: Text
    aliases: tuple[str, ...] = ()
    stands_for: str = ""
    until: Text
    why: Text

    @model_validator(mode="after")
    def agrees_with_itself(self) -> FormerLabel:
        """Name a category of no breakdown, and an end that is no period."""
        if (self.column == "category") != bool(self.breakdown):
            raise ValueError("a category needs its breakdown, and only a category has one")
        try:
            parse(self.until)
        except PeriodError as why:
            raise ValueError(f"until: {why}") from why
        return self
