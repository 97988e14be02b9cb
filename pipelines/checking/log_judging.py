"""Records and rules to problems: every cell first, then references, ownership, the rules of the kind, the last gate."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.checking.log_cells import Told, meant
from pipelines.checking.log_dangling import dangling, left_out
from pipelines.checking.log_moderated import moderated
from pipelines.checking.log_owning import not_theirs
from schemas.returns.listed import listed
from schemas.returns.records import fits, keys, model, typed
from schemas.rule import Rule, rules_in, rules_of
from schemas.rules import log

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from pipelines.checking.rows import Rows
    from schemas.problems import Problem
    from schemas.returns import SheetLayout
    from schemas.returns.records import LogContext

# Nobody reads more notes of one kind than this: beyond it, one speaks for all.
_MANY_NOTES = 20


@dataclass(frozen=True)
class JudgedLog:
    """The records no error keeps out, by sheet (text in its one spelling, index: the sheet's row), and every problem."""

    records: dict[str, pd.DataFrame]
    problems: tuple[Problem, ...]


@dataclass
class _Sheet:
    """One sheet on its way: its rows as sent, in their one spelling, and what was told of them."""

    layout: SheetLayout
    rows: Rows
    text: pd.DataFrame
    told: Told = field(default_factory=list)
    settled: frozenset[int] = frozenset()
    _known: tuple[pd.DataFrame, pd.DataFrame] | None = None
    _said: tuple[pd.DataFrame, dict[int, dict[Hashable, Any]]] | None = None

    @property
    def typed(self) -> pd.DataFrame:
        """The rows that are left as their columns hold them; made once for the same rows."""
        if self._known is None or self._known[0] is not self.text:
            self._known = self.text, typed(self.layout, self.text)
        return self._known[1]

    def said(self, at: int) -> dict[Hashable, Any]:
        """The values of one of these rows, by column."""
        rows = self.typed
        if self._said is None or self._said[0] is not rows:
            self._said = rows, dict(zip(rows.index.tolist(), rows.to_dict("records"), strict=True))
        return self._said[1][at]

    def drop(self, told: Told) -> None:
        """Keep the problems, and leave out the rows with an error."""
        self.told += told
        out = {at for at, problem in told if problem.severity == "error"}
        if out:
            self.text = self.text.drop(index=[at for at in self.text.index if at in out])


def judge_log(found: Mapping[str, Rows], context: LogContext) -> JudgedLog:
    """Judge every row of a log; one with an error is out, the others are in, whatever stands beside them.

    Whose a record is, is judged by all that stands; everything else by what the sender may see of it.
    """
    seen = context.as_seen()
    sheets = {name: _read(rows, context.kind.sheet(name), context) for name, rows in found.items()}
    for sheet in sheets.values():
        sheet.drop(_twice(sheet))
    _without_dangling(sheets, seen)
    for sheet in sheets.values():
        told = not_theirs(sheet.layout, sheet.typed, _beside(sheets, context))
        sheet.drop([(at, _record_problem(sheet, at, log.NOT_YOURS, words)) for at, words in told])
    with_all = _beside(sheets, seen)
    for sheet in sheets.values():
        sheet.drop(_by_rules(sheet, with_all))
    _without_dangling(sheets, seen)
    for sheet in sheets.values():
        sheet.drop(_gate(sheet))
    return JudgedLog({name: sheet.text.set_index("row") for name, sheet in sheets.items()}, _in_order(sheets))


def _read(rows: Rows, layout: SheetLayout, context: LogContext) -> _Sheet:
    text, told = meant(rows, layout, context)
    found = moderated(rows, layout, text, context)
    sheet = _Sheet(layout, rows, found.text, settled=found.settled)
    sheet.drop([*told, *found.told])
    return sheet


def _twice(sheet: _Sheet) -> Told:
    """An error for each row of a record given again in other words; a row that only repeats one is dropped in silence."""
    names = keys(sheet.layout, sheet.typed)
    if len(set(names)) == len(names):
        return []
    again = names.duplicated(keep=False)
    told: Told = []
    columns = [column.name for column in sheet.layout.columns]
    for key in dict.fromkeys(names[again]):
        mine = sheet.text.loc[names.index[names.eq(key)]]
        if len(mine[columns].drop_duplicates()) == 1:
            sheet.text = sheet.text.drop(index=list(mine.index[1:]))
            continue
        rows = listed([f"row {row}" for row in mine["row"]])
        told += [(at, _record_problem(sheet, at, log.GIVEN_TWICE, {"rows": rows})) for at in mine.index]
    return told


def _without_dangling(sheets: Mapping[str, _Sheet], context: LogContext) -> None:
    """Leave out rows that belong to a record nobody has sent, until all that is left belongs to something."""
    going = True
    while going:
        going = False
        whole = _beside(sheets, context)
        for sheet in sheets.values():
            found = list(dangling(sheet, sheets, whole))
            silent = {each.at for each in found if each.fault is None}
            sheet.text = sheet.text.drop(index=list(silent)) if silent else sheet.text
            sheet.drop(
                [
                    (each.at, _problem(sheet, each.at, each.column, each.fault, each.words))
                    for each in found
                    if each.fault
                ]
            )
            going = going or bool(found)


def _beside(sheets: Mapping[str, _Sheet], context: LogContext) -> LogContext:
    gone = {name: frozenset(left_out(sheet)) for name, sheet in sheets.items()}
    return replace(context, coming={name: sheet.typed for name, sheet in sheets.items()}, left_out=gone)


def _by_rules(sheet: _Sheet, context: LogContext) -> Told:
    told: Told = []
    gives_away: set[int] = set()
    rows = sheet.typed
    for rule in rules_in(context.kind.id, context.period):
        if rule.sheet != sheet.layout.name or rows.empty:
            continue
        broken = rule.broken(rows, context)
        found = _told(rule, broken, sheet) if len(broken) else []
        told += found
        if rule.withheld:
            gives_away |= {at for at, problem in found if problem.column in sheet.layout.key}
    # Where a record's own name may be somebody's, no other problem may speak of the record.
    told = [(at, problem) for at, problem in told if at not in gives_away or _is_withheld(problem, context)]
    out = {at for at, problem in told if problem.severity == "error"}
    # Why ask about a row that is kept out: it will change.
    return [(at, problem) for at, problem in told if problem.severity == "error" or at not in out]


def _is_withheld(problem: Problem, context: LogContext) -> bool:
    return any(rule.withheld for rule in rules_of(context.kind.id) if rule.name == problem.rule)


def _told(rule: Rule, broken: pd.DataFrame, sheet: _Sheet) -> Told:
    """One problem for each broken row, or for each of its columns where the rule names them (`at`)."""
    found: Told = []
    for at, said in zip(broken.index.tolist(), broken.to_dict("records"), strict=True):
        words: dict[str, Any] = {
            **{str(name): value for name, value in sheet.said(at).items()},
            **{str(name): value for name, value in said.items()},
        }
        column = str(words.get("at", rule.column.split()[0] if rule.column else sheet.layout.key[0]))
        words["heading"] = sheet.layout.column(column).heading
        found.append((at, _problem(sheet, at, column, rule, _in_words(words))))
    if rule.severity == "note" and len(found) > _MANY_NOTES:
        at, one = found[0]
        return [(at, replace(one, message=f"{one.message} The same holds for {len(found) - 1:,} more rows."))]
    return found


def _in_words(words: Mapping[str, Any]) -> dict[str, Any]:
    """A row's values as a message shows them: a missing day or number as nothing."""
    return {name: "" if value is pd.NaT or value != value else value for name, value in words.items()}  # noqa: PLR0124 - NaN


def _gate(sheet: _Sheet) -> Told:
    """Hold the records that passed every rule to the kind's model; what fails it is out and said."""
    from pandera.errors import SchemaErrors

    if sheet.text.empty or fits(sheet.layout, sheet.typed):
        return []
    try:
        model(sheet.layout).validate(sheet.typed, lazy=True)
    except SchemaErrors as failures:
        cases = failures.failure_cases.dropna(subset=["index"]).drop_duplicates("index")
    else:
        return []
    pairs = zip(cases["index"].astype(int), cases["check"].astype(str), strict=True)
    return [(at, _record_problem(sheet, at, log.UNFIT, {"check": check})) for at, check in pairs]


def _problem(sheet: _Sheet, at: int, column: str, rule: Rule, words: Mapping[str, Any]) -> Problem:
    place = sheet.rows.place(at, column)
    every = {**words, "where": sheet.rows.where(at, column)}
    if rule.withheld:
        return rule.problem({"value": "", **every}, value="", **place)
    return sheet.rows.problem(rule, at, column, every)


def _record_problem(sheet: _Sheet, at: int, rule: Rule, words: Mapping[str, Any]) -> Problem:
    name = " ".join(str(sheet.text.loc[at, part]) for part in sheet.layout.key if part in sheet.text)
    return _problem(sheet, at, sheet.layout.key[0], rule, {"record": name, **words})


def _in_order(sheets: Mapping[str, _Sheet]) -> tuple[Problem, ...]:
    return tuple(
        problem
        for sheet in sheets.values()
        for at, problem in sorted(sheet.told, key=_place)
        if _is_news(at, problem, sheet)
    )


def _is_news(at: int, problem: Problem, sheet: _Sheet) -> bool:
    """Whether the sender is to hear of it: whoever moderates is not asked about answers that are another's and stand."""
    if at not in sheet.settled or problem.severity == "error" or problem.column is None:
        return True
    return sheet.layout.column(problem.column).keeper


def _place(told: tuple[int, Problem]) -> tuple[int, str]:
    return told[0], told[1].cell or ""


def unchanged(records: Iterable[tuple[SheetLayout, pd.DataFrame]], context: LogContext) -> int:
    """How many records are as they stood before, in every column."""
    return sum(int(same_as_before(layout, text, context).sum()) for layout, text in records)


def same_as_before(layout: SheetLayout, text: pd.DataFrame, context: LogContext) -> pd.Series:
    """Whether each record stands already, with the very same in every column."""
    columns = [column.name for column in layout.columns]
    before = context.before(layout.name)
    if before.empty:
        return pd.Series([False] * len(text), text.index, dtype="bool")
    there = {tuple(map(str, row)) for row in before[columns].itertuples(index=False)}
    now = (tuple(map(str, row)) for row in typed(layout, text)[columns].itertuples(index=False))
    return pd.Series([row in there for row in now], text.index, dtype="bool")
