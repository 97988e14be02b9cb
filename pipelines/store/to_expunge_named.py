"""What somebody names to be removed for good, in one spelling: submissions, records, rows or single cells, and how far it reaches."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from schemas.problems import UserError
from schemas.returns import kinds

# From which other submissions the same words go: from none; from other versions of the same return, and where the same sender
# says them of the same thing; from all.
Copies = Literal["", "near", "everywhere"]
# As it is kept and logged by fingerprint: an earlier version of Throughline knew all or nothing.
_SPELT: dict[Copies, bool | str] = {"": False, "near": "near", "everywhere": True}
_SPOT = re.compile(r"(?P<sheet>.+)!(?P<letters>[A-Za-z]{0,3})(?P<row>[1-9]\d{0,6})(?:\s*\((?P<column>[^()]+)\))?")


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody names: submissions or files, references of records, and rows or cells, as `Commentary!3` or `Commentary!3 (why)`.

    `copies`: from which other submissions that hold the same words they go too.
    """

    what: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    copies: Copies = ""

    @property
    def target(self) -> str:
        """The same in one spelling, by which one person's asking is found by another."""
        said = {"submissions": self.what, "records": self.records, "rows": self.rows, "copies": _SPELT[self.copies]}
        return json.dumps(said)

    @staticmethod
    def read(target: str) -> Named:
        """What a spelling names; an earlier version of Throughline knew no rows, and of copies all or none.

        >>> earlier = '{"submissions": ["a"], "records": [], "rows": [], "copies": true}'
        >>> Named.read(earlier).copies, Named.read(earlier).target == earlier
        ('everywhere', True)
        """
        said = json.loads(target)
        spelt: dict[object, Copies] = {so: copies for copies, so in _SPELT.items()}
        return Named(
            what=tuple(said["submissions"]),
            records=tuple(said["records"]),
            rows=tuple(said.get("rows", ())),
            copies=spelt.get(said.get("copies", False), ""),
        )


class Spot(NamedTuple):
    """A row of a sheet, or of it one column only; `column` is empty for the whole row, `letters` where no cell was named by one."""

    sheet: str
    row: int
    column: str = ""
    letters: str = ""

    def __str__(self) -> str:
        """As it is written: `Commentary!3 (why)`."""
        return f"{self.sheet}!{self.letters}{self.row}" + (f" ({self.column})" if self.column else "")

    def holds(self, name: str) -> bool:
        """Whether a column is named."""
        return self.column in ("", name)


def spot(spelled: str) -> Spot:
    """What a spelling of a row or a cell means. UserError for what is none.

    >>> spot("Commentary!3"), str(spot("Commentary!3(why)")), spot("Commentary!c3").letters
    (Spot(sheet='Commentary', row=3, column='', letters=''), 'Commentary!3 (why)', 'C')
    """
    found = _SPOT.fullmatch(spelled.strip())
    if found is None or (found["letters"] and found["column"]):
        raise UserError(
            f"“{spelled[:60]}” is no row. Write the sheet and the row, as Commentary!3; or a single cell, as Commentary!C3 or "
            "Commentary!3 (why). Nothing was removed."
        )
    return Spot(found["sheet"], int(found["row"]), (found["column"] or "").strip(), found["letters"].upper())


def by_name(kind_id: str, at: Spot) -> Spot:
    """The same with the column called as the vault calls it, where it was called by a heading; else as it is.

    >>> str(by_name("figures", spot("Commentary!3 (Why)")))
    'Commentary!3 (why)'
    """
    kind = kinds().get(kind_id)
    layouts = (*kind.sheets, *kind.notes) if kind else ()
    known = [layout for layout in layouts if layout.name == at.sheet] or layouts
    asked = at.column.casefold()
    for column in (column for layout in known for column in layout.columns):
        if asked in (column.name, column.heading.casefold()):
            return at._replace(column=column.name)
    return at
