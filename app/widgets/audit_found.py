"""What audits found: what became of each finding, by theme and agency, and the library of good practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Html, join, tag
from app.widgets.page import empty, group, more, section
from app.widgets.tables import Column, Row, table, two_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.widgets.html import Child
    from pipelines.queries.audit_facts import Finding
    from pipelines.queries.audits import Audits

URL = "audits"
# What became of a finding, in the order in which it asks for somebody's attention.
ANSWERS = {
    "open": "Not yet decided",
    "recommendation": "Became a recommendation",
    "agency_action": "Each agency acts on it itself",
    "no_action": "Nothing further",
    "shared": "Shared as good practice",
}
_AT_FIRST = 6


def findings(found: Audits) -> Html | None:
    """The learning of audits by what became of it, then counted by theme and by agency."""
    if found.is_public or not found.findings:
        return None
    learning = [one for one in found.findings if not one.is_good_practice]
    answered = [_answered(found, answer, learning) for answer in ANSWERS]
    note = "What was found to be mended, by what became of it. Findings are of practice; none is of a case."
    counted = group("Counted by theme and by agency", join(_counted(found, "theme"), _counted(found, "whose")))
    return section("What was found, and what became of it", answered, counted, note=note, anchor="found")


def library(found: Audits) -> Html:
    """Good practice across audits, for others to copy."""
    mine = [one for one in found.findings if one.is_good_practice]
    if not mine:
        said = "No audit has named good practice yet." if found.findings else "No finding is in this publication."
        return section("Good practice library", empty("Nothing yet", said), anchor="library")
    note = "What auditors saw done well, across all audits: something to copy, not somebody to rank."
    first, rest = mine[:_AT_FIRST], mine[_AT_FIRST:]
    others = more(f"{len(rest)} more", _examples(found, rest)) if rest else None
    return section("Good practice library", _examples(found, first), others, note=note, anchor="library")


def of_one(found: Audits, findings_of: Sequence[Finding]) -> Html | None:
    """The findings of one audit, learning before good practice."""
    if not findings_of:
        return None
    ordered = sorted(findings_of, key=lambda one: one.is_good_practice)
    return section("What it found", _table(found, "Findings of this audit", ordered, with_kind=True), anchor="found")


def _answered(found: Audits, answer: str, learning: Iterable[Finding]) -> Html | None:
    mine = [one for one in learning if one.answer == answer]
    if not mine:
        return None
    words, rest = ANSWERS[answer], mine[_AT_FIRST:]
    others = more(f"{len(rest)} more", _table(found, f"{words}, continued", rest)) if rest else None
    shown = _table(found, words, mine[:_AT_FIRST])
    return tag("div", tag("h3", f"{words} ({len(mine)})"), shown, others, cls="answered")


def _table(found: Audits, caption: str, findings_shown: Sequence[Finding], *, with_kind: bool = False) -> Html:
    whose = [] if found.is_public else [Column("Whose practice", width="16%")]
    columns = [Column("Finding", width="40%"), *whose, Column("What becomes of it")]
    columns += [] if with_kind else [Column("Audit", width="22%")]
    rows = [_row(found, one, with_kind=with_kind) for one in findings_shown]
    return table(caption, columns, rows, cls="pairs", hide_caption=True)


def _row(found: Audits, one: Finding, *, with_kind: bool) -> Row:
    whose = [] if found.is_public else [one.whose_words]
    return Row(_finding(one, with_kind=with_kind), (*whose, _became(one), *([] if with_kind else [_audit(found, one)])))


def _finding(one: Finding, *, with_kind: bool) -> Child:
    said = [one.kind_words] if with_kind else []
    said += [words for words in (one.domain_words, one.strength_words.lower()) if words]
    return two_lines(one.text or "Not told here", ", ".join(said) or None)


def _became(one: Finding) -> Child:
    if one.recommendation_title:
        to = links.to("recommendation", recommendation=one.recommendation_id)
        return two_lines(tag("a", f"{one.recommendation_id} {one.recommendation_title}", href=to), one.answer_words)
    if one.answer == "recommendation":
        return two_lines(one.answer_words, one.recommendation_words or "Which one is not said")
    return two_lines(one.answer_words, one.reason or None)


def _audit(found: Audits, one: Finding) -> Child:
    audit = found.named(one.audit_ref)
    if audit is None:
        return one.audit_ref
    return tag("a", audit.title, href=links.to(URL, audit=audit.audit_ref))


def _examples(found: Audits, examples: Sequence[Finding]) -> Html:
    return tag("ul", [_example(found, one) for one in examples], cls="told library")


def _example(found: Audits, one: Finding) -> Html:
    where = ", ".join(words for words in (one.domain_words, one.strength_words.lower()) if words)
    return tag(
        "li",
        tag("div", tag("b", one.theme_words), tag("p", one.whose_words, cls="second") if one.whose_words else None),
        tag("div", tag("p", one.text), tag("p", where, cls="second") if where else None),
        tag("div", tag("p", _audit(found, one)), None if found.is_public else tag("p", one.answer_words, cls="second")),
    )


def _counted(found: Audits, by: str) -> Html:
    words = {getattr(one, by): getattr(one, f"{by}_words") for one in found.findings}
    name = "Theme" if by == "theme" else "Whose practice"
    columns = [Column(name, width="34%"), Column("Good practice", right=True), Column("Learning", right=True)]
    columns += [Column("Became recommendations", "Recommended", right=True), Column("Not yet decided", right=True)]
    rows = []
    for value, label in sorted(words.items(), key=lambda each: (each[0] == "", each[1])):
        mine = [one for one in found.findings if getattr(one, by) == value]
        learning = [one for one in mine if not one.is_good_practice]
        became = sum(one.answer == "recommendation" for one in mine)
        waiting = sum(one.answer == "open" for one in mine)
        numbers = (len(mine) - len(learning), len(learning), became, waiting)
        rows.append(Row(label, tuple(f"{number}" for number in numbers)))
    return table(f"Findings by {name.lower()}", columns, rows, cls="pairs")
