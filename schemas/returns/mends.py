"""What a sender mends of a file without opening it: single answers, kept beside the file and never written into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

COVER = "Cover"
# A reason for the figure a cell gives, where the file is an agency's own spreadsheet: the cell itself stays a number.
REASON_FOR = "reason_for"
# As long as the words of a log's cell may be; a reason needs no more.
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Mend:
    """One answer as mended: where it stands, the column it answers, and what is to be read there ("" for nothing).

    An answer of the cover that the file does not give has no cell: it is known by its name (`agency`, `period`). A
    `reason_for` a figure names the figure's cell, and changes nothing in it. `at` is when it was mended (in UTC), and no part of
    what it says: two mends that say the same are equal.
    """

    sheet: str
    cell: str
    column: str
    value: str
    at: datetime | None = field(default=None, compare=False)

    @property
    def place(self) -> tuple[str, str]:
        """What a later mend of the same cell takes the place of.

        >>> Mend("Figures", "F14", "numerator", "12").place, Mend(COVER, "", "agency", "lch").place
        (('Figures', 'F14'), ('Cover', 'agency'))
        >>> Mend("Scorecard", "F14", "reason_for", "Schools report on the new form").place
        ('Scorecard', 'F14 reason_for')
        """
        if self.is_beside:
            return self.sheet, f"{self.cell} {self.column}"
        return self.sheet, self.cell or self.column

    @property
    def is_beside(self) -> bool:
        """Whether it stands beside its cell, and not in it."""
        return self.column == REASON_FOR

    @property
    def where(self) -> str:
        """Where it stands, for people.

        >>> Mend("Figures", "F14", "numerator", "12").where, Mend(COVER, "", "agency", "lch").where
        ('Figures!F14', 'Cover, Agency')
        """
        return where(self.sheet, self.cell, self.column)


def where(sheet: str, cell: str, column: str) -> str:
    """Where a mend stands, for people, by what is stored of it.

    >>> where("Scorecard", "F14", "reason_for")
    'Scorecard!F14, reason'
    """
    if not cell:
        return f"{sheet}, {column.capitalize()}"
    return f"{sheet}!{cell}, reason" if column == REASON_FOR else f"{sheet}!{cell}"
