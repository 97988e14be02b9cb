"""The Data set page: every indicator on one line, headline ones first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.queries.owners import ASK, OWNER, with_owners
from pipelines.queries.reading import many
from pipelines.queries.sparks import Spark, sparks
from schemas.periods import parse

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.queries.owners import Owners
    from pipelines.queries.pointer import Pointer


@dataclass(frozen=True, slots=True)
class ScorecardLine:
    """One indicator in words. `variation`: concern, improvement, unusual, usual or none."""

    indicator_id: str
    title: str
    domain: str
    headline: bool
    owner: str
    agency_ids: tuple[str, ...]
    priority_ids: tuple[str, ...]
    theme_ids: tuple[str, ...]
    period: str
    latest: str
    n: str
    change: str
    year_change: str
    signal: str
    usual: str
    variation: str
    variation_words: str
    assurance: str
    assurance_words: str
    comparison: str
    comparison_words: str
    comparison_detail: str
    freshness: str
    state: str
    marker: str
    spark: Spark | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: (id, words) pairs in the catalogue's order."""

    agencies: tuple[tuple[str, str], ...]
    priorities: tuple[tuple[str, str], ...]
    themes: tuple[tuple[str, str], ...]
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All lines, and what they can be filtered by."""

    lines: tuple[ScorecardLine, ...]
    choices: Choices


def scorecard(pointer: Pointer) -> Scorecard:
    """Every indicator of a publication, in the catalogue's order."""
    found, agencies, priorities = many(
        pointer,
        [
            (
                (
                    "select s.*, i.title, i.domain, i.headline, i.senders, i.agency_id, i.priority_ids, i.theme_ids "
                    "from scorecard s join indicator i using (indicator_id) order by s.position"
                ),
                [],
            ),
            (
                (
                    "select agency_id, title from agency where agency_id in (select agency_id from indicator) "
                    "or agency_id in (select agency_id from coverage) order by position"
                ),
                [],
            ),
            ("select priority_id, kind, title from priority order by position", []),
        ],
    )
    small = sparks(pointer)
    return Scorecard(
        tuple(_line(f, small) for f in found),
        Choices(
            agencies=tuple((a["agency_id"], a["title"]) for a in agencies),
            priorities=tuple((p["priority_id"], p["title"]) for p in priorities if p["kind"] == "priority"),
            themes=tuple((p["priority_id"], p["title"]) for p in priorities if p["kind"] == "theme"),
            domains=tuple(dict.fromkeys(f["domain"] for f in found)),
        ),
    )


def table(lines: tuple[ScorecardLine, ...], known: Owners) -> pd.DataFrame:
    """The scorecard as people download it: words and figures as shown, whose they are, and whom to ask."""
    import pandas as pd

    columns = {
        "Indicator": "title",
        "Domain": "domain",
        "Period": "period",
        "Latest": "latest",
        "Counts": "n",
        "Change on last quarter": "change",
        "Change on last year": "year_change",
        "Variation": "variation_words",
        "What the chart says": "signal",
        "Usual range": "usual",
        "Against the target": "assurance_words",
        "England and neighbours": "comparison_detail",
        "Owner": "owner",
        "Freshness": "freshness",
    }
    facts = [{"ID": x.indicator_id} | {name: getattr(x, field) for name, field in columns.items()} for x in lines]
    found = pd.DataFrame(facts, columns=["ID", *columns])
    return with_owners(found, lambda row: known.of(known.senders.get(row["ID"], ()))).rename(
        columns={OWNER: "Data owner", ASK: "Whom to ask for it"}
    )


def _line(found: dict[str, Any], small: dict[str, Spark]) -> ScorecardLine:
    return ScorecardLine(
        indicator_id=found["indicator_id"],
        title=found["title"],
        domain=found["domain"],
        headline=found["headline"],
        owner=found["owner"],
        agency_ids=tuple(dict.fromkeys([found["agency_id"], *found["senders"].split()])),
        priority_ids=tuple(found["priority_ids"].split()),
        theme_ids=tuple(found["theme_ids"].split()),
        period=parse(found["period_id"]).short,
        latest=found["latest_words"],
        n=found["n_words"],
        change=found["change_words"],
        year_change=found["year_change_words"],
        signal=found["signal_words"],
        usual=found["usual_words"],
        variation=found["variation"],
        variation_words=found["variation_words"],
        assurance=found["assurance"],
        assurance_words=found["assurance_words"],
        comparison=found["comparison"],
        comparison_words=found["comparison_words"],
        comparison_detail=found["comparison_detail"],
        freshness=found["freshness_words"],
        state=found["state"],
        marker=found["marker"],
        spark=small.get(found["indicator_id"]),
    )
