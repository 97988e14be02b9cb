"""The parts of the form as words: whose it is, who will see it, how far it is, what is asked, and the receipt."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import opening, rows, section
from schemas.catalogue import catalogue
from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from pipelines.flows.answer_checks import Told
    from pipelines.flows.answer_form import Asked, Form
    from pipelines.flows.answering import Between

# A statement is read, thought about and answered in about this long, by those who tried it with a pencil.
_MINUTES = 2
_STEP = 5
_MARKS = {
    "error": ("error", "To mend before you can send"),
    "query": ("query", "Please check"),
    "note": ("note", "Note"),
}


def head() -> Html:
    """Whose form it is that asks, and that it is invented where it is."""
    known = catalogue().partnership
    synthetic = tag("div", tag("span", "SYNTHETIC", cls="tagged strong"), cls="tags") if known.synthetic else None
    return tag("div", tag("p", known.name, cls="whose"), synthetic, cls="frame form-alone")


def eyebrow(form: Form) -> str:
    """Which self-assessment, and whose."""
    return f"{form.instrument.title}, {form.year.short}: {form.name}"


def start(form: Form) -> Html:
    """What a reader wants to know before the first question."""
    many = len(form.asked)
    standards = len(form.by_standard)
    lede = (
        f"You answer for {form.name}. {form.instrument.sentence} There are {many} statements"
        f"{f' under {standards} headings' if standards > 1 else ''}; they take about {_minutes(many)} minutes."
    )
    facts = [
        tag("span", tag("b", "Who sees it. "), _WHO),
        tag("span", tag("b", "What not to write. "), _NOBODY),
        tag("span", tag("b", "It is saved as you go. "), _saves(form)),
        tag("span", tag("b", "This link is yours. "), _LINK),
    ]
    return join(
        opening(eyebrow(form), "How do you keep children safe?", lede),
        section("Before you begin", rows(facts)),
        tag("p", _carried(form), cls="second text on") if form.carried else None,
    )


_WHO = (
    "Your answers are seen with your name by you, by the lead for your sector and by the partnership's business unit, and "
    "by nobody else. Others see how many of your sector have answered, and the middle score once six or more have."
)
_NOBODY = (
    "Nothing about a person: no name, age or story of a child, a parent or a colleague. Write of practice, roles and "
    "teams. What may name somebody is not saved, and you are told."
)
_LINK = "Whoever has it can read and change these answers until you send them. Pass it on only to who answers with you."


def _minutes(many: int) -> int:
    return max(_STEP, -(-many * _MINUTES // _STEP) * _STEP)


def _saves(form: Form) -> str:
    return f"Close it when you like and open the same link again until {day_words(form.expires_on)}."


def _carried(form: Form) -> str:
    one = form.carried == 1
    return (
        f"{form.carried} {'answer is' if one else 'answers are'} filled in from last year and marked. Change what has "
        "changed; what you leave is sent as this year's."
    )


def progress(form: Form) -> Html:
    """How many statements are answered, in words and as a bar."""
    done, many = form.answered, len(form.asked)
    said = f"{done} of {many} answered"
    last_year = f", {form.carried} of them last year's" if form.carried else ""
    bar = tag("progress", max=many, value=done, aria_label=said)
    return tag("div", tag("p", tag("b", said), last_year), bar, cls="form-progress")


def part_head(form: Form, standard_id: str) -> Html:
    """The heading of one standard, and which of how many it is."""
    ids = list(form.by_standard)
    title = form.instrument.standards[standard_id].title
    place = f"Part {ids.index(standard_id) + 1} of {len(ids)}" if len(ids) > 1 else None
    return tag("header", tag("p", eyebrow(form), cls="eyebrow"), tag("h1", title), tag("p", place, cls="second on") if place else None,
               cls="opening")  # fmt: skip


def question(asked: Asked) -> Html:
    """One statement: what is asked, what would show it, and where its answer came from."""
    statement = asked.statement
    tags = [tag("span", "Critical", cls="tagged")] if statement.critical else []
    tags += [tag("span", "Last year's answer", cls="tagged")] if asked.came_from == "carried" else []
    tags += [tag("span", "Sent earlier this year", cls="tagged")] if asked.came_from == "sent" else []
    return tag(
        "div",
        tag("h2", tag("span", statement.id, cls="ref"), " ", statement.text),
        tag("p", "What would show it: ", statement.evidence, cls="second"),
        tag("div", tags, cls="tags") if tags else None,
        cls="form-question",
    )


def refused(told: Told) -> Html:
    """What was not saved, and why: the text itself is not repeated."""
    return tag("p", tag("b", mark("error", "Not saved.")), " ", told.words, cls="said", role="status")


def asked_about(told: Told) -> Html:
    """What is saved and asked about."""
    return tag("p", tag("b", mark("query", "Saved, please check.")), " ", told.words, cls="said", role="status")


def between(found: Between, form: Form, told: Mapping[str, tuple[str, str]]) -> Html:
    """That another window saved since, and by heading what stands now, which is this one's, and what the other had."""
    asked = form.of(found.statement_id)
    where = asked.statement.id if asked else found.statement_id
    changed = [
        f" {heading} is now as you have it: {now or 'empty'}. The other window had: {was or 'empty'}."
        for heading, (now, was) in told.items()
    ]
    words = join(f"Another window saved {where} since you opened it.", *changed, " All else you see is what it saved.")
    return tag("p", tag("b", mark("note", "Two at once.")), " ", words, cls="said", role="status")


def saved(at: datetime, *, but_for_some: bool) -> Html:
    """When the answer above was saved, by the reader's clock."""
    words = f"Saved at {clock(at)}, but for what is marked" if but_for_some else f"Saved at {clock(at)}"
    return tag("p", mark("done", words), cls="form-saved", role="status")


def not_saved(why: str) -> Html:
    """That a save did not come off at all."""
    return tag("p", tag("b", mark("error", "Not saved.")), " ", why, cls="said", role="alert")


def clock(at: datetime) -> str:
    """A time of day by the reader's own clock."""
    return f"{at - timedelta(minutes=st.context.timezone_offset or 0):%H:%M}"


def unanswered(open_ones: Sequence[Asked]) -> Html:
    """The statements without an answer."""
    return rows([join(mark("missing", f"{each.statement.id} "), " ", each.statement.text) for each in open_ones])


def found(told: Sequence[Told]) -> Html:
    """What the check says, the gravest first."""
    return rows([_one(each) for each in told])


def _one(told: Told) -> Html:
    icon, words = _MARKS[told.severity]
    says_where = not told.statement_id or told.statement_id in told.message
    where = f"{words}." if says_where else f"{words}, {told.statement_id}."
    return tag("div", tag("b", mark(icon, where)), " ", told.words)


def receipt(form: Form) -> Html:
    """That it was sent, what it was, and what to do where something has to change."""
    if form.sent is None:
        raise ValueError("a form that has not been sent has no receipt")
    at = form.sent.sent_at
    many = len([each for each in form.asked if each.is_answered])
    facts = [
        tag("span", tag("b", "Receipt. "), tag("span", form.sent.submission_id, cls="breaks")),
        tag("span", tag("b", "Sent. "), f"{day_words(at.date())} at {clock(at)}"),
        tag("span", tag("b", "Answers. "), f"{many} of {len(form.asked)}"),
    ]
    return join(
        opening(eyebrow(form), "Your self-assessment is sent", "Thank you. There is nothing more to do."),
        section("Receipt", rows(facts)),
        section("To change an answer", tag("p", _AGAIN, cls="text")),
    )


_AGAIN = (
    "This link takes no more answers. Ask the partnership's business unit for a new one: it opens with what you have sent, "
    "and what you leave as it is stays."
)
