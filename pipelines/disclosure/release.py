"""A whole release put together: figures, lines and what is known of each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.disclosure.given import bounds_of, figures_of, flags_of, need_of, worth_of
from pipelines.disclosure.lines import Flags, Lines, lines_of
from pipelines.disclosure.system import System, counting, targets

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Release:
    """A release to protect or audit: its linked system, its lines as given, and the cells known elsewhere."""

    system: System
    lines: Lines
    fixed: Flags


def release_of(  # noqa: PLR0913  one argument a fact about the cells
    values: ArrayLike,
    constraints: Any,  # noqa: ANN401  any dense or scipy.sparse matrix
    primary: ArrayLike,
    *,
    need: tuple[float, float],
    lower: ArrayLike,
    upper: ArrayLike | None,
    fixed: ArrayLike | None,
    also_hidden: ArrayLike | None = None,
    worth: ArrayLike | None = None,
) -> Release:
    """Put the facts together; figures an agency itself hid count as small numbers, fixed ones are folded in."""
    figures, need = figures_of(values), need_of(need)
    unknown, lines = np.isnan(figures), lines_of(constraints, len(figures))
    known, forced = flags_of(fixed, figures, "fixed"), flags_of(also_hidden, figures, "also_hidden")
    small = flags_of(primary, figures, "primary") | unknown
    least, most = bounds_of(lower, upper, figures)
    low_target, high_target = targets(figures, need, least, most)
    free = lines.settled(known & ~unknown, figures)
    whole = counting(figures, free)
    system = System(
        figures, free, small, forced, least, most, low_target, high_target, whole, need, worth_of(worth, figures)
    )
    return Release(system, lines, known)
