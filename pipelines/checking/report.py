"""What a check gives back: the verdict, every problem, and the rows that passed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from schemas.returns import kinds
from schemas.returns.models import FIGURE_COLUMNS

if TYPE_CHECKING:
    from pipelines.checking.as_read import AsRead
    from schemas.problems import Problem
    from schemas.returns.mends import Mend

Verdict = Literal["accepted", "accepted_with_queries", "refused"]
COMMENTARY = ["indicator_id", "what_happened", "why", "what_we_are_doing"]
NOT_HELD = ["indicator_id", "reason"]
_HEADS = {"error": "Put right", "query": "Explain or check", "note": "For your information"}
_SHOWN = 5
# The cells of those that are not shown in full, as many as are read in a few lines.
_NAMED = 40


def no_figures() -> pd.DataFrame:
    """An empty frame of figures, with the columns and types of a full one."""
    return _no_figures().copy()


@cache
def _no_figures() -> pd.DataFrame:
    numbers = {"numerator", "denominator", "value"}
    kinds = {name: "float64" if name in numbers else "str" for name in (*FIGURE_COLUMNS, "sheet")}
    return pd.DataFrame(columns=list(kinds)).astype({**kinds, "definition_version": "int64"})


def no_rows(columns: list[str]) -> pd.DataFrame:
    """An empty frame of text."""
    return pd.DataFrame(columns=columns, dtype="str")


@dataclass(frozen=True)
class Report:
    """The result of checking one file. `figures` are the accepted rows (index: the sheet's row, and `sheet`).

    Where a row of the sheet holds several figures, their column `cells` has the addresses each was read from.

    Of a log `records` are the accepted rows of each sheet, as text in its one spelling (index: the sheet's row).
    `mends` are the answers its sender mended, which the check took for the file's own; `original_may_be_kept` is False where
    a cell of the file as it came may name somebody, whatever was mended since. `as_read` is there only for who asked to mend.
    """

    file: str
    file_sha256: str
    kind: str | None
    agency_id: str | None
    period_id: str | None
    verdict: Verdict
    exit_code: int
    rows: int
    rows_accepted: int
    problems: tuple[Problem, ...]
    figures: pd.DataFrame = field(default_factory=no_figures)
    commentary: pd.DataFrame = field(default_factory=lambda: no_rows(COMMENTARY))
    not_held: pd.DataFrame = field(default_factory=lambda: no_rows(NOT_HELD))
    cover: dict[str, str] = field(default_factory=dict)
    template_version: str = ""
    records: dict[str, pd.DataFrame] = field(default_factory=dict[str, pd.DataFrame])
    mends: tuple[Mend, ...] = ()
    original_may_be_kept: bool = True
    as_read: AsRead | None = None

    def as_dict(self) -> dict[str, Any]:
        """The report as `check --format json` prints it."""
        return {
            "file": self.file,
            "kind": self.kind,
            "agency": self.agency_id,
            "period": self.period_id,
            "verdict": self.verdict,
            "rows": self.rows,
            "rows_accepted": self.rows_accepted,
            "problems": [problem.as_dict() for problem in self.problems],
        }

    def summary(self) -> str:
        """The report in one sentence."""
        counts = Counter(problem.severity for problem in self.problems)
        told = ", ".join(
            _plural(counts[name], *words)
            for name, words in (
                ("error", ("error", "errors")),
                ("query", ("query", "queries")),
                ("note", ("note", "notes")),
            )
            if counts[name]
        )
        verdict = {"accepted": "accepted", "accepted_with_queries": "accepted with queries", "refused": "refused"}
        whose = f" ({self.kind}, {self.agency_id}, {self.period_id})" if self.agency_id and self.period_id else ""
        # What could not be recognised holds neither figures nor records that we know of.
        one, many = kinds()[self.kind].row_word if self.kind in kinds() else ("row", "rows")
        rows = f"{self.rows_accepted:,} of {_plural(self.rows, one, many)} taken" if self.rows else f"no {many} taken"
        return f"{self.file}{whose}: {verdict[self.verdict]}. {rows.capitalize()}; {told or 'no problems'}."

    def as_text(self) -> str:
        """The report for a terminal: the summary, then the problems grouped by what to do, worst first."""
        lines = [self.summary()]
        for severity, head in _HEADS.items():
            mine = [problem for problem in self.problems if problem.severity == severity]
            if mine:
                lines += ["", f"{head} ({len(mine):,})", *_grouped(mine)]
        return "\n".join(lines)


def with_verdict(report: Report) -> Report:
    """The report with its verdict and exit code: refused only where nothing of it can be taken."""
    severities = {problem.severity for problem in report.problems}
    errors, usable = "error" in severities, report.rows_accepted > 0 or not report.not_held.empty
    if not usable:
        return replace(report, verdict="refused", exit_code=1)
    verdict = "accepted_with_queries" if severities & {"error", "query"} else "accepted"
    return replace(report, verdict=verdict, exit_code=1 if errors else 0)


def _grouped(problems: list[Problem]) -> list[str]:
    """What was found by rule and remedy: five in full, the cells of the others by name, then what to do about these."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.rule, problem.fix or ""), []).append(problem)
    # A rule's remedies stand under one another, in the order in which the rules were first met.
    rules = list(dict.fromkeys(rule for rule, _ in groups))
    lines: list[str] = []
    for (_, fix), mine in sorted(groups.items(), key=lambda group: rules.index(group[0][0])):
        lines += [f"  - {problem.message}" for problem in mine[:_SHOWN]]
        if len(mine) > _SHOWN:
            lines.append(f"    and {len(mine) - _SHOWN:,} more like these{_places(mine[_SHOWN:])}")
        lines += [f"    → {fix}"] if fix else []
    return lines


def _places(problems: list[Problem]) -> str:
    """`: Actions!C9, C12; Evidence!D4`: where the others stand; of very many the first, and how to find the rest."""
    cells: dict[str, list[str]] = {}
    placed = [problem for problem in problems if problem.sheet and problem.cell]
    for problem in placed[:_NAMED]:
        cells.setdefault(problem.sheet or "", []).append(problem.cell or "")
    if not cells:
        return ""
    said = "; ".join(f"{sheet}!{', '.join(each)}" for sheet, each in cells.items())
    rest = len(placed) - _NAMED
    return f": {said}" + (f" and {rest:,} others; --annotate marks every one in a copy" if rest > 0 else "")


def _plural(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
