"""The Overview: four counts, what needs attention, what changed, what improves, by priority and by partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.queries.audited import latest_audits
from pipelines.queries.learned import Learned, learned
from pipelines.queries.overview_words import headline, lede
from pipelines.queries.reading import many
from pipelines.queries.sparks import Spark, sparks
from schemas.periods import parse

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries.pointer import Pointer


@dataclass(frozen=True, slots=True)
class Item:
    """One finding: `lead` is set bold before `sentence`; `marker` is concern, improvement, unusual or missing."""

    indicator_id: str | None
    marker: str
    lead: str
    sentence: str
    owner: str
    account_by: str
    account: str
    note: str
    spark: Spark | None


@dataclass(frozen=True, slots=True)
class Count:
    """One of the counts at the head: `number` of `of` (None where there is no whole), what it counts, and what it was before."""

    number: int
    of: int | None
    words: str
    was: int | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CardLine:
    """One indicator on a priority's card."""

    indicator_id: str
    title: str
    latest: str
    n: str
    variation: str
    variation_words: str
    spark: Spark | None


@dataclass(frozen=True, slots=True)
class Card:
    """A priority: its sentence of the quarter, three indicators, its latest audit and the verdicts on its learning."""

    priority_id: str
    title: str
    sentence: str
    lines: tuple[CardLine, ...]
    learning: str = ""
    audit: str = ""


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """One agency in the table by partner: what it owed, sent and what of it needs attention."""

    agency_id: str
    title: str
    partner: str
    received: int
    owed: int
    needs: int
    better: int
    state: str
    last_received: date | None


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure that is no longer what the last meeting saw."""

    indicator_id: str
    title: str
    period: str
    was: str
    now: str
    reason: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page, in its order."""

    headline: str
    lede: str
    counts: tuple[Count, ...]
    needs: tuple[Item, ...]
    changed: tuple[Item, ...]
    better: tuple[Item, ...]
    cards: tuple[Card, ...]
    partners: tuple[PartnerLine, ...]
    restated: tuple[Restated, ...]
    new_data: tuple[str, ...]
    learned: Learned


_QUERIES = [
    "select * from finding order by position",
    "select s.*, i.title, i.headline from scorecard s join indicator i using (indicator_id) order by s.position",
    "select * from priority order by position",
    (
        "select a.*, max(case when c.indicator_id = 'all' then c.state end) as state, "
        "count(*) filter (c.indicator_id <> 'all') as owed, "
        "count(*) filter (c.indicator_id <> 'all' and c.state = 'received') as received "
        "from agency a join coverage c using (agency_id) where c.period_id in (select data_through from publication) and c.kind = 'figures' "
        "group by all order by a.position"
    ),
    "select agency_id, max(received_at) as last_received from submission group by agency_id",
    (
        "select r.*, i.title from restatement r join indicator i using (indicator_id) "
        "where r.publication_now in (select publication_id from publication) order by r.indicator_id, r.period_id"
    ),
    "select data_through, audience from publication",
]


def overview(pointer: Pointer, previous: Pointer | None) -> Overview:
    """The Overview of a publication; `previous` gives the counts it is compared with."""
    found, card, priorities, agencies, received, restated, publication = many(pointer, [(q, []) for q in _QUERIES])
    small, lessons, audits = sparks(pointer), learned(pointer), latest_audits(pointer)
    before = learned(previous).shown if previous else None
    sections = {s: tuple(_item(f, small) for f in found if f["section"] == s) for s in ("needs", "changed", "better")}
    return Overview(
        headline=headline(
            len(sections["needs"]), len(sections["better"]), public=publication[0]["audience"] == "public"
        ),
        lede=lede(sections["needs"]),
        counts=_counts(sections, agencies, _counted(previous)) + _impact(lessons, before),
        needs=sections["needs"],
        changed=sections["changed"],
        better=sections["better"],
        cards=tuple(_card(p, card, small, lessons, audits) for p in priorities if p["kind"] == "priority"),
        partners=tuple(_partner(a, found, received) for a in agencies),
        restated=tuple(
            Restated(
                r["indicator_id"], r["title"], parse(r["period_id"]).short, r["was_words"], r["now_words"], r["reason"]
            )
            for r in restated
        ),
        new_data=_new_data(agencies, publication[0]["data_through"]),
        learned=lessons,
    )


def _counted(previous: Pointer | None) -> dict[str, int]:
    if previous is None:
        return {}
    counts, covered = many(
        previous,
        [
            ("select section, count(*) as n from finding group by section", []),
            (
                (
                    "select count(*) as n from coverage where indicator_id <> 'all' and state = 'received' "
                    "and period_id in (select data_through from publication)"
                ),
                [],
            ),
        ],
    )
    return {r["section"]: r["n"] for r in counts} | {"received": covered[0]["n"]}


def _item(found: dict[str, Any], small: dict[str, Spark]) -> Item:
    return Item(
        indicator_id=found["indicator_id"],
        marker=found["marker"],
        lead=found["lead"],
        sentence=found["sentence"],
        owner=found["owner"],
        account_by=found["account_by"],
        account=found["account"],
        note=found["note"],
        spark=small.get(found["indicator_id"] or ""),
    )


def _counts(
    sections: dict[str, tuple[Item, ...]],
    agencies: list[dict[str, Any]],
    was: dict[str, int],
) -> tuple[Count, ...]:
    received, owed = sum(a["received"] for a in agencies), sum(a["owed"] for a in agencies)
    late = sum(a["state"] in ("late", "refused, not yet replaced") for a in agencies)
    missing = owed - received
    return (
        Count(len(sections["needs"]), None, "need attention", was.get("needs")),
        Count(len(sections["better"]), None, "getting better", was.get("better")),
        Count(
            received,
            owed,
            "figures received",
            was.get("received"),
            f"{missing} missing; {late} {'return' if late == 1 else 'returns'} not in",
        ),
    )


def _impact(lessons: Learned, was: int | None) -> tuple[Count, ...]:
    """Impact is shown from the step “practised” on, of all that was agreed; left out where there is no log."""
    if lessons.shown is None or lessons.agreed is None:
        return ()
    return (Count(lessons.shown, lessons.agreed, "recommendations with impact shown", was),)


def _card(
    priority: dict[str, Any],
    card: list[dict[str, Any]],
    small: dict[str, Spark],
    lessons: Learned,
    audits: dict[str, str],
) -> Card:
    by_id = {c["indicator_id"]: c for c in card}
    lines = tuple(
        CardLine(
            i,
            by_id[i]["title"],
            by_id[i]["latest_words"],
            by_id[i]["n_words"],
            by_id[i]["variation"],
            by_id[i]["variation_words"],
            small.get(i),
        )
        for i in priority["shown"].split()
        if i in by_id
    )
    learning = lessons.themes.get(priority["priority_id"], "")
    audit = audits.get(priority["priority_id"], "")
    return Card(priority["priority_id"], priority["title"], _sentence(priority, lines), lines, learning, audit)


def _sentence(priority: dict[str, Any], lines: tuple[CardLine, ...]) -> str:
    concern = [x.title[0].lower() + x.title[1:] for x in lines if x.variation == "concern"]
    if concern:
        return f"Outside the usual range in the wrong direction: {' and '.join(concern)}."
    improving = [x.title[0].lower() + x.title[1:] for x in lines if x.variation == "improvement"]
    if improving:
        return f"Better than usual: {' and '.join(improving)}."
    return str(priority["sentence"])


def _partner(agency: dict[str, Any], found: list[dict[str, Any]], received: list[dict[str, Any]]) -> PartnerLine:
    mine = [f for f in found if f["agency_id"] == agency["agency_id"]]
    last = next((r["last_received"] for r in received if r["agency_id"] == agency["agency_id"]), None)
    return PartnerLine(
        agency_id=agency["agency_id"],
        title=agency["title"],
        partner=agency["partner"],
        received=agency["received"],
        owed=agency["owed"],
        needs=sum(f["section"] == "needs" for f in mine),
        better=sum(f["section"] == "better" for f in mine),
        state=agency["state"] or "",
        last_received=last.date() if last else None,
    )


def _new_data(agencies: list[dict[str, Any]], through: str) -> tuple[str, ...]:
    came = [a for a in agencies if str(a["state"]).startswith(("received", "awaiting"))]
    return (f"{len(came)} of {len(agencies)} agencies have sent {parse(through).short}.",)
