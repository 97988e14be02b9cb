"""What a layout says: where, in an agency's own spreadsheet, each figure stands, named by words and never by address."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from typing import Literal

from pydantic import Field, field_validator

from schemas.catalogue.entry import Entry, Text
from schemas.layouts.when import check_word

Answer = Literal["numerator", "denominator", "value", "marker", "reason"]
# The columns of a return that a layout may name; one of the first two says which figure a row is.
NAMES = ("indicator_id", "indicator", "area_id", "breakdown", "category", "reason")


class Place(Entry):
    """A column of figures, by its heading; where several lines head it, their words stand one after the other.

    `period` says which period the column is of: `Q1` to `Q4`, `Apr` to `Mar` and `Year` count within the year of the
    return, or within the year its own heading names; anything `schemas.periods` reads stands for itself; empty for the
    return's own quarter. A column may be one category of a breakdown, or one area.
    """

    heading: Text
    period: str = ""
    answer: Answer = "numerator"
    breakdown: str = ""
    category: str = ""
    area: str = ""

    @field_validator("period")
    @classmethod
    def can_be_read(cls, word: str) -> str:
        """Refuse a word that no period is called by."""
        return check_word(word)


class Label(Entry):
    """A row, by its words: which indicator it is, and which part of it.

    The words are those of the row's reference or of its name, whichever the sheet has. `answer` where the row is only
    one side of the figure (“number of”, “out of”), or a percentage (`value`); else the column says.
    """

    words: Text
    indicator_id: Text
    answer: Answer | Literal[""] = ""
    breakdown: str = ""
    category: str = ""
    area: str = ""


class LeftOut(Entry):
    """A row or a column that is read past, and why: a section's title, a target, something that is not in the data set."""

    words: Text
    reason: Text


class SheetMap(Entry):
    """One table: the sheet it stands on, the columns that name the figure of a row, and the columns of figures.

    `sheet` is matched by meaning and only a hint: any sheet with these headings is read. `names` maps a column of the
    return (`indicator_id`, `indicator`, `area_id`, `breakdown`, `category`, `reason`) to its heading, "" where the
    column of words has none. `year_total` heads the column with the year's figure, which is checked and dropped;
    `year_made` the one that says how it was made.
    """

    sheet: str = ""
    names: dict[str, str]
    places: tuple[Place, ...] = Field(min_length=1)
    year_total: str = ""
    year_made: str = ""

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
    """How one agency's spreadsheet maps on a return; counts only once a person has confirmed it.

    `agency_id` may be empty: whoever sends the file says for whom. `year` is the one that `Q1` and `Apr` belong to.
    `not_supplied` are the signs the agency uses for “nothing here”.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")
    title: Text
    agency_id: str = ""
    kind: Literal["figures"] = "figures"
    year: Literal["financial", "calendar"] = "financial"
    sheets: tuple[SheetMap, ...] = Field(min_length=1)
    labels: tuple[Label, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    not_supplied: tuple[str, ...] = ("-", "–")
    confirmed_by: str = ""
    confirmed_on: date | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether a person has looked at every guess in it."""
        return bool(self.confirmed_by) and self.confirmed_on is not None
