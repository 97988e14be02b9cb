"""The fenced blocks of the hand-written pages: `sh` holds commands of ours that are run, other languages are shown."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOW_TO = ROOT / "docs" / "how-to"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    """The blocks of one language, in order."""
    found = _FENCE.findall(page.read_text(encoding="utf-8"))
    return [text for name, text in found if name == language]


def commands(page: Path) -> list[list[str]]:
    """The words of each `throughline` command in the `sh` blocks of a page, in order, without the first."""
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    words = [shlex.split(line, comments=True) for line in lines]
    return [found[1:] for found in words if found and found[0] == "throughline"]


def pages() -> list[Path]:
    """Every page people read, generated ones included."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
