"""Mending a return on the page: what can be mended, and whether what was given mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.checking.mended import PersonalError
from pipelines.checking.mending import CHANGED, Field, Mendable, Option
from pipelines.checking.mending import mendables as found
from pipelines.checking.mending import unexplained as without_a_reason
from schemas.returns.mends import REASON_FOR
from schemas.returns.substance import has_substance
from schemas.rule import rules_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd

    from pipelines.checking import Report
    from schemas.actors import Actor
    from schemas.problems import Problem
    from schemas.returns.mends import Mend

__all__ = ["Field", "Mendable", "Option", "PersonalError", "leads_to", "mendables", "unexplained", "why_not"]

_NO_REASON = "That does not say what happened, and why. Nothing was changed."


def mendables(actor: Actor, report: Report, today: date) -> tuple[Mendable, ...]:
    """What of a report can be mended without opening the file; whose return it is, only for whom the actor may send."""
    return found(report, today, for_agency=actor.agency_id)


def unexplained(report: Report, changes: pd.DataFrame | None, can: tuple[Mendable, ...]) -> tuple[Mendable, ...]:
    """The figures a report would change without a reason, to be explained here; `can`: what of it can be mended anyway."""
    return without_a_reason(report, changes, can)


def why_not(meant: Mendable, mends: Sequence[Mend], after: Report) -> str | None:
    """Why mends do not mend what they were meant for, by the check made with them; None where they do.

    What cannot be read, names somebody, or leaves the same thing wrong in the same place changes nothing: it would only be one
    more thing to put right. A sum that still differs may need another cell mended as well, so that is no reason.
    """
    if any(problem.rule == CHANGED for problem in meant.problems) and not all(
        has_substance(mend.value) for mend in mends
    ):
        return _NO_REASON
    sums = {rule.name for rule in rules_of("figures") if rule.stage == "return"}
    unread = {rule.name for rule in rules_of("figures") if rule.stage == "cells"}
    unread |= {rule.name for rule in rules_of("log") if rule.severity == "error"}
    targets = {(problem.rule, problem.sheet, problem.cell) for problem in meant.problems}
    cells = {(mend.sheet, mend.cell) for mend in mends}
    for problem in after.problems:
        same = (problem.rule, problem.sheet, problem.cell) in targets and problem.rule not in sums
        wrong = problem.rule in unread and (problem.sheet, problem.cell) in cells
        if same or wrong:
            return _NO_REASON if same and _is_a_reason(meant, problem) else f"{problem.message} Nothing was changed."
    return None


def leads_to(meant: Mendable, before: Report, after: Report) -> str | None:
    """What a choice would make wrong in its own rows that was not wrong before; None where nothing.

    A ward chosen for another may be one that stands there already. Two that were exchanged are put right one after the other, so
    this is said first, and does not stop whoever means it.
    """
    if meant.how != "choose":
        return None
    rows = {(problem.sheet, problem.row) for problem in meant.problems if problem.row is not None}
    known = {(problem.rule, problem.sheet, problem.cell) for problem in before.problems}
    for problem in after.problems:
        is_new = (problem.rule, problem.sheet, problem.cell) not in known
        if is_new and problem.severity == "error" and (problem.sheet, problem.row) in rows:
            return f"Nothing was changed yet, as it would lead to this: {problem.message} Press again to take it all the same."
    return None


def _is_a_reason(meant: Mendable, problem: Problem) -> bool:
    columns = {field.column for field in meant.fields}
    return meant.how == "say" and problem.severity == "query" and columns <= {"reason", REASON_FOR}
