"""What a layout says: where, in an agency's own spreadsheet, each figure stands, named by words and never by address."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from typing import Literal

from pydantic import Field

from schemas.catalogue.entry import Entry, Text

Answer = Literal["numerator", "denominator", "value", "marker", "reason"]


class Place(Entry):
    """A column of figures, by its heading; where two lines head it, their words stand one after the other.

    `period` says which period the column is of: `Q1` to `Q4` and `Apr` to `Mar` count within the year of the return;
    anything `schemas.periods` reads stands for itself; empty for the return's own quarter. A column may be one category
    of a breakdown, or one area.
    """

    heading: Text
    period: str = ""
    answer: Answer = "numerator"
    breakdown: str = ""
    category: str = ""
    area: str = ""


class Label(Entry):
    """A row, by its words: which indicator it is, and which part of it.

    `answer` where the row is only one side of the figure (“number of”, “out of”), or a percentage; else the column says.
    """

    words: Text
    indicator_id: Text
    answer: Answer | Literal[""] = ""
    breakdown: str = ""
    category: str = ""
    area: str = ""


class LeftOut(Entry):
    """A row that is read past, and why: a heading of a section, or something that is not in the data set."""

    words: Text
    reason: Text


class SheetMap(Entry):
    """One table: the sheet it stands on, the columns that name the figure of a row, and the columns of figures.

    `sheet` is matched by meaning and only a hint: any sheet with these headings is read. `names` maps a column of the
    return (`indicator_id`, `indicator`, `area_id`, `breakdown`, `category`, `reason`) to its heading. `year_total` heads
    the column with the year's figure, which is checked and dropped; `year_made` the one that says how it was made.
    """

    sheet: str = ""
    names: dict[str, str]
    places: tuple[Place, ...] = Field(min_length=1)
    year_total: str = ""
    year_made: str = ""


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
