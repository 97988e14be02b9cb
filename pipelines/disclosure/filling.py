"""Figures an agency itself hid: any split of what is known that they could be, so that the rest can be worked on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.lines import Lines
from pipelines.disclosure.programmes import Programme, UnsolvedError, are_whole, snapped
from pipelines.disclosure.refusals import GivenAwayError

if TYPE_CHECKING:
    from pipelines.disclosure.system import System


def filled(system: System) -> System:
    """Give every unknown figure a number that fits its lines, between the ends of the need where it can be.

    Which split is taken does not matter: a reader's interval depends on the shown figures only.
    Raises GivenAwayError where no numbers fit what is known.
    """
    unknown = np.flatnonzero(np.isnan(system.values))
    if not len(unknown):
        return system
    lines = system.lines.settled(~np.isnan(system.values), system.values).part(unknown)
    lower, upper = system.lower[unknown], system.upper[unknown]
    usual = np.clip(system.need[0], lower, upper), np.clip(system.need[1], lower, upper)
    whole = system.whole[unknown]
    # x = usual low + usual rise + excess - shortage, the latter two at a price.
    limits = np.concatenate([usual[1] - usual[0], upper - usual[1], usual[0] - lower])
    split = _split(lines, usual[0]), np.zeros(len(limits)), limits
    costs = np.repeat([0.0, 1.0, 1.0], len(unknown))
    for kinds in (None, np.tile(whole, 3)):
        parts = _solved(Programme(*split, whole=kinds), costs)
        if parts is None:
            raise GivenAwayError(unknown)
        rise, excess, shortage = np.split(parts, 3)
        figures = snapped(usual[0] + rise + excess - shortage)
        if are_whole(figures[whole]):
            break
    values = system.values.copy()
    values[unknown] = figures
    return replace(system, values=values)


def _split(lines: Lines, base: np.typing.NDArray[np.float64]) -> Lines:
    """Write every cell as its base plus a rise plus an excess minus a shortage: three columns a cell."""
    line = np.tile(lines.line, 3)
    cell = np.concatenate([lines.cell + k * lines.cell_count for k in range(3)])
    coefficient = np.concatenate([lines.coefficient, lines.coefficient, -lines.coefficient])
    offset = lines.offset + lines.per_line(lines.coefficient * base[lines.cell])
    order = np.argsort(line, kind="stable")
    return Lines(line[order], cell[order], coefficient[order], offset, 3 * lines.cell_count)


def _solved(programme: Programme, costs: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float64] | None:
    """Solve at the costs; a solver that gives up has found nothing."""
    programme.price(costs)
    try:
        return programme.solve()
    except UnsolvedError:
        return None
