"""What somebody wrote that readers would be shown for the first time, for whoever releases to read over, and the tick that they have."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import streamlit as st

from app.refusing import on_page
from app.widgets.html import Html, join, tag
from app.widgets.page import empty, group, more, put, section
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.flows.texts_read import IF_ONE_TELLS
from pipelines.queries.to_read import to_read
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.session import Visit
    from pipelines.queries.to_read import Text, ToRead

_TITLE = "Sentences to read before it is released"
_AT_ONCE = 50
_PLACES = 2


def texts_to_read(visit: Visit, *, may_release: bool) -> tuple[str | None, str]:
    """The list with its tick; gives the fingerprint of what was read, and the key of the tick, empty where there is none.

    No fingerprint while the tick is missing, for whoever may not release, and where the list cannot be made: then nothing is released.
    """
    try:
        found = to_read(visit.home, visit.actor)
    except UserError as why:
        put(section(_TITLE, empty("The sentences cannot be listed", on_page(why)), anchor="texts"))
        return None, ""
    if found is None:
        return None, ""
    if not found.texts:
        put(section(_TITLE, tag("p", "None: its readers have been shown every sentence before."), anchor="texts"))
        return found.fingerprint if may_release else None, ""
    put(
        section(
            _TITLE,
            tag("p", IF_ONE_TELLS, cls="second"),
            _list(found),
            note=_note(found, may_release=may_release),
            anchor="texts",
        )
    )
    if not may_release:
        return None, ""
    tick = f"texts_read_{found.code}"
    with st.container(key="space-texts"):
        # Of another list the tick is another, so what was ticked for one says nothing of the next.
        is_read = st.checkbox(_ticked(len(found.texts)), key=tick)
    return found.fingerprint if is_read else None, tick


def _ticked(many: int) -> str:
    return "I have read this sentence" if many == 1 else f"I have read these {many:,} sentences"


def _note(found: ToRead, *, may_release: bool) -> str:
    many = len(found.texts)
    words = (
        "1 sentence that somebody wrote and its" if many == 1 else f"{many:,} sentences that somebody wrote and their"
    )
    return (
        f"{words} readers have never been shown. The checks hold back what they know to tell of a child, and they do not know "
        f"every such sentence: {'you are' if may_release else 'whoever releases it is'} the last to see it before they do."
    )


@lru_cache(maxsize=4)
def _list(found: ToRead) -> Html:
    """The doubtful in an open group, then those of each agency; all open where they are few, so that no tick stands over none."""
    rest = sorted((each for each in found.texts if not each.is_doubtful), key=attrgetter("agency", "words"))
    of_each = [(agency, list(mine)) for agency, mine in groupby(rest, key=attrgetter("agency"))]
    first = _group("Read these first", found.doubtful, is_open=True) if found.doubtful else None
    are_few = len(found.texts) <= _AT_ONCE
    open_to = len(of_each) if are_few else 0 if first else 1
    return join(first, *(_group(agency, mine, is_open=n < open_to) for n, (agency, mine) in enumerate(of_each)))


def _group(title: str, texts: Sequence[Text], *, is_open: bool = False) -> Html:
    many = "1 sentence" if len(texts) == 1 else f"{len(texts):,} sentences"
    first, *others = ((begin, texts[begin : begin + _AT_ONCE]) for begin in range(0, len(texts), _AT_ONCE))
    rest = [
        more(f"{title}: show {begin + 1:,} to {begin + len(some):,} of {len(texts):,}", _table(title, some))
        for begin, some in others
    ]
    return group(title, join(_table(title, first[1]), *rest), aside=many, is_open=is_open)


def _table(title: str, texts: Sequence[Text]) -> Html:
    columns = [Column("Where it stands", width="32%"), Column("Sentence", across=True), Column("For", width="16%")]
    return table(f"{title}: sentences to read", columns, [_row(each) for each in texts], cls="pairs", hide_caption=True)


def _row(text: Text) -> Row:
    signs = f"Why first: {', '.join(text.doubts)}" if text.is_doubtful else None
    titles = [catalogue().audiences[each].title for each in text.audiences]
    return Row(_where(text), (two_lines(text.words, signs), ", ".join(titles)))


def _where(text: Text) -> Html:
    """The first place with whose it is, then where else, as far as fits."""
    first, *others = text.where
    said = [f"{first.agency}: {first.place}" if first.place else first.agency]
    said += [f"and {each.words}" for each in others[: _PLACES - 1]]
    if text.many > _PLACES:
        said.append(f"and {text.many - _PLACES:,} more places" if text.many > _PLACES + 1 else "and 1 more place")
    said += [first.submission_id] if first.submission_id else []
    return two_lines(first.what, join(*(tag("span", each, cls="under breaks") for each in said)))
