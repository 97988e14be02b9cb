"""One audit whole: what it asked and how, how practice was judged, what moderation changed, who its cases were, what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets import audit_voice
from app.widgets.audit_bars import HIDDEN, graded, legend, shares
from app.widgets.audit_cases_shown import whose_cases
from app.widgets.audit_found import of_one
from app.widgets.audit_shifts import shifted
from app.widgets.counts import Fact, facts
from app.widgets.html import Html, join, tag
from app.widgets.page import empty, group, opening, section, terms
from app.widgets.tables import Column, Row, table
from pipelines.queries.audit_facts import JOINT, MODERATED
from pipelines.queries.audit_words import by_chance
from schemas.periods import day_words

if TYPE_CHECKING:
    from app.widgets.html import Child
    from pipelines.queries.audit_facts import Audit, Grade, Moderation
    from pipelines.queries.audits import Audits


def one_audit(found: Audits, audit: Audit) -> Html:
    """The page of one audit."""
    mine = found.of(audit.audit_ref)
    back = tag("a", "Audits", href=links.to("audits"))
    lede = audit.conclusion or (audit.words if audit.is_reported else audit.question)
    return join(
        opening(back, audit.title, lede),
        facts(_facts(audit)),
        _asked(found, audit),
        _judged(mine, audit),
        _moderated(mine),
        _by_agency(mine),
        _again(found, audit),
        _voice(audit),
        whose_cases(mine),
        of_one(mine, mine.findings),
    )


def _facts(audit: Audit) -> list[Fact]:
    due = audit.reported_on or audit.planned_for
    made = [
        Fact(
            audit.stage_words,
            day_words(due) if due else "No date yet",
            "" if audit.reported_on else "Report planned for",
        )
    ]
    if audit.is_reported:
        n = HIDDEN if audit.cases_marker else f"{audit.cases:,}" if audit.cases is not None else "None"
        made.append(Fact("Cases", n, audit.method_words))
    if audit.lead_words:
        made.append(Fact("Lead", audit.lead_words))
    if audit.re_audit_words:
        made.append(Fact("To be looked at again", _first_letter(audit.re_audit_words.removeprefix("Re-audit "))))
    return made


def _asked(found: Audits, audit: Audit) -> Html:
    period = ""
    if audit.period_from and audit.period_to:
        period = f"{day_words(audit.period_from)} to {day_words(audit.period_to)}"
    of: Child = ""
    if audit.re_audit_of:
        before = found.named(audit.re_audit_of)
        of = tag("a", before.title if before else audit.re_audit_of, href=links.to("audits", audit=audit.re_audit_of))
    said = [
        ("Question", audit.question),
        ("Theme", audit.theme_words),
        ("How it looked", audit.method_words),
        ("How cases were chosen", audit.sample_basis),
        ("Practice looked at", period),
        ("Why it was chosen", audit.why_chosen),
        ("It repeats", of),
        ("In short", audit.words if audit.conclusion else ""),
    ]
    return section("What was asked", terms([(word, meaning) for word, meaning in said if meaning]), anchor="asked")


def _judged(found: Audits, audit: Audit) -> Html | None:
    if not audit.is_reported:
        return None
    joint = found.joint
    if not joint:
        said = "This audit gave no grades of all agencies together."
        return section("How practice was judged", empty("No grades", said), anchor="judged")
    note = "All agencies together, domain by domain. Below ten cases there are counts and no percentages; fewer are hidden."
    title, caption = "How practice was judged", f"Grades by domain: {audit.title}"
    if found.is_public:
        return section(title, shares(caption, joint), note=note, anchor="judged")
    bases = {one.basis for one in joint}
    basis = "After moderation. " if bases == {MODERATED} else "Before moderation. " if MODERATED not in bases else ""
    return section(title, legend(), graded(caption, joint), note=f"{basis}{note}", anchor="judged")


def _moderated(found: Audits) -> Html | None:
    if not found.moderations:
        return None
    before = {one.domain: one for one in found.grades if one.whose == JOINT and one.basis != MODERATED}
    after = {one.domain: one for one in found.grades if one.whose == JOINT and one.basis == MODERATED}
    columns = [
        Column("Domain", width="26%"),
        Column("Self"),
        Column("Moderated"),
        Column("Changed"),
        Column("Why", width="30%"),
    ]
    rows = [
        Row(one.domain_words, (_of(before.get(one.domain)), _of(after.get(one.domain)), *_changed(one)))
        for one in found.moderations
    ]
    note = "Good or better as agencies first judged it, and after moderation between them."
    shown = table("Grades before and after moderation", columns, rows, cls="pairs", hide_caption=True)
    return section("Self against moderated", shown, note=note, anchor="moderated")


def _of(one: Grade | None) -> str:
    if one is None:
        return "Not graded"
    return HIDDEN if one.marker else f"{one.good_or_better} of {one.n}"


def _changed(one: Moderation) -> tuple[str, str]:
    if one.marker:
        return HIDDEN, "–"
    moves = [f"{number} {way}" for number, way in ((one.raised, "raised"), (one.lowered, "lowered")) if number]
    if not moves:
        return f"None of {one.n}", "–"
    return f"{', '.join(moves)} of {one.n}", one.words or "No reason given"


def _by_agency(found: Audits) -> Html | None:
    agencies = [one for one in found.grades if one.whose != JOINT]
    names = dict.fromkeys((one.whose, one.whose_words) for one in agencies)
    if not names:
        return None
    groups = [_agency(name, [one for one in agencies if one.whose == whose]) for whose, name in names]
    note = (
        "Each agency’s own part, in the order of the alphabet. Cases differ from agency to agency: this is no ranking."
    )
    return section("Agency by agency", groups, note=note, anchor="agencies")


def _agency(name: str, grades: list[Grade]) -> Html:
    moderated = [one for one in grades if one.basis == MODERATED]
    before = {one.domain: one for one in grades if one.basis != MODERATED}
    known = {one.domain for one in moderated}
    shown = moderated + [one for domain, one in before.items() if domain not in known]
    changed = sum(_of(before.get(one.domain)) != _of(one) for one in moderated if one.domain in before)
    aside = f"moderation changed {changed} of {len(moderated)} domains" if changed else "moderation changed no share"
    return group(name, join(legend(), graded(f"Grades of {name}", shown)), aside=tag("span", aside))


def _again(found: Audits, audit: Audit) -> Html | None:
    if not any(shift.audit_ref == audit.audit_ref for shift in found.shifts):
        return None
    note = "Share of cases good or better, and the 95% interval of the difference. Nothing here shows why."
    note = f"{note} {by_chance(found.of(audit.audit_ref))}".rstrip()
    return section(
        "What moved since the audit before", shifted(found, audit, with_title=False), note=note, anchor="moved"
    )


def _voice(audit: Audit) -> Html | None:
    if not audit.is_reported:
        return None
    said = f"{audit_voice.said(audit)}. In the audit itself: {audit_voice.heard(audit).lower()}."
    return section("Voice of children", tag("p", said, cls="plain"), anchor="voice")


def _first_letter(words: str) -> str:
    """Words with a capital at their beginning, and the rest as they were."""
    return words[:1].upper() + words[1:]
