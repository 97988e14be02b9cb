"""The page of layouts, from `schemas.layouts`: what may stand in the file, field by field, and an example that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import PydanticUndefined

from sample_data.own_sheets.layouts import FOLDER
from schemas.layouts import Label, Layout, LeftOut, Place, SheetMap
from tests.docs.markdown import code, page, table

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from schemas.catalogue.entry import Entry

INTRODUCTION = """
How an agency's own spreadsheet is read: a text file in TOML, one for each spreadsheet. It names headings and rows by their
words, so rows and columns may be inserted, sheets renamed and columns moved without a change to it. How to write one is in
[bring your own spreadsheet](../how-to/bring-your-own-spreadsheet.md). A layout with a fault is not used; every fault in it
is said at once.
"""
PARTS: tuple[tuple[str, type[Entry]], ...] = (
    ("The layout", Layout),
    ("sheets", SheetMap),
    ("places, in a sheet", Place),
    ("labels", Label),
    ("left_out", LeftOut),
)


def layouts() -> str:
    """The whole page."""
    parts: list[str] = []
    for title, shape in PARTS:
        fields = [(code(name), _default(field), field.description or "") for name, field in shape.model_fields.items()]
        parts += [
            f"## {title}",
            " ".join((shape.__doc__ or "").split()),
            table(("field", "without it", "what it says"), fields),
        ]
    example = (FOLDER / "police.toml").read_text(encoding="utf-8").strip()
    parts += ["## An example", "That of the sample's police scorecard.", f"```toml\n{example}\n```"]
    return page("Layouts", INTRODUCTION, *parts)


def _default(field: FieldInfo) -> str:
    if field.is_required() or field.default is PydanticUndefined:
        return "needed"
    if field.default in ("", (), None):
        return ""
    return " ".join(field.default) if isinstance(field.default, tuple) else code(str(field.default))
