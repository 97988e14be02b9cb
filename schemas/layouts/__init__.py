"""How an agency's own spreadsheet maps on a return."""

from __future__ import annotations

from schemas.layouts.faults import faults
from schemas.layouts.layout import Label, Layout, LeftOut, Place, SheetMap
from schemas.layouts.toml import loaded, made, parsed, written

__all__ = ["Label", "Layout", "LeftOut", "Place", "SheetMap", "faults", "loaded", "made", "parsed", "written"]
