"""The logs as returns: one file a kind, sender and quarter, holding what was new or had changed since the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from sample_data.logs import concerns, learning, reviews, survey, training, voice
from sample_data.logs.records import BUSINESS_UNIT, Cells, Record
from schemas.periods import Period, parse
from schemas.periods import quarters as every_quarter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Training is followed up a quarter later, so it begins one quarter before the data set.
BEGINS, LATEST = "2021-22-Q2", "2026-27-Q2"
LEARNING = tuple(quarter.id for quarter in every_quarter(parse("2024-25-Q1"), parse(LATEST)))
# Logs that were kept before: one file of their history, one of the year after it, then each quarter.
OTHERS = ("2024-25-Q4", "2025-26-Q4", "2026-27-Q1", "2026-27-Q2")
# In which quarters each sender sent each kind, in the order they are loaded.
SENT: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("learning", BUSINESS_UNIT): LEARNING,
    ("reviews", BUSINESS_UNIT): OTHERS,
    ("concerns", BUSINESS_UNIT): OTHERS,
    ("training", BUSINESS_UNIT): OTHERS,
    ("survey", BUSINESS_UNIT): ("2024-25-Q4", "2025-26-Q4", "2026-27-Q2"),
    ("voice", BUSINESS_UNIT): OTHERS,
    ("learning", "lch"): ("2026-27-Q2",),
    ("scrutiny", reviews.SCRUTINEER): ("2025-26-Q4", "2026-27-Q2"),
}


@dataclass(frozen=True)
class LogReturn:
    """What one sender sent of one log for a quarter: rows by sheet, as the records stood on its last day."""

    kind: str
    agency_id: str
    period: Period
    rows: Mapping[str, Sequence[Cells]]

    @property
    def name(self) -> str:
        """The file name without its ending.

        >>> LogReturn("learning", "bu", parse("2026-27-Q2"), {}).name
        'SYNTHETIC_2026-27-Q2_bu_learning_v1'
        """
        return f"SYNTHETIC_{self.period.id}_{self.agency_id}_{self.kind}_v1"


@cache
def records() -> tuple[Record, ...]:
    """Every record of every log."""
    drawn = every_quarter(parse(BEGINS), parse(LATEST))
    return (
        *learning.records(),
        *reviews.records(),
        *reviews.views(),
        *concerns.records(drawn[1:]),
        *training.records(drawn),
        *survey.records(),
        *voice.records(),
    )


def log_returns(quarters: Sequence[Period]) -> Iterator[LogReturn]:
    """Every return of a log for one of the quarters, quarter by quarter; the first of each kind holds what went before."""
    chosen = {quarter.id for quarter in quarters}
    for quarter in quarters:
        for (kind, sender), sent in SENT.items():
            if quarter.id in sent:
                ends = [date.min, *(parse(text).end for text in sent if text in chosen)]
                after = next(before for before, end in pairwise(ends) if end == quarter.end)
                yield LogReturn(kind, sender, quarter, _rows(kind, sender, after, quarter.end))


def standing(kind: str, sheet: str, day: date) -> list[Cells]:
    """The records of a sheet as they stood at the end of a day, withdrawn ones too."""
    found = (record.as_at(day) for record in records() if (record.kind, record.sheet) == (kind, sheet))
    return [cells for cells in found if cells]


def _rows(kind: str, sender: str, after: date, until: date) -> dict[str, list[Cells]]:
    rows: dict[str, list[Cells]] = {}
    for record in records():
        if record.kind == kind and record.moved(sender, after, until):
            rows.setdefault(record.sheet, []).append(record.as_at(until))
    return rows
