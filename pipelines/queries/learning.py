"""Learning and impact: every recommendation with its whole line, the counts of them, and what they come to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from pipelines.queries.learning_counts import Measure, Reach, StepCount
from pipelines.queries.learning_facts import Account, Action, ClaimView, Evidence, Recommendation, Share
from pipelines.queries.learning_impacts import Impact, ImpactPoint
from pipelines.queries.pointer import opened

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from pipelines.queries.pointer import Pointer

Fact = TypeVar(
    "Fact", Recommendation, Account, Action, Evidence, Share, Impact, ImpactPoint, ClaimView, StepCount, Measure, Reach
)

_QUERIES = {
    "recommendation": "select * from recommendation order by position, recommendation_id",
    "action": "select * from action order by recommendation_id, position, action_id",
    "evidence": "select * from evidence order by true_of desc, evidence_id",
    "dissemination": "select * from dissemination order by shared_on, share_id",
    "impact": (
        "select m.*, i.unit, i.decimals, i.denominator from impact m left join indicator i using (indicator_id) "
        "order by m.recommendation_id, m.position, m.indicator_id"
    ),
    "impact_point": "select * from impact_point order by recommendation_id, indicator_id, position",
    "claim_view": "select * from claim_view order by viewed_on desc, recommendation_id",
    "recommendation_account": "select * from recommendation_account order by period_id desc, recommendation_id",
    "learning_count": "select * from learning_count order by dimension, position, category",
    "learning_measure": "select * from learning_measure order by position, measure_id",
    "learning_reach": "select * from learning_reach order by position, sector",
}


@dataclass(frozen=True, slots=True)
class Learning:
    """Everything a publication says of learning; evidence and views newest first.

    A public one need not tell of actions, evidence and views: what is not there was not published, and is not missing.
    """

    made_on: date
    is_public: bool
    recommendations: tuple[Recommendation, ...]
    actions: tuple[Action, ...]
    evidence: tuple[Evidence, ...]
    shares: tuple[Share, ...]
    impacts: tuple[Impact, ...]
    views: tuple[ClaimView, ...]
    counts: tuple[StepCount, ...]
    measures: tuple[Measure, ...]
    reach: tuple[Reach, ...]
    accounts: tuple[Account, ...] = ()

    @property
    def whole(self) -> StepCount | None:
        """The counts of all recommendations, None where the publication has none."""
        return next((count for count in self.counts if count.dimension == "all"), None)

    @property
    def is_empty(self) -> bool:
        """Whether there is no learning in this publication."""
        return not self.recommendations and (self.whole is None or self.whole.agreed == 0)

    def by(self, dimension: str) -> tuple[StepCount, ...]:
        """The counts split by source, theme, agency or year."""
        return tuple(count for count in self.counts if count.dimension == dimension)

    def evidence_of(self, recommendation_id: str) -> tuple[Evidence, ...]:
        """What shows something of one recommendation, newest first."""
        return tuple(each for each in self.evidence if each.recommendation_id == recommendation_id)

    def views_of(self, recommendation_id: str) -> tuple[ClaimView, ...]:
        """What the scrutineer said of one recommendation, newest first."""
        return tuple(each for each in self.views if each.recommendation_id == recommendation_id)

    def impacts_of(self, recommendation_id: str) -> tuple[Impact, ...]:
        """The indicators linked to one recommendation."""
        return tuple(each for each in self.impacts if each.recommendation_id == recommendation_id)

    def shown_impact(self, one: Recommendation) -> Impact | None:
        """The linked indicator that carries the recommendation's own verdict, else the first."""
        linked = self.impacts_of(one.recommendation_id)
        return next((each for each in linked if each.verdict == one.verdict), linked[0] if linked else None)


def learning(pointer: Pointer) -> Learning:
    """All of it, in one reading; tables an older publication has not got are empty."""
    with opened(pointer) as connection:
        here = {row[0] for row in connection.execute("select table_name from information_schema.tables").fetchall()}
        ((made_at, audience),) = connection.execute("select made_at, audience from publication").fetchall()
        found = {name: _rows(connection, query) if name in here else [] for name, query in _QUERIES.items()}
    points = _points(found["impact_point"])
    impacts = (_fact(Impact, row) for row in found["impact"])
    return Learning(
        made_on=made_at.date(),
        is_public=audience == "public",
        recommendations=_facts(Recommendation, found["recommendation"]),
        actions=_facts(Action, found["action"]),
        evidence=_facts(Evidence, found["evidence"]),
        shares=_facts(Share, found["dissemination"]),
        impacts=tuple(replace(one, points=points[one.recommendation_id, one.indicator_id]) for one in impacts),
        views=_facts(ClaimView, found["claim_view"]),
        counts=_facts(StepCount, found["learning_count"]),
        measures=_facts(Measure, found["learning_measure"]),
        reach=_facts(Reach, found["learning_reach"]),
        accounts=_facts(Account, found["recommendation_account"]),
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = connection.execute(query)
    names = [each[0] for each in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _facts(kind: type[Fact], rows: list[dict[str, Any]]) -> tuple[Fact, ...]:
    return tuple(_fact(kind, row) for row in rows)


def _fact(kind: type[Fact], row: dict[str, Any]) -> Fact:
    """One row as its dataclass, whose fields are named as the table's columns."""
    return kind(**{each.name: row[each.name] for each in fields(kind) if each.name in row})


def _points(rows: list[dict[str, Any]]) -> defaultdict[tuple[str, str], tuple[ImpactPoint, ...]]:
    grouped: defaultdict[tuple[str, str], tuple[ImpactPoint, ...]] = defaultdict(tuple)
    for row in rows:
        grouped[row["recommendation_id"], row["indicator_id"]] += (_fact(ImpactPoint, row),)
    return grouped
