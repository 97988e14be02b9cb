"""What is known of each agency: aspects side by side, each cell a link to its evidence, and how each state is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import empty, group, legend_of, section, terms
from app.widgets.tables import Column, Row, table, two_lines
from schemas.catalogue import catalogue
from schemas.periods import day_words
from schemas.published.assuring import RULES, STATES

if TYPE_CHECKING:
    from pipelines.queries.assurance import Assurance, Cell, Line

_ICONS = {"shown": "done", "partly": "query", "not_shown": "error", "not_known": "missing"}


def agencies_shown(found: Assurance) -> Html:
    """The matrix and each agency in full; to those whose release has no agency in it, why."""
    if not found.lines:
        return section(
            "What is known of each agency",
            empty(
                "Shown to the Executive only", "The partners who hold each sector to account see it agency by agency."
            ),
            anchor="agencies",
        )
    note = (
        "By sector, then by the alphabet. There is no sum and no order of merit. Each state leads to what it rests on; the "
        "facts stand under each agency’s name below."
    )
    return section(
        "What is known of each agency",
        legend_of([(_ICONS[state], words) for state, words in STATES.items()]),
        tag("div", _matrix(found), cls="on"),
        tag("h3", "Each agency in full", cls="later"),
        *[_agency(line) for line in found.lines],
        note=note,
        anchor="agencies",
    )


def how_decided(found: Assurance) -> Html | None:
    """When an aspect is shown, partly shown, not shown and not known, aspect by aspect."""
    if not found.lines:
        return None
    known = catalogue().aspects
    pairs = [
        (known[aspect].title if aspect in known else aspect, tag("ul", [tag("li", line) for line in _rule(aspect)]))
        for aspect in RULES
    ]
    inside = group("How each state is decided", terms(pairs))
    return section("How an agency’s states are decided", inside, note=_NOTE, anchor="decided")


_NOTE = "The limits are the partnership’s own and are written once; none of them is statutory."


def _rule(aspect: str) -> list[Html]:
    rule = RULES[aspect]
    said = {"shown": rule.shown, "partly": rule.partly, "not_shown": rule.not_shown, "not_known": rule.not_known}
    return [join(tag("b", f"{STATES[state]}. "), words) for state, words in said.items()]


def _matrix(found: Assurance) -> Html:
    aspects = [(cell.aspect, cell.aspect_words) for cell in found.lines[0].cells]
    columns = [Column("Agency", width="17%"), *(Column(words) for _, words in aspects)]
    rows = [
        Row(
            two_lines(tag("a", line.agency, href=f"#{_anchor(line)}"), line.partner_words),
            tuple(map(_state, line.cells)),
        )
        for line in found.lines
    ]
    return table("Agencies by aspect", columns, rows, cls="pairs fixed matrix assured", hide_caption=True)


def _state(cell: Cell) -> Html:
    """The state as a link to what it rests on."""
    return mark(_ICONS[cell.state], tag("a", cell.state_words, href=cell.evidence))


def _agency(line: Line) -> Html:
    columns = [
        Column("Aspect", width="18%"),
        Column("State", width="16%"),
        Column("What is known"),
        Column("As of", width="17%"),
    ]
    rows = [
        Row(
            cell.aspect_words,
            (
                mark(_ICONS[cell.state], cell.state_words),
                join(
                    cell.words,
                    " ",
                    tag("a", "See it", href=cell.evidence, aria_label=f"See it: {cell.aspect_words}, {line.agency}"),
                ),
                day_words(cell.as_of) if cell.as_of else tag("span", "No date", cls="second"),
            ),
        )
        for cell in line.cells
    ]
    made = table(f"What is known of {line.agency}", columns, rows, cls="pairs", hide_caption=True)
    return tag("div", group(line.agency, made, aside=line.partner_words, level=4), id=_anchor(line))


def _anchor(line: Line) -> str:
    return f"agency-{line.agency_id}"
