"""A release that is prepared: what it holds, what of it is to be read, and the button by which it is let out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import links, reading
from app.refusing import on_page
from app.widgets import letting_out
from app.widgets.html import Html, tag
from app.widgets.page import empty, group, look_here, put, section
from app.widgets.pressed import pressed
from app.widgets.release_differences import in_short, release_differences
from app.widgets.tables import Column, Row, table, two_lines
from app.widgets.texts_to_read import texts_to_read
from pipelines.flows import preparing
from pipelines.queries.frame import previous
from pipelines.queries.prepared import looked_at, needs_two_people, standing, waiting
from schemas.catalogue import catalogue
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.prepared import Ready, Waiting

_TITLE = "Prepared, and seen by nobody yet"


def takes_its_place(visit: Visit, act: str) -> Html | None:
    """Before the button that makes another release: that one waits, and `act` (“publishing”) takes its place."""
    try:
        record = standing(visit.home)
    except UserError:
        return None  # said below, where what is prepared is shown
    return tag("p", f"A release {record.words} waits; {act} takes its place.", cls="second") if record else None


def prepared_shown(visit: Visit) -> None:
    """The prepared release with its two buttons, nothing where none is; what became of the last where its button was."""
    try:
        found = waiting(visit.home, visit.actor)
        stale = preparing.why_not(visit.home, visit.actor, visit.at)
    except UserError as why:
        letting_out.put_off()
        put(section(_TITLE, empty("What is prepared cannot be released", on_page(why)), anchor="prepared"))
        return
    said = letting_out.acted(visit, found)
    if found is None:
        look_here(visit, said)
        return
    put(
        section(
            _TITLE,
            tag("p", pressed(stale), cls="said") if stale else None,
            _table(found),
            tag("p", _since(found), cls="second on"),
            [
                tag("p", f"{catalogue().audiences[one.audience].title}: {each}", cls="second")
                for one in found.prepared.files
                for each in one.known_elsewhere
            ],
            tag("h3", "What it would change for its readers", cls="after"),
            [_changes(visit, each) for each in found.prepared.files],
            note=_note(found),
            anchor="prepared",
        )
    )
    _buttons(visit, found, stale, said)


def _buttons(visit: Visit, found: Waiting, stale: str, said: str) -> None:
    """The sentences with their tick, then what can be done, and what came of it."""
    why = pressed(stale) or _waits(visit, found)
    read, tick = texts_to_read(visit, may_release=not why)
    letting_out.shown(found, tick)
    with st.container(key="space-prepared"):
        if why:
            put(tag("p", why, cls="second"))
        elif read is None:
            put(tag("p", "It can be released once the sentences are read and ticked.", cls="second"))
        letting_out.button("Release it", "release", found, read, can_be_pressed=not why and read is not None)
        letting_out.button("Take it away", "discard", found)
        look_here(visit, said)


def _waits(visit: Visit, found: Waiting) -> str:
    """Why whoever looks cannot release it; nothing where they can."""
    return found.prepared.why_not_by(visit.actor) if needs_two_people(visit.home) else ""


def _note(found: Waiting) -> str:
    made = found.prepared
    return (
        f"Prepared by {made.prepared_by} on {day_words(made.at.date())}. It stands until {day_words(found.until.date())}; "
        "what is released is, to the letter, what was prepared."
    )


def _since(found: Waiting) -> str:
    if not found.since:
        return "Nothing was received or taken back since."
    many = "1 submission was" if found.since == 1 else f"{found.since} submissions were"
    return f"{many} received or taken back since. To have it in this release, prepare it again."


def _table(found: Waiting) -> Html:
    columns = [
        Column("For", width="30%"),
        Column("Shown", right=True),
        Column("Hidden to protect", right=True),
        Column("Left out under agreements", width="26%"),
        Column("As its readers would see it", width="22%"),
    ]
    return table(
        "The prepared release", columns, [_row(each) for each in found.prepared.files], cls="pairs", hide_caption=True
    )


def _row(each: Ready) -> Row:
    left_out = "; ".join(f"{title}, {many:,}" for title, many in each.withheld if many)
    audience = catalogue().audiences[each.audience].title
    pages = tag("a", "See its pages", tag("span", f" for {audience}", cls="sr"), href=_pages(each))
    cells = (f"{each.shown:,}", f"{each.hidden:,}", left_out or "Nothing", pages)
    return Row(two_lines(audience, each.label or None), cells)


def _pages(each: Ready) -> str:
    return links.to("./", prepared=each.publication_id)


def _changes(visit: Visit, each: Ready) -> Html:
    """What one audience's readers would find to be another than now, closed until asked for."""
    title = catalogue().audiences[each.audience].title
    try:
        pointer = looked_at(visit.home, visit.actor, each.publication_id)
        found = reading.differences(pointer, previous(visit.home, visit.actor, each.audience, each.publication_id))
    except UserError as why:
        return empty(title, on_page(why))
    return group(title, release_differences(found), aside=in_short(found), level=4)
