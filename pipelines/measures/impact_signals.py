"""Which special cause decides, whether it lasted, and whether the baseline ended in one itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipelines.measures.charts import labels
from pipelines.measures.spc_rules import began

if TYPE_CHECKING:
    from pipelines.measures.impact_kinds import Expected
    from pipelines.measures.impact_limits import Frozen

LAST = 3  # points back where they used to be end a signal; as many, all bad, make a baseline's end unusual
JUST_BEFORE = 2  # points before the change that must not be special causes themselves
_ONE_SIGMA = 0.5  # of the way to the near line, which lies two sigma from the centre


@dataclass(frozen=True)
class Signal:
    """The latest special cause after a change: its row, where it began, its side, its label, and whether it lasted."""

    row: int
    since: int
    side: int
    label: str
    lasted: bool


def latest_signal(frozen: Frozen) -> Signal | None:
    """The special cause that decides, or None where no point after the change carries one."""
    judged = frozen.judged
    flagged = np.flatnonzero((judged.codes != 0) & frozen.stretch.after)
    if not flagged.size:
        return None
    row = int(flagged[-1])
    side = int(np.sign(judged.codes[row]))
    lasted = _level_stays(frozen, row, side) if frozen.method.name == "change" else _stays(frozen, row, side)
    return Signal(row, began(judged, row), side, str(labels(judged.codes[row : row + 1])[0]), lasted)


def unusual_end(frozen: Frozen, expected: Expected) -> bool:
    """True where the last two points before the change hold a special cause, or the last three were all poor.

    Poor: more than one sigma from the centre on the side away from the expected direction. Chance alone puts three
    usual points there in 1 of 250 baselines, and action is often taken just after such a spell.
    """
    judged, limits = frozen.judged, frozen.method.limits
    rows = np.flatnonzero(~np.isnan(judged.values) & frozen.stretch.before)
    if judged.codes[rows[-JUST_BEFORE:]].any():
        return True
    last = rows[-LAST:]
    far = np.abs(judged.values - limits.centre)[last] > _ONE_SIGMA * limits.near[last]
    poor = -1 if expected == "higher" else 1
    return bool(last.size == LAST and (far & (judged.side[last] == poor)).all())


def _stays(frozen: Frozen, row: int, side: int) -> bool:
    """False once three points have come after the signal without one, unless all the last three keep to its side."""
    judged = frozen.judged
    shown = np.flatnonzero(~np.isnan(judged.values) & frozen.stretch.after)
    later = shown[shown > row]
    return bool(later.size < LAST or (judged.side[later[-LAST:]] == side).all())


def _level_stays(frozen: Frozen, row: int, side: int) -> bool:
    """False where a stock stands no longer away from where it stood before the change.

    One unusual change moves a stock for good, and the changes after it are usual again; so its level decides: it must
    lie on the signal's side by half the unusual change, in one of the last three points at least.
    """
    levels = frozen.whole.values
    start = levels[frozen.stretch.before & frozen.whole.shown][-1]
    since = levels[row : frozen.stretch.stop]
    moved = (since[~np.isnan(since)][-LAST:] - start) * side
    return bool((moved >= abs(frozen.judged.values[row]) / 2).any())
