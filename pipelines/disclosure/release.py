"""What a caller gives, read and checked: figures, lines and what is known of each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.disclosure.lines import Flags, Floats, Lines, lines_of
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
) -> Release:
    """Put the facts together; figures an agency itself hid count as small numbers, fixed ones are folded in."""
    figures = figures_of(values)
    unknown, lines = np.isnan(figures), lines_of(constraints, len(figures))
    known, forced = flags_of(fixed, figures, "fixed"), flags_of(also_hidden, figures, "also_hidden")
    small = flags_of(primary, figures, "primary") | unknown
    least, most = bounds_of(lower, upper, figures)
    low_target, high_target = targets(figures, need, least, most)
    free = lines.settled(known & ~unknown, figures)
    whole = counting(figures, free)
    system = System(figures, free, small, forced, least, most, low_target, high_target, whole, need)
    return Release(system, lines, known)


def figures_of(values: ArrayLike) -> Floats:
    """Read one number a cell."""
    figures = np.asarray(values, dtype=np.float64)
    endless = int(np.isinf(figures).sum())
    if endless:
        raise ValueError(f"{endless} values are infinite. Give numbers, or NaN for a hidden figure.")
    return figures


def flags_of(given: ArrayLike | None, figures: Floats, what: str) -> Flags:
    """Read one flag a cell; none given is none set."""
    flags = np.zeros(figures.shape, dtype=bool) if given is None else np.asarray(given, dtype=bool)
    if flags.shape != figures.shape:
        raise ValueError(f"{what} has the shape {flags.shape}, the cells {figures.shape}. Give one flag a cell.")
    return flags


def bounds_of(lower: ArrayLike, upper: ArrayLike | None, figures: Floats) -> tuple[Floats, Floats]:
    """Read bounds given as one number or one a cell; no upper bound is none."""
    given = lower, np.inf if upper is None else upper
    least, most = (np.broadcast_to(np.asarray(bound, dtype=np.float64), figures.shape) for bound in given)
    return least, most
