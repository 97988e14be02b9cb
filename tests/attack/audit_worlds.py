"""Invented audits, and a reader who tries every table of cases that fits what a release says of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipelines.publishing.releasing import measured
from tests.pipelines.audit_records import audit, cases, given, grades
from tests.pipelines.releases import order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipelines.queries.pointer import Pointer

Row = dict[str, Any]
Tables = dict[str, pd.DataFrame]
QUARTER = "2026-27-Q2"
VOICE = ("yes", "no", "not_looked_at", "")
SPLITS = {
    "sex": ("girls", "boys", "not_known"),
    "locality": ("east_north_east", "south_east", "west_north_west", "not_known"),
    "plan_type": ("early_help", "child_in_need", "child_protection", "looked_after", "none", "not_known"),
}
GRADES = ("g4", "g3", "g2", "g1", "ne")
SMALL = (1, 5)


def world(random: np.random.Generator, sizes: Sequence[int]) -> tuple[list[Row], list[Row], list[Row]]:
    """Audits of one quarter, so many cases each, with what their cases were and how they were judged."""
    audits, of_cases, of_grades = [], [], []
    for number, size in enumerate(sizes):
        ref = f"AU-{number}"
        audits.append(audit(ref))
        split = {name: _split(random, size, values) for name, values in (SPLITS | {"voice_shaped": VOICE}).items()}
        of_cases += cases(ref, size, **split)
        for domain, whose in (("impact", ""), ("voice", ""), ("impact", "wyp_leeds")):
            before = [str(random.choice(GRADES)) for _ in range(size)]
            after = [one if random.random() < 0.8 else str(random.choice(GRADES)) for one in before]
            of_grades += grades(ref, domain, before, after, whose=whose)
    return audits, of_cases, of_grades


def _split(random: np.random.Generator, size: int, values: Iterable[str]) -> dict[str, int]:
    known = list(values)
    drawn = [known[min(int(random.geometric(0.45)) - 1, len(known) - 1)] for _ in range(size)]
    return {value: drawn.count(value) for value in random.permutation(known).tolist() if drawn.count(value)}


def released(
    made: tuple[list[Row], list[Row], list[Row]],
    audience: str = "partnership",
    before: Mapping[str, list[Pointer]] | None = None,
) -> Tables:
    """The tables of a release of these audits."""
    return measured(given(*made), replace(order(), audience=audience), {}, lambda _: None, before)


def told(tables: Tables) -> dict[tuple[str, str, str], float | None]:
    """Audit, dimension and category → the count a file gives; None where it is hidden."""
    return {
        (row["audit_ref"], row["dimension"], row["category"]): None if pd.isna(row["count"]) else float(row["count"])
        for row in tables["audit_case"].to_dict("records")
    }


def truth_of(of_cases: Iterable[Row]) -> dict[tuple[str, str, str], int]:
    """The same counts from the cases themselves."""
    found: dict[tuple[str, str, str], int] = {}
    for case in of_cases:
        for dimension in (*SPLITS, "voice_shaped"):
            name = (case["audit_ref"], dimension, case.get(dimension, ""))
            found[name] = found.get(name, 0) + 1
    return found


def voice_figure(tables: Tables) -> float | None:
    """In how many audited cases of the quarter the child's voice was evident, if the release shows it."""
    figures = tables["figure"]
    mine = figures[figures["indicator_id"].eq("VO01") & figures["period_id"].eq(QUARTER)]["numerator"]
    return None if mine.isna().all() else float(mine.iloc[0])


@cache
def _tables(size: int, shown: tuple[float | None, ...]) -> tuple[tuple[int, ...], ...]:
    """Every way in which so many cases can fall into categories of which some are known."""
    if len(shown) == 1:
        return ((size,),) if shown[0] in (None, size) else ()
    first = range(size + 1) if shown[0] is None else (int(shown[0]),)
    return tuple((n, *rest) for n in first if n <= size for rest in _tables(size - n, shown[1:]))


@cache
def _fitting(size: int, shown: tuple[float | None, ...]) -> np.ndarray:
    """The same, a row a way and a column a category."""
    return np.array(_tables(size, shown), dtype="int64").reshape(-1, len(shown))


def leaks(tables: Tables, sizes: Mapping[str, int], truth: Mapping[tuple[str, str, str], int]) -> list[str]:
    """Hidden small counts that a reader can narrow below the need, further than the sizes and the figure alone would."""
    counts, figure = told(tables), voice_figure(tables)
    nothing = dict.fromkeys(counts)
    refs = sorted({ref for ref, _, _ in counts})
    found = []
    for dimension in sorted({dimension for _, dimension, _ in counts}):
        hangs_on = figure if dimension == "voice_shaped" else None
        known, least = (dict(_ranges(one, refs, sizes, dimension, hangs_on)) for one in (counts, nothing))
        for name, (low, high) in known.items():
            true = truth.get(name, 0)
            if counts[name] is not None or not SMALL[0] <= true <= SMALL[1]:
                continue
            low_0, high_0 = least[name]
            # What the Executive is shown as a figure is no secret kept from it.
            if (
                (low == high and low_0 < high_0)
                or low > max(min(true - 1, SMALL[0]), low_0)
                or high < min(true + SMALL[1], high_0)
            ):
                found.append(f"{name} is {true}: known to lie in {low} to {high}")
    return found


def _ranges(
    counts: Mapping[tuple[str, str, str], float | None],
    refs: Sequence[str],
    sizes: Mapping[str, int],
    dimension: str,
    figure: float | None,
) -> Iterator[tuple[tuple[str, str, str], tuple[int, int]]]:
    """The least and the most each count can be, over every table of cases that fits; the first category is tied to a figure."""
    names = {ref: [name for name in counts if name[:2] == (ref, dimension)] for ref in refs}
    fit = {ref: _fitting(sizes[ref], tuple(counts[name] for name in names[ref])) for ref in refs}
    if figure is not None:
        ends = [np.unique(fit[ref][:, 0]).tolist() for ref in refs]
        together = [one for one in product(*ends) if sum(one) == figure]
        for place, ref in enumerate(refs):
            fit[ref] = fit[ref][np.isin(fit[ref][:, 0], [one[place] for one in together])]
    for ref in refs:
        assert len(fit[ref]), "a release that fits no cases at all is not true"
        yield from zip(names[ref], zip(fit[ref].min(axis=0), fit[ref].max(axis=0), strict=True), strict=True)
