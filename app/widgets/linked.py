"""Recommendations on the Indicator page: a vertical where practice was to change, and a list with each verdict."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from app import links
from app.widgets.annotated import place_of
from app.widgets.chart import Event
from app.widgets.html import Html, tag
from app.widgets.icons import mark
from app.widgets.page import section
from app.widgets.tables import Column, Row, table, two_lines
from app.widgets.verdict_cards import ICONS
from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.queries.linked import Linked


def events(found: Sequence[Linked], periods: Sequence[str]) -> tuple[Event, ...]:
    """The verticals, each labelled `R-14`; changes in the same period share one, so that no label lies on another."""
    together: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
    for each in found:
        at = place_of(each.changed_on, periods)
        if at is not None:
            together[round(at)].append((at, each.recommendation_id))
    return tuple(
        Event(
            min(at for at, _ in mine),
            ", ".join(sorted((name for _, name in mine), key=lambda name: (len(name), name))),
            is_recommendation=True,
        )
        for _, mine in sorted(together.items())
    )


def marked(found: Sequence[Linked]) -> str:
    """The verticals in one sentence, for those who do not see the chart."""
    named = [f"{each.recommendation_id}, {day_words(each.changed_on)}" for each in found]
    return f" Recommendations take effect: {'; '.join(named)}." if named else ""


def listed(found: Sequence[Linked]) -> Html | None:
    """Each recommendation with its change date, what was expected, and its verdict."""
    if not found:
        return None
    columns = [
        Column("Recommendation", width="34%"),
        Column("Change date", width="16%"),
        Column("Verdict", width="18%"),
        Column("What came"),
    ]
    note = "The bold line on the chart is the day practice was to change. Consistent with, never caused by."
    made = table(
        "Recommendations that were to move this",
        columns,
        [_row(each) for each in found],
        cls="pairs",
        hide_caption=True,
    )
    return section("Recommendations that were to move this", made, note=note)


def _row(each: Linked) -> Row:
    name = f"{each.recommendation_id} {each.title}"
    where = links.to("recommendation", recommendation=each.recommendation_id)
    heading = two_lines(tag("a", name, href=where, cls="strong-link"), each.expected_words)
    verdict = mark(ICONS.get(each.verdict, "none"), each.verdict_words)
    return Row(heading, (day_words(each.changed_on), verdict, each.sentence))
