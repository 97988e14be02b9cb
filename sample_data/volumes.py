"""How much there is of everything counted, read from volumes.toml and resolved to the catalogue's quantities."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field, TypeAdapter

from schemas.catalogue.models import Entry, Indicator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schemas.catalogue.whole import Catalogue

HERE = Path(__file__).parent
Grid = Literal["financial_quarter", "term", "financial_year"]


class Volume(Entry):
    """One line of volumes.toml; its head says what each field means."""

    level: float | None = None
    of: str = ""
    share: float | None = None
    ratio: bool = False
    stock: bool | None = None
    season: str = ""
    spread: float | None = None
    yearly: float = 1.0
    steps: dict[str, float] = Field(default_factory=dict)
    senders: dict[str, float] = Field(default_factory=dict)
    decimals: int = 0
    ages: str = ""
    whole: Volume | None = None


@dataclass(frozen=True)
class Plan:
    """How one quantity's counts come about.

    `parent` is the quantity it is a share of, `caps` everything it may never exceed. Counts are kept as whole
    numbers of 10 to the power −`decimals`, so that full-time equivalents add up as exactly as children do.
    """

    quantity_id: str
    volume: Volume
    parent: str | None
    caps: tuple[str, ...]
    grid: Grid
    stock: bool
    senders: tuple[str, ...]
    adds_over_time: bool


@dataclass(frozen=True)
class Use:
    """One place where an indicator uses a quantity."""

    indicator: Indicator
    role: Literal["numerator", "denominator"]


@cache
def volumes() -> Mapping[str, Volume]:
    """Every line of volumes.toml by indicator id."""
    return TypeAdapter(dict[str, Volume]).validate_python(tomllib.loads((HERE / "volumes.toml").read_text("utf-8")))


def plans(catalogue: Catalogue) -> dict[str, Plan]:
    """A plan for every quantity that agencies send; a quantity used by several indicators has one."""
    uses = _uses(catalogue)
    return {quantity_id: _plan(catalogue, quantity_id, found) for quantity_id, found in uses.items()}


def _uses(catalogue: Catalogue) -> dict[str, list[Use]]:
    found: dict[str, list[Use]] = {}
    for indicator in catalogue.indicators.values():
        if indicator.computed_from is not None:
            continue
        found.setdefault(indicator.numerator, []).append(Use(indicator, "numerator"))
        if indicator.denominator and not catalogue.quantities[indicator.denominator].official:
            found.setdefault(indicator.denominator, []).append(Use(indicator, "denominator"))
    return found


def _plan(catalogue: Catalogue, quantity_id: str, uses: list[Use]) -> Plan:
    volume = next(_described(uses), None) or _made_up(uses[0])
    parent = _named(catalogue, volume.of) if volume.of else _denominator(catalogue, uses) if volume.share else None
    wholes = [_denominator(catalogue, [use]) for use in uses if use.indicator.measure_type in ("percent", "rate")]
    limits = dict.fromkeys([parent if not volume.ratio else None, *wholes])
    return Plan(
        quantity_id,
        volume,
        parent,
        tuple(cap for cap in limits if cap is not None and cap != quantity_id),
        _grid(uses),
        any(_stands(use.indicator) for use in uses) if volume.stock is None else volume.stock,
        next((use.indicator.senders for use in uses if len(use.indicator.senders) > 1), ()),
        "time" in catalogue.quantities[quantity_id].adds_over,
    )


def _described(uses: list[Use]) -> Iterator[Volume]:
    """The lines written for the quantity, those that say more than "the same as" first."""
    lines = [line for use in uses if (line := _line(use)) is not None]
    yield from sorted(lines, key=lambda line: line.share == 1.0)


def _line(use: Use) -> Volume | None:
    line = volumes().get(use.indicator.id)
    if line is None or use.role == "numerator":
        return line
    return line.whole


def _made_up(use: Use) -> Volume:
    indicator = use.indicator
    if use.role == "numerator" and indicator.denominator and indicator.measure_type == "percent":
        return Volume(share={"higher": 0.8, "lower": 0.12, "neutral": 0.4}[indicator.polarity])
    return Volume(level=12.0 if indicator.measure_type == "rare" else 300.0)


def _named(catalogue: Catalogue, text: str) -> str:
    indicator_id, _, role = text.partition("/")
    indicator = catalogue.indicators[indicator_id]
    if not role:
        return indicator.numerator
    if indicator.denominator is None:
        raise KeyError(f"{indicator_id} has no denominator to take a share of")
    return indicator.denominator


def _denominator(catalogue: Catalogue, uses: list[Use]) -> str | None:
    for use in uses:
        denominator = use.indicator.denominator
        if use.role == "numerator" and denominator and not catalogue.quantities[denominator].official:
            return denominator
    return None


def _stands(indicator: Indicator) -> bool:
    return indicator.measure_type == "snapshot" or indicator.base in ("snapshot", "window")


def _grid(uses: list[Use]) -> Grid:
    frequencies = {"annual" if u.indicator.measure_type == "rare" else u.indicator.frequency for u in uses}
    if frequencies <= {"annual"}:
        return "financial_year"
    return "term" if frequencies <= {"termly", "annual"} else "financial_quarter"
