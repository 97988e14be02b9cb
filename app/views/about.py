"""About the data: how to read the pages, how the numbers are made and protected, what each word and column means."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from app import links, reading, session
from app.widgets import glossary, methods
from app.widgets.agreed_terms import agreed_terms
from app.widgets.amounts import MARKERS
from app.widgets.html import Html, join, tag
from app.widgets.methods_shown import methods_shown
from app.widgets.page import group, legend, opening, put, section, terms
from app.widgets.tables import Column, Row, table
from schemas.catalogue import catalogue
from schemas.published.tables import TABLES

if TYPE_CHECKING:
    from pipelines.queries.frame import Header

TITLE = "About the data"
ORDER = 150
URL = "about"
HOLDS = ("definitions",)
FIGURES = False
ROLES = (
    "executive", "scrutineer", "legal_adviser", "business_unit", "analyst", "approver", "chair", "practitioner",
    "public",
)  # fmt: skip


def show() -> None:
    """The whole page, as words."""
    visit = session.here()
    put(
        opening(TITLE, "How to read these pages, and how the numbers are made", _lede(visit.header)),
        _markers(),
        section(
            "Which sentences come first",
            tag("div", [tag("p", line) for line in methods.RANKING], cls="text"),
            anchor="ranking",
        ),
        section("How numbers are made", terms(methods.METHODS), anchor="methods"),
        methods_shown(),
        _protection(visit.header),
        agreed_terms(reading.made_under(visit.pointer)) if visit.pointer else None,
        _indicators(visit),
        _words(),
        _dictionary(),
    )


def _lede(header: Header | None) -> str:
    if header is None:
        return "Nothing has been published yet; the rules below hold for every publication."
    flags = f" Chance alone would mark the latest point of about {header.expected_flags:.0f} of the charts as unusual."
    return f"{header.published_words}. Figures to the {header.period_label[0].lower()}{header.period_label[1:]}.{flags}"


def _markers() -> Html:
    pairs = [(name, methods.MARKERS[name]) for name in MARKERS.values()]
    return section(
        "What the marks mean", legend(), tag("h3", "Why there is no number", cls="after"), terms(pairs), anchor="marks"
    )


def _protection(header: Header | None) -> Html:
    lines: list[str] = [*methods.PROTECTION]
    if header is not None:
        counts = f"{header.hidden_cells:,} figures are hidden and {header.shown_cells:,} are shown."
        lines.insert(0, f"This publication, for the audience {header.audience}, {header.policy}. In it {counts}")
    return section(
        "How children are protected", tag("div", [tag("p", line) for line in lines], cls="text"), anchor="protection"
    )


def _indicators(visit: session.Visit) -> Html:
    """Every indicator by domain, each a link to its page with its definition."""
    known = catalogue()
    published = dict(reading.names(visit.pointer)) if visit.pointer else {}
    groups: list[Html] = []
    for domain in known.domains:
        mine = [each for each in known.indicators.values() if each.domain == domain]
        pairs = [(_named(each.id, each.title, published), each.definition) for each in mine]
        groups.append(group(domain, terms(pairs), aside=tag("span", str(len(mine)))))
    return section(
        "Indicators",
        groups,
        note=f"All {len(known.indicators)} by domain, with their definitions.",
        anchor="indicators",
    )


def _named(indicator_id: str, title: str, published: dict[str, str]) -> Html:
    if indicator_id not in published:
        return join(title)
    return tag("a", title, href=links.to_indicator(indicator_id))


def _words() -> Html | None:
    found = glossary.words()
    return (
        section("Words", group("Every word, with what it means here", terms(found)), anchor="words") if found else None
    )


@cache
def _dictionary() -> Html:
    """Every table of a publication with its columns, as the exports have them."""
    kinds = {
        "text": "text",
        "prose": "words",
        "number": "number",
        "whole": "whole number",
        "yes_no": "yes or no",
        "moment": "time",
        "day": "date",
    }
    columns = [Column("Column", width="34%"), Column("Holds", width="30%"), Column("May be empty")]
    groups = [
        group(
            each.name.replace("_", " ").capitalize(),
            table(
                f"Columns of {each.name}", columns, [
                    Row(column.name, (kinds[column.type], "yes" if column.optional else "no")) for column in each.columns
                ],
                cls="pairs", hide_caption=True,
            ),
            aside=tag("span", f"{len(each.columns)} columns"),
        )
        for each in TABLES.values()
    ]  # fmt: skip
    return section(
        "Data dictionary", groups, note="The tables of a publication, for notebooks and exports.", anchor="dictionary"
    )
