"""The register, self-assessments and audits as workbooks, with the sheets and headings of their kind's template."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sample_data.assessments.register import respondents
from sample_data.assessments.replies import due_on
from sample_data.assessments.returns import assessment_returns
from sample_data.logs.files import APPROVED_BY, PREPARED_BY, SYNTHETIC, kind_of, sheet_table, write_book
from schemas.returns.respondents import is_respondent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sample_data.assessments.returns import AssessmentReturn
    from sample_data.logs.files import Line
    from schemas.catalogue.whole import Catalogue

# Who fills in a self-assessment and who signs it off, by sector; agencies have offices for it.
_ROLES = {
    "schools": ("Designated safeguarding lead", "Head teacher"),
    "early_years": ("Deputy manager", "Manager"),
    "commissioned": ("Service manager", "Director"),
    "third_sector": ("Safeguarding lead", "Chair of trustees"),
    "colleges": ("Designated safeguarding lead", "Principal"),
}
_SEAT = ("Member", "Member")
_OFFICES = ("Safeguarding administrator", "Head of safeguarding")


def write_assessments(
    out: Path, catalogue: Catalogue, *, since: date = date.min
) -> list[tuple[AssessmentReturn, Path]]:
    """Write every return to a folder, in the order they came in, each with the file it was written to.

    `since` leaves out the rounds of self-assessment that were due before a day; the register and audits are whole.
    """
    out.mkdir(parents=True, exist_ok=True)
    chosen = (s for s in assessment_returns() if s.kind != "self_assessment" or due_on(s.period_id) >= since)
    return [(sent, write(sent, catalogue, out)) for sent in chosen]


def write(sent: AssessmentReturn, catalogue: Catalogue, out: Path) -> Path:
    """Write one return as a workbook to a folder."""
    return write_book(out / f"{sent.name}.xlsx", sheets(sent, catalogue))


def sheets(sent: AssessmentReturn, catalogue: Catalogue) -> dict[str, list[Line]]:
    """The workbook's sheets as tables, the cover first."""
    kind = kind_of(sent.kind)
    tables: dict[str, list[Line]] = {
        "Cover": list(_cover(sent, catalogue)),
        "Instructions": [(SYNTHETIC,), *((line,) for line in kind.in_short)],
    }
    for layout in kind.sheets:
        tables[layout.name] = sheet_table(layout, sent.rows.get(layout.name, ()), catalogue)
    return tables


def _cover(sent: AssessmentReturn, catalogue: Catalogue) -> Iterator[Line]:
    prepared, approved = _roles(sent.sender_id)
    covers = {name: _labelled(name, value, catalogue) for name, value in sent.covers.items()}
    answers = {
        "template_version": kind_of(sent.kind).template_version,
        "kind": sent.kind,
        "agency": _sender(sent.sender_id, catalogue),
        "period": sent.period_id,
        **covers,
        "prepared_by_role": prepared,
        **({"approved_by_role": approved, "approved_on": sent.at.date().isoformat()} if sent.signed else {}),
    }
    yield (SYNTHETIC,)
    for question, answer in answers.items():
        yield (question.replace("_", " ").capitalize(), answer)


def _labelled(name: str, value: str, catalogue: Catalogue) -> str:
    return catalogue.label("instrument", value) if name == "instrument" else value


def _sender(sender_id: str, catalogue: Catalogue) -> str:
    """A respondent goes by its reference, an agency by its name."""
    return sender_id if is_respondent(sender_id) else catalogue.agencies[sender_id].title


def _roles(sender_id: str) -> tuple[str, str]:
    if not is_respondent(sender_id):
        return PREPARED_BY.get(sender_id, _OFFICES[0]), APPROVED_BY.get(sender_id, _OFFICES[1])
    sectors = {body.respondent_id: body.sector for body in respondents()}
    return _ROLES.get(sectors.get(sender_id, ""), _SEAT)
