"""A record of a log as it grew: what was known of it, from which day on, and who sent it."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter

from schemas.catalogue.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int | float | date
Cells = dict[str, Value]
BUSINESS_UNIT = "bu"
Shape = TypeVar("Shape", bound=Entry)
_NOTHING: Mapping[str, date | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Update:
    """What became known of a record on a day, by its sheet's columns, and who sent it."""

    known_on: date
    cells: Mapping[str, Value]
    sender: str = BUSINESS_UNIT


@dataclass(frozen=True, slots=True)
class Record:
    """One record of one sheet, with everything that became known of it in the order it did."""

    kind: str
    sheet: str
    updates: tuple[Update, ...]

    def as_at(self, day: date) -> Cells:
        """The record as it stood at the end of a day, later words over earlier ones; nothing where it was not known."""
        cells: Cells = {}
        for update in self.updates:
            if update.known_on <= day:
                cells |= update.cells
        return cells

    def moved(self, sender: str, after: date, until: date) -> bool:
        """Whether the sender had something to say of it later than one day and up to another."""
        return any(u.sender == sender and after < u.known_on <= until for u in self.updates)


def grown(  # noqa: PLR0913 - where it stands, what it holds, and from when
    kind: str,
    sheet: str,
    known_on: date,
    cells: Mapping[str, Value],
    since: Mapping[str, date | None] = _NOTHING,
    *,
    sender: str = BUSINESS_UNIT,
) -> Record:
    """A record whose cells fill one after another: `since` says from which day on a column is known, None never.

    Columns that `since` does not name are known from the first day.
    """
    days: dict[date, Cells] = defaultdict(dict)
    for name, value in cells.items():
        day = since.get(name, known_on)
        if day is not None:
            days[max(day, known_on)][name] = value
    return Record(kind, sheet, tuple(Update(day, days[day], sender) for day in sorted(days)))


def filled(entry: Entry, *, without: tuple[str, ...] = ()) -> Cells:
    """An entry's fields as cells: those that hold something, and are not left out by name."""
    fields = {name: getattr(entry, name) for name in type(entry).model_fields if name not in without}
    return {name: value for name, value in fields.items() if value not in (None, "", ())}


def told(name: str, shape: type[Shape], *, beside: Path = Path(__file__).parent) -> Shape:
    """What one of the files of a folder says, by default of this one, in the shape asked for."""
    text = (beside / f"{name}.toml").read_text("utf-8")
    return TypeAdapter(shape).validate_python(tomllib.loads(text))
