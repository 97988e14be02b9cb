"""What a check found, grouped by what to do about it, each with its cell, its value and the reason for the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, join, tag
from app.widgets.icons import icon
from app.widgets.page import group, more
from app.widgets.tables import Column, Row, table
from schemas.returns import kinds
from schemas.rule import rules_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.problems import Problem

_HEADS = {
    "error": ("Put right", "These rows are left out until they are mended."),
    "query": ("Explain or check", "These rows are taken. Correct them, or write the reason in the Reason column."),
    "note": ("For your information", "Nothing to do."),
}
# A log has no column for a reason: what is right is left as it is.
_OF_A_LOG = "These records are taken. Correct them and send the log again; what is right as it stands can stay."
_SHOWN = 5
_COLUMNS = [Column("Where", width="18%"), Column("Value", width="18%"), Column("What is wrong")]


def problems(found: Sequence[Problem], kind: str | None) -> Html:
    """Every problem: worst first, then by remedy."""
    reasons = {rule.name: rule.reason for name in ("file", "log", kind or "figures") for rule in rules_of(name)}
    is_log = kind in kinds() and kinds()[kind].is_log
    return join([_severity(severity, found, reasons, is_log=is_log) for severity in _HEADS])


def _severity(severity: str, found: Sequence[Problem], reasons: dict[str, str], *, is_log: bool) -> Html | None:
    mine = [problem for problem in found if problem.severity == severity]
    if not mine:
        return None
    head, meaning = _HEADS[severity]
    meaning = _OF_A_LOG if is_log and severity == "query" else meaning
    rules = list(dict.fromkeys(problem.rule for problem in mine))
    groups = [_rule(rule, [p for p in mine if p.rule == rule], reasons, is_open=severity != "note") for rule in rules]
    title = tag("h3", tag("span", icon(severity), f" {head} ({len(mine):,})"))
    return tag("div", title, tag("p", meaning, cls="second"), groups, cls="problems")


def _rule(rule: str, mine: list[Problem], reasons: dict[str, str], *, is_open: bool) -> Html:
    """One remedy, the first five cells it is for, and why the rule is there."""
    fixes = list(dict.fromkeys(problem.fix for problem in mine if problem.fix))
    told = len(fixes) == 1
    title = fixes[0] if told else rule.replace("_", " ").capitalize()
    caption = rule.replace("_", " ")
    first = table(
        caption, _COLUMNS, [_row(problem, told=told) for problem in mine[:_SHOWN]], cls="pairs", hide_caption=True
    )
    rest = [_row(problem, told=told) for problem in mine[_SHOWN:]]
    others = table(f"More: {caption}", _COLUMNS, rest, cls="pairs", hide_caption=True)
    why = reasons.get(rule, "")
    return group(
        title,
        join(
            tag("p", tag("b", "Why: "), why, cls="second text") if why else None,
            first,
            more(f"{len(rest):,} more like these", others) if rest else None,
        ),
        aside=tag("span", f"{len(mine):,}"),
        is_open=is_open and len(mine) <= _SHOWN,
        level=4,
    )


def _row(problem: Problem, *, told: bool) -> Row:
    """One cell to mend; the remedy is repeated only where the group's title has not told it."""
    place = f"{problem.sheet}!{problem.cell}" if problem.sheet and problem.cell else problem.sheet or "Whole file"
    fix = tag("span", problem.fix, cls="under") if problem.fix and not told else None
    return Row(place, (problem.value if problem.value is not None else "–", join(problem.message, fix)))
