"""Who has replied to a self-assessment and what they said of themselves, as one audience may have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Audience

Rows = dict[str, list[dict[str, Any]]]


def self_assessed_rows(inputs: Inputs, audience: Audience) -> Rows:
    """The rows of each table, by its name."""
    return {}
