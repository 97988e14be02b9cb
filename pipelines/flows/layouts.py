"""Telling Throughline once how an agency's own spreadsheet is read: look at it, keep the answer, take it back."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipelines.checking.guessing.tables import NO_FIGURES
from pipelines.flows.layout_words import may_be_kept, texts
from pipelines.store import events, layouts
from pipelines.store.opening import VAULT, transaction
from schemas.actors import Actor, Role, may_act_for, require
from schemas.catalogue import catalogue
from schemas.layouts import faults
from schemas.problems import UserError
from schemas.returns.labels import labels
from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from schemas.layouts.layout import Layout

# Whoever answers for an agency's figures may say how they are read; a respondent has no spreadsheet of figures.
_MAY: tuple[Role, ...] = ("analyst", "approver", "business_unit")
_LONGEST_TITLE = 80


def standing(home: Path, actor: Actor) -> tuple[Layout, ...]:
    """The layouts that stand of the agencies this actor may act for."""
    vault = home.resolve() / VAULT
    if not vault.exists() or actor.role not in _MAY:
        return ()
    kept = _all_that_stand(home.resolve(), _written(vault))
    return tuple(layout for layout in kept if may_act_for(actor, layout.agency_id))


def to_read_by(home: Path, actor: Actor, agency: str) -> tuple[Layout, ...]:
    """The layouts a file is read by: those of the agency it is sent for, by its id or any of its names.

    Agencies share spreadsheets, and whose one is its headings do not tell. So where nobody says for whom, and the actor
    acts for several agencies with layouts, none is used: another's figures would be stored as somebody's own.
    """
    every = standing(home, actor)
    if agency:
        agency_id = labels(catalogue())["agency_id"].get(meaning(agency), agency)
        return tuple(layout for layout in every if layout.agency_id == agency_id)
    return every if len({layout.agency_id for layout in every}) == 1 else ()


def _written(vault: Path) -> tuple[int, ...]:
    """What tells that the vault has been written since: opening it takes as long as a small check does."""
    found = vault.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


@lru_cache(maxsize=8)
def _all_that_stand(home: Path, _: tuple[int, ...]) -> tuple[Layout, ...]:
    with transaction(home, write=False) as connection:
        return tuple(each.layout for each in layouts.every(connection) if each.stands)


def save(home: Path, actor: Actor, layout: Layout, at: datetime, *, is_new: bool = False) -> Layout:
    """Keep a layout as confirmed by the actor, and give it as kept; one saved again under its id takes its place.

    UserError where the actor may not act for the agency, where the layout names what the catalogue does not know, where
    any of its words may be a person's (they are kept, and shown to whoever sends the next file), and where it is said to be
    new and another of that name stands, which would read no further file.
    """
    require(actor, *_MAY, agency_id=layout.agency_id)
    _sound(layout)
    kept = layout.model_copy(update={"confirmed_by": actor.name, "confirmed_on": at.date()})
    with transaction(home, write=True) as connection:
        there = [each for each in layouts.every(connection, layout.agency_id) if each.stands]
        if is_new and any(each.layout.id == layout.id for each in there):
            raise UserError(
                f"A layout called “{layout.title}” stands already. Give this one another name. Nothing was saved."
            )
        version = layouts.keep(connection, kept, by=actor.name, at=at)
        detail = {"version": version, "labels": len(kept.labels), "left_out": len(kept.left_out)}
        detail |= {"body_sha256": layouts.fingerprint(kept)}
        events.append(connection, actor, "layout.saved", f"{kept.agency_id}.{kept.id}", detail, at=at)
    return kept


def withdraw(home: Path, actor: Actor, agency_id: str, layout_id: str, at: datetime) -> None:
    """Read no further file by a layout; returns already sent stay as they are. UserError where none such stands."""
    require(actor, *_MAY, agency_id=agency_id)
    done = False
    if (home / VAULT).exists():
        with transaction(home, write=True) as connection:
            done = layouts.withdraw(connection, agency_id, layout_id, by=actor.name, at=at)
            if done:
                events.append(connection, actor, "layout.withdrawn", f"{agency_id}.{layout_id}", {}, at=at)
    if not done:
        raise UserError(f"No layout {layout_id} of {agency_id} stands. Nothing was withdrawn.")


def id_of(title: str) -> str:
    """A layout's id from the title a person gave it.

    >>> id_of("Quarterly scorecard (2026/27)"), id_of("?!")
    ('quarterly-scorecard-2026-27', 'layout')
    """
    return re.sub(r"[^a-z0-9]+", "-", meaning(title)).strip("-")[:60].strip("-") or "layout"


def _sound(layout: Layout) -> None:
    """Stop what must not be kept, saying where without repeating it."""
    if layout.agency_id not in catalogue().agencies:
        raise UserError("The layout is of no agency Throughline knows. Nothing was saved.")
    if not layout.title.strip() or len(layout.title) > _LONGEST_TITLE:
        raise UserError(f"Give the layout a title of at most {_LONGEST_TITLE} letters. Nothing was saved.")
    where = next((where for where, words in _words(layout) if not may_be_kept(words)), "")
    if where:
        raise UserError(
            f"{where} may name a person or tell of one, and a layout is kept. Take that out of the spreadsheet and send it again. "
            "Nothing was saved."
        )
    found = faults(layout, catalogue())
    if found:
        raise UserError(f"The layout cannot be used: {'; '.join(found)}. Nothing was saved.")
    if not layout.labels:
        raise UserError("No row has been given an indicator, so nothing could be read. Nothing was saved.")


def _words(layout: Layout) -> Iterator[tuple[str, str]]:
    """Every text of a layout that came from the file or was typed, and where it stands."""
    yield "The title", layout.title
    yield "The short name", layout.id
    for sign in layout.not_supplied:
        yield "A sign for what is not supplied", sign
    for sheet in layout.sheets:
        yield "The name of a sheet", sheet.sheet
        for heading in (*sheet.names.values(), *(place.heading for place in sheet.places), sheet.year_total):
            yield "The heading of a column", heading
        yield "The heading of a column", sheet.year_made
    for each in layout.left_out:
        yield "The reason to leave a row out", each.reason
    rows = [each for each in layout.left_out if each.reason != NO_FIGURES]
    for number, label in enumerate((*layout.labels, *rows), 1):
        yield f"The label of row {number} of {len(layout.labels) + len(rows)}", label.words
    for each in layout.left_out:
        yield "The heading of a column", each.words if each.reason == NO_FIGURES else ""
    # Ids too: what is wrong with one is said in the words it is written in.
    yield from texts(layout.model_dump(exclude={"confirmed_by", "confirmed_on"}))
