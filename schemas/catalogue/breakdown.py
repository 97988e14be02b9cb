"""The shape of a way of splitting figures: its categories, whom they are compared with, how they are standardised."""

from __future__ import annotations

from pydantic import Field, model_validator

from schemas.catalogue.entry import Entry, Identifier, Text

NOT_KNOWN = "not_known"


class Category(Entry):
    """One value of a breakdown; `aliases` are other spellings seen in returns.

    `words` name it in a sentence, where its label cannot; `standard` is how many people of the standard population are
    in it.
    """

    id: Identifier
    label: Text
    words: str = ""
    aliases: tuple[str, ...] = ()
    standard: float | None = Field(default=None, gt=0)


class Breakdown(Entry):
    """A way of splitting a figure; only where categories sum to the total are they checked and linked.

    `reference` is the category the others are compared with, `reference_words` its name in a sentence.
    """

    id: Identifier
    title: Text
    categories: tuple[Category, ...]
    sums_to_total: bool = True
    aliases: tuple[str, ...] = ()
    reference: Identifier | None = None
    reference_words: str = ""
    standard_source: str = ""

    @property
    def compared(self) -> tuple[Category, ...]:
        """The categories set beside the reference: all others, but never the one of what is not known."""
        if self.reference is None:
            return ()
        return tuple(c for c in self.categories if c.id not in (self.reference, NOT_KNOWN))

    @property
    def standard(self) -> dict[str, float]:
        """The standard population by category; empty where the breakdown has none."""
        return {c.id: c.standard for c in self.categories if c.standard is not None}

    @model_validator(mode="after")
    def agrees_with_itself(self) -> Breakdown:
        """Name what contradicts: a reference nobody is in, without words, or half a standard population."""
        faults: list[str] = []
        known = [c.id for c in self.categories if c.id != NOT_KNOWN]
        if self.reference is not None and self.reference not in known:
            faults.append(f"reference “{self.reference}” is not one of its known categories")
        if (self.reference is None) != (not self.reference_words):
            faults.append("a reference needs reference_words, and they need it")
        if any(not c.words for c in self.compared):
            faults.append("each category that is compared needs words")
        if self.reference is not None and not self.sums_to_total:
            faults.append("groups that overlap cannot be compared: take the reference out")
        if self.standard and sorted(self.standard) != sorted(known):
            faults.append("a standard population needs every category but “not_known”")
        if bool(self.standard) != bool(self.standard_source):
            faults.append("a standard population needs its standard_source, and it needs one")
        if faults:
            raise ValueError("; ".join(faults))
        return self
