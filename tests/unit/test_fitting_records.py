"""The quick look at typed records never lets through what the model of their sheet would stop."""

from __future__ import annotations

import pandas as pd
import pytest
from pandera.errors import SchemaError

from schemas.returns import kinds
from schemas.returns.records import fits, model, typed

LAYOUT = kinds()["self_assessment"].sheet("Statements")
PLAIN = {"year_id": "FY2026-27", "self_score": "s2", "evidence_date": "2026-06-01"}


def records() -> pd.DataFrame:
    cells = [
        {column.name: PLAIN.get(column.name, "") for column in LAYOUT.columns} | {"statement_id": each}
        for each in ("OS1.1", "OS1.2")
    ]
    return typed(LAYOUT, pd.DataFrame(cells, dtype="object"))


def test_sound_records_fit() -> None:
    found = records()
    assert fits(LAYOUT, found)
    assert len(model(LAYOUT).validate(found)) == len(found)


@pytest.mark.parametrize(
    "faulty",
    [
        pytest.param(lambda found: found.drop(columns="statement_id"), id="a column is missing"),
        pytest.param(lambda found: found.assign(evidence_date="2026-06-01"), id="a day is text"),
        pytest.param(lambda found: found.assign(self_score=None), id="a text is missing"),
        pytest.param(lambda found: pd.concat([found, found], ignore_index=True), id="a record stands twice"),
    ],
)
def test_what_the_model_stops_does_not_fit(faulty) -> None:
    found = faulty(records())
    with pytest.raises(SchemaError):
        model(LAYOUT).validate(found)
    assert not fits(LAYOUT, found)


def test_a_whole_number_below_nothing_does_not_fit() -> None:
    layout = next(
        s for k in kinds().values() if k.is_log for s in k.sheets if any(c.holds == "whole" for c in s.columns)
    )
    name = next(column.name for column in layout.columns if column.holds == "whole")
    cells = {c.name: {"day": "2026-06-01", "whole": "3", "number": "3"}.get(c.holds, "x") for c in layout.columns}
    sound = typed(layout, pd.DataFrame([cells], dtype="object"))
    assert fits(layout, sound)
    assert not fits(layout, sound.assign(**{name: -1.0}))
    with pytest.raises(SchemaError):
        model(layout).validate(sound.assign(**{name: -1.0}))
