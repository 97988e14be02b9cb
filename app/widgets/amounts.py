"""How figures are written on the Indicator page: one way, from the indicator's unit and decimals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKERS = {
    "c": "Hidden to protect",
    "a": "Not agreed for this audience",
    "x": "Not available",
    "z": "Not applicable",
    "k": "Rounds to zero",
    "u": "Unreliable",
    "": "Not supplied",
}


def days_words(days: float) -> str:
    """A number of days, with the half that a middle of two may have.

    >>> days_words(300.5), days_words(1204.0), days_words(1.0)
    ('300.5 days', '1,204 days', '1 day')
    """
    said = f"{days:,.0f}" if float(days).is_integer() else f"{days:,.1f}"
    return f"{said} day{'' if said == '1' else 's'}"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a figure of one indicator is counted in.

    >>> share = Unit("percent", 1, has_parts=True)
    >>> share.value(27.43), share.counts(62, 226), share.value(None, "c")
    ('27.4%', '62 of 226', 'Hidden to protect')
    """

    name: str
    decimals: int
    has_parts: bool

    @property
    def suffix(self) -> str:
        """What stands behind the number on an axis."""
        return "%" if self.name == "percent" else ""

    @property
    def words(self) -> str:
        """The unit in a caption."""
        return "%" if self.name == "percent" else self.name

    @property
    def is_share(self) -> bool:
        """Whether parts and whole lie on one scale: percentages, rates and means do, counts do not."""
        return self.has_parts

    def number(self, value: float) -> str:
        """The bare number to the indicator's decimals."""
        return f"{round(value, self.decimals) + 0.0:,.{self.decimals}f}"

    def value(self, value: float | None, marker: str = "") -> str:
        """The number with its unit, or why there is none."""
        if value is None:
            return MARKERS.get(marker, MARKERS[""])
        base = f" {self.name}" if self.name.startswith("per ") else self.suffix
        return self.number(value) + base

    def counts(self, numerator: float | None, denominator: float | None) -> str:
        """The counts a figure rests on."""
        if numerator is None or not self.has_parts:
            return ""
        return count(numerator) if denominator is None else f"{count(numerator)} of {count(denominator)}"

    def between(self, lower: float | None, upper: float | None) -> str:
        """A range, empty where there is none."""
        if lower is None or upper is None:
            return ""
        return f"{self.number(max(lower, 0.0))}{self.suffix} to {self.number(upper)}{self.suffix}"


def unit_of(facts: Mapping[str, Any]) -> Unit:
    """The unit of an indicator's row of facts."""
    return Unit(facts["unit"], facts["decimals"], facts["denominator"] is not None)


def count(number: float | None) -> str:
    """A count with thousands commas; full-time equivalents keep their decimal.

    >>> count(1284.0), count(2.5), count(None)
    ('1,284', '2.5', '–')
    """
    if number is None:
        return "–"
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"


def number_word(number: int) -> str:
    """A small number as a title begins with it.

    >>> number_word(12), number_word(13)
    ('Twelve', '13')
    """
    names = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
    return names[number] if number < len(names) else str(number)
