"""Invents the sample's populations by group and ward from the published totals: `python -m sample_data.populations`."""

from __future__ import annotations

import csv
import io
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parent
PUBLISHED = FOLDER / "benchmarks" / "published_figures.csv"
WRITTEN = FOLDER / "benchmarks" / "SYNTHETIC_populations_by_group.csv"
QUANTITY = "population_0_17"
FROM = "CY2020"
COLUMNS = ("quantity_id", "period_id", "area_code", "area_name", "breakdown", "category", "value", "source", "release")
SAID = {
    "quantity_id": QUANTITY,
    "source": "SYNTHETIC: invented for the demonstration, as parts of the published total",
    "release": "SYNTHETIC populations by group and ward",
}


def written() -> str:
    """The whole file: for each year since 2020 the city by group, and its wards."""
    text = io.StringIO(newline="")
    # The layout asks for every column it knows files by; nothing here is about an indicator.
    file: csv.DictWriter[str] = csv.DictWriter(text, ("indicator_id", *COLUMNS), restval="", lineterminator="\n")
    file.writeheader()
    file.writerows(row | SAID for row in _rows())
    return text.getvalue()


def totals() -> dict[str, int]:
    """The published number of children of each year since 2020."""
    here = catalogue().partnership.area_code
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        mine = [r for r in csv.DictReader(file) if r["quantity_id"] == QUANTITY and r["area_code"] == here]
    return {r["period_id"]: int(r["value"]) for r in mine if r["period_id"] >= FROM}


def parted(total: int, shares: Mapping[str, float]) -> dict[str, int]:
    """Whole parts of a total by share, the largest remainders rounded up, so that they add up to it.

    >>> parted(10, {"a": 1, "b": 1, "c": 1})
    {'a': 4, 'b': 3, 'c': 3}
    """
    exact = {name: total * share / sum(shares.values()) for name, share in shares.items()}
    parts = {name: int(size) for name, size in exact.items()}
    left = total - sum(parts.values())
    for name in sorted(exact, key=lambda name: parts[name] - exact[name])[:left]:
        parts[name] += 1
    return parts


def _rows() -> Iterator[dict[str, str | int]]:
    known = catalogue()
    shares = tomllib.loads((FOLDER / "populations.toml").read_text("utf-8"))
    wards = shares.pop("wards")
    city = known.areas[known.partnership.area_code]
    for period_id, total in sorted(totals().items()):
        place: dict[str, str | int] = {"period_id": period_id, "area_code": city.code, "area_name": city.name}
        for breakdown, split in shares.items():
            for category, size in parted(total, split).items():
                yield place | {"breakdown": breakdown, "category": category, "value": size}
        for code, size in parted(total, wards).items():
            yield {"period_id": period_id, "area_code": code, "area_name": known.areas[code].name, "value": size}


if __name__ == "__main__":
    WRITTEN.write_text(written(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"Wrote {WRITTEN.name}.\n")
