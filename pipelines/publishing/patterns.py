"""Hiding patterns already worked out, kept between releases: unchanged figures need no new linear programme."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipelines.store import atomic

if TYPE_CHECKING:
    from pathlib import Path

_FILE = "patterns.json"


def remembered(home: Path) -> dict[str, bytes]:
    """Every pattern by the hash of what it was worked out from; empty when there is none or it cannot be read.

    A damaged file costs time, not safety: each pattern is worked out and audited again.
    """
    path = home / "publications" / _FILE
    try:
        return {key: bytes.fromhex(pattern) for key, pattern in json.loads(path.read_text("utf-8")).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def remember(home: Path, patterns: dict[str, bytes]) -> None:
    """Keep the patterns for the next release."""
    said = json.dumps({key: pattern.hex() for key, pattern in patterns.items()})
    atomic.write(home / "publications" / _FILE, said.encode())
