"""One record of a log filled in on a form: made into the workbook of its kind and sent, for there is one way in."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.flows import returns
from schemas.problems import UserError
from schemas.returns import kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from schemas.actors import Actor
    from schemas.problems import Problem
    from schemas.returns import Kind


def send(  # noqa: PLR0913, PLR0917 - where, who, of what kind, whose, for when, what it says and when it is sent
    home: Path, actor: Actor, kind_id: str, cover: Mapping[str, str], answers: Mapping[str, str], at: datetime
) -> str:
    """Store one record as a submission and give the receipt in words, with what the check asks.

    `cover` answers the cover by its labels, `answers` the columns by name. UserError where the check refuses it, in the
    check's own words; they name no cell, for who fills in a form has not seen one.
    """
    kind = kinds()[kind_id]
    with tempfile.TemporaryDirectory(prefix="throughline-") as folder:
        path = Path(folder) / f"{kind.row_word[0]}-{_digest(answers)}.xlsx"
        _write(path, kind, cover, answers)
        loaded = returns.submit(home, actor, path, at)
    if loaded.report.verdict == "refused":
        raise UserError(_told(kind, loaded.report.problems, "error"))
    asked = _told(kind, loaded.report.problems, "query")
    return f"{loaded.receipt.words} What it asks: {asked}" if asked else loaded.receipt.words


def _told(kind: Kind, problems: Sequence[Problem], severity: str) -> str:
    """What the check said of a form, with what to do, and without the cells of the workbook it was made into."""
    mine = [problem for problem in problems if problem.severity == severity]
    said = (" ".join(part for part in (of_a_form(p.message, kind.data.name), p.fix) if part) for p in mine)
    return " ".join(dict.fromkeys(said))


def of_a_form(message: str, sheet: str) -> str:
    """The message of a log without its cell and its row: ` (Views!D2)`, ` in Views!D2`, ` (row 2)`.

    >>> of_a_form("Reason may name somebody (Views!D2). The row has not been taken.", "Views")
    'Reason may name somebody.'
    """
    cell = rf" (?:\((?:{sheet}![A-Z]+\d+|row \d+)\)|(?:in|at) {sheet}![A-Z]+\d+)"
    return re.sub(cell, "", message).replace(" The row has not been taken.", "")


def _digest(answers: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(dict(answers), sort_keys=True).encode()).hexdigest()[:12]


def _write(path: Path, kind: Kind, cover: Mapping[str, str], answers: Mapping[str, str]) -> None:
    import xlsxwriter

    about = {"Template version": kind.template_version, "Kind of return": kind.id, **cover}
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, settings) as book:
        sheet = book.add_worksheet("Cover")
        for row, pair in enumerate(about.items()):
            sheet.write_row(row, 0, pair)
        records = book.add_worksheet(kind.data.name)
        for place, column in enumerate(kind.data.printed):
            records.write_string(0, place, column.heading)
            records.write_string(1, place, answers.get(column.name, ""))
