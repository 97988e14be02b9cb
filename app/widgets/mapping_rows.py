"""The assistant's second step: what each row means. A likely guess is filled in to be looked over; any other is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.widgets.html import tag
from app.widgets.mapping_words import ANSWERS, LEFT_OUT, choice_words, choices, is_likely, sure
from app.widgets.page import put
from pipelines.flows import unknown_files
from pipelines.flows.unknown_files import HEADING, MOST_LABELS, TOTAL, Chosen
from schemas.catalogue import catalogue
from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from pipelines.flows.unknown_files import Guess, RowGuess

# How a row is told that is left out before anybody says so.
_LEFT_OUT = {HEADING: "holds no figures", TOTAL: "looks like a total"}
_AS_COLUMN = ""
_SAID_BY = {_AS_COLUMN: "as the columns say", **ANSWERS}


def rows_said(guess: Guess, agency_id: str, file_id: str) -> tuple[dict[str, Chosen], int]:
    """Ask of each label what it means; gives the answers by the label's meaning, and how many are still to come."""
    rows = guess.rows
    put(tag("h4", f"What the {len(rows)} rows mean", cls="after"))
    if len(rows) > MOST_LABELS:
        put(tag("p", f"The table names more than {MOST_LABELS} things, which is more than can be asked one by one. Choose "
                     "another column that names the rows.", cls="said not-yet", role="status"))  # fmt: skip
        return {}, len(rows)
    several = len({row.sheet for row in rows}) > 1
    many = sum(_is_filled_in(row) for row in rows)
    put(tag("p", f"Filled in, to be looked over: {many}. To be answered: {len(rows) - many}.", cls="second"))
    chosen = {
        meaning(row.words): _one(row, _label(row, several=several, repeated=_repeated(row, guess)), agency_id, file_id)
        for row in rows
    }
    return chosen, sum(not (each.indicator_id or each.left_out) for each in chosen.values())


def _one(row: RowGuess, label: str, agency_id: str, file_id: str) -> Chosen:
    key = f"{file_id}-{agency_id}-{meaning(row.words)}"
    which, part = st.columns([3, 2])
    options = choices(row.meant.matches, agency_id)
    with which:
        chosen = st.selectbox(
            label, options, index=_first(row, options), placeholder=_placeholder(row),
            format_func=lambda each: choice_words(each, row.meant.matches, agency_id), key=f"mapping-row-{key}",
        )  # fmt: skip
    if chosen is None:
        return Chosen()
    if chosen.startswith(LEFT_OUT):
        return Chosen(left_out=chosen.removeprefix(LEFT_OUT))
    if catalogue().indicators[chosen].denominator is None:
        return Chosen(chosen)
    with part:
        guessed = next((match.answer for match in row.meant.matches if match.indicator_id == chosen), _AS_COLUMN)
        answer = st.selectbox(
            f"The figures of row {row.rows[0]} of {row.sheet} are", list(_SAID_BY), index=list(_SAID_BY).index(guessed),
            format_func=_SAID_BY.__getitem__, key=f"mapping-part-{key}-{chosen}",
        )  # fmt: skip
    return Chosen(chosen, answer or "")


def _is_filled_in(row: RowGuess) -> bool:
    return bool(row.left_out) or (row.meant.best is not None and is_likely(row.meant.best.confidence))


def _first(row: RowGuess, options: list[str]) -> int | None:
    if row.left_out:
        return options.index(f"{LEFT_OUT}{row.left_out}")
    return 0 if _is_filled_in(row) else None


def _label(row: RowGuess, *, several: bool, repeated: bool) -> str:
    """Where a row stands, its words, and how sure the guess is; `several`: the file has more than one sheet of rows."""
    best = row.meant.matches[0].confidence if row.meant.matches else 0.0
    how = _LEFT_OUT.get(row.left_out) or sure(best)
    twice = "; the same words twice, so both are read as one" if repeated else ""
    return f"{_place(row, several=several)}: “{unknown_files.shown(row.words)}” ({how}{twice})"


def _place(row: RowGuess, *, several: bool) -> str:
    sheet = f"{row.sheet}, row" if several else "Row"
    if len(row.rows) == 1:
        return f"{sheet} {row.rows[0]}"
    return f"{sheet}s {row.rows[0]} to {row.rows[-1]}, {len(row.rows)} times"


def _placeholder(row: RowGuess) -> str:
    best = row.meant.best
    if best is None:
        return "Choose what it is"
    title = catalogue().indicators[best.indicator_id].title
    return f"Choose. Perhaps {best.indicator_id} {title} ({sure(best.confidence)})"


def _repeated(row: RowGuess, guess: Guess) -> bool:
    """Whether a label stands twice where nothing else tells its rows apart."""
    for table in guess.tables:
        apart = any(table.having(role) for role in ("area_id", "breakdown", "category"))
        if not apart and any(each.words == row.words and len(each.rows) > 1 for each in table.rows):
            return True
    return False
