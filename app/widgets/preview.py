"""Before the release: what it will say of an agency, the account it may add, and for the business unit who has looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import links
from app.refusing import on_page
from app.widgets.findings import Item, findings
from app.widgets.html import Html, tag
from app.widgets.icons import mark
from app.widgets.page import group, put, section
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.flows import previewing
from pipelines.queries import preview as previews
from schemas.catalogue import catalogue
from schemas.periods import day_words, parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from datetime import date

    from app.session import Visit
    from pipelines.queries.preview_facts import Looked, Preview, Sentence

_SAID = "account_said"
_LONGEST = 600
_FORM_NOTE = (
    "It stands beside the sentence, which stays as it is, in the words you give. A later account of the same takes its "
    "place. Write roles, never names, and nothing by which a child could be known."
)
_NOT_HERE = "No account can be added"


def before_the_release(visit: Visit, agency_id: str) -> None:
    """The sentences about the agency while a preview is open, and the form; nothing where there is none."""
    try:
        found = previewing.look(visit.home, visit.actor, agency_id, visit.at)
    except UserError as why:
        # The preview was taken away, or damaged, while the page was being made: the rest of the page still stands.
        put(section("Before the release", tag("p", on_page(why), cls="said not-yet"), anchor="preview"))
        return
    if found is None:
        return
    if visit.actor.role == "business_unit":
        _looked(visit)
    put(section("Before the release", _sentences(found), note=note(found, visit.at.date()), anchor="preview"))
    said: str | None = st.session_state.pop(_SAID, None)
    if said is not None:
        put(tag("p", said, cls="said", role="status"))
    _form(visit, found)


def note(found: Preview, today: date) -> str:
    """What the preview is, and until when an account can be added: a release may be made later than on its day."""
    whose = catalogue().agencies[found.agency_id].title
    day, is_past = day_words(found.release_on), today > found.release_on
    if not found.sentences:
        return f"The preview of {parse(found.period_id).short} says nothing of {whose}. The release {'was' if is_past else 'is'} due on {day}."
    many = f"{len(found.sentences)} {'sentence is' if len(found.sentences) == 1 else 'sentences are'}"
    until = (
        f"The release was due on {day} and has not been made yet. Until it is"
        if is_past
        else f"Until the release, due on {day}"
    )
    return (
        f"In the preview of {parse(found.period_id).short}, {many} about {whose}. {until}, you can add your account to each. "
        "The release goes ahead with or without it."
    )


def _sentences(found: Preview) -> Html | None:
    """The sentences by what kind they are, each with the account that would stand beside it."""
    if not found.sentences:
        return None
    titles = list(dict.fromkeys(each.section for each in found.sentences))
    mine = {title: [each for each in found.sentences if each.section == title] for title in titles}
    return tag("div", [_group(title, mine[title], is_open=title == titles[0]) for title in titles])


def _group(title: str, mine: list[Sentence], *, is_open: bool) -> Html:
    without = sum(each.may_answer and not each.account for each in mine)
    aside = f"{len(mine)}, {without} without an account" if without else str(len(mine))
    return group(title, findings([_item(each) for each in mine]), aside=aside, is_open=is_open)


def _item(each: Sentence) -> Item:
    if each.indicator_id:
        href = links.to_indicator(each.indicator_id)
    elif each.recommendation_id:
        href = links.to("recommendation", recommendation=each.recommendation_id)
    else:
        href = links.to("returns")
    came = f", sent {day_words(each.account_at.date())}" if each.account_at else ""
    return Item(
        each.marker,
        each.lead,
        each.sentence,
        href,
        each.owner,
        f"{each.account_by}{came}",
        each.account,
        "No account yet" if each.may_answer else "",
    )


def _form(visit: Visit, found: Preview) -> None:
    """One form for whichever sentence is chosen: a form under each of thirty would be a page nobody can read."""
    open_to = {each.key: each for each in found.sentences if each.may_answer}
    if not open_to:
        return
    put(tag("h3", "Add your account", cls="after"), tag("p", _FORM_NOTE, cls="second"))
    with st.container(key="space-account"):
        chosen = st.selectbox(
            "Of which sentence",
            list(open_to),
            index=None,
            format_func=lambda key: _named(open_to[key]),
            key=f"account_of_{found.agency_id}",
            placeholder="Choose one",
        )
        if chosen is None:
            return
        with st.form(f"account_{chosen}", border=False):
            happened = st.text_area("What happened", key=f"account_what_{chosen}", max_chars=_LONGEST)
            why = st.text_area("Why", key=f"account_why_{chosen}", max_chars=_LONGEST)
            doing = st.text_area("What you are doing, whose it is by role, by when", key=f"account_doing_{chosen}", max_chars=_LONGEST)  # fmt: skip
            pressed = st.form_submit_button("Send the account")
    if pressed:
        each = open_to[chosen]
        account = previewing.Account(each.indicator_id, each.recommendation_id, happened, why, doing)
        _send(visit, found.agency_id, account)


def _named(each: Sentence) -> str:
    """A sentence in the list, and whether it has an account already."""
    start = f"{each.lead} {each.sentence}"
    words = start if len(start) <= 90 else f"{start[:88].rsplit(' ', 1)[0]} …"
    return f"{words} (has an account)" if each.account else words


def _send(visit: Visit, agency_id: str, account: previewing.Account) -> None:
    if not account.what_happened.strip():
        put(tag("p", "Say what happened. Nothing was sent.", cls="said", role="status"))
        return
    try:
        receipt = previewing.give_account(visit.home, visit.actor, agency_id, account, visit.at)
    except UserError as why:
        put(tag("p", f"Nothing was taken. {on_page(why)}", cls="said", role="status"))
        return
    st.session_state[_SAID] = f"{receipt} It comes with the release."
    st.rerun()


def _looked(visit: Visit) -> None:
    """Which agencies have looked, and what they have answered."""
    found = previews.looked(visit.home, visit.actor)
    seen = sum(each.seen_at is not None for each in found)
    note = f"{seen} of {len(found)} agencies have looked. An agency that says nothing holds nothing up."
    put(section("Who has looked at the preview", _table(found), note=note, anchor="looked"))


def _table(found: tuple[Looked, ...]) -> Html:
    columns = [
        Column("Agency", width="42%"),
        Column("Sentences", right=True, width="14%"),
        Column("With an account", right=True, width="16%"),
        Column("Looked"),
    ]
    return table("Who has looked", columns, [_row(each) for each in found], cls="pairs", hide_caption=True)


def _row(each: Looked) -> Row:
    may = each.answered + each.open
    looked = two_lines(mark("done", day_words(each.seen_at.date())), each.seen_by) if each.seen_at else mark("missing", "Not yet")  # fmt: skip
    return Row(each.agency, (f"{each.sentences:,}", f"{each.answered:,} of {may:,}" if may else _NOT_HERE, looked))
