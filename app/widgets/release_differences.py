"""What a prepared release would change for its readers: how much of whose, and which figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, join, tag
from app.widgets.page import more
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.queries.release_differences import KINDS

if TYPE_CHECKING:
    from pipelines.queries.release_differences import Difference, Differences, Kind, OfOne

_FEW, _MOST = 8, 60


def in_short(found: Differences) -> str:
    """The counts in one line, for a heading that is closed."""
    said = [f"{found.many(kind):,} {kind}" for kind in KINDS if found.many(kind)]
    return ("First release: " if found.is_first else "") + (", ".join(said) or "No figure would be another")


def release_differences(found: Differences) -> Html:
    """Whose figures would be others and what they sent since, then the figures that readers have already and would lose or see change."""
    columns = [
        Column("Figures of", width="38%"),
        *(Column(kind.capitalize(), right=True) for kind in KINDS),
    ]
    counted = table(
        "What would change, by agency",
        columns,
        [_row(each) for each in found.by_agency],
        cls="pairs",
        hide_caption=True,
    )
    return join(counted if found.by_agency else None, [_listed(found, kind) for kind in KINDS[1:]])


def _row(each: OfOne) -> Row:
    sent = f"Sent since: {'; '.join(each.returns)}" if each.returns else None
    return Row(two_lines(each.agency, sent), tuple(f"{each.many[kind]:,}" for kind in KINDS))


def _listed(found: Differences, kind: Kind) -> Html | None:
    kept = [each for each in found.figures if each.kind == kind]
    if not kept:
        return None
    many = f"{len(kept):,} {kind}" + (f", the first {_MOST}" if len(kept) > _MOST else "")
    rest = more(f"Show {min(len(kept), _MOST) - _FEW} more", _lines(kept[_FEW:_MOST])) if len(kept) > _FEW else None
    return join(tag("p", tag("b", many)), _lines(kept[:_FEW]), rest)


def _lines(figures: list[Difference]) -> Html:
    return tag("ul", [tag("li", each.words) for each in figures], cls="plain")
