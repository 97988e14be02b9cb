"""What a layout says: where, in an agency's own spreadsheet, each figure stands, named by words and never by address."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from typing import Literal

from pydantic import Field, field_validator

from schemas.catalogue.entry import Entry
from schemas.layouts.when import check_word

Answer = Literal["numerator", "denominator", "value", "marker", "reason"]
# The columns of a return that a layout may name; one of the first two says which figure a row is.
NAMES = ("indicator_id", "indicator", "area_id", "breakdown", "category", "reason")


class Place(Entry):
    """A column of figures, by its heading. It may be one category of a breakdown, or one area."""

    heading: str = Field(
        min_length=1,
        description="The words over the column; where several lines head it, their words one after the other.",
    )
    period: str = Field(
        default="",
        description="`Q1` to `Q4`, `Apr` to `Mar` or `Year`, within the year of the return or the one the heading names; "
        "or a period of its own, such as `2026-27-Q2`; empty for the return's own quarter.",
    )
    answer: Answer = Field(
        default="numerator", description="Which side of the figure the column holds, where the row does not say."
    )
    breakdown: str = Field(default="", description="The id of the breakdown the column is a part of.")
    category: str = Field(default="", description="The id of the part.")
    area: str = Field(default="", description="The code of the area the column is of.")

    @field_validator("period")
    @classmethod
    def can_be_read(cls, word: str) -> str:
        """Refuse a word that no period is called by."""
        return check_word(word)


class Label(Entry):
    """A row, by its words: which indicator it is, and which part of it."""

    words: str = Field(
        min_length=1,
        description="The row's reference or its name, whichever you like; capitals and spaces do not count.",
    )
    indicator_id: str = Field(min_length=1, description="The indicator's id, such as `DA01`.")
    answer: Answer | Literal[""] = Field(
        default="",
        description="`numerator` or `denominator` where the row is one side of the figure (“number of”, “out of”), `value` "
        "where it is the percentage, rate or mean; empty where the column says.",
    )
    breakdown: str = Field(default="", description="The id of the breakdown the row is a part of.")
    category: str = Field(default="", description="The id of the part; empty where a column of the sheet names it.")
    area: str = Field(default="", description="The code of the area the row is of; empty for the whole city.")


class LeftOut(Entry):
    """A row or a column that is read past: a target, something that is not in the data set."""

    words: str = Field(min_length=1, description="The row's reference or name, or the column's heading.")
    reason: str = Field(min_length=1, description="Why; it is said each time the file is checked.")


class SheetMap(Entry):
    """One table: the columns that name the figure of a row, and the columns of figures.

    Every sheet with these headings is read, so one entry does for a workbook with a sheet for each theme.
    """

    sheet: str = Field(
        default="", description="The sheet's name, only to choose between two tables that fit the same sheet."
    )
    names: dict[str, str] = Field(
        description=f"Which heading names what: {', '.join(f'`{name}`' for name in NAMES)}; one of the first two is needed. "
        'An empty heading ("") is the column of words that has none.'
    )
    places: tuple[Place, ...] = Field(min_length=1, description="The columns of figures.")
    year_total: str = Field(
        default="",
        description="The heading of the year's figures, which are checked by what is measured, and then dropped.",
    )
    year_made: str = Field(
        default="", description="The heading of the column that says how the year is made, such as “Total”."
    )

    @field_validator("names")
    @classmethod
    def names_the_rows(cls, names: dict[str, str]) -> dict[str, str]:
        """Refuse a column no return has, and a table whose rows nothing names."""
        unknown = sorted(set(names) - set(NAMES))
        if unknown:
            raise ValueError(f"names has {unknown[0]}, which is none of {', '.join(NAMES)}")
        if not {"indicator_id", "indicator"} & set(names):
            raise ValueError("names has neither indicator_id nor indicator, so no row could be told from another")
        return names


class Layout(Entry):
    """How one agency's spreadsheet maps on a return; counts only once a person has confirmed it."""

    id: str = Field(
        pattern=r"^[a-z0-9][a-z0-9-]{0,59}$", description="A short name of small letters, digits and hyphens."
    )
    title: str = Field(min_length=1, description="What the spreadsheet is called.")
    agency_id: str = Field(
        default="", description="Whose it is; empty where several share it: whoever sends the file says for whom."
    )
    kind: Literal["figures"] = Field(default="figures", description="The kind of return: figures only, so far.")
    year: Literal["financial", "calendar"] = Field(
        default="financial", description="Which year `Q1` and `Apr` belong to: from April on, or from January on."
    )
    sheets: tuple[SheetMap, ...] = Field(min_length=1, description="The tables.")
    labels: tuple[Label, ...] = Field(
        default=(), description="The rows. One that has an indicator's own title, or an alias of it, need not be named."
    )
    left_out: tuple[LeftOut, ...] = Field(default=(), description="The rows and columns that are read past.")
    not_supplied: tuple[str, ...] = Field(
        default=("-", "–", "—"), description="The signs for “nothing here”: read as not supplied, never as zero."
    )
    confirmed_by: str = Field(default="", description="The role of whoever has looked at every line of it.")
    confirmed_on: date | None = Field(default=None, description="The day they did.")

    @property
    def signs(self) -> frozenset[str]:
        """The signs for nothing; of a layout that has one dash among them, every dash, as programs turn one into another."""
        dashes = {"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212"}
        return frozenset(self.not_supplied) | (dashes if dashes & set(self.not_supplied) else set())

    @property
    def is_confirmed(self) -> bool:
        """Whether a person has looked at every guess in it."""
        return bool(self.confirmed_by) and self.confirmed_on is not None
