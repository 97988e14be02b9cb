"""What a sender mends of a file without opening it: single answers, kept beside the file and never written into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

COVER = "Cover"
# As long as the words of a log's cell may be; a reason needs no more.
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Mend:
    """One answer as mended: where it stands, the column it answers, and what is to be read there ("" for nothing).

    An answer of the cover that the file does not give has no cell: it is known by its name (`agency`, `period`). `at` is
    when it was mended (in UTC), and no part of what it says: two mends that say the same are equal.
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
        """
        return self.sheet, self.cell or self.column

    @property
    def where(self) -> str:
        """Where it stands, for people.

        >>> Mend("Figures", "F14", "numerator", "12").where, Mend(COVER, "", "agency", "lch").where
        ('Figures!F14', 'Cover, Agency')
        """
        return f"{self.sheet}!{self.cell}" if self.cell else f"{self.sheet}, {self.column.capitalize()}"
