"""The page of official statistics, from the mappings that read them."""

from __future__ import annotations

from schemas.catalogue import catalogue
from schemas.catalogue.mappings import Figure, FileMapping, Formula, mappings
from schemas.returns.markers import MARKERS
from tests.docs.markdown import code, facts, page, table

PERIODS = {
    "year_ending_march": "2025 or 202425 is the year to 31 March 2025",
    "year_ending_september": "2025 is the year to 30 September 2025",
    "calendar_year": "2024 is the middle of 2024, and so the base of the year to March 2025",
    "school_year": "202425 is the school year that began in September 2024",
    "as_written": "as our own period ids",
}
INTRODUCTION = """
The published figures Throughline reads, for `throughline benchmarks FILE…`. A file is known by its columns, not by its
name; names are compared without case, spaces or hyphens. How to add next year's edition is in
[official-statistics.md](../how-to/official-statistics.md).
"""


def statistics() -> str:
    """The whole page."""
    found = mappings()
    signs = [(code(sign), f"{code(marker)} {MARKERS[marker]}") for sign, marker in found.common.markers.items()]
    places = [(name, ", ".join(map(code, names))) for name, names in found.common.columns.items()]
    return page(
        "Official statistics",
        INTRODUCTION,
        *(_entry(mapping) for mapping in found.mappings.values()),
        "## What every file has in common",
        table(("what", "columns it may stand in"), places),
        table(("sign instead of a number", "read as"), signs),
    )


def _entry(mapping: FileMapping) -> str:
    needed = [f"{code(name)} ({', '.join(map(code, mapping.columns[name]))})" for name in mapping.needs]
    lines = facts(
        [
            ("Publisher", mapping.publisher),
            ("Release", mapping.release.replace("{year}", "…")),
            ("Licence", mapping.licence),
            ("Known by", ", ".join(needed)),
            ("Its years", PERIODS[mapping.period]),
            ("Mapping", code(f"schemas/catalogue/benchmarks/{mapping.id}.toml")),
        ]
    )
    fed = [_fed(figure) for figure in mapping.figures]
    feeds = "\n\n" + table(("feeds", "number", "out of", "on rows where"), fed) if fed else ""
    return f"## {mapping.title}\n\n{lines}{feeds}"


def _fed(figure: Figure) -> tuple[str, str, str, str]:
    known = catalogue()
    if figure.indicator_id:
        fed = f"{figure.indicator_id} {known.indicators[figure.indicator_id].title}"
    else:
        fed = known.quantities[str(figure.quantity_id)].title
    base = known.quantities[figure.population_id].title if figure.population_id else _either(figure.denominator)
    rows = "; ".join(f"{name} is {' or '.join(names)}" for name, names in figure.where.items())
    return fed, _either(figure.numerator), base, rows


def _either(formulas: tuple[Formula, ...]) -> str:
    return ", or ".join(code(_formula(formula)) for formula in formulas)


def _formula(formula: Formula) -> str:
    return " + ".join(formula.plus) + "".join(f" − {field}" for field in formula.minus)
