"""Rows and rules to problems: the text of every cell first, then typed figures, then the last gate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipelines.checking.report import no_figures
from pipelines.checking.typed import figures, stored
from schemas.returns.meaning import meaning, nearest
from schemas.returns.models import FIGURE_COLUMNS, text_model, typed_model
from schemas.rule import Rule, rules_of
from schemas.rules import file_contents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    import pandera.pandas as pa

    from pipelines.checking.rows import Rows
    from schemas.catalogue.whole import Catalogue
    from schemas.problems import Problem
    from schemas.returns.context import Context


@dataclass(frozen=True)
class Judged:
    """The figures no error keeps out (index: the sheet's row), every problem, and what all the rows are of (`sent`).

    `as_before`: rows of earlier periods that say what stands already, of which nothing is taken.
    """

    figures: pd.DataFrame
    sent: frozenset[str]
    problems: tuple[Problem, ...]
    as_before: int = 0


# Nobody reads more notes of one kind than this: beyond it, one speaks for all.
MANY_NOTES = 20
# The columns that say which figure a row is.
NAMING = frozenset({"indicator_id", "agency_id", "period_id", "area_id", "breakdown"})
Told = list[tuple[int, "Problem"]]


def judge(rows: Rows, context: Context) -> Judged:
    """Judge every row by every rule; rows with an error are out, the others in, whatever stands beside them."""
    rules = rules_of("figures")
    told = _cells(rows, context, [rule for rule in rules if rule.stage == "cells"])
    unnamed = {at for at, problem in told if problem.column in NAMING}
    if len(unnamed) == len(rows.text):
        return Judged(no_figures(), frozenset(), _in_order(told))
    typed = figures(rows.text.drop(index=list(unnamed)), context)
    sent, unread = frozenset(typed["figure"]), {at for at, _ in told} - unnamed
    typed = typed.drop(index=list(unread)) if unread else typed
    if typed.empty:
        return Judged(no_figures(), sent, _in_order(told))
    out: set[int] = set()
    earlier = _earlier(typed)
    for together in _in_turn(rules):
        typed, found, broken = _applied(together, typed, rows, context)
        told += found
        out |= broken
        earlier -= _earlier(typed) if together and together[0].sets_aside else 0
    # Why ask for the reason of a figure that is kept out: it will change.
    told = [(at, problem) for at, problem in told if problem.severity == "error" or at not in out]
    passed, failed = _gate(typed, rows, context)
    return Judged(passed.set_index("row"), sent, _in_order([*told, *failed]), earlier)


def _earlier(typed: pd.DataFrame) -> int:
    return int(typed["is_earlier"].sum())


def _in_turn(rules: Sequence[Rule]) -> tuple[list[Rule], ...]:
    """First what is set aside, then each row by itself, then the rows no error keeps out, together.

    So one slip is said once: a wrong number is not also a sum that does not add up.
    """
    rows = [rule for rule in rules if rule.stage == "rows"]
    aside, others = [r for r in rows if r.sets_aside], [r for r in rows if not r.sets_aside]
    return aside, others, [rule for rule in rules if rule.stage == "return"]


def _applied(
    rules: Sequence[Rule], typed: pd.DataFrame, rows: Rows, context: Context
) -> tuple[pd.DataFrame, Told, set[int]]:
    """The rows that are left after some rules, what the rules told, and the rows an error keeps out."""
    told: Told = []
    out: set[int] = set()
    gone: set[int] = set()
    for rule in rules:
        broken = rule.broken(typed, context)
        told += _told(rule, broken, typed, rows)
        if rule.severity == "error":
            out.update(broken.index)
        elif rule.sets_aside:
            gone.update(broken.index)
    left = typed.drop(index=list(out | gone)) if out or gone else typed
    return left, told, out


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


def _cells(rows: Rows, context: Context, rules: Sequence[Rule]) -> Told:
    names = dict.fromkeys(name for rule in rules for name in rule.column.split())
    by_name = {rule.name: rule for rule in rules}
    told: Told = []
    for column, check, at in _failures(text_model(names, rules, context), rows.text):
        rule, value = by_name[check], rows.value(at, column)
        near = suggestion(value, context.known[column], context.catalogue) if "nearest" in rule.words else ""
        told.append((at, rows.problem(rule, at, column, {"nearest": near})))
    return told


def _told(rule: Rule, broken: pd.DataFrame, typed: pd.DataFrame, rows: Rows) -> Told:
    """One problem for each broken row that tells; silent ones are out because another row speaks for them."""
    told = broken[~broken["silent"].astype(bool)] if "silent" in broken else broken
    if not len(told):  # a frame without columns counts as empty, whatever its rows
        return []
    more = len(told) - 1
    if rule.severity == "note" and more >= MANY_NOTES:
        told = told.iloc[:1]
    wanted = [name for name in rule.words if name not in told and name in typed]
    words = typed.loc[told.index, ["row", *wanted]].assign(**{str(name): told[name].to_numpy() for name in told})
    records: list[dict[str, Any]] = words.to_dict("records")  # pyright: ignore[reportAssignmentType] - text keys
    first = rule.column.split()[0]
    found = [
        (int(at), rows.problem(rule, int(at), record.get("at", first), record))
        for at, record in zip(told.index, records, strict=True)
    ]
    if len(told) > more:
        return found
    at, one = found[0]
    return [(at, replace(one, message=f"{one.message} The same holds for {more:,} more rows."))]


def _gate(typed: pd.DataFrame, rows: Rows, context: Context) -> tuple[pd.DataFrame, Told]:
    """Hold the rows that passed every rule to the typed model; what fails it is out and said."""
    figures = stored(typed)
    failures = {at: check for _, check, at in _failures(typed_model(context), figures[list(FIGURE_COLUMNS)])}
    if not failures:
        return figures, []
    ids = figures["indicator_id"].to_dict()
    told = [
        (at, rows.problem(file_contents.UNFIT, at, "numerator", {"indicator_id": ids[at], "check": check}))
        for at, check in failures.items()
    ]
    return figures.drop(index=list(failures)), told


def _failures(model: pa.DataFrameSchema, frame: pd.DataFrame) -> list[tuple[str, str, int]]:
    """(column, check, index) of each cell that fails a pandera model."""
    from pandera.errors import SchemaErrors

    try:
        model.validate(frame, lazy=True)
    except SchemaErrors as failures:
        cases = failures.failure_cases
    else:
        return []
    if cases["index"].isna().any():  # pandera reports a check that raised as a failure: that is a bug, not a bad cell
        raise RuntimeError(f"a check raised: {cases.to_dict('records')[-1]}")
    return list(zip(cases["column"], cases["check"].astype(str), cases["index"].astype(int), strict=True))


def _in_order(told: Told) -> tuple[Problem, ...]:
    return tuple(problem for _, problem in sorted(told, key=lambda each: each[0]))
