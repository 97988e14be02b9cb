"""Audits as publishing is given them, from a few words: cases by what they were, grades by how often each was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.pipelines.log_records import logged, records, returns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from pipelines.publishing.assembling import Inputs

FIRST, LAST = "2025-26-Q1", "2026-27-Q2"
Row = dict[str, Any]


def audit(ref: str, **said: Any) -> Row:
    """One audit, reported in September 2026, that asked whether schools hear in time."""
    usual = {"audit_ref": ref, "title": f"Audit {ref}", "theme": "domestic_abuse", "method": "case_file"}
    usual |= {"question": "Do schools hear in time?", "stage": "reported", "agency_id": "wyp_leeds"}
    usual |= {"reported_on": "2026-09-14", "why_chosen": "Reviews found delays", "sample_basis": "At random"}
    return usual | {"families_heard": "yes", "conclusion": "Schools hear in time"} | said


def cases(ref: str, size: int, **split: Mapping[str, int]) -> list[Row]:
    """So many cases; each characteristic given as how many have which value, the rest not known."""
    columns = {name: [value for value, times in of.items() for _ in range(times)] for name, of in split.items()}
    assert all(len(values) <= size for values in columns.values())
    return [
        {"audit_ref": ref, "case_no": number + 1}
        | {name: values[number] for name, values in columns.items() if number < len(values)}
        for number in range(size)
    ]


def grades(
    ref: str, domain: str, given: Sequence[str], moderated: Sequence[str] | None = None, **said: Any
) -> list[Row]:
    """One domain's grades, case by case from the first: before moderation, and after it (the same unless said)."""
    after = given if moderated is None else moderated
    return [
        {"audit_ref": ref, "case_no": number, "domain": domain, "self_grade": before, "moderated_grade": then} | said
        for number, (before, then) in enumerate(zip(given, after, strict=True), 1)
    ]


def times(**given: int) -> list[str]:
    """Grades in a row: `times(g3=4, g2=1)`."""
    return [grade for grade, many in given.items() for _ in range(many)]


def finding(ref: str, number: int, **said: Any) -> Row:
    """One finding, learning that each agency acts on itself."""
    usual = {"audit_ref": ref, "finding_ref": f"{ref}.{number}", "kind": "learning", "strength": "most"}
    usual |= {"text": "What schools do is seldom written down", "domain": "information_sharing"}
    return usual | {"answer": "agency_action"} | said


def given(  # noqa: PLR0913 - the four sheets of the log, what else stands, and the day
    audits: Iterable[Row],
    of_cases: Iterable[Row] = (),
    of_grades: Iterable[Row] = (),
    of_findings: Iterable[Row] = (),
    *,
    recommendations: Iterable[Row] = (),
    today: date | None = None,
) -> Inputs:
    """What a release is made from where this log of audits stands."""
    sheets = {"Audits": audits, "Cases": of_cases, "Grades": of_grades, "Findings": of_findings}
    found = {"audit": {name: records("audit", name, *rows) for name, rows in sheets.items()}}
    learned = list(recommendations)
    if learned:
        found["learning"] = {"Recommendations": records("learning", "Recommendations", *learned)}
    return logged(found, returns(FIRST, LAST, "audit"), today=today)
