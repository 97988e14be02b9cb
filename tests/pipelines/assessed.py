"""Self-assessments from a handful of scores, and what a release is made from where they came in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.releasing import measured
from pipelines.publishing.writing import identity, write
from pipelines.queries.pointer import Pointer
from schemas.catalogue import catalogue
from schemas.periods import parse
from tests.pipelines.log_records import base_with, records
from tests.pipelines.releases import figure, inputs, order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipelines.publishing.assembling import Inputs

NOW, LAST = "FY2026-27", "FY2025-26"
TODAY = date(2026, 11, 26)
PRINTED = "2026-27-Q2"


@dataclass(frozen=True)
class Given:
    """One body's answers of one year: every statement `score`, but for those `but` says otherwise or leaves out."""

    body: str
    year: str = NOW
    score: str = "s2"
    but: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    instrument: str = "organisational"
    at: str = ""
    signed: bool = True

    @property
    def came(self) -> pd.Timestamp:
        return pd.Timestamp(self.at or f"{parse(self.year).start.year}-10-20T12:00", tz="UTC")

    @property
    def submission_id(self) -> str:
        return f"{self.body}.self_assessment.{self.year}.{self.came:%Y%m%d}"

    def rows(self) -> list[dict[str, Any]]:
        asked = catalogue().instruments[self.instrument].asked_in(parse(self.year))
        usual = {
            "respondent_id": self.body,
            "year_id": self.year,
            "self_score": self.score,
            "submission_id": self.submission_id,
            "sent_by": self.body,
            "received_at": self.came,
            "first_received_at": self.came,
            "answered_at": self.came,
        }
        said = ((s.id, self.but.get(s.id, {})) for s in asked)
        return [usual | {"statement_id": name} | more for name, more in said if more is not None]

    def listed(self) -> dict[str, Any]:
        return {
            "submission_id": self.submission_id, "kind": "self_assessment", "agency_id": self.body,
            "period_id": self.year, "version": 1, "state": "accepted", "verdict": "accepted", "received_at": self.came,
            "approved_by_role": "Head of safeguarding" if self.signed else "", "rows": 1, "rows_accepted": 1,
        }  # fmt: skip


def registered(body: str, sector: str = "third_sector", **said: Any) -> dict[str, Any]:
    return {"respondent_id": body, "instrument": "organisational", "name": f"Name of {body}", "sector": sector} | said


def event(group: str, theme: str, year: str = NOW, **said: Any) -> dict[str, Any]:
    return {"respondent_id": "bu", "year_id": year, "respondent_group": group, "theme": theme} | said


def assessed(
    *given: Given,
    register: tuple[dict[str, Any], ...] = (),
    events: tuple[dict[str, Any], ...] = (),
    came: tuple[Given, ...] = (),
    today: date = TODAY,
) -> Inputs:
    """What a release is made from; `came` are submissions that are listed and whose records another replaced."""
    found = {
        "self_assessment": {
            "Statements": records("self_assessment", "Statements", *(row for one in given for row in one.rows())),
            "Event": records("self_assessment", "Event", *events),
        },
        "register": {"Respondents": records("register", "Respondents", *register)},
    }
    base = inputs(figure("CP07", 60.0, 220.0, period_id=PRINTED), today=today)
    if not given and not came:
        return base_with(base, found, base.submissions.iloc[:0])
    return base_with(base, found, pd.DataFrame([one.listed() for one in (*given, *came)]))


def published(
    made: Inputs, audience: str = "executive", before: Mapping[str, list[Pointer]] | None = None
) -> dict[str, pd.DataFrame]:
    return measured(made, replace(order(), audience=audience), {}, lambda _: None, before)


def filed(home: Path, tables: dict[str, pd.DataFrame], audience: str) -> Pointer:
    """A release written as a publication, for the next one to look back on."""
    publication_id = identity(datetime(2026, 11, 17, 9, tzinfo=UTC), {"publication": tables["publication"]})
    tables["publication"]["publication_id"] = publication_id
    path = write(home, audience, publication_id, {"restatement": pd.DataFrame()} | tables)
    return Pointer(publication_id, path, "", None)


def row(frame: pd.DataFrame, **where: Any) -> pd.Series:
    for name, value in where.items():
        frame = frame[frame[name].eq(value)]
    assert len(frame) == 1, frame
    return frame.iloc[0]
