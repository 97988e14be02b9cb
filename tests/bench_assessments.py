"""Four hundred self-assessments in a folder, and the register of those who sent them: what `tests.bench` loads."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

MANY = 400
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
# The longest there is: fifty statements a workbook.
INSTRUMENT, LETTERS, SECTOR = "organisational", "TSB", "third_sector"
_LOW = "s1"


def assessments(folder: Path, many: str = str(MANY)) -> str:
    """Write so many workbooks in a folder of their own, each filled in another way, and the register beside it."""
    from pipelines.reports import template
    from pipelines.reports.template_assessment import Copy
    from schemas.catalogue import catalogue
    from schemas.periods import parse
    from schemas.returns.answers import filled_in
    from schemas.returns.records import empty
    from schemas.returns.self_assessment import STATEMENTS

    year, instrument = parse("FY2026-27"), catalogue().instruments[INSTRUMENT]
    blank = filled_in(empty(STATEMENTS), year, instrument.asked_in(year))
    chance = random.Random(5)  # noqa: S311 - invented answers, the same each time
    place = folder / "returned"
    place.mkdir()
    ids = [f"{LETTERS}-{number:04d}" for number in range(1, int(many) + 1)]
    about: dict[str, Any] = {"kind": "self_assessment", "period": year, "sent": template.Sent(), "at": AT}
    for each in ids:
        copy, filled = Copy(each, f"Club of {each}", instrument), {STATEMENTS.name: _answered(blank, chance)}
        template.write(place / f"{each}.xlsx", agency_id=each, filled=filled, copy=copy, **about)
    _register(folder / "register.xlsx", ids)
    return str(place)


def _answered(blank: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    """Each statement with a score, its evidence, and an action where it is low."""
    scores = pd.Series([chance.choice([_LOW, "s2", "s2", "s2", "s3"]) for _ in blank.index], blank.index)
    days = [f"2026-{chance.randint(1, 9):02d}-{chance.randint(1, 28):02d}" for _ in blank.index]
    is_low, nobody = scores.eq(_LOW), pd.Series("", blank.index)
    return blank.assign(
        self_score=scores,
        evidence_ref=[f"Report {chance.randint(1, 9999)} to trustees" for _ in blank.index],
        evidence_date=pd.to_datetime(pd.Series(days, blank.index)),
        impact_evidence=nobody.mask(scores.eq("s3"), "Nine in ten know whom to tell, six in ten the year before"),
        action=nobody.mask(is_low, "Train the deputy lead"),
        owner_role=nobody.mask(is_low, "Head of service"),
        due_date=pd.to_datetime(pd.Series("2027-01-31", blank.index)).where(is_low),
    )


def _register(out: Path, ids: list[str]) -> None:
    from pipelines.reports import template
    from schemas.periods import parse
    from schemas.returns.records import typed
    from schemas.returns.register import RESPONDENTS

    names = {"respondent_id": ids, "name": [f"Club of {each}" for each in ids]}
    rows = typed(RESPONDENTS, pd.DataFrame(names).assign(instrument=INSTRUMENT, sector=SECTOR))
    quarter, nothing = parse("2026-27-Q2"), template.Sent()
    template.write(
        out, kind="register", agency_id="bu", period=quarter, sent=nothing, filled={RESPONDENTS.name: rows}, at=AT
    )
