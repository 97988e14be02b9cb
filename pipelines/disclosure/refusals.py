"""Why a release cannot be protected, as data and in words: which cells, for what reason, and what causes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# A sentence counts all cells and names no more than these.
NAMED = 5


class Reason(StrEnum):
    """Why small numbers cannot be protected."""

    CONTRADICTION = "contradiction"
    OUT_OF_BOUNDS = "out of bounds"
    KNOWN_ELSEWHERE = "known elsewhere"
    NO_ROOM = "no room"
    UNSOLVED = "unsolved"


@dataclass(frozen=True, eq=False)
class Fault:
    """Linked `cells` that cannot be protected for one `reason`, and the cells that cause it (`because`).

    A contradiction is caused by the cells of lines that do not add up, or by figures hidden at their source for which
    no numbers fit; out of bounds are the figures themselves; known elsewhere, the fixed cells that give others away. No
    room (one value is all that lines and bounds allow) and unsolved (no answer in the time allowed) have no cause here.
    """

    reason: Reason
    cells: NDArray[np.int64]
    because: NDArray[np.int64]

    def sentence(self, cannot: str = "cannot be protected") -> str:
        """Say what is wrong, by the numbers of cells.

        >>> Fault(Reason.CONTRADICTION, np.array([0]), np.array([0, 1, 2])).sentence()
        'Cell 0 cannot be protected, because cells 0, 1 and 2 do not add up.'
        """
        causes, single = named(self.because) if len(self.because) else "", len(self.because) == 1
        it = "it" if len(self.cells) == 1 else "them"
        why = {
            Reason.CONTRADICTION: f"{causes} {'does' if single else 'do'} not add up",
            Reason.OUT_OF_BOUNDS: f"{causes} {'lies' if single else 'lie'} outside the bounds given",
            Reason.KNOWN_ELSEWHERE: f"what is known elsewhere ({causes}) gives {it} away",
            Reason.NO_ROOM: f"lines and bounds leave {it} one value only",
            Reason.UNSOLVED: "no answer was found in the time allowed",
        }
        return f"{named(self.cells).capitalize()} {cannot}, because {why[self.reason]}."


class ProtectionError(ValueError):
    """No pattern of hidden cells protects some of the cells asked for; nothing of theirs may be published.

    `faults` say why, one for each reason and group of linked cells, and `cells` are the cells of them all. `hidden`,
    where known, is a pattern for the whole release in which all that is linked to them is hidden, fixed cells included:
    whoever publishes it must withhold those too, and audits it with `fixed & ~hidden`.
    """

    def __init__(
        self, faults: Sequence[Fault], hidden: NDArray[np.bool_] | None = None, cannot: str = "cannot be protected"
    ) -> None:
        """Say the first fault in words, and count the others."""
        count = len(faults) - 1
        others = f" {count} more fault{'s' * (count > 1)} {'are' if count > 1 else 'is'} not named." if count else ""
        advice = "Put the figures right, or hide every cell linked to them."
        super().__init__(f"{faults[0].sentence(cannot)}{others} {advice}")
        self.faults = tuple(faults)
        self.cells = np.unique(np.concatenate([fault.cells for fault in faults]))
        self.hidden = hidden


class GivenAwayError(ArithmeticError):
    """Inside the search: these cells of a group stay known whatever is hidden; `ProtectionError` then says why."""

    def __init__(self, cells: NDArray[np.int64]) -> None:
        """Keep the cells, by their numbers in the group."""
        super().__init__(f"{len(cells)} cells stay known.")
        self.cells = cells


def named(cells: NDArray[np.int64]) -> str:
    """List cells by their numbers, the first five and how many others.

    >>> named(np.array([4])), named(np.array([1, 2])), named(np.arange(9))
    ('cell 4', 'cells 1 and 2', 'cells 0, 1, 2, 3, 4 and 4 others')
    """
    if len(cells) == 1:
        return f"cell {cells[0]}"
    shown = [str(cell) for cell in cells[:NAMED]]
    rest = len(cells) - len(shown)
    last = f"{rest} other{'s' * (rest > 1)}" if rest else shown.pop()
    return f"cells {', '.join(shown)} and {last}"
