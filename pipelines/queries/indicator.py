"""The Indicator page: one indicator whole, from its question to the submission behind each number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.queries.reading import frame, many
from pipelines.queries.rounded import rounded_to
from schemas.periods import parse

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.queries.pointer import Pointer


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the line; numbers in the indicator's unit, None where there is none."""

    period_id: str
    period: str
    value: float | None
    numerator: float | None
    denominator: float | None
    marker: str
    phase: int
    mean: float | None
    lower: float | None
    upper: float | None
    special_cause: str
    point_type: str


@dataclass(frozen=True, slots=True)
class Part:
    """One category, ward or sender at its latest period, with its line of the same definition where there is one."""

    group: str
    group_title: str
    key: str
    label: str
    period: str
    value: float | None
    numerator: float | None
    denominator: float | None
    lower: float | None
    upper: float | None
    marker: str
    deprivation_fifth: int | None
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A published figure elsewhere."""

    area_code: str
    area_name: str
    level: str
    period_id: str
    period: str
    value: float | None
    lower: float | None
    upper: float | None
    marker: str
    source: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What an agency said of the figure."""

    agency: str
    period: str
    what_happened: str
    why: str
    what_we_are_doing: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """Everything on the page. `facts` is the `indicator` row, `card` its scorecard row, `chart` its series row.

    `data` has the figures of the periods drawn, `longer` those of years, years to date and rolling twelve months.
    """

    facts: dict[str, Any]
    card: dict[str, Any]
    chart: dict[str, Any]
    points: tuple[Point, ...]
    categories: tuple[Part, ...]
    wards: tuple[Part, ...]
    senders: tuple[Part, ...]
    benchmarks: tuple[Benchmark, ...]
    definitions: tuple[dict[str, Any], ...]
    remarks: tuple[Remark, ...]
    data: tuple[dict[str, Any], ...]
    longer: tuple[dict[str, Any], ...]
    breaks: tuple[tuple[str, str], ...]
    has_accounts: bool
    rounded_to: int | None = None


_NONE_CHART = {"chart": "none", "variation": "none", "assurance": "none", "points": 0, "note": "", "signal_words": ""}


def names(pointer: Pointer) -> tuple[tuple[str, str], ...]:
    """(id, title) of every indicator, headline ones first."""
    found = many(pointer, [("select indicator_id, title from indicator order by headline desc, position", [])])[0]
    return tuple((f["indicator_id"], f["title"]) for f in found)


def indicator(pointer: Pointer, indicator_id: str) -> IndicatorView | None:
    """One indicator of a publication; None when the publication has no such indicator."""
    one = [indicator_id]
    facts, card, chart, points, figures, benchmarks, definitions, remarks, release = many(
        pointer,
        [
            ("select * from indicator where indicator_id = ?", one),
            ("select * from scorecard where indicator_id = ?", one),
            ("select * from series where indicator_id = ? and agency_id = 'all'", one),
            ("select * from series_point where indicator_id = ? and agency_id = 'all' order by position", one),
            (_FIGURES, one),
            (_BENCHMARKS, one),
            ("select * from definition where indicator_id = ? order by version", one),
            (_REMARKS, one),
            ("select * from publication", []),
        ],
    )
    if not facts:
        return None
    parts = [f for f in figures if not _is_whole(f)]
    whole = sorted((_row(f) for f in figures if _is_whole(f)), key=lambda r: (r["end"], r["kind"]), reverse=True)
    drawn = {p["period_id"] for p in points}
    return IndicatorView(
        facts=facts[0],
        card=card[0],
        chart=chart[0] if chart else _NONE_CHART,
        points=tuple(_point(p) for p in points),
        categories=_parts([p for p in parts if p["breakdown"] != "all"], "breakdown", "category"),
        wards=_parts([p for p in parts if p["level"] == "ward"], "level", "area_id"),
        senders=_parts([p for p in parts if p["agency_id"] != "all" and p["breakdown"] == "all"], "level", "agency_id"),
        benchmarks=tuple(_benchmark(b) for b in benchmarks),
        definitions=tuple(definitions),
        has_accounts=release[0].get("has_accounts", True),
        rounded_to=rounded_to(indicator_id, release[0].get("rounded_to")),
        remarks=tuple(_remark(r) for r in remarks),
        data=tuple(r for r in whole if r["period_id"] in drawn or not drawn),
        longer=tuple(r for r in whole if drawn and r["period_id"] not in drawn),
        breaks=tuple((d["from_period"], d["change"]) for d in definitions[1:]),
    )


def has_wards(pointer: Pointer, indicator_id: str) -> bool:
    """Whether any of its figures, shown or hidden, is of a ward."""
    found = frame(
        pointer,
        "select count(*) as n from figure f join area a on a.area_code = f.area_id "
        "where f.indicator_id = ? and a.level = 'ward'",
        [indicator_id],
    )
    return bool(found["n"].iloc[0])


def download(pointer: Pointer, indicator_id: str) -> pd.DataFrame:
    """Every shown figure of an indicator, as analysts download it."""
    return frame(
        pointer,
        "select indicator_id, period_id, agency_id, area_id, breakdown, category, numerator, denominator, value, "
        "marker, status, definition_version, submission_ids, annualised, note from figure where indicator_id = ? "
        "order by period_id, agency_id, area_id, breakdown, category",
        [indicator_id],
    )


_FIGURES = """
select f.*, a.name as area_name, a.level, a.deprivation_fifth, b.title as breakdown_title, b.label, b.position,
       g.short as agency_short
from figure f
left join area a on a.area_code = f.area_id
left join breakdown b on b.breakdown = f.breakdown and b.category = f.category
left join agency g on g.agency_id = f.agency_id
where f.indicator_id = ?
"""
_BENCHMARKS = """
select b.*, coalesce(a.level, '') as level
from benchmark b left join area a on a.area_code = b.area_code
where b.indicator_id = ? order by b.period_id, b.area_name
"""
_REMARKS = """
select c.*, g.short from commentary c join agency g using (agency_id) where c.indicator_id = ? order by c.period_id desc
"""


def _is_whole(figure: dict[str, Any]) -> bool:
    return figure["agency_id"] == "all" and figure["breakdown"] == "all" and figure["level"] == "partnership"


def _point(p: dict[str, Any]) -> Point:
    return Point(
        period_id=p["period_id"],
        period=parse(p["period_id"]).short,
        value=p["value"],
        numerator=p["numerator"],
        denominator=p["denominator"],
        marker=p["marker"],
        phase=p["phase"],
        mean=p["mean"],
        lower=p["lower"],
        upper=p["upper"],
        special_cause=p["special_cause"],
        point_type=p["point_type"],
    )


def _parts(figures: list[dict[str, Any]], group: str, key: str) -> tuple[Part, ...]:
    """The latest figure of each part, in the catalogue's order (wards and senders by name)."""
    lines: dict[tuple[str, str], list[dict[str, Any]]] = {}
    # Of periods that end alike the shorter one last: a quarter stands for the latest, not the year it closes.
    for figure in sorted(figures, key=lambda f: (parse(f["period_id"]).end, parse(f["period_id"]).start)):
        lines.setdefault((figure[group], figure[key]), []).append(figure)
    made = [_part(found, str(which[0]), str(which[1])) for which, found in lines.items()]
    return tuple(part for _, part in sorted(made, key=lambda m: (m[1].group, m[0], m[1].label)))


def _part(found: list[dict[str, Any]], group: str, key: str) -> tuple[int, Part]:
    last = found[-1]
    kind = parse(last["period_id"]).kind
    same = [f for f in found if parse(f["period_id"]).kind == kind]
    label = last["label"] or (last["area_name"] if last["agency_id"] == "all" else last["agency_short"])
    return last["position"] or 0, Part(
        group=group,
        group_title=last["breakdown_title"] or "",
        key=key,
        label=label or key,
        period=parse(last["period_id"]).short,
        value=last["value"],
        numerator=last["numerator"],
        denominator=last["denominator"],
        lower=last["lower"],
        upper=last["upper"],
        marker=last["marker"],
        deprivation_fifth=last["deprivation_fifth"],
        values=tuple(f["value"] for f in same if f["definition_version"] == last["definition_version"]),
    )


def _benchmark(b: dict[str, Any]) -> Benchmark:
    return Benchmark(
        area_code=b["area_code"],
        area_name=b["area_name"],
        level=b["level"],
        period_id=b["period_id"],
        period=parse(b["period_id"]).short,
        value=b["value"],
        lower=b.get("lower"),
        upper=b.get("upper"),
        marker=b["marker"],
        source=b["source"],
    )


def _remark(r: dict[str, Any]) -> Remark:
    return Remark(r["short"], parse(r["period_id"]).short, r["what_happened"], r["why"], r["what_we_are_doing"])


def _row(f: dict[str, Any]) -> dict[str, Any]:
    names_kept = ("value", "numerator", "denominator", "lower", "upper", "marker", "status", "definition_version")
    names_kept += ("annualised", "note")
    period = parse(f["period_id"])
    later = {"annualised": False, "note": ""}  # columns that publications of the first kind have not got
    return {n: f.get(n, later.get(n)) for n in names_kept} | {
        "period_id": f["period_id"],
        "period": period.short,
        "end": period.end,
        "kind": period.kind,
        "submissions": f["submission_ids"].split(),
        "received_on": f["as_at"].date() if f["as_at"] else None,
    }
