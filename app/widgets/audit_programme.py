"""The programme of audits: what is under way and planned, what is reported, and what is to be looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.counts import Count, counts
from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import empty, more, section
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.queries.audit_words import undecided
from schemas.periods import day_words

if TYPE_CHECKING:
    from app.widgets.html import Child
    from pipelines.queries.audit_facts import Audit
    from pipelines.queries.audits import Audits

URL = "audits"


def few(found: Audits) -> Html:
    """The counts at the top of the page."""
    good = sum(one.is_good_practice for one in found.findings)
    made = [
        Count(
            len(found.reported), None, "audits reported" if len(found.reported) != 1 else "audit reported", "#reported"
        )
    ]
    if not found.is_public:
        made.append(Count(len(found.coming), None, "planned or under way", "#coming"))
        made.append(Count(sum(one.is_overdue for one in found.audits), None, "re-audits overdue", "#reported"))
        made.append(Count(len(undecided(found)), len(found.findings), "findings not yet decided", "#found"))
    else:
        made.append(Count(good, None, "examples of good practice", "#library"))
    return counts(made)


def programme(found: Audits) -> Html:
    """Every audit, in the order of the programme."""
    stopped = [one for one in found.audits if one.stage == "cancelled"]
    return join(
        None if found.is_public else _coming(found),
        _reported(found),
        more(f"{len(stopped)} not going ahead", _table(found, "Audits that do not go ahead", stopped))
        if stopped
        else None,
    )


def title_of(audit: Audit) -> Html:
    """Its title as a link to what it found, or as words where there is nothing yet."""
    return tag("a", audit.title, href=links.to(URL, audit=audit.audit_ref), cls="strong-link")


def repeated(found: Audits, one: Audit) -> Child:
    """Whether it is to be looked at again; the audit that did so by its title, which leads to it."""
    for each in found.audits:
        if one.re_audit_words.endswith(f" by {each.audit_ref}"):
            return join(one.re_audit_words.removesuffix(each.audit_ref), title_of(each))
    return one.re_audit_words


def _coming(found: Audits) -> Html:
    if not found.coming:
        return section("Planned and under way", empty("None is planned", _NONE_PLANNED), anchor="coming")
    return section(
        "Planned and under way", _table(found, "Audits planned and under way", found.coming), anchor="coming"
    )


_NONE_PLANNED = "The business unit enters what is planned in the log of audits, with the date it is to be reported."


def _reported(found: Audits) -> Html:
    if not found.reported:
        return section(
            "Reported",
            empty("None is reported yet", "Grades and findings appear once an audit is reported."),
            anchor="reported",
        )
    note = (
        "The latest first. No two audits ask quite the same question: none is a trend of another, but for a re-audit."
    )
    return section("Reported", _table(found, "Audits reported", found.reported), note=note, anchor="reported")


def _table(found: Audits, caption: str, audits: tuple[Audit, ...] | list[Audit]) -> Html:
    leads = any(one.lead_words for one in audits)
    columns = [
        Column("Audit", width="32%"),
        Column("Stage", width="17%"),
        *([Column("Lead", width="13%")] if leads else []),
    ]
    columns += [Column("What it found" if any(one.is_reported for one in audits) else "Why it was chosen", "In short")]
    columns += [Column("Re-audit", width="15%")]
    rows = [
        Row(
            two_lines(title_of(one), _under(one)),
            (_stage(one), *([one.lead_words or "–"] if leads else []), *_said(found, one)),
        )
        for one in audits
    ]
    return table(caption, columns, rows, cls="pairs", hide_caption=True)


def _under(one: Audit) -> str:
    method = f"{one.theme_words}. {one.method_words}" if one.method_words else one.theme_words
    if one.cases is not None:
        return f"{method}, {one.cases} cases."
    return f"{method}, cases hidden to protect." if one.cases_marker else f"{method}."


def _stage(one: Audit) -> Child:
    if one.is_reported:
        return two_lines(one.stage_words, day_words(one.reported_on) if one.reported_on else None)
    due = f"Report planned for {day_words(one.planned_for)}" if one.planned_for else "No date yet"
    return two_lines(one.stage_words, due)


def _said(found: Audits, one: Audit) -> tuple[Child, Child]:
    again: Child = repeated(found, one) or "–"
    if one.is_overdue:
        again = mark("concern", one.re_audit_words)
    if one.is_reported:
        return one.words or "Grades hidden to protect, or none given", again
    return one.why_chosen or "Not said", again
