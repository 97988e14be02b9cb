"""What `tests.bench` does in a process of its own, so that the process it measures from stays small."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.bench_spent import said, timed

CHECKED_ON = date(2026, 11, 22)
CHANGED = ("lcc_cf", "2026-27-Q2", "CP09")


def calamine(path: Path) -> None:
    """Read every sheet and nothing more."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def year_end(folder: Path) -> str:
    """Write the longest return there is: the council's for the last quarter of a year, with every ward."""
    from sample_data.files import write_workbook
    from sample_data.returns import World
    from sample_data.spoiled import AGENCY, PERIOD
    from schemas.catalogue import catalogue
    from schemas.periods import parse

    return str(write_workbook(next(World(catalogue()).returns(AGENCY, parse(PERIOD))), catalogue(), folder))


def changed(folder: Path, fewer: str) -> str:
    """Write a return of the sample in which one number is smaller."""
    from sample_data.files import write_csv
    from sample_data.returns import World
    from schemas.catalogue import catalogue
    from schemas.periods import parse

    agency_id, period_id, indicator_id = CHANGED
    sent = next(World(catalogue()).returns(agency_id, parse(period_id)))
    lines = [
        replace(line, numerator=line.numerator - int(fewer))
        if line.owed.indicator_id == indicator_id and line.numerator is not None
        else line
        for line in sent.lines
    ]
    return str(write_csv(replace(sent, lines=tuple(lines), version=9), catalogue(), folder))


def floor_of_reading(path: Path) -> str:
    """What calamine takes."""
    return said(timed(lambda: calamine(path), 3))


def floor_of_folders(folder: Path) -> str:
    """What calamine takes for every workbook of a folder, one after another."""
    return said(timed(lambda: [calamine(path) for path in sorted(folder.iterdir())], 1))


def floor_of_publishing(home: Path, audience: str) -> str:
    """What it takes to read what stands and to write the tables of the last release, with nothing in between."""
    from pipelines.publishing import assemble
    from pipelines.publishing.writing import write
    from pipelines.queries.pointer import current
    from pipelines.queries.reading import frame
    from pipelines.store.opening import transaction
    from schemas.catalogue import catalogue
    from schemas.published.tables import TABLES

    last = current(home, audience)
    if last is None:
        raise RuntimeError("nothing has been published")
    tables = {name: frame(last, f"select * from {name}") for name in TABLES}  # noqa: S608 - our own table names

    def least() -> None:
        with transaction(home, write=False) as connection:
            assemble(connection, catalogue(), CHECKED_ON)
        write(home / "floor", audience, "floor", tables)

    return said(timed(least, 3))


def figures_in(home: Path, audience: str) -> str:
    """Count the figures, shown and hidden, of the current publication."""
    from pipelines.queries.pointer import current
    from pipelines.queries.reading import frame

    now = current(home, audience)
    if now is None:
        raise RuntimeError(f"nothing has been published for the audience {audience}")
    return str(int(frame(now, "select count(*) as figures from figure")["figures"].iloc[0]))


def audiences(_: Path) -> str:
    """Name the audiences of the catalogue, as JSON."""
    from schemas.catalogue import catalogue

    return json.dumps(list(catalogue().audiences))


if __name__ == "__main__":
    from tests import bench_checks, bench_growth
    from tests.bench_assessments import assessments

    acts = {
        act.__name__: act
        for act in (
            bench_checks.spoiled,
            bench_checks.floor_of_text,
            bench_checks.parts,
            year_end,
            changed,
            assessments,
            floor_of_reading,
            floor_of_folders,
            floor_of_publishing,
            figures_in,
            audiences,
            bench_growth.loaded,
        )
    }
    sys.stdout.write(acts[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:]))
