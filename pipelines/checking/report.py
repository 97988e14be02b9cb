"""What a check gives back: the verdict, every problem, and the rows that passed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from schemas.returns.models import FIGURE_COLUMNS

if TYPE_CHECKING:
    from schemas.problems import Problem

Verdict = Literal["accepted", "accepted_with_queries", "refused"]
COMMENTARY = ["indicator_id", "what_happened", "why", "what_we_are_doing"]
NOT_HELD = ["indicator_id", "reason"]
_HEADS = {"error": "Put right", "query": "Explain or check", "note": "For your information"}
_SHOWN = 5


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
    """The result of checking one file. `figures` are the accepted rows (index: the sheet's row, and `sheet`)."""

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
        rows = (
            f"{self.rows_accepted:,} of {_plural(self.rows, 'figure', 'figures')} taken" if self.rows else "no figures"
        )
        return f"{self.file}{whose}: {verdict[self.verdict]}. {rows.capitalize()}; {told or 'no problems'}."

    def as_text(self) -> str:
        """The report for a terminal: the summary, then the problems grouped by what to do, worst first."""
        lines = [self.summary()]
        for severity, head in _HEADS.items():
            mine = [problem for problem in self.problems if problem.severity == severity]
            if mine:
                lines += ["", f"{head} ({len(mine):,})", *_grouped(mine)]
        return "\n".join(lines)


def _grouped(problems: list[Problem]) -> list[str]:
    lines: list[str] = []
    for rule in dict.fromkeys(problem.rule for problem in problems):
        mine = [problem for problem in problems if problem.rule == rule]
        lines += [f"  - {problem.message}" for problem in mine[:_SHOWN]]
        if len(mine) > _SHOWN:
            lines.append(f"    and {len(mine) - _SHOWN:,} more like these")
        fixes = list(dict.fromkeys(problem.fix for problem in mine if problem.fix))
        lines += [f"    → {fix}" for fix in fixes[:1]]
    return lines


def _plural(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
