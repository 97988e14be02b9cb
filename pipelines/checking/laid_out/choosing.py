"""Whether a file is read by a layout at all, and what is said where none of those there are fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.checking.cover import read_cover
from pipelines.checking.laid_out.matching import lacking, matching
from schemas.returns import kinds
from schemas.returns.listed import listed
from schemas.rules import file_layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.checking.laid_out.matching import Match
    from pipelines.reading import Workbook
    from schemas.layouts import Layout
    from schemas.problems import Problem

_FIGURES = "figures"


def fitting(workbook: Workbook, kind: str | None, layouts: Sequence[Layout]) -> Match | None:
    """The layout by which an agency's own spreadsheet is read; none for a file that was made from the template."""
    if kind not in (None, _FIGURES):
        return None
    known = kinds()[_FIGURES]
    made_from = read_cover(workbook, known).get("template_version", "")
    return None if made_from in (known.template_version, *known.older_templates) else matching(workbook, layouts)


def fits_none(workbook: Workbook, layouts: Sequence[Layout]) -> list[Problem]:
    """What the nearest of some layouts misses in a file that can be read in no other way."""
    layout, missing = lacking(workbook, layouts)
    absent = listed(missing) if missing else "each is there, but not over one table"
    return [file_layout.LAYOUT_DOES_NOT_FIT.problem({"layout": layout.title, "missing": absent})]
