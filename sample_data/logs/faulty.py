"""A learning log with many mistakes in one file: each names the rule that must catch it, on the record it was made in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sample_data.logs.files import write
from sample_data.logs.records import BUSINESS_UNIT, Cells
from sample_data.logs.returns import LATEST, LogReturn, standing
from schemas.periods import parse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sample_data.logs.records import Value
    from schemas.catalogue.whole import Catalogue

KEYS = {"Recommendations": "recommendation_id", "Measures": "recommendation_id", "Actions": "action_id",
        "Evidence": "evidence_id", "Dissemination": "share_id"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mistake:
    """One cell of the good log spoilt: of which record, in which column, with what, and the rule that must say so."""

    rule: str
    sheet: str
    record: str
    column: str
    wrong: Value | None


MISTAKES = (
    Mistake("recommendation_has_no_owner", "Recommendations", "R-17", "owner_role", None),
    Mistake("log_choice_is_not_in_the_list", "Recommendations", "R-30", "source", "A conversation"),
    Mistake("log_agency_is_not_known", "Recommendations", "R-32", "agency_id", "Acme Ltd"),
    Mistake("log_words_name_somebody", "Recommendations", "R-29", "owner_role", "Mrs Example"),
    Mistake("recommendation_is_due_before_it_was_agreed", "Recommendations", "R-27", "due_on", date(2025, 3, 31)),
    Mistake("recommendation_is_due_after_the_year", "Recommendations", "R-28", "due_on", date(2027, 9, 30)),
    Mistake("recommendation_is_measured_neither_way", "Recommendations", "R-22", "not_measurable", None),
    Mistake("recommendation_is_like_another", "Recommendations", "R-31", "title", "Offer return interviews through a trusted adult"),
    Mistake("log_indicator_is_not_known", "Measures", "R-13", "indicator_id", "XX99"),
    Mistake("linked_indicator_has_no_better_direction", "Measures", "R-12", "registered_on", None),
    Mistake("log_cell_is_empty", "Measures", "R-26", "expected", None),
    Mistake("direction_is_registered_after_the_change", "Measures", "R-05", "registered_on", date(2026, 2, 2)),
    Mistake("review_is_not_after_the_change", "Measures", "R-18", "review_on", date(2025, 9, 30)),
    Mistake("direction_is_against_the_better_one", "Measures", "R-07", "expected", "lower"),
    Mistake("action_has_no_due_date", "Actions", "R-24.2", "due_on", None),
    Mistake("action_is_overdue", "Actions", "R-14.2", "due_on", date(2026, 6, 30)),
    Mistake("action_is_done_without_a_date", "Actions", "R-04.2", "done_on", None),
    Mistake("action_is_stopped_without_a_reason", "Actions", "R-21.2", "note", None),
    Mistake("action_is_done_in_the_future", "Actions", "R-10.1", "done_on", date(2028, 3, 27)),
    Mistake("log_record_is_not_there", "Actions", "R-19.2", "recommendation_id", "R-91"),
    Mistake("evidence_is_older_than_the_action", "Evidence", "E-020", "true_of", date(2025, 6, 20)),
    Mistake("evidence_claims_more_than_its_kind_shows", "Evidence", "E-013", "kind", "attendance"),
    Mistake("level_is_not_on_the_ladder", "Evidence", "E-016", "level_claimed", 7),
    Mistake("evidence_is_of_the_future", "Evidence", "E-047", "true_of", date(2027, 9, 25)),
    Mistake("log_day_cannot_be_read", "Evidence", "E-029", "received_on", "some time in February"),
    Mistake("log_number_cannot_be_read", "Dissemination", "D-012", "people", "about 300"),
    Mistake("learning_is_shared_in_the_future", "Dissemination", "D-040", "shared_on", date(2027, 10, 7)),
)  # fmt: skip
NAME = "SYNTHETIC_FAULTY_learning"


def faulty_log(out: Path, catalogue: Catalogue, mistakes: Sequence[Mistake] = MISTAKES) -> Path:
    """Write the whole learning log of the latest quarter with the mistakes in it; without any, as it should be."""
    quarter = parse(LATEST)
    rows = {sheet: standing("learning", sheet, quarter.end) for sheet in KEYS}
    for mistake in mistakes:
        _spoil(rows[mistake.sheet], mistake)
    out.mkdir(parents=True, exist_ok=True)
    return write(LogReturn("learning", BUSINESS_UNIT, quarter, rows), catalogue, out / f"{NAME}.xlsx")


def place(sheet: str, record: str) -> int:
    """The row of the file on which a record stands, below the headings."""
    key = KEYS[sheet]
    stand = standing("learning", sheet, parse(LATEST).end)
    return next(row for row, cells in enumerate(stand, 2) if cells[key] == record)


def _spoil(rows: list[Cells], mistake: Mistake) -> None:
    cells = next(cells for cells in rows if cells[KEYS[mistake.sheet]] == mistake.record)
    if mistake.wrong is None:
        cells.pop(mistake.column, None)
    else:
        cells[mistake.column] = mistake.wrong
