"""What one body answered in one year, statement by statement, with what each answer counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.measures.self_assessment import counted

if TYPE_CHECKING:
    from pipelines.publishing.rows import Row
    from schemas.catalogue import Catalogue, Statement

# Up to this many points a statement is not met.
NOT_MET = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the statement, the record as it stands, and the points of its own and of its moderated score.

    `is_current`: the moderated score was given to the answer that stands, or there is none.
    """

    statement: Statement
    row: Row
    self_points: int | None
    moderated_points: int | None
    is_current: bool

    @property
    def is_answered(self) -> bool:
        """Whether it has a score, or says that it does not apply."""
        return bool(self.row["self_score"])

    @property
    def is_moderated(self) -> bool:
        """Whether the business unit gave it a score, to this answer or to one before it."""
        return bool(self.row["moderated_score"])

    @property
    def counts_less(self) -> bool:
        """Whether it was scored 3 and counts 2, as nothing shows the difference it makes."""
        return self.row["self_score"] == "s3" and self.self_points != _MOST

    @property
    def is_critical_unmet(self) -> bool:
        """Whether a critical statement is not met.

        By the moderated score where it was given to this answer. A score moderated to 0 or 1 flags the agency
        until it is moderated again, whatever the agency answers meanwhile.
        """
        if not self.statement.critical:
            return False
        if self.is_moderated and self.is_current:
            return _is_unmet(self.moderated_points)
        return _is_unmet(self.self_points) or _is_unmet(self.moderated_points)


_MOST = 3


def answer_of(catalogue: Catalogue, statement: Statement, row: Row) -> Answer:
    """An answer from its record. A moderated 3 counts as given: who moderates has looked at the evidence."""
    own = counted(_points(catalogue, row["self_score"]), has_impact=bool(row["impact_evidence"].strip()))
    seen = row["moderated_from"]
    return Answer(
        statement=statement,
        row=row,
        self_points=own,
        moderated_points=_points(catalogue, row["moderated_score"]),
        is_current=not seen or seen == row["self_score"],
    )


def _points(catalogue: Catalogue, score: str) -> int | None:
    found = catalogue.choices["score"].get(score)
    return None if found is None else getattr(found, "points", None)


def _is_unmet(points: int | None) -> bool:
    return points is not None and points <= NOT_MET
