"""Statutory clocks among what was promised: those whose end is near, and those that were missed and are not done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Html, tag
from app.widgets.tables import Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.queries.review_facts import Clock


def clock_rows(clocks: Iterable[Clock]) -> list[Row]:
    """Rows for the Overview's table of promises; none where the release shows no clocks."""
    every = tuple(clocks)
    if not every:
        return []
    near = [clock for clock in every if clock.is_close]
    late = [clock for clock in every if clock.state == "missed" and clock.done_on is None]
    return [
        _row("Statutory clocks near their end", "running", near),
        _row("Statutory clocks missed and not done", "missed", late),
    ]


def _row(title: str, anchor: str, clocks: list[Clock]) -> Row:
    link = tag("a", title, href=f"{links.to('reviews')}#{anchor}", cls="strong-link")
    return Row(link, (str(len(clocks)) if clocks else "None", _which(clocks), _how_long(clocks)))


def _which(clocks: list[Clock]) -> str:
    return "; ".join(f"{clock.title} ({clock.reference})" for clock in clocks) or "–"


def _how_long(clocks: list[Clock]) -> Html | str:
    return tag("span", " ".join(clock.words for clock in clocks)) if clocks else "–"
