"""Writes the pages of docs/reference that are made from the code: `python -m tests.docs.generate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.docs.commands import commands
from tests.docs.indicators import indicators
from tests.docs.layouts import layouts
from tests.docs.markers import markers
from tests.docs.methods import methods_page
from tests.docs.mistakes import mistakes
from tests.docs.rules import rules
from tests.docs.statistics import statistics
from tests.docs.tables import tables

if TYPE_CHECKING:
    from collections.abc import Callable

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "indicators.md": indicators,
    "layouts.md": layouts,
    "markers.md": markers,
    "methods.md": methods_page,
    "mistakes.md": mistakes,
    "official-statistics.md": statistics,
    "publication-tables.md": tables,
    "rules.md": rules,
}


def main() -> None:
    """Write every page that has changed, and say which."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, made in PAGES.items():
        path, text = REFERENCE / name, made()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"Wrote docs/reference/{name}.\n")


if __name__ == "__main__":
    main()
