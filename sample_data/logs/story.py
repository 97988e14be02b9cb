"""What the figures of the sample say of each linked recommendation, as those who wrote the sample meant them to."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from sample_data.logs.records import told
from schemas.catalogue.entry import Entry


class Expected(Entry):
    """The verdict that publishing must find on one link, and why; `story` where it is one the sample is there to tell."""

    recommendation_id: str
    indicator_id: str
    verdict: str
    because: str
    story: str = ""


class Unmeasured(Entry):
    """The recommendations without a measure: with a reason and without; `story` as above, by recommendation."""

    with_reason: tuple[str, ...]
    without_reason: tuple[str, ...]
    story: dict[str, str] = Field(default_factory=dict)


class Expectations(Entry):
    """All of expected.toml."""

    verdict: tuple[Expected, ...]
    unmeasured: Unmeasured


@cache
def expected() -> Expectations:
    """The verdicts as written in expected.toml."""
    return told("expected", Expectations)
