"""What is known of each agency, aspect by aspect, for the partner who holds it to account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Audience

Rows = dict[str, list[dict[str, Any]]]


def assurance_rows(inputs: Inputs, audience: Audience, made: Rows, published: Mapping[str, pd.DataFrame]) -> Rows:
    """The rows of each table, by its name."""
    return {}
