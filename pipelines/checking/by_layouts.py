"""Whether a file is read by a layout: who sends the template need not load what reads other spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.checking.laid_out import Match
    from pipelines.checking.stated import Stated
    from pipelines.reading import Workbook
    from schemas.layouts.layout import Layout
    from schemas.problems import Problem


def fitting(workbook: Workbook, kind: str | None, layouts: Sequence[Layout]) -> Match | None:
    """The layout that reads the file, where there is any."""
    if not layouts:
        return None
    from pipelines.checking import laid_out

    return laid_out.fitting(workbook, kind, layouts)


def fits_none(workbook: Workbook, layouts: Sequence[Layout], stated: Stated) -> list[Problem]:
    """What the nearest layout misses, where there is any of the agency the file is sent for."""
    if not layouts:
        return []
    from pipelines.checking import laid_out

    return laid_out.fits_none(workbook, layouts, stated)
