"""Median and middle half of a group as a dot on a line, with the numbers beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, join, tag
from app.widgets.page import group, more, section
from app.widgets.svg import dots, path, picture
from app.widgets.tables import Column, Row, stacked, table
from pipelines.queries import self_assessment_words as words
from pipelines.queries.self_assessment_facts import ALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.widgets.html import Child
    from pipelines.queries.self_assessment_facts import Spread
    from pipelines.queries.self_assessment_year import Assessed

HIDDEN = "Hidden to protect: too few replies"
# The picture's ends, so that a dot at 0% or 100% is whole.
_FIRST, _LAST = 4.0, 96.0
_NOTE = (
    "The dot is the median, the thick line the middle half of replies, on a line from 0% to 100% of the most the statements "
    "could count. Only what is whole and signed off counts."
)


def spreads_shown(found: Assessed) -> Html | None:
    """Each instrument's standards: of everybody who replied, then sector by sector. The partnership's own stands apart."""
    made = [_instrument(found, *each) for each in found.instruments if each[0] != words.PARTNERSHIP]
    note = f"{_NOTE} {words.COARSE_BODIES if found.names_answers else words.COARSE}"
    return section("Median and spread", made, note=note, anchor="spread") if any(made) else None


def _instrument(found: Assessed, instrument_id: str, title: str) -> Html | None:
    mine = [each for each in found.spreads if each.instrument_id == instrument_id]
    if not mine:
        return None
    sectors = list(dict.fromkeys((each.sector, each.sector_words) for each in mine))
    whole = [each for each in mine if each.sector == ALL]
    heading = tag("h3", title, cls="later")
    # Of one sector alone everybody is that sector: one table says it.
    others = [(sector, label) for sector, label in sectors if sector != ALL] if len(sectors) > 2 else []
    return join(
        heading,
        of_standards(f"{title}: everybody who replied", whole) if not _all_hidden(whole) else _too_few(whole),
        more(f"By sector ({len(others)})", [_sector(mine, *each) for each in others]) if others else None,
    )


def _sector(mine: Sequence[Spread], sector: str, label: str) -> Html:
    found = [each for each in mine if each.sector == sector]
    inside = _too_few(found) if _all_hidden(found) else of_standards(f"{label}: each standard", found)
    return group(label, inside, aside=_replied(found), level=4)


def of_standards(caption: str, spreads: Sequence[Spread]) -> Html:
    """A table of one group's standards."""
    return _table(caption, "Standard", [(each.standard, each) for each in spreads])


def of_groups(caption: str, spreads: Sequence[Spread]) -> Html:
    """A table of one standard's groups."""
    return _table(caption, "Group", [(each.sector_words, each) for each in spreads])


def half(each: Spread) -> str:
    """The middle half in numbers."""
    if each.lower_quartile is None or each.upper_quartile is None:
        return ""
    return f"{each.lower_quartile:.0f}% to {each.upper_quartile:.0f}%"


def _all_hidden(spreads: Sequence[Spread]) -> bool:
    return all(each.median is None for each in spreads)


def _too_few(spreads: Sequence[Spread]) -> Html:
    return tag("p", f"{_replied(spreads)}. {HIDDEN}, or somebody’s own could be worked out.", cls="second on")


def _replied(spreads: Sequence[Spread]) -> str:
    many = max((each.replied or 0 for each in spreads), default=0)
    return f"{many:,} {'reply' if many == 1 else 'replies'}"


def _table(caption: str, name: str, listed: Sequence[tuple[str, Spread]]) -> Html:
    moved = any(each.before_median is not None for _, each in listed)
    flagged = any(each.critical_unmet is not None for _, each in listed)
    columns = [
        Column(name, width="30%"),
        Column("From 0% to 100%", "Spread"),
        Column("Median", width="11%"),
        Column("Middle half", width="13%"),
        *([Column("Median the year before", "Before", width="12%")] if moved else []),
        *([Column("A critical statement not met", "Critical", width="14%")] if flagged else []),
    ]
    rows = [Row(label, _cells(each, moved=moved, flagged=flagged)) for label, each in listed]
    return table(caption, columns, rows, cls="pairs fixed spreads", hide_caption=True)


def _cells(each: Spread, *, moved: bool, flagged: bool) -> tuple[Child, ...]:
    if each.median is None:
        shown: tuple[Child, ...] = (tag("span", HIDDEN, cls="second"), "–", "–")
    else:
        shown = (_picture(each), stacked(f"{each.median:.0f}%", _replied([each])), half(each))
    before = "–" if each.before_median is None else f"{each.before_median:.0f}%"
    unmet = "–" if each.critical_unmet is None else f"{each.critical_unmet:,} of {each.replied or 0:,}"
    return (*shown, *([before] if moved else []), *([unmet] if flagged else []))


def _picture(each: Spread) -> Html:
    low, middle, high = (_place(p) for p in (each.lower_quartile, each.median, each.upper_quartile))
    shapes = path([(_FIRST, 50), (_LAST, 50)], "s-rule-2", 1)
    shapes += path([(low, 50), (high, 50)], "s-before-impact", 8) + dots([(middle, 50)], "s-ink", 12)
    alt = f"Median {each.median:.0f}%, middle half {half(each)}, on a line from 0% to 100%."
    return picture(shapes, alt, uses=("rule-2", "before-impact", "ink"), cls="spread")


def _place(percent: float | None) -> float:
    return _FIRST + (_LAST - _FIRST) * (percent or 0.0) / 100
