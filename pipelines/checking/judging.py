"""Rows and rules to problems: the text of every cell first, then typed figures, then the last gate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipelines.checking.report import no_figures
from pipelines.checking.typed import said, stored, with_facts
from schemas.returns.meaning import meaning, nearest
from schemas.returns.models import unfit
from schemas.rule import Rule, rules_in
from schemas.rules import file_contents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.checking.rows import Rows
    from schemas.catalogue.whole import Catalogue
    from schemas.problems import Problem
    from schemas.returns.context import Context


@dataclass(frozen=True)
class Judged:
    """The figures no error keeps out (index: the sheet's row), every problem, and what all the rows are of (`sent`).

    `as_before`: rows of earlier periods that say what stands already, of which nothing is taken. `repeated`: rows set aside
    as another row gives the same figure.
    """

    figures: pd.DataFrame
    sent: frozenset[str]
    problems: tuple[Problem, ...]
    as_before: int = 0
    repeated: int = 0


# Nobody reads more notes of one kind than this: beyond it, one speaks for all.
MANY_NOTES = 20
# Nobody mends more cells of one kind one by one: what is wrong with the file is known by then, and a message for each of a
# million rows would fill the memory.
MOST_TOLD = 20_000
# The columns that say which figure a row is.
NAMING = frozenset({"indicator_id", "agency_id", "period_id", "area_id", "breakdown"})
Told = list[tuple[int, "Problem"]]


def judge(rows: Rows, context: Context) -> Judged:
    """Judge every row by every rule; rows with an error are out, the others in, whatever stands beside them."""
    rules = rules_in("figures", context.period)
    told, unnamed, unread = _cells(rows, context, [rule for rule in rules if rule.stage == "cells"])
    if rows.held:
        unread |= rows.text.index.isin(rows.held)
    if unnamed.all():
        return Judged(no_figures(), frozenset(), _in_order(told))
    typed = said(rows.text[~unnamed] if unnamed.any() else rows.text, context)
    sent = frozenset(typed["figure"].unique())
    context = replace(context, sent=sent, by_columns=bool(rows.spots))
    typed = typed[~unread[~unnamed]] if unread.any() else typed
    if typed.empty:
        return Judged(no_figures(), sent, _in_order(told))
    out: set[int] = set()
    aside, double, standing, *others = _in_turn(rules)
    # A long file repeats itself: what is set aside is set aside before anything else is worked out for it.
    every = typed
    typed, found, broken = _applied(aside, typed, rows, context)
    told, out = [*told, *found], out | broken
    repeated = _repeated(every, typed)
    typed = with_facts(typed, context)
    typed, found, broken = _applied(double, typed, rows, context)
    told, out = [*told, *found], out | broken
    before = len(typed)
    typed, found, _ = _applied(standing, typed, rows, context)
    told, as_before = [*told, *found], before - len(typed)
    if typed.empty:
        return Judged(no_figures(), sent, _in_order(told), as_before, repeated)
    for rules_together in others:
        typed, found, broken = _applied(rules_together, typed, rows, context)
        told += found
        out |= broken
    # Why ask for the reason of a figure that is kept out: it will change.
    told = [(at, problem) for at, problem in told if problem.severity == "error" or at not in out]
    passed, failed = _gate(typed, rows, context)
    if rows.spots:
        passed = passed.assign(cells=list(map(rows.cells, passed.index)))
    return Judged(passed.set_index("row"), sent, _in_order([*told, *failed]), as_before, repeated)


def _repeated(every: pd.DataFrame, kept: pd.DataFrame) -> int:
    """How many rows were set aside whose figure is still given by another."""
    if len(every) == len(kept):
        return 0
    aside = every.loc[every.index.difference(kept.index, sort=False), "figure"]
    return int(aside.isin(kept["figure"].unique()).sum())


def _in_turn(rules: Sequence[Rule]) -> tuple[list[Rule], ...]:
    """First what is set aside, then doubles, what stands already, each row by itself, and those no error keeps out together.

    So one slip is said once: a wrong number is not also a sum that does not add up.
    """
    rows = [rule for rule in rules if rule.stage == "rows"]
    aside, others = [r for r in rows if r.sets_aside], [r for r in rows if not r.sets_aside]
    double, standing, whole = (
        [rule for rule in rules if rule.stage == stage] for stage in ("double", "standing", "return")
    )
    return aside, double, standing, others, whole


def _applied(
    rules: Sequence[Rule], typed: pd.DataFrame, rows: Rows, context: Context
) -> tuple[pd.DataFrame, Told, set[int]]:
    """The rows that are left after some rules, what the rules told, and the rows an error keeps out."""
    told: Told = []
    out: set[int] = set()
    left = np.ones(len(typed), dtype=bool)
    for rule in rules:
        broken = rule.broken(typed, context)
        if not len(broken):  # as most rules find in most returns
            continue
        told += _told(rule, broken, typed, rows, context)
        if rule.severity == "error":
            out.update(broken.index.tolist())
        if rule.severity == "error" or rule.sets_aside:
            left[np.searchsorted(typed.index, broken.index)] = False
    return typed if left.all() else typed[left], told, out


def suggestion(text: str, known: Mapping[str, str], catalogue: Catalogue) -> str:
    """A sentence with the nearest known label, as the lists spell it, or nothing where none is near."""
    close = known.get(nearest(text, known), "")
    if close in catalogue.indicators:
        return f" Did you mean {close} ({catalogue.indicators[close].title})?"
    titles = {
        **{area.code: area.name for area in catalogue.areas.values()},
        **{agency.id: agency.title for agency in catalogue.agencies.values()},
        **{breakdown.id: breakdown.title for breakdown in catalogue.breakdowns.values()},
    }
    title = titles.get(close, "")
    return f" Did you mean “{title}”?" if title and meaning(title) != meaning(text) else ""


def _cells(rows: Rows, context: Context, rules: Sequence[Rule]) -> tuple[Told, np.ndarray, np.ndarray]:
    """What the rules of cells tell, and the rows they keep out: of no known figure, or without a readable answer.

    Each different text of a column is judged once, then its rows are found.
    """
    told: Told = []
    unnamed, unread = np.zeros(len(rows.text), dtype=bool), np.zeros(len(rows.text), dtype=bool)
    for column in dict.fromkeys(name for rule in rules for name in rule.column.split()):
        held = rows.column(column)
        texts = pd.Series([held.texts[number] for number in held.used], dtype="object")
        for rule in (rule for rule in rules if column in rule.column.split()):
            numbers = np.array(held.used)[rule.applied(texts, context).to_numpy(dtype=bool)]
            if len(numbers):
                broken = np.isin(held.codes, numbers)
                told += _told_of_cells(rule, column, rows, broken, context)
                out = unnamed if column in NAMING else unread
                out |= broken if rule.severity == "error" else False
    return told, unnamed, unread


def _told_of_cells(rule: Rule, column: str, rows: Rows, broken: np.ndarray, context: Context) -> Told:
    told: Told = []
    near: dict[str, str] = {}
    all_of_them = rows.text.index[broken]
    for at in all_of_them[:MOST_TOLD].tolist():
        value = rows.value(at, column)
        if value not in near:
            is_asked = "nearest" in rule.words
            near[value] = suggestion(value, context.known[column], context.catalogue) if is_asked else ""
        told.append((at, rows.problem(rule, at, column, {"nearest": near[value]})))
    return _and_more(told, len(all_of_them))


def _told(rule: Rule, broken: pd.DataFrame, typed: pd.DataFrame, rows: Rows, context: Context) -> Told:
    """One problem for each broken row that tells; silent ones are out because another row speaks for them."""
    told = broken[~broken["silent"].astype(bool)] if "silent" in broken else broken
    if not len(told):  # a frame without columns counts as empty, whatever its rows
        return []
    count = len(told)
    told = told.iloc[: 1 if rule.severity == "note" and count > MANY_NOTES else MOST_TOLD]
    facts = typed.loc[told.index]
    if any(name not in facts and name not in told for name in rule.words):
        facts = with_facts(facts, context) if rule.sets_aside else facts
    wanted = [name for name in rule.words if name not in told and name in facts]
    words = facts[["row", *wanted]].assign(**{str(name): told[name].to_numpy() for name in told})
    records: list[dict[str, Any]] = words.to_dict("records")  # pyright: ignore[reportAssignmentType] - text keys
    first = rule.column.split()[0]
    found = [
        (int(at), rows.problem(rule, int(at), record.get("at", first), record))
        for at, record in zip(told.index, records, strict=True)
    ]
    return _and_more(found, count)


def _and_more(told: Told, count: int) -> Told:
    """What is told, the last of it speaking for all that is not."""
    if len(told) == count:
        return told
    at, last = told[-1]
    more = f"{last.message} The same holds for {count - len(told):,} more rows."
    return [*told[:-1], (at, replace(last, message=more))]


def _gate(typed: pd.DataFrame, rows: Rows, context: Context) -> tuple[pd.DataFrame, Told]:
    """Hold the rows that passed every rule to what an accepted figure is; what fails is out and said."""
    figures = stored(typed)
    failures = unfit(figures, context)
    if not failures:
        return figures, []
    ids = figures["indicator_id"].to_dict()
    told = [
        (at, rows.problem(file_contents.UNFIT, at, "numerator", {"indicator_id": ids[at], "check": check}))
        for at, check in failures.items()
    ]
    return figures.drop(index=list(failures)), told


def _in_order(told: Told) -> tuple[Problem, ...]:
    return tuple(problem for _, problem in sorted(told, key=lambda each: each[0]))
