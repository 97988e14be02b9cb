"""The page of rules, from `schemas.rules`: what each looks for, why, and how to mend what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.returns.figures import KIND
from schemas.rule import Rule, rules_of
from tests.docs.markdown import code, facts, page, table

if TYPE_CHECKING:
    from collections.abc import Mapping

STAGES = {
    "file": ("Faults of a whole file", "Found while the file is read, before any row is judged."),
    "cells": ("Cells", "The text of one column, before it is read as a number or an id."),
    "rows": ("Rows", "Each row of figures, once its cells have been read."),
    "return": ("The whole return", "The rows together, and what stands beside them."),
}
SEVERITIES = {
    "error": "the rows it names are kept out; the others still count",
    "query": "the rows count; an explanation is wanted",
    "note": "nothing to do, unless what it says is not what you meant",
}
INTRODUCTION = """
Every rule a return of figures is held to. A word in braces is filled from the row at fault. An error about a whole file
refuses it where nothing can be read from it at all; every other problem leaves the rows it does not name untouched.
"""


def rules() -> str:
    """The whole page."""
    found = [*rules_of("file"), *rules_of(KIND.id)]
    parts = [table(("severity", "what it means for you"), SEVERITIES.items())]
    for stage, (title, words) in STAGES.items():
        mine = sorted((rule for rule in found if rule.stage == stage), key=lambda rule: rule.name)
        parts += [f"## {title}", f"{words} {len(mine)} rules.", *map(_entry, mine)] if mine else []
    return page("Rules", INTRODUCTION, *parts)


def _entry(rule: Rule) -> str:
    lines = [
        ("Severity", rule.severity),
        ("Looks at", ", ".join(map(_heading, rule.column.split()))),
        ("Why", " ".join(rule.reason.split())),
        ("Says", code(rule.message)),
        ("Mend", code(rule.fix) if rule.fix else ""),
        ("Breaks it", code(_row(rule.bad[0])) if rule.bad else ""),
        ("Does not break it", code(_row(rule.good[0])) if rule.good else ""),
    ]
    return f"### {rule.name}\n\n{facts(lines)}"


def _heading(column: str) -> str:
    return {found.name: found.heading for found in KIND.data.columns}.get(column, column)


def _row(row: Mapping[str, Any]) -> str:
    """An example row: each column, and what stands in it."""
    return ", ".join(f"{name} = {_value(found)}" for name, found in row.items())


def _value(found: object) -> str:
    return "(blank)" if found in (None, "") else str(found)
