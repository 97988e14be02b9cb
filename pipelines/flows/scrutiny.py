"""The scrutineer's word on a claim of impact: placed on the record as a submission like any other."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.flows import returns
from schemas.actors import SCRUTINEER, require
from schemas.periods import quarter_of
from schemas.problems import UserError
from schemas.returns import kinds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from schemas.actors import Actor
    from schemas.problems import Problem

# Where a workbook has it: ` (Views!D2)`, ` in Views!D2`, ` (row 2)`.
_CELL = re.compile(r" (?:\((?:Views![A-Z]+\d+|row \d+)\)|(?:in|at) Views![A-Z]+\d+)")


def place_view(  # noqa: PLR0913, PLR0917 - where, who, of what, which view and why, seen when
    home: Path,
    actor: Actor,
    recommendation_id: str,
    view: str,
    reason: str,
    of_level: int | None,
    of_publication: str,
    at: datetime,
) -> str:
    """Store the view (`accept` or `challenge`) with its reason, and give the receipt in words.

    Only the scrutineer may; it stands beside the claim from the next publication on. UserError where the check refuses
    it, in the check's own words; they name no cell, for who fills in a form has not seen one.
    """
    require(actor, "scrutineer", agency_id=SCRUTINEER)
    answers = {
        "recommendation_id": recommendation_id,
        "viewed_on": at.date().isoformat(),
        "view": view,
        "reason": " ".join(reason.split()),
        "of_level": "" if of_level is None else str(of_level),
        "of_publication": of_publication,
    }
    with tempfile.TemporaryDirectory(prefix="throughline-") as folder:
        path = Path(folder) / f"view-{_digest(answers)}.xlsx"
        _write(path, answers, at)
        loaded = returns.submit(home, actor, path, at)
    if loaded.report.verdict == "refused":
        raise UserError(_told(loaded.report.problems, "error"))
    asked = _told(loaded.report.problems, "query")
    return f"{loaded.receipt.words} What it asks: {asked}" if asked else loaded.receipt.words


def _told(problems: Sequence[Problem], severity: str) -> str:
    """What the check said of a form, with what to do, and without the cells of the workbook it was made into."""
    mine = [problem for problem in problems if problem.severity == severity]
    said = (" ".join(part for part in (_of_a_form(p.message), p.fix) if part) for p in mine)
    return " ".join(dict.fromkeys(said))


def _of_a_form(message: str) -> str:
    """The message of a log without its cell and its row.

    >>> _of_a_form("Reason may name somebody (Views!D2). The row has not been taken.")
    'Reason may name somebody.'
    """
    return _CELL.sub("", message).replace(" The row has not been taken.", "")


def _digest(answers: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()[:12]


def _write(path: Path, answers: dict[str, str], at: datetime) -> None:
    """One view as the workbook of its kind: there is one way in."""
    import xlsxwriter

    kind = kinds()["scrutiny"]
    cover = {
        "Template version": kind.template_version,
        "Kind of return": kind.id,
        "Agency": SCRUTINEER,
        "Period": quarter_of(at.date()).id,
        "Prepared by (role)": "Independent scrutineer",
        "Approved by (role)": "Independent scrutineer",
        "Approved on": at.date().isoformat(),
    }
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, settings) as book:
        sheet = book.add_worksheet("Cover")
        for row, (label, answer) in enumerate(cover.items()):
            sheet.write_row(row, 0, [label, answer])
        views = book.add_worksheet(kind.data.name)
        for place, column in enumerate(kind.data.columns):
            views.write_string(0, place, column.heading)
            views.write_string(1, place, answers[column.name])
