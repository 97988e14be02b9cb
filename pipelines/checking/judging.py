"""Rows and rules to problems: the text of every cell first, then typed figures, then the last gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.checking.report import no_figures
from pipelines.checking.typed import figures
from pipelines.reading import address
from schemas.problems import Problem
from schemas.returns.meaning import meaning, nearest
from schemas.returns.models import FIGURE_COLUMNS, text_model, typed_model
from schemas.rule import Rule, rules_of
from schemas.rules import file as faults

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.returns.context import Context

# A reference number in the wrong cell is not repeated back: it may be somebody's.
_LONGEST_NUMBER = 9
_SHOWN = 60


@dataclass(frozen=True)
class Judged:
    """The typed rows that no error keeps out, and every problem found."""

    rows: pd.DataFrame
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Places:
    """Where each column of each sheet stands, to give every problem its address."""

    columns: Mapping[str, Mapping[str, int]]

    def cell(self, sheet: str, row: int, column: str) -> str:
        """The address of a row's cell in a column, or in the first column the sheet has where it lacks that one."""
        here = self.columns[sheet]
        return address(row - 1, here.get(column, here.get("indicator_id", min(here.values()))))


def judge(text: pd.DataFrame, places: Places, context: Context) -> Judged:
    """Judge every row by every rule; rows with an error are out, the others in, whatever stands beside them."""
    rules = rules_of("figures")
    told = _cells(text, places, context, [rule for rule in rules if rule.stage == "cells"])
    broken = {at for at, problem in told if problem.severity == "error"}
    if len(broken) == len(text):
        return Judged(no_figures().assign(row=0), tuple(problem for _, problem in sorted(told, key=lambda each: each[0])))
    typed = figures(text.drop(index=list(broken)), context)
    out: set[int] = set()
    found: list[tuple[int, Problem]] = []
    for rule in (rule for rule in rules if rule.stage == "rows"):
        hits = rule.broken(typed, context)
        found += _problems(rule, hits, typed, text, places)
        out |= set(hits.index) if rule.severity == "error" else set()
    # Why ask for the reason of a figure that is kept out: it will change.
    found = [(at, problem) for at, problem in found if problem.severity == "error" or at not in out]
    computed = set(typed.index[typed["is_computed"]]) | {at for at, p in found if p.rule == "row_is_repeated"}
    passed, failed = _gate(typed.drop(index=list(out | computed)), places, context)
    ordered = sorted([*told, *found], key=lambda each: each[0])
    return Judged(passed, tuple(problem for _, problem in ordered) + failed)


def _cells(text: pd.DataFrame, places: Places, context: Context, rules: list[Rule]) -> list[tuple[int, Problem]]:
    from pandera.errors import SchemaErrors

    names = dict.fromkeys(name for rule in rules for name in rule.column.split())
    try:
        text_model(names, rules, context).validate(text, lazy=True)
    except SchemaErrors as failures:
        cases = failures.failure_cases
    else:
        return []
    if cases["index"].isna().any():  # pandera reports a check that raised as a failure: that is a bug, not a bad cell
        raise RuntimeError(f"a rule raised: {cases.to_dict('records')[-1]}")
    by_name = {rule.name: rule for rule in rules}
    return [
        (int(at), _cell_problem(by_name[check], column, int(at), text, places, context))
        for column, check, at in zip(cases["column"], cases["check"], cases["index"], strict=True)
    ]


def _cell_problem(rule: Rule, column: str, at: int, text: pd.DataFrame, places: Places, context: Context) -> Problem:
    sheet, row, value = text.at[at, "sheet"], int(text.at[at, "row"]), shown(text.at[at, column])
    cell = places.cell(sheet, row, column)
    words = {"value": value, "where": f"{sheet}!{cell}", "nearest": ""}
    if "nearest" in rule.words:
        words["nearest"] = suggestion(text.at[at, column], context.known[column], context)
    return rule.problem(words, sheet=sheet, cell=cell, row=row, column=column, value=value)


def suggestion(text: str, known: Mapping[str, str], context: Context) -> str:
    """A sentence with the nearest known label, as the lists spell it, or nothing where none is near."""
    close = known.get(nearest(text, known), "")
    catalogue = context.catalogue
    if close in catalogue.indicators:
        return f" Did you mean {close} ({catalogue.indicators[close].title})?"
    titles = {
        **{a.code: a.name for a in catalogue.areas.values()},
        **{a.id: a.title for a in catalogue.agencies.values()},
        **{b.id: b.title for b in catalogue.breakdowns.values()},
    }
    title = titles.get(close, "")
    return f" Did you mean “{title}”?" if title and meaning(title) != meaning(text) else ""


def shown(text: str) -> str:
    """A cell's text as a message may repeat it: short, and without long numbers.

    >>> shown("12 of 40"), shown("4857773456")
    ('12 of 40', 'a 10-digit number')
    """
    digits = sum(map(str.isdigit, text))
    if digits >= _LONGEST_NUMBER:
        return f"a {digits}-digit number"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _problems(
    rule: Rule, hits: pd.DataFrame, typed: pd.DataFrame, text: pd.DataFrame, places: Places
) -> list[tuple[int, Problem]]:
    """One problem for each broken row that tells; silent ones are out because another row speaks for them."""
    told = hits[~hits["silent"].astype(bool)] if "silent" in hits else hits
    if not len(told):  # a frame without columns counts as empty, whatever its rows
        return []
    first = rule.column.split()[0]
    wanted = [name for name in rule.words if name not in told and name in typed]
    facts = typed.loc[told.index, ["sheet", "row", *wanted]]
    facts = facts.assign(**{name: told[name].to_numpy() for name in told})
    records: list[dict[str, Any]] = facts.to_dict("records")
    return [(int(at), _problem(rule, int(at), words, first, text, places)) for at, words in zip(told.index, records, strict=True)]


def _problem(rule: Rule, at: int, words: dict[str, Any], first: str, text: pd.DataFrame, places: Places) -> Problem:
    column = words.get("at", first)
    sheet, row = words["sheet"], int(words["row"])
    cell = places.cell(sheet, row, column)
    value = shown(str(text.at[at, column])) if column in text else ""
    every = {**words, "where": f"{sheet}!{cell}"}
    every.setdefault("value", value)
    return rule.problem(every, sheet=sheet, cell=cell, row=row, column=column, value=value)


def _gate(rows: pd.DataFrame, places: Places, context: Context) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """Hold the rows that passed every rule to the typed model; what fails it is out and said."""
    from pandera.errors import SchemaErrors

    try:
        typed_model(context).validate(rows[list(FIGURE_COLUMNS)], lazy=True)
    except SchemaErrors as failures:
        cases = failures.failure_cases.drop_duplicates("index")
    else:
        return rows, ()
    problems = tuple(_unfit(int(at), str(check), rows, places) for at, check in zip(cases["index"], cases["check"], strict=True))
    return rows.drop(index=cases["index"].astype(int).tolist()), problems


def _unfit(at: int, check: str, rows: pd.DataFrame, places: Places) -> Problem:
    sheet, row = str(rows.at[at, "sheet"]), int(rows.at[at, "row"])  # pyright: ignore[reportArgumentType]
    cell = places.cell(sheet, row, "numerator")
    words = {"indicator_id": rows.at[at, "indicator_id"], "check": check, "where": f"{sheet}!{cell}"}
    return faults.UNFIT.problem(words, sheet=sheet, cell=cell, row=row)
