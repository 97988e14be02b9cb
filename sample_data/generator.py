"""Twenty quarters of invented returns, one file an agency and quarter, the same every time they are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sample_data.counts import LAST
from sample_data.files import write_csv, write_workbook
from sample_data.refused import write_child_list
from sample_data.returns import World
from schemas.catalogue import catalogue
from schemas.periods import Period, parse, quarters

if TYPE_CHECKING:
    from pathlib import Path

BEGINS, LATEST = "2021-22-Q3", "2026-27-Q2"
AS_WORKBOOKS = 4

Progress = Callable[[int, int, str], None]


def generate(out: Path, *, quarters: int = 20, progress: Progress | None = None) -> list[Path]:
    """Write every return to a folder and name the files in the order they were received.

    The last four quarters are workbooks, earlier ones CSV (a table without a cover must name its quarter in a row). One file is refused (a list of made-up children sent by
    mistake), one return is late and so absent, one is sent twice. More than twenty quarters run on into the future,
    for tests of scale. `progress` hears (done, of, file name). ValueError beyond the quarters drawn.
    """
    out.mkdir(parents=True, exist_ok=True)
    known, world = catalogue(), World(catalogue())
    senders = [agency.id for agency in known.agencies.values() if agency.sends]
    periods = chosen(quarters)
    written: list[Path] = []
    for number, quarter in enumerate(periods):
        recent = number >= len(periods) - AS_WORKBOOKS
        if quarter.id == LATEST:
            written.append(write_child_list(out, quarter))
        for agency_id in senders:
            for sent in world.returns(agency_id, quarter):
                write = write_workbook if recent or not sent.names_its_quarter else write_csv
                written.append(write(sent, known, out))
        if progress is not None:
            progress(number + 1, len(periods), written[-1].name)
    return written


def chosen(number: int) -> list[Period]:
    """That many quarters up to the latest; where the data set is not so old, on into the future.

    >>> [quarter.id for quarter in chosen(2)], chosen(40)[0].id, chosen(40)[-1].id
    (['2026-27-Q1', '2026-27-Q2'], '2021-22-Q3', '2031-32-Q2')
    """
    drawn = quarters(parse(BEGINS), parse(LAST))
    known = [quarter for quarter in drawn if quarter.end <= parse(LATEST).end]
    if not 1 <= number <= len(drawn):
        raise ValueError(f"{number} quarters: the sample has between 1 and {len(drawn)}.")
    return known[-number:] if number <= len(known) else drawn[:number]
