"""Answers kept by content: the same figures, lines and needs get the same hidden cells without solving again."""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pipelines.disclosure.lines import Flags
    from pipelines.disclosure.system import System

# Change this with the method, or old answers would outlive it.
METHOD = b"witness 1"

Cache = MutableMapping[str, bytes]


def content_key(system: System) -> str:
    """Return the sha256 of everything a pattern depends on; cells and lines count in their order."""
    digest = hashlib.sha256(METHOD)
    lines = system.lines
    facts = (
        np.array(system.need, dtype=np.float64),
        np.where(np.isnan(system.values), np.nan, system.values),
        system.primary,
        system.forced,
        system.lower,
        system.upper,
        system.low_target,
        system.high_target,
        system.whole,
        lines.line,
        lines.cell,
        lines.coefficient,
        lines.offset,
    )
    for fact in facts:
        digest.update(f"{fact.dtype}{fact.shape}".encode())
        digest.update((np.ascontiguousarray(fact) + (0.0 if fact.dtype == np.float64 else 0)).tobytes())
    return digest.hexdigest()


def remembered(cache: Cache, key: str, system: System) -> Flags | None:
    """Return the kept pattern if it is whole and hides what must be hidden; a damaged one is forgotten."""
    packed = cache.get(key)
    count = len(system.values)
    if packed is None or len(packed) != (count + 7) // 8:
        return None
    hidden = np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=count).astype(bool)
    return hidden if bool(np.all(hidden[system.must_hide])) else None


def remember(cache: Cache, key: str, hidden: Flags) -> None:
    """Keep a pattern, a bit a cell."""
    cache[key] = np.packbits(hidden).tobytes()
