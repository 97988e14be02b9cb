"""Turns the frames of a checked return into Arrow tables the vault takes in one statement each."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.returns import kinds
from schemas.returns.records import keys, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from pipelines.store.received import Received
    from schemas.problems import Problem
    from schemas.returns.mends import Mend

Table = Any  # an Arrow table or column: pyarrow ships no types
_TEXT = ("indicator_id", "period_id", "agency_id", "area_id", "breakdown", "category", "marker", "reason")
_NUMBERS = ("numerator", "denominator", "value")
_OBSERVATION = pa.schema(
    [("sheet", pa.string()), ("row", pa.int32())]
    + [(name, pa.string()) for name in _TEXT[:6]]
    + [(name, pa.float64()) for name in _NUMBERS]
    + [("marker", pa.string()), ("reason", pa.string()), ("definition_version", pa.int32()), ("cells", pa.string())]
)
_RECORD = pa.schema([("sheet", pa.string()), ("row", pa.int32()), ("record_key", pa.string()), ("body", pa.string())])
_MEND = pa.schema(
    [("position", pa.int32())]
    + [(name, pa.string()) for name in ("sheet", "cell", "column_name", "value", "mended_by")]
    + [("mended_at", pa.timestamp("us"))]
)
_PROBLEM_TEXT = ("rule", "severity", "sheet", "cell", "column_name", "value", "message", "fix")
_PROBLEM = pa.schema([("position", pa.int32()), ("row", pa.int32())] + [(name, pa.string()) for name in _PROBLEM_TEXT])


def figures_table(report: Received) -> Table:
    """The accepted figures with the sheet and row each came from; NaN becomes null, spaces around text go."""
    frame = report.figures
    if frame.empty:
        return no_figures_table()
    columns: dict[str, Table] = {"row": pa.array(frame.index.to_numpy(dtype="int32"))}
    for name in (*_TEXT, "sheet", "cells"):
        columns[name] = _text(frame, name)
    for name in _NUMBERS:
        columns[name] = pa.array(frame[name].to_numpy(dtype="float64", na_value=float("nan")), from_pandas=True)
    columns["definition_version"] = pa.array(frame["definition_version"].to_numpy(dtype="int32"))
    return pa.table({name: columns[name] for name in _OBSERVATION.names}, schema=_OBSERVATION)


def no_figures_table() -> Table:
    """The same without a figure."""
    return _OBSERVATION.empty_table()


def records_table(report: Received) -> Table:
    """Everything that is no figure, one JSON body a row.

    Commentary and what is not held are keyed by the indicator, the records of a log by its own key.
    """
    rows: list[dict[str, object]] = list(_of_log(report))
    for sheet, frame in (("Commentary", report.commentary), ("Not held", report.not_held)):
        for number, body in zip(frame.index, frame.to_dict("records"), strict=True):
            said = {str(name): "" if pd.isna(value) else str(value) for name, value in body.items()}
            key = said.get("indicator_id", "")
            rows.append({"sheet": sheet, "row": int(number), "record_key": key, "body": json.dumps(said)})
    return pa.Table.from_pylist(rows, schema=_RECORD)


def _of_log(report: Received) -> Iterator[dict[str, object]]:
    for sheet, frame in report.records.items():
        layout = kinds()[report.kind or ""].sheet(sheet)
        named = keys(layout, typed(layout, frame))
        bodies = frame[[column.name for column in layout.columns]].to_dict("records")
        for number, key, body in zip(frame.index, named, bodies, strict=True):
            yield {"sheet": sheet, "row": int(number), "record_key": key, "body": json.dumps(body)}


def mends_table(mends: Iterable[Mend], by: str, at: datetime) -> Table:
    """Every mend in the order it was given; `at` (UTC, without a zone) is for those that do not say when."""
    rows = [
        {
            "position": number,
            "sheet": mend.sheet,
            "cell": mend.cell,
            "column_name": mend.column,
            "value": mend.value,
            "mended_by": by,
            "mended_at": mend.at.astimezone(UTC).replace(tzinfo=None) if mend.at else at,
        }
        for number, mend in enumerate(mends, 1)
    ]
    return pa.Table.from_pylist(rows, schema=_MEND)


def problems_table(problems: Iterable[Problem]) -> Table:
    """The problems in the order the check gave them."""
    rows: list[dict[str, object]] = []
    for position, problem in enumerate(problems, start=1):
        facts = problem.as_dict()
        facts["column_name"] = facts.pop("column")
        texts = {name: str(facts[name] or "") for name in _PROBLEM_TEXT}
        rows.append({"position": position, "row": problem.row, **texts})
    return pa.Table.from_pylist(rows, schema=_PROBLEM)


def _text(frame: pd.DataFrame, name: str) -> Table:
    if name not in frame.columns:
        return pa.array([""] * len(frame), type=pa.string())
    return pc.fill_null(
        pc.call_function("utf8_trim_whitespace", [pa.array(frame[name].astype("str"), type=pa.string())]), ""
    )
