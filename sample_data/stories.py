"""What happens in the sample: the quarters that break the pattern, and what agencies say about them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field, TypeAdapter

from schemas.catalogue.models import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping


class Account(Entry):
    """An agency's commentary on one figure, in the three questions every return asks."""

    agency_id: str
    period_id: str
    indicator_id: str
    what_happened: str
    why: str
    what_we_are_doing: str


class Story(Entry):
    """What one indicator's counts are in the quarters that matter; everything else is left to chance.

    `share` fixes the numerator as a share of that period's denominator, and `shares` one sender's; `parts` fixes one
    category's share of all.
    """

    numerator: dict[str, int] = Field(default_factory=dict)
    denominator: dict[str, int] = Field(default_factory=dict)
    share: dict[str, float] = Field(default_factory=dict)
    shares: dict[str, dict[str, float]] = Field(default_factory=dict)
    parts: dict[str, dict[str, dict[str, int]]] = Field(default_factory=dict)
    reasons: dict[str, str] = Field(default_factory=dict)


class Gap(Entry):
    """Figures that are not in a return: left out, or with a marker and the reason there is no number."""

    agency_id: str
    indicator_ids: tuple[str, ...]
    first_period: str
    last_period: str = ""
    marker: str = ""
    reason: str = ""


class Restated(Entry):
    """One return sent again with one figure put right."""

    agency_id: str
    period_id: str
    indicator_id: str
    was: int
    reason: str


class Stories(Entry):
    """All of stories.toml."""

    indicator: dict[str, Story] = Field(default_factory=dict)
    account: tuple[Account, ...] = ()
    gap: tuple[Gap, ...] = ()
    late: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    restated: tuple[Restated, ...] = ()


@cache
def stories() -> Stories:
    """The stories as written in stories.toml."""
    text = (Path(__file__).parent / "stories.toml").read_text("utf-8")
    return TypeAdapter(Stories).validate_python(tomllib.loads(text))


@cache
def seasons() -> Mapping[str, Mapping[str, tuple[float, ...]]]:
    """What each quarter or term is of an ordinary one, by the season's name."""
    text = (Path(__file__).parent / "seasons.toml").read_text("utf-8")
    return TypeAdapter(dict[str, dict[str, tuple[float, ...]]]).validate_python(tomllib.loads(text))
