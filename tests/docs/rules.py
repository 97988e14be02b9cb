"""The page of rules, from `schemas.rules`: what each looks for, why, and how to mend what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.periods import parse
from schemas.returns import kinds
from schemas.returns.figures import KIND
from schemas.rule import Rule, rules_of
from tests.docs.markdown import code, facts, page, table

if TYPE_CHECKING:
    from collections.abc import Mapping

STAGES = {
    "file": ("Faults of a whole file", "Found while the file is read, before any row is judged."),
    "cells": ("Cells", "The text of one column, before it is read as a number or an id."),
    "double": ("Given twice", "Two rows that answer for one figure, whether or not one of them stands already."),
    "standing": ("What stands already", "Rows of earlier quarters beside what was sent of them before."),
    "rows": ("Rows", "Each row of figures, once its cells have been read."),
    "return": ("The whole return", "The rows together, and what stands beside them."),
    "year": (
        "The year's column",
        "The year of an agency's own spreadsheet, beside the quarters or months it is made of.",
    ),
}
SEVERITIES = {
    "error": "the rows it names are kept out; the others still count",
    "query": "the rows count; an explanation is wanted",
    "note": "nothing to do, unless what it says is not what you meant",
}
INTRODUCTION = """
Every rule a return is held to, by kind of return and, for the logs, by sheet. A word in braces is filled from the row at
fault. An error about a whole file refuses it where nothing can be read from it at all; every other problem leaves the
rows it does not name untouched. A record that is taken back is not judged, except by rules that keep somebody's name or
number out. A rule that holds for some years only says which, and what says so: a return is judged by the rules, the lists and
the definitions of its own year.
"""


def rules() -> str:
    """The whole page."""
    found = [*rules_of("file"), *rules_of(KIND.id)]
    parts = [table(("severity", "what it means for you"), SEVERITIES.items())]
    for stage, (title, words) in STAGES.items():
        parts += _part(title, words, [rule for rule in found if rule.stage == stage])
    for kind in kinds().values():
        for layout in kind.sheets if kind.is_log else ():
            mine = [rule for rule in rules_of(kind.id) if rule.sheet == layout.name]
            parts += _part(f"{kind.title}: {layout.name}", layout.what_for, mine)
        whole = [rule for rule in rules_of(kind.id) if kind.is_log and not rule.sheet]
        parts += _part(f"{kind.title}: as a whole", "Said once, of all that it holds together.", whole)
    return page("Rules", INTRODUCTION, *parts)


def _part(title: str, words: str, mine: list[Rule]) -> list[str]:
    """A heading, what is judged under it, and its rules by name; nothing where there is none."""
    in_order = sorted(mine, key=lambda rule: rule.name)
    return (
        [f"## {title}", f"{words} {len(mine)} rule{'' if len(mine) == 1 else 's'}.", *map(_entry, in_order)]
        if mine
        else []
    )


def _entry(rule: Rule) -> str:
    headings = _headings(rule)
    lines = [
        ("Severity", rule.severity),
        ("Holds", _years(rule)),
        ("Looks at", ", ".join(headings.get(column, column) for column in rule.column.split())),
        ("Why", " ".join(rule.reason.split())),
        ("Says", code(rule.message)),
        ("Mend", code(rule.fix) if rule.fix else ""),
        ("Breaks it", code(_row(rule.bad[0])) if rule.bad else ""),
        ("Does not break it", code(_row(rule.good[0])) if rule.good else ""),
    ]
    return f"### {rule.name}\n\n{facts(lines)}"


def _years(rule: Rule) -> str:
    """The years a rule holds for and what says so; nothing where it holds always."""
    since = f"since {parse(rule.since).short}" if rule.since else ""
    until = f"until {parse(rule.until).short}" if rule.until else ""
    years = " ".join(filter(None, (since, until)))
    return f"{years} ({rule.agreed_in})" if years else ""


def _headings(rule: Rule) -> dict[str, str]:
    """What the columns a rule looks at are called on its sheet."""
    layout = kinds()[rule.kind].sheet(rule.sheet) if rule.sheet else KIND.data
    return {column.name: column.heading for column in layout.columns}


def _row(row: Mapping[str, Any]) -> str:
    """An example row: each column, and what stands in it; then what stands, or is missing, in the log beside it."""
    cells = [f"{name} = {_value(found)}" for name, found in row.items() if not name.startswith("_")]
    held = [
        f"while {sheet} holds {', '.join(f'{name} = {_value(found)}' for name, found in record.items()) or 'the usual'}"
        for sheet, records in row.get("_held", {}).items()
        for record in records
    ]
    missing = [f"while {sheet} is empty" for sheet in row.get("_without", ())]
    return ", ".join([*(cells or ["the usual row"]), *held, *missing])


def _value(found: object) -> str:
    return "(blank)" if found in (None, "") else str(found)
