"""Whether a file is read by a layout at all, and what is said where none of those there are fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.checking.cover import read_cover
from pipelines.checking.laid_out.claims import agency_named
from pipelines.checking.laid_out.matching import lacking, matching
from schemas.returns import kinds
from schemas.returns.listed import listed
from schemas.rules import file_layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.checking.laid_out.matching import Match
    from pipelines.checking.stated import Stated
    from pipelines.reading import Workbook
    from schemas.layouts import Layout
    from schemas.problems import Problem

_FIGURES = "figures"


def fitting(workbook: Workbook, kind: str | None, layouts: Sequence[Layout]) -> Match | None:
    """The layout by which an agency's own spreadsheet is read; none for a file that was made from the template."""
    if kind not in (None, _FIGURES):
        return None
    cover = read_cover(workbook, kinds()[_FIGURES])
    return None if _is_from_the_template(cover) else matching(workbook, layouts)


def fits_none(workbook: Workbook, layouts: Sequence[Layout], stated: Stated) -> list[Problem]:
    """What the nearest of some layouts misses in a file that can be read in no other way.

    Nothing of a file that was made from the template; no layout of another agency than the one the file is sent for.
    """
    cover = read_cover(workbook, kinds()[_FIGURES])
    sender = agency_named(stated.agency) or agency_named(cover.get("agency", ""))
    own = [layout for layout in layouts if not (sender and layout.agency_id) or layout.agency_id == sender]
    if not own or _is_from_the_template(cover):
        return []
    layout, missing = lacking(workbook, own)
    absent = listed(missing) if missing else "each is there, but not over one table"
    return [file_layout.LAYOUT_DOES_NOT_FIT.problem({"layout": layout.title, "missing": absent})]


def _is_from_the_template(cover: Mapping[str, str]) -> bool:
    """Whether a cover names a version of the template that can be read."""
    known = kinds()[_FIGURES]
    return cover.get("template_version", "") in (known.template_version, *known.older_templates)
