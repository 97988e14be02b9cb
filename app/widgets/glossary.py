"""The glossary's words, read from the file the whole project keeps to."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

GLOSSARY = Path(__file__).parents[2] / "GLOSSARY.md"
_LINE = re.compile(r"^\| (?P<word>[^|]+?) \| (?P<meaning>[^|]+?) \|$")
_HEADINGS = ("word", "---")


@cache
def words() -> tuple[tuple[str, str], ...]:
    """Every word with its meaning, in the order of the file; none where the file is not installed."""
    if not GLOSSARY.exists():
        return ()
    found = (_LINE.match(line) for line in GLOSSARY.read_text(encoding="utf-8").splitlines())
    pairs = ((line["word"], line["meaning"].replace("`", "")) for line in found if line)
    return tuple((word, meaning) for word, meaning in pairs if not word.startswith(_HEADINGS))
