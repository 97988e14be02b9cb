"""The layouts of the sample's own spreadsheets, as their agencies' analysts have confirmed them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from schemas.layouts import loaded

if TYPE_CHECKING:
    from schemas.layouts import Layout

FOLDER = Path(__file__).parent


def layout(name: str) -> Layout:
    """The layout `police` or `health`."""
    return loaded((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
