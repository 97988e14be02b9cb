"""The assistant's second step: what each row means. A likely guess is filled in to be looked over; any other is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from app.widgets.html import tag
from app.widgets.mapping_words import ANSWERS, LEFT_OUT, choice_words, choices, is_likely, said, sure
from app.widgets.page import put
from pipelines.flows import unknown_files
from pipelines.flows.unknown_files import HEADING, MOST_LABELS, TOTAL, Chosen
from schemas.catalogue import catalogue
from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from pipelines.flows.unknown_files import Guess, LayoutMatch, RowGuess

# How a row is told that is left out before anybody says so.
_LEFT_OUT = {HEADING: "holds no figures", TOTAL: "looks like a total"}
_AS_COLUMN = ""
_SAID_BY = {_AS_COLUMN: "as the columns say", **ANSWERS}


def rows_said(guess: Guess, agency_id: str, file_id: str, before: LayoutMatch | None) -> tuple[dict[str, Chosen], int]:
    """Ask of each label what it means; gives the answers by the label's meaning, and how many are still to come.

    `before`: the layout the file is read by already; only the rows it does not know are asked.
    """
    kept = unknown_files.kept_answers(before) if before else {}
    several = len({row.sheet for row in guess.rows}) > 1
    asked = [_Asked(row, kept.get(meaning(row.words)), agency_id, file_id, _repeated(row, guess)) for row in guess.rows]
    put(tag("h4", f"What the {len(asked)} rows mean", cls="after"))
    if len(asked) > MOST_LABELS:
        put(tag("p", f"The table names more than {MOST_LABELS} things, which is more than can be asked one by one. Choose "
                     "another column that names the rows.", cls="said not-yet", role="status"))  # fmt: skip
        return {}, len(asked)
    counts = st.container()  # above the rows on the page, and after them in the run: each answer counts at once
    chosen = {meaning(each.row.words): _one(each, several=several) for each in asked}
    to_come = sum(not (each.indicator_id or each.left_out) for each in chosen.values())
    with counts:
        put(tag("p", f"Filled in, to be looked over: {len(asked) - to_come}. To be answered: {to_come}.", cls="second"))
    return chosen, to_come


@dataclass(frozen=True, slots=True)
class _Asked:
    """One row to be answered for. `kept`: what a saved layout says of it; `repeated`: it stands twice, untold apart."""

    row: RowGuess
    kept: Chosen | None
    agency_id: str
    file_id: str
    repeated: bool

    @property
    def first(self) -> str | None:
        """What is filled in: what was said before, or a likely guess; None where it is asked."""
        if self.kept is not None:
            return self.kept.indicator_id or f"{LEFT_OUT}{self.kept.left_out}"
        if self.row.left_out:
            return f"{LEFT_OUT}{self.row.left_out}"
        best = self.row.meant.best
        return best.indicator_id if best is not None and is_likely(best.confidence) else None

    @property
    def options(self) -> list[str]:
        """Everything it may be, what is filled in first."""
        every = choices(self.row.meant.matches, self.agency_id)
        return list(dict.fromkeys([*([self.first] if self.first else []), *every]))

    def words(self, choice: str) -> str:
        """A choice in words."""
        return choice_words(choice, self.row.meant.matches, self.agency_id)

    def part(self, indicator_id: str) -> str:
        """Which part of an indicator the row is taken for."""
        if self.kept is not None and self.kept.indicator_id == indicator_id:
            return self.kept.answer
        return next((match.answer for match in self.row.meant.matches if match.indicator_id == indicator_id), "")

    def key(self, what: str) -> str:
        """The key of one of its lists."""
        return f"mapping-{what}-{self.file_id}-{self.agency_id}-{meaning(self.row.words)}"


def _one(asked: _Asked, *, several: bool) -> Chosen:
    """The list of what the row may be and, of a share, the list of which part it is."""
    which, part = st.columns([3, 2])
    options = asked.options
    with which:
        chosen = st.selectbox(
            _label(asked, several=several), options, index=None if asked.first is None else 0,
            placeholder=_placeholder(asked.row), format_func=asked.words, key=asked.key("row"),
        )  # fmt: skip
    if chosen is None:
        return Chosen()
    if chosen.startswith(LEFT_OUT):
        return Chosen(left_out=chosen.removeprefix(LEFT_OUT))
    if catalogue().indicators[chosen].denominator is None:
        return Chosen(chosen)
    guessed = asked.part(chosen)
    answers: list[str] = list(dict.fromkeys([guessed, *_SAID_BY]))
    with part:
        answer = st.selectbox(
            f"The figures of row {asked.row.rows[0]} of {said(asked.row.sheet)} are", answers,
            format_func=lambda each: _SAID_BY.get(str(each), str(each)), key=asked.key(f"part-{chosen}"),
        )  # fmt: skip
    return Chosen(chosen, answer or "")


def _label(asked: _Asked, *, several: bool) -> str:
    """Where a row stands, its words, and how sure the guess is; `several`: the file has more than one sheet of rows."""
    row = asked.row
    best = row.meant.matches[0].confidence if row.meant.matches else 0.0
    how = "as saved" if asked.kept is not None else _LEFT_OUT.get(row.left_out) or sure(best)
    twice = "; the same words twice, so both are read as one" if asked.repeated else ""
    return f"{_place(row, several=several)}: “{said(row.words)}” ({how}{twice})"


def _place(row: RowGuess, *, several: bool) -> str:
    sheet = f"{said(row.sheet)}, row" if several else "Row"
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
