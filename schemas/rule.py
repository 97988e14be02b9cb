"""What a rule is: one function that says which rows break it, with its message, its remedy and its own examples."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from schemas.periods import Period, day_words, is_in_force, parse
from schemas.problems import Problem, Severity

if TYPE_CHECKING:
    import pandas as pd

Stage = Literal["file", "cells", "double", "standing", "rows", "return", "year"]
Row = Mapping[str, Any]

# Reference numbers of people have nine digits and more; no figure of a partnership does.
_SOMEBODYS = 10**8
_TAKEN_BACK = "withdrawn"
_REGISTERED: dict[str, Rule] = {}


@dataclass(frozen=True)
class Rule:
    """One thing a return must keep to. `reason` is printed on the page beside the problem.

    Stages, in the order they run: `file` (found while reading, no function), `cells` (the different texts of one column,
    each by itself, in any order), `double` (two rows for one figure), `standing` (what stands already), `rows` (typed figures,
    each by itself), `return` (whether the rows no error keeps out yet agree, with themselves and with one another). `year`
    stands beside these: the year's column of an agency's own spreadsheet.
    `message` and `fix` are templates filled from the broken row, or from the columns the function adds; a `withheld`
    value is not repeated in the problem, as it may name somebody. Rows a rule `sets_aside` are not judged further; it is
    given what the rows say and `is_computed`, as nothing else is worked out for rows that may yet be set aside.
    A rule of a log names the `sheet` whose records it judges; it is given their typed rows and a `LogContext`.
    `since` and `until` are the first and the last period it holds for, empty where there is none, and `agreed_in` the
    guidance or the template that says so: a return of another year is judged without it.
    """

    name: str
    kind: str
    severity: Severity
    message: str
    fix: str
    reason: str
    column: str
    stage: Stage
    bad: tuple[Row, ...]
    good: tuple[Row, ...]
    function: Callable[..., pd.Series | pd.DataFrame] | None
    withheld: bool = False
    sets_aside: bool = False
    sheet: str = ""
    since: str = ""
    until: str = ""
    agreed_in: str = ""

    def holds_in(self, period: Period) -> bool:
        """Whether a return for a period is judged by it."""
        return is_in_force(self.since, self.until, period)

    def broken(self, figures: pd.DataFrame, context: object) -> pd.DataFrame:
        """The broken rows, in their order, with whatever further words the function gave for the message.

        A function answers with a Series (True = broken), or with a frame of the broken rows.
        """
        import pandas as pd

        judged = self._judged(figures)
        if self.sheet and judged.empty:
            return pd.DataFrame(index=judged.index)
        found = self.applied(judged, context)
        if found.ndim == 1:
            return pd.DataFrame(index=judged.index[found.to_numpy(dtype=bool, na_value=False)])
        return found

    def _judged(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows to judge: nobody is asked about a record of a log that is taken back, unless it may name somebody."""
        if not self.sheet or self.withheld or "standing" not in rows:
            return rows
        return rows[rows["standing"].ne(_TAKEN_BACK)]

    def applied(self, subject: Any, context: object) -> Any:  # noqa: ANN401 - a column in, a Series out; or frames
        """What the function answers for a column of text (`cells`) or for typed rows; not every rule needs context."""
        if self.function is None:
            raise ValueError(f"{self.name} is found while reading a file; it judges no rows")
        return self.function(subject, context) if _takes_context(self.function) else self.function(subject)

    def problem(self, words: Mapping[str, object] | None = None, **place: Any) -> Problem:  # noqa: ANN401 - where a problem stands
        """The problem this rule reports, its message filled with the words of one row."""
        known = words or {}
        shown = {name: _words(known[name]) for name in self.words if name in known}
        return Problem(self.name, self.severity, self.message.format_map(shown), self.fix.format_map(shown), **place)

    @property
    def words(self) -> tuple[str, ...]:
        """The names the message and the remedy need from a row."""
        return _names(self.message + self.fix)


def rule(  # noqa: PLR0913 - a rule is declared whole, in one place
    *,
    kind: str,
    severity: Severity,
    message: str,
    fix: str,
    bad: Sequence[Row],
    good: Sequence[Row],
    column: str = "",
    stage: Stage = "rows",
    withheld: bool = False,
    sets_aside: bool = False,
    sheet: str = "",
    since: str = "",
    until: str = "",
    agreed_in: str = "",
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register the function below as a rule of a kind of return; its docstring is the reason.

    ValueError where `since` or `until` is no period, or where nobody could tell which guidance they follow.
    """
    if (since or until) and not agreed_in:
        raise ValueError("a rule that holds for some years says in agreed_in which guidance or template they follow")
    for text in filter(None, (since, until)):
        parse(text)

    def registered(function: Callable[..., Any]) -> Callable[..., Any]:
        reason = inspect.getdoc(function) or ""
        name = function.__name__
        if not _stands_in(function.__module__, kind):
            raise ValueError(f"{name} is a rule of {kind}, but {function.__module__} is not loaded for that kind")
        facts = (name, kind, severity, message, fix, reason, column, stage, tuple(bad), tuple(good), function)
        years = {"since": since, "until": until, "agreed_in": agreed_in}
        _register(Rule(*facts, withheld=withheld, sets_aside=sets_aside, sheet=sheet, **years))
        return function

    return registered


def fault(  # noqa: PLR0913 - as above
    name: str, severity: Severity, message: str, fix: str, reason: str, *, kind: str = "file", withheld: bool = False
) -> Rule:
    """Register a rule about a whole file, found while reading it rather than row by row."""
    return _register(Rule(name, kind, severity, message, fix, reason, "", "file", (), (), None, withheld=withheld))


@cache
def rules_of(kind: str) -> tuple[Rule, ...]:
    """Every rule of a kind of return (or of any `file`), of all years, found by scanning `schemas.rules`.

    A kind's rules stand in modules that begin with its name: who checks figures need not load the rules of audits.
    """
    package = importlib.import_module("schemas.rules")
    for module in pkgutil.iter_modules(package.__path__):
        if _stands_in(module.name, kind):
            importlib.import_module(f"schemas.rules.{module.name}")
    return tuple(found for found in _REGISTERED.values() if found.kind == kind)


def _stands_in(module: str, kind: str) -> bool:
    """Whether a module is one of those with a kind's rules."""
    name = module.rpartition(".")[2]
    return name == kind or name.startswith(f"{kind}_")


def rules_in(kind: str, period: Period) -> tuple[Rule, ...]:
    """The rules that a return of a kind for a period is judged by: those of its own year."""
    return tuple(rule for rule in rules_of(kind) if rule.holds_in(period))


def _register(new: Rule) -> Rule:
    known = _REGISTERED.get(new.name, new)
    if (known.kind, known.sheet, known.reason) != (new.kind, new.sheet, new.reason):
        raise ValueError(f"two rules are called {new.name}")
    _REGISTERED[new.name] = new
    return new


@cache
def _takes_context(function: Callable[..., Any]) -> bool:
    return len(inspect.signature(function).parameters) > 1


@cache
def _names(template: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(template) if name))


def _words(value: object) -> str:
    """A value as messages show it: thousands with commas, no float tails, no number long enough to be somebody's.

    >>> _words(1234.0), _words(24.2), _words("FD04"), _words(4857773456)
    ('1,234', '24.2', 'FD04', 'a 10-digit number')
    """
    if isinstance(value, date):
        return day_words(value) if value == value else ""  # noqa: PLR0124 - a missing day is not equal to itself
    if isinstance(value, int | float) and abs(value) >= _SOMEBODYS:
        return f"a {len(f'{abs(value):.0f}')}-digit number"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.6f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else str(value)
