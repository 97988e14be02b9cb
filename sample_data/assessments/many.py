"""Hundreds of self-assessments at once, for tests of scale: a register and one workbook a body, the same every time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING

from sample_data.assessments.answers import answers
from sample_data.assessments.files import write
from sample_data.assessments.replies import Reply
from sample_data.assessments.returns import AssessmentReturn
from sample_data.logs.records import BUSINESS_UNIT
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sample_data.logs.records import Cells

# Most who answer are bodies the organisational self-assessment asks: commissioned services, clubs and charities.
SECTORS = (
    ("COM", "commissioned", "organisational", "Commissioned service"),
    ("VCS", "third_sector", "organisational", "Community club"),
    ("SCH", "schools", "education", "Sample School"),
    ("EY", "early_years", "early_years", "Sample Nursery"),
)
YEAR = "FY2026-27"
REGISTERED_ON, FIRST_CAME_ON = date(2026, 9, 1), date(2026, 9, 14)
# Far above the numbers of the sample's own register, so that both may stand in one vault.
_FIRST = 5001
_WEEKS = 8


def many(folder: Path, n: int = 400) -> list[Path]:
    """Write a register of n bodies and the whole self-assessment of each; the register comes first.

    >>> import tempfile; from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as made:
    ...     [path.name for path in many(Path(made), 2)]
    ['SYNTHETIC_2026-27-Q2_bu_register_v1.xlsx', 'SYNTHETIC_FY2026-27_COM-5001_self_assessment_v1.xlsx', 'SYNTHETIC_FY2026-27_VCS-5002_self_assessment_v1.xlsx']
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [write(sent, catalogue(), folder) for sent in (_register(n), *_replies(n))]


def _bodies(n: int) -> Iterator[tuple[str, str, str, str]]:
    """The reference, sector, self-assessment and name of each."""
    for number, (prefix, sector, instrument, called) in enumerate(islice(cycle(SECTORS), n), _FIRST):
        yield f"{prefix}-{number}", sector, instrument, f"{called} {number}"


def _register(n: int) -> AssessmentReturn:
    rows: list[Cells] = [
        {"respondent_id": body_id, "instrument": instrument, "name": name, "sector": sector}
        for body_id, sector, instrument, name in _bodies(n)
    ]
    return AssessmentReturn("register", BUSINESS_UNIT, "2026-27-Q2", _moment(REGISTERED_ON), {"Respondents": rows}, {})


def _replies(n: int) -> Iterator[AssessmentReturn]:
    for number, (body_id, sector, instrument, _) in enumerate(_bodies(n)):
        came_on = FIRST_CAME_ON + timedelta(days=number % (7 * _WEEKS))
        rows = {"Statements": answers(Reply(body_id, sector, instrument, YEAR, came_on))}
        yield AssessmentReturn("self_assessment", body_id, YEAR, _moment(came_on), rows, {"instrument": instrument})


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(16, 5), tzinfo=UTC)
