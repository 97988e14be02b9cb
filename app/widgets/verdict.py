"""What a check came to, in one sentence, and what the file was read as."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.widgets.html import Html, tag
from app.widgets.icons import mark
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.returns import kinds

if TYPE_CHECKING:
    from app.uploads import Checked
    from pipelines.flows.returns import Report


def sentence(report: Report) -> str:
    """`412 of 415 figures accepted; 3 to mend, 2 to explain`: how much counts, and what is left to do."""
    if report.exit_code == 2 and not report.rows:
        return "This file cannot be used"
    one, many = kinds()[report.kind].row_word if report.kind in kinds() else ("row", "rows")
    taken = f"{report.rows_accepted:,} of {report.rows:,} {one if report.rows == 1 else many} accepted"
    return f"{taken if report.rows else f'No {many} found'}; {left(report)}"


def left(report: Report) -> str:
    """What is left to do: `3 to mend, 2 to explain`."""
    counts = Counter(problem.severity for problem in report.problems)
    asked = [f"{counts[s]:,} to {word}" for s, word in (("error", "mend"), ("query", "explain")) if counts[s]]
    return ", ".join(asked) or "nothing to mend"


def shape(report: Report) -> str:
    """The icon of a verdict; its sentence stands beside it."""
    if report.verdict == "refused":
        return "error"
    severities = {problem.severity for problem in report.problems}
    return "error" if "error" in severities else "query" if "query" in severities else "done"


def read_as(report: Report) -> str:
    """Whose return it was read as, for when, and of which kind; empty where it could not be told."""
    agency = catalogue().agencies.get(report.agency_id or "")
    whose = agency.title if agency else report.agency_id
    period = parse(report.period_id).label if report.period_id else None
    kind = kinds()[report.kind].title if report.kind in kinds() else None
    told = [part for part in (kind, whose, period) if part]
    return f"Read as: {'; '.join(told)}." if told else ""


def verdict(checked: Checked) -> Html:
    """The sentence, what the file was read as, and why it cannot be sent where it cannot."""
    report = checked.report
    refused = tag("p", checked.not_yours, cls="said not-yet") if checked.not_yours else None
    return tag(
        "div",
        tag("h3", mark(shape(report), sentence(report))),
        tag("p", read_as(report), cls="text") if read_as(report) else None,
        tag("p", report.file, cls="second breaks"),
        refused,
        cls="verdict",
    )
