"""Figures a return would change without a word: the reason of each can be given without opening the file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.checking.mending.fields import Field, Mendable
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.problems import Problem
from schemas.returns.substance import has_substance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    import pandas as pd

    from pipelines.checking.report import Report

# Known by this name among what can be mended; no check reports it, for a figure may be put right before anybody used it.
CHANGED = "figure_changes_without_a_reason"
_REASON = "Reason"
_KEY = ("indicator_id", "period_id", "area_id", "breakdown", "category")
Told = dict[str, "Any"]


def unexplained(report: Report, changes: pd.DataFrame | None, others: Sequence[Mendable]) -> tuple[Mendable, ...]:
    """For each indicator, the changed figures that come without a reason, as one thing to be said.

    `changes`: what the return would change. `others`: what of it can be mended anyway; whoever is asked for a reason there is
    not asked again.
    """
    read = report.as_read
    if read is None or changes is None or "indicator_id" not in changes:
        return ()
    asked = {(field.sheet, field.cell) for each in others if each.how == "say" for field in each.fields}
    groups: dict[str, list[Problem]] = defaultdict(list)
    fields: dict[str, list[Field]] = defaultdict(list)
    also: dict[str, list[Any]] = defaultdict(list)
    for row, problem in _problems(report, changes):
        room = read.room(problem)
        if (room.sheet, room.cell) in asked:
            continue
        groups[row["indicator_id"]].append(replace(problem, cell=room.cell, column=room.column))
        fields[row["indicator_id"]].append(Field(room.sheet, room.cell, room.column, _REASON))
        also[row["indicator_id"]] += [room.heading] if room.heading else []
    return tuple(
        Mendable(tuple(found), "say", tuple(fields[name]), also=tuple(dict.fromkeys(also[name])))
        for name, found in groups.items()
    )


def _problems(report: Report, changes: pd.DataFrame) -> Iterator[tuple[Told, Problem]]:
    """Each changed figure without a reason that stands in the file, with its cell there."""
    stands = {tuple(row[name] for name in _KEY): row for row in _figures(report)}
    for row in _records(changes):
        at = stands.get(tuple(row[name] for name in _KEY))
        if row["change"] == "changed" and at is not None and not has_substance(row["reason"]):
            yield row, _problem(row, at)


def _problem(row: Told, at: Mapping[str, Any]) -> Problem:
    indicator = catalogue().indicators.get(row["indicator_id"])
    title = indicator.title if indicator else row["indicator_id"]
    words = f"{row['indicator_id']} ({title}), {parse(row['period_id']).short}: was {row['was']}, now {row['now']}."
    cell = str(at.get("cells") or "").partition(" ")[0] or None
    return Problem(CHANGED, "query", words, "", at["sheet"], cell, int(at["at"]), "reason")


def _figures(report: Report) -> list[Told]:
    return _records(report.figures.assign(at=report.figures.index))


def _records(frame: pd.DataFrame) -> list[Told]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
