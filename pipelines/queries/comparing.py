"""One indicator's comparisons inside the area: funnels of wards and agencies, groups of children, rates by age."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.measures.disparities import expected_different
from pipelines.queries.beside import Compared, Group, Limits, Place, Plot, Split, Standard
from pipelines.queries.reading import many, rows
from schemas.periods import parse

if TYPE_CHECKING:
    from pipelines.queries.pointer import Pointer

_TABLES = ("funnel_plot", "funnel", "funnel_line", "disparity", "standardised")
_PLACES = """
select f.*, coalesce(a.name, g.short) as label
from funnel f
left join area a on f.kind = 'ward' and a.area_code = f.unit_id
left join agency g on f.kind = 'agency' and g.agency_id = f.unit_id
where f.indicator_id = ?
order by label
"""
_GROUPS = """
select d.*, b.title, b.label, b.position, r.label as reference_label
from disparity d
join breakdown b on b.breakdown = d.breakdown and b.category = d.category
join breakdown r on r.breakdown = d.breakdown and r.category = d.reference
where d.indicator_id = ?
order by b.position
"""


def compared(pointer: Pointer, indicator_id: str) -> Compared | None:
    """What a publication says of an indicator's places and groups; None where it was made before that was kept."""
    there = {r["table_name"] for r in rows(pointer, "select table_name from information_schema.tables")}
    if not there.issuperset(_TABLES):
        return None
    one = [indicator_id]
    plots, places, lines, groups, standards, area = many(
        pointer,
        [
            ("select * from funnel_plot where indicator_id = ?", one),
            (_PLACES, one),
            ("select * from funnel_line where indicator_id = ? order by size", one),
            (_GROUPS, one),
            ("select * from standardised where indicator_id = ?", one),
            ("select name from area where area_code = (select area_id from publication)", []),
        ],
    )
    drawn = {plot["kind"]: _plot(plot, places, lines) for plot in plots}
    splits = _splits(groups)
    return Compared(
        place=area[0]["name"],
        wards=drawn.get("ward"),
        agencies=drawn.get("agency"),
        splits=splits,
        standards=tuple(_standard(s) for s in sorted(standards, key=lambda s: parse(s["period_id"]).end)),
        chance=expected_different(sum(split.compared for split in splits)),
        furthest=_furthest(splits),
    )


def _plot(plot: dict[str, Any], places: list[dict[str, Any]], lines: list[dict[str, Any]]) -> Plot:
    return Plot(
        period=parse(plot["period_id"]).short,
        total=plot["places"],
        outside=plot["outside"],
        centre=plot["centre"],
        note=plot["note"],
        places=tuple(_place(p) for p in places if p["kind"] == plot["kind"]),
        limits=tuple(
            Limits(li["size"], li["lower_95"], li["upper_95"], li["lower_998"], li["upper_998"])
            for li in lines
            if li["kind"] == plot["kind"]
        ),
    )


def _place(p: dict[str, Any]) -> Place:
    return Place(
        key=p["unit_id"],
        label=p["label"],
        size=p["size"],
        numerator=p["numerator"],
        value=p["value"],
        lower=p["lower_998"],
        upper=p["upper_998"],
        position=p["position"],
        mark=p["mark"],
        words=p["words"],
    )


def _splits(groups: list[dict[str, Any]]) -> tuple[Split, ...]:
    by_breakdown: dict[str, list[dict[str, Any]]] = {}
    for group in groups:
        by_breakdown.setdefault(group["breakdown"], []).append(group)
    return tuple(sorted((_split(found) for found in by_breakdown.values()), key=lambda split: split.title))


def _split(found: list[dict[str, Any]]) -> Split:
    first = found[0]
    return Split(
        title=first["title"],
        period=parse(first["period_id"]).short,
        reference=first["reference_label"],
        reference_words=first["reference_words"],
        reference_numerator=first["reference_numerator"],
        reference_denominator=first["reference_denominator"],
        reference_value=first["reference_value"],
        groups=tuple(
            Group(
                label=g["label"],
                group_words=g["group_words"],
                numerator=g["numerator"],
                denominator=g["denominator"],
                value=g["value"],
                ratio=g["ratio"],
                lower=g["lower"],
                upper=g["upper"],
                word=g["word"],
                words=g["words"],
            )
            for g in found
        ),
    )


def _standard(s: dict[str, Any]) -> Standard:
    names = ("value", "lower", "upper", "crude", "crude_lower", "crude_upper", "words", "source")
    return Standard(period=parse(s["period_id"]).short, **{name: s[name] for name in names})


def _furthest(splits: tuple[Split, ...]) -> tuple[Split, Group] | None:
    """The group whose ratio is furthest from 1, either way, among those that differ by more than chance."""
    found = [(split, group) for split in splits for group in split.groups if group.is_different and group.ratio]
    return max(found, key=lambda pair: max(pair[1].ratio or 1.0, 1 / (pair[1].ratio or 1.0)), default=None)
