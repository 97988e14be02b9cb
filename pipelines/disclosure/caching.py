"""Answers kept by content: the same figures, lines and needs get the same hidden cells without solving again.

Only patterns are kept, never the audit's verdict: whoever publishes audits what was remembered as he does what is new.
"""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pipelines.disclosure.lines import Flags
    from pipelines.disclosure.system import System

# Change this with the method, or old answers would outlive it.
METHOD = b"witness 4"
# Enough of a sha256 that no slip of a disk or an editor passes for an answer.
CHECK_BYTES = 16

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
        system.worth,
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
    """Return the kept pattern if it is as it was kept and hides what must be hidden; a damaged one counts as none."""
    kept, count = cache.get(key, b""), len(system.values)
    packed, check = kept[:-CHECK_BYTES], kept[-CHECK_BYTES:]
    if check != _check(key, packed) or len(packed) != (count + 7) // 8:
        return None
    hidden = np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=count).astype(bool)
    return hidden if bool(np.all(hidden[system.must_hide])) else None


def remember(cache: Cache, key: str, hidden: Flags) -> None:
    """Keep a pattern, a bit a cell, and a check over it and its key."""
    packed = np.packbits(hidden).tobytes()
    cache[key] = packed + _check(key, packed)


def _check(key: str, packed: bytes) -> bytes:
    """Hash a pattern with what it answers, so that neither can be changed or exchanged unnoticed."""
    return hashlib.sha256(key.encode() + packed).digest()[:CHECK_BYTES]
