"""Assemble, protect, measure, write, point."""

from __future__ import annotations

import schemas.text_in_tables  # noqa: F401  # pyright: ignore[reportUnusedImport] - for its effect
from pipelines.publishing.assembling import Inputs, assemble
from pipelines.publishing.finishing import finish
from pipelines.publishing.patterns import remember, remembered
from pipelines.publishing.previewing import clear, place
from pipelines.publishing.releasing import Made, Order, Published, bring_out, made, release, secured
from pipelines.publishing.writing import alone

__all__ = [
    "Inputs",
    "Made",
    "Order",
    "Published",
    "alone",
    "assemble",
    "bring_out",
    "clear",
    "finish",
    "made",
    "place",
    "release",
    "remember",
    "remembered",
    "secured",
]
