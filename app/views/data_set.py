"""The Data set: every indicator on one line a person can read aloud, the twelve headline ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import downloads, links, reading, session
from app.widgets.amounts import number_word
from app.widgets.filters import Filter, asked, words_of
from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.nothing import nothing_published
from app.widgets.page import empty, group, legend, opening, put, section
from app.widgets.scorecard import scorecard_table
from pipelines.queries import scorecard as queries
from pipelines.queries.remembered import remembered

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.overview import Overview
    from pipelines.queries.pointer import Pointer
    from pipelines.queries.scorecard import Scorecard, ScorecardLine

TITLE = "Data set"
ORDER = 20
URL = "data-set"
HOLDS = ()
ROLES = (
    "executive", "scrutineer", "legal_adviser", "business_unit", "analyst", "approver", "chair", "practitioner",
    "public",
)  # fmt: skip


def show() -> None:
    """Title, filters, tables."""
    visit = session.here()
    if visit.pointer is None or visit.header is None:
        put(nothing_published(TITLE, visit.actor))
        return
    card = reading.scorecard(visit.pointer)
    put(_opening(card, reading.overview(visit.pointer, visit.previous), visit.header.period_label))
    chosen = asked(card.choices)
    kept = tuple(line for line in card.lines if chosen.keeps(line))
    put(_on(chosen, card, len(kept)))
    _download(visit, kept, visit.header.period_id)
    put(_tables(visit.pointer, chosen))


def _opening(card: Scorecard, found: Overview, period: str) -> Html:
    headline = [line for line in card.lines if line.headline]
    concern = sum(line.variation == "concern" for line in headline)
    better = sum(line.variation == "improvement" for line in headline)
    received = next((count for count in found.counts if count.words == "figures received"), None)
    came = f" {received.number:,} of the {received.of:,} figures owed have come in." if received else ""
    # Not “need attention”: the Overview counts targets missed and figures missing among those too.
    title = f"{_say(concern, 'have', 'has')} moved the wrong way; {_say(better, 'are', 'is').lower()} getting better"
    of = f" of the {number_word(len(headline)).lower()} headline indicators "
    title = title.replace(" ", of, 1) if headline else title
    return opening(TITLE, title, f"All {len(card.lines)} indicators. {period}.{came}")


def _say(number: int, many: str, one: str) -> str:
    return f"{number_word(number)} {many if number > 1 else one}"


def _on(chosen: Filter, card: Scorecard, kept: int) -> Html | None:
    """What the filters leave, and the way back to everything."""
    if not chosen.is_on:
        return None
    everything = tag("a", f"Show all {len(card.lines)}", href=links.to(URL))
    return tag(
        "p",
        f"{kept} of {len(card.lines)}. {words_of(chosen, card.choices)} ",
        everything,
        cls="second on",
        role="status",
    )


def _download(visit: session.Visit, kept: tuple[ScorecardLine, ...], period_id: str) -> None:
    if visit.pointer is None or not downloads.are_offered(visit):
        return
    known = reading.owners(visit.pointer)
    how = downloads.marked(visit, (), [agency for line in kept for agency in line.agency_ids])
    with st.container(key="space"):
        st.download_button(
            f"Download these {len(kept)} (CSV)",
            downloads.table(visit, "scorecard", "Scorecard", "csv", how, lambda: queries.table(kept, known)),
            file_name=downloads.name(f"scorecard-{period_id}", "csv", how),
            mime="text/csv",
            on_click="ignore",
        )


def prepare(visit: Visit) -> None:
    """What the tables are made of; which of them are shown the filters say."""
    if visit.pointer is not None:
        reading.scorecard(visit.pointer)
        reading.overview(visit.pointer, visit.previous)
        reading.owners(visit.pointer)


@remembered(maxsize=64)
def _tables(pointer: Pointer, chosen: Filter) -> Html:
    card = reading.scorecard(pointer)
    kept = tuple(line for line in card.lines if chosen.keeps(line))
    if not kept:
        return section("No indicator fits", empty("Nothing matches every filter", "Take one of the filters off."))
    headline = tuple(line for line in kept if line.headline)
    rest = tuple(line for line in kept if not line.headline)
    return join(_headline(headline), _domains(card, rest, chosen) if rest else None)


def _headline(lines: tuple[ScorecardLine, ...]) -> Html | None:
    if not lines:
        return None
    caption = "The latest figure of each headline indicator. Shaded band in each small chart: the usual range."
    return section("Headline indicators", scorecard_table(caption, lines), legend())


def _domains(card: Scorecard, lines: tuple[ScorecardLine, ...], chosen: Filter) -> Html:
    """Closed groups while nothing is filtered; open ones when the reader has asked for something."""
    groups: list[Html] = []
    for domain in card.choices.domains:
        mine = tuple(line for line in lines if line.domain == domain)
        if mine:
            caption = f"{domain}: the latest figure of each indicator."
            table = scorecard_table(caption, mine)
            groups.append(group(domain, table, aside=_aside(mine), is_open=chosen.is_on))
    note = "Headline indicators are not repeated here."
    return section("All indicators by domain", groups, note=note)


def _aside(lines: tuple[ScorecardLine, ...]) -> Html:
    concern = sum(line.variation == "concern" for line in lines)
    many = f"{len(lines)} indicator{'' if len(lines) == 1 else 's'}"
    if not concern:
        return tag("span", many)
    words = f"{concern} moved the wrong way"
    return join(mark("concern", tag("b", words)), tag("span", many))
