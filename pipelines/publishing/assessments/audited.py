"""The programme of audits, their grades and findings, as one audience may have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.logs.splits_before import Earlier
    from schemas.catalogue import Audience

Rows = dict[str, list[dict[str, Any]]]


def audit_rows(inputs: Inputs, audience: Audience, earlier: Earlier) -> Rows:
    """The rows of each table, by its name."""
    return {}
