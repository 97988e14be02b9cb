"""Publish, for the business unit: what has come in, what is still owed, what would change, then the release."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import links, releasing, session
from app.refusing import on_page
from app.widgets import letting_out
from app.widgets.agreements_shown import agreements_shown
from app.widgets.html import Html, tag
from app.widgets.icons import mark
from app.widgets.page import empty, look_here, more, opening, put, section
from app.widgets.prepared_shown import prepared_shown, takes_its_place
from app.widgets.removing import remove_for_good
from app.widgets.tables import Column, Row, table, two_lines
from app.widgets.withdrawing_publication import withdraw_publication
from pipelines.queries import brought_back, inbox
from pipelines.queries.agreements import review_due
from pipelines.queries.prepared import needs_two_people
from schemas.catalogue import catalogue
from schemas.catalogue.cycle import cycle
from schemas.periods import day_words, parse, quarter_of
from schemas.problems import UserError

if TYPE_CHECKING:
    from app.releasing import Running
    from app.session import Visit
    from pipelines.queries.inbox import OwedReturn, Pending, Sent
    from schemas.catalogue import Audience

TITLE = "Publish"
ORDER = 130
URL = "publish"
NEEDS_PUBLICATION = False
ROLES = ("business_unit",)

# What has come in is counted from the partnership's last release: every audience's is made of the same returns.
AUDIENCE = "partnership"
EXECUTIVE = "executive"
_SHOWN = 12
# Which run was begun in this tab, until it has been shown to whoever began it.
_OWN = "release_begun"
_GOING = {"publish": "Publishing", "prepare": "Preparing"}
_FEW_LETTERS = 120
_FIRST_READ = "Where readers would be shown somebody’s sentences for the first time, you read them first; nothing is released before."


def show() -> None:
    """What stands, then the button, then the progress."""
    visit = session.here()
    found = inbox.pending(visit.home, visit.actor, AUDIENCE, visit.at.date())
    put(
        opening(TITLE, _title(found), _lede(found)),
        section("What has come in", _came(found), note=_since(visit, found)),
        section("What is still owed", _owed(found.owed), note=f"For {found.through}. A release does not wait for it."),
        agreements_shown(visit),
    )
    put(
        section(
            "Release", note="Small numbers are protected for the whole release, then every measure is worked out again."
        )
    )
    _release(visit, found)
    withdraw_publication(visit)
    remove_for_good(visit)


def _title(found: Pending) -> str:
    many = len(found.came)
    if not many:
        if found.since is None:
            return "Nothing has come in yet"
        return "Nothing new has come in since the last publication"
    return f"{many} submission{'' if many == 1 else 's'} would be new in a release"


def _lede(found: Pending) -> str:
    missing = len(found.owed)
    if not missing:
        return f"Every return for {found.through} is in."
    return f"{missing} return{' is' if missing == 1 else 's are'} still owed for {found.through}."


def _since(visit: Visit, found: Pending) -> str:
    if visit.fault and not found.since:
        return "No publication can be opened, so everything counts as new."
    return (
        f"Since the publication of {day_words(found.since.date())}."
        if found.since
        else "Nothing has been published yet."
    )


def _came(found: Pending) -> Html:
    came = found.came
    if not came and found.since is None:
        return empty("Nothing to release", "A release is made of agencies’ returns, and none has been accepted yet.")
    if not came:
        return empty("Nothing new", "A release now would show the same figures under a new label.")
    columns = [
        Column("Agency", width="38%"),
        Column("Period"),
        Column("Received"),
        Column("Rows taken", right=True),
        Column("State"),
    ]
    first = table(
        "Submissions since the last publication",
        columns,
        [_sent(s) for s in came[:_SHOWN]],
        cls="pairs",
        hide_caption=True,
    )
    rest = table("More submissions", columns, [_sent(s) for s in came[_SHOWN:]], cls="pairs", hide_caption=True)
    return tag("div", first, more(f"Show the other {len(came) - _SHOWN}", rest) if len(came) > _SHOWN else None)


def _sent(sent: Sent) -> Row:
    approved = "" if sent.approved else "Awaiting the agency's approval"
    log = catalogue().calendar.get(sent.kind) if sent.kind != "figures" else None
    return Row(
        two_lines(sent.agency, log.title) if log else sent.agency,
        (
            two_lines(parse(sent.period).short if sent.period else "Not known", f"version {sent.version}"),
            day_words(sent.received_at.date()),
            f"{sent.rows_accepted:,} of {sent.rows:,}",
            two_lines(sent.state.replace("_", " ").capitalize(), approved),
        ),
    )


def _owed(owed: tuple[tuple[str, OwedReturn], ...]) -> Html:
    if not owed:
        return empty("Nothing is owed", "Every agency has sent its return.")
    columns = [Column("Agency", width="46%"), Column("Due"), Column("Figures", right=True), Column("State")]
    rows = [
        Row(title, (day_words(each.due), f"{each.figures:,}", mark("missing", each.state.capitalize())))
        for title, each in owed
    ]
    return table("Returns still owed", columns, rows, cls="pairs", hide_caption=True)


def _release(visit: Visit, found: Pending) -> None:
    now = releasing.running(visit.home)
    if now is not None:
        if st.session_state.pop(_OWN, None) == now.started:
            look_here(visit, "It has begun. What it does is told here, and what comes of it.")
        _progress(visit)
        if now.is_going:
            look_here(visit, letting_out.put_off())
            return
    if _is_stopped(visit):
        return
    with st.container(key="release"):
        for warning in review_due(visit.home, visit.actor, visit.at.date()):
            put(tag("p", mark("note", warning), cls="second"))
        label = st.text_input(
            "Label, as the header of every page will say it",
            value=releasing.FOR_THE_EXECUTIVE,
            max_chars=_FEW_LETTERS,
        )
        put(tag("p", "For whom", cls="second"))
        chosen = [a for a in catalogue().audiences.values() if st.checkbox(_audience(a), value=True, key=f"for_{a.id}")]
        act: releasing.Act = "prepare" if _two_people(visit) else "publish"
        if act == "publish":
            put(tag("p", _FIRST_READ, cls="second"))
        put(takes_its_place(visit, _GOING[act].lower()))
        verb = "Prepare" if act == "prepare" else "Publish"
        if st.button(f"{verb} {found.through}", type="primary", disabled=not (label or "").strip() or not chosen):
            _start(visit, [audience.id for audience in chosen], (label or "").strip(), act)
    prepared_shown(visit)
    _preview(visit, found)


def _is_stopped(visit: Visit) -> bool:
    """Whether a restore brought back what had been removed for good, which is said; then nothing can be begun."""
    is_back, said = brought_back.is_back(visit.home, visit.actor), [*brought_back.waiting(visit.home, visit.actor)]
    if is_back:
        said.append(
            "Until then nothing is published, prepared or previewed. It is removed below, under “Remove something for good”, once the "
            "earlier home that was put aside is deleted."
        )
    if said:
        put(tag("div", [tag("p", each) for each in said], cls="said", role="status"))
    return is_back


def _start(visit: Visit, audiences: list[str], label: str, act: releasing.Act) -> None:
    """Begin the release, or say at once why its label cannot head every page."""
    try:
        st.session_state[_OWN] = releasing.start(visit, audiences, label, act=act).started
    except UserError as why:
        put(tag("p", on_page(why), cls="said", role="status"))
        return
    st.rerun()


def _two_people(visit: Visit) -> bool:
    """Whether a release is prepared here and let out by another person; where the agreements cannot be read nothing is released."""
    try:
        return needs_two_people(visit.home)
    except UserError:
        return False


def _preview(visit: Visit, found: Pending) -> None:
    """Before the release: what it would say, for each agency to see and to add its account to."""
    days = cycle(catalogue(), quarter_of(visit.at.date()).previous)
    was_due = "It was due on" if visit.at.date() > days.preview else "Due on"
    note = (
        f"{was_due} {day_words(days.preview)}, {catalogue().cycle.preview_before} working days before the release on "
        f"{day_words(days.release)}. Each agency sees on its page Returns what is said of it, and can add its account. It is no "
        "publication, and is gone once the release is made."
    )
    put(section("Preview for agencies", note=note, anchor="preview"))
    with st.container(key="space-preview"):
        if st.button(f"Make the preview of {found.through}", key="make_preview"):
            _start(visit, [], f"Preview of {found.through}", "preview")


def _audience(audience: Audience) -> str:
    """The audience with what its release does differently from the others'."""
    said = [f"counts {audience.hide_from} to {audience.hide_to} hidden"]
    said += ["totals exact where agreements allow"] * (audience.id == EXECUTIVE)
    said += [f"rounded to the nearest {audience.round_to}"] * bool(audience.round_to)
    said += ["no wards"] * audience.drops_wards + ["no accounts of the agencies"] * audience.drops_accounts
    return f"{audience.title}: {', '.join(said)}"


@st.fragment(run_every=1.0)
def _progress(visit: Visit) -> None:
    """The steps so far, asked for every second; the rest of the page is left alone."""
    if not session.still_here():
        st.rerun(scope="app")
    now = releasing.running(visit.home)
    if now is None:
        return
    put(_steps(now))
    if not now.is_going and st.session_state.get("release_shown") != now.started:
        # Once more as a whole, so that the new publication is the one the page speaks of.
        st.session_state["release_shown"] = now.started
        st.rerun(scope="app")


def _steps(now: Running) -> Html:
    done = [step for step in now.steps if not step.startswith(releasing.LAST)]
    if now.is_going:
        lines = [tag("li", mark("done" if n < len(done) - 1 else "note", step)) for n, step in enumerate(done)]
        body = tag("ul", lines, cls="rows") if lines else tag("p", "Starting")
        return tag(
            "div",
            tag(
                "h3",
                f"Making the {now.label[0].lower()}{now.label[1:]}"
                if now.is_preview
                else f"{_GOING[now.act]} “{now.label}”",
            ),
            tag("p", "Pages keep answering.", cls="second"),
            body,
            role="status",
        )
    said = now.outcome
    if said.startswith(releasing.NOT_DONE):
        nothing = "No preview was made" if now.is_preview else "Nothing was published"
        return empty(nothing, said.removeprefix(releasing.NOT_DONE))
    if now.is_preview:
        who = tag("a", "See who has looked", href=links.to("returns"))
        return empty("The preview is open", said.removeprefix(releasing.DONE), who)
    if said.startswith(releasing.HELD):
        return empty(
            "Worked out, and not released yet",
            said.removeprefix(releasing.HELD),
            "Read the sentences below, then release it.",
        )
    if now.act == "prepare":
        return empty("Prepared", said.removeprefix(releasing.DONE), "Another person releases it, below.")
    where = tag("a", "Open the Overview", href=links.to("./", publication="current"))
    return empty("Published", said.removeprefix(releasing.DONE), where)
