"""Reads an official statistics file through the mapping that recognises it: figures of our places, with their release."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.reading import statistics_rows as rows
from pipelines.reading.statistics_file import StatisticsFile, opened, table
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from schemas.catalogue.mappings import FileMapping, Mappings
    from schemas.catalogue.models import Area

NEIGHBOUR_COLUMNS = ("area_code", "neighbour_code", "rank", "closeness")


@dataclass(frozen=True)
class Statistics:
    """What a file says of our places: figures (columns of `statistics_rows.COLUMNS`) or statistical neighbours.

    `edition` is the last day the file speaks of, as 2025-03-31; empty for re-keyed figures, which give way to all.
    """

    mapping: FileMapping
    file_name: str
    sha256: str
    release: str
    edition: str
    figures: pd.DataFrame
    neighbours: pd.DataFrame
    notes: tuple[str, ...]


def read(path: Path, mappings: Mappings, areas: Iterable[Area]) -> Statistics:
    """Read the file; UserError names the file and what is wrong: unknown, unreadable, or not what its mapping says."""
    file = opened(path)
    mapping = recognised(file, mappings)
    places = rows.Places.of(areas)
    if mapping.layout == "neighbours":
        return _neighbours(file, mapping, places)
    fields = _fields(file, mapping, mappings if mapping.layout == "across" else None)
    frame = table(file, fields)
    if mapping.layout == "down":
        found = rows.down(frame, mapping, mappings, places, file.name)
    else:
        found = rows.across(frame, mapping, mappings, places, file.name)
    return Statistics(
        mapping, file.name, file.sha256, found.release, found.edition, found.figures, _no_neighbours(), found.notes
    )


def recognised(file: StatisticsFile, mappings: Mappings) -> FileMapping:
    """The mapping all of whose needed fields have a column; the one with most of them where several fit."""
    fits = [m for m in mappings.mappings.values() if len(_present(file, m, m.needs)) == len(m.needs)]
    if fits:
        return max(fits, key=lambda mapping: len(_present(file, mapping, tuple(mapping.columns))))
    shown = ", ".join(f"“{name[:40]}”" for name in file.columns[:5])
    more = f" and {len(file.columns) - 5} more" if len(file.columns) > 5 else ""
    near = max(mappings.mappings.values(), key=lambda m: len(_present(file, m, m.needs)) / len(m.needs))
    if 2 * len(_present(file, near, near.needs)) >= len(near.needs):
        lacking = next(field for field in near.needs if not _present(file, near, (field,)))
        raise UserError(
            f"{file.name} looks like {near.title.lower()}, but no column is called {' or '.join(near.columns[lacking])} "
            f"(its columns: {shown}{more}). Add the new name to {near.id}.toml."
        )
    raise UserError(
        f"{file.name} is not a statistics file Throughline knows: its columns are {shown}{more}. "
        "Check that it is the file you meant, or add a mapping for it in schemas/catalogue/benchmarks."
    )


def _present(file: StatisticsFile, mapping: FileMapping, fields: tuple[str, ...]) -> dict[str, str]:
    return _matched(file, {field: mapping.columns[field] for field in fields})


def _matched(file: StatisticsFile, wanted: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """{field: column as printed} of the fields the file has."""
    printed = {rows.plain(column): column for column in reversed(file.columns)}
    found: dict[str, str] = {}
    for field, names in wanted.items():
        column = next((printed[rows.plain(name)] for name in names if rows.plain(name) in printed), None)
        if column is not None:
            found[field] = column
    return found


def _fields(file: StatisticsFile, mapping: FileMapping, common: Mappings | None) -> dict[str, str]:
    shared = common.common.columns if common else {}
    found = _matched(file, {**shared, **mapping.columns})
    for field in ("time_period", "geographic_level") if common else ():
        if field not in found:
            raise UserError(
                f"{file.name} has no column {field}, so its figures cannot be placed. Download it again as CSV."
            )
    return found


def _neighbours(file: StatisticsFile, mapping: FileMapping, places: rows.Places) -> Statistics:
    frame = table(file, _fields(file, mapping, None))
    ours = frame[frame["authority"].isin(places.own)]
    if ours.empty:
        raise UserError(f"{file.name} has no row for {places.own_name}. Download the file for all of England.")
    row = ours.iloc[0]
    ranks = sorted(int(name.rsplit("_", 1)[1]) for name in frame.columns if name.startswith("neighbour_"))
    found = pd.DataFrame(
        {
            "area_code": places.codes[row["authority"]],
            "neighbour_code": [places.codes.get(row[f"neighbour_{rank}"], row[f"neighbour_{rank}"]) for rank in ranks],
            "rank": ranks,
            "closeness": [str(row.get(f"closeness_{rank}", "")).strip() for rank in ranks],
        },
        columns=list(NEIGHBOUR_COLUMNS),
    )
    year = re.search(r"20\d\d", file.name)
    release = mapping.release.format(year=year[0] if year else "").strip()
    notes = _disagreement(frozenset(found["neighbour_code"]), places)
    return Statistics(
        mapping, file.name, file.sha256, release, f"{year[0]}-12-31" if year else "", rows.nothing(), found, notes
    )


def _disagreement(published: frozenset[str], places: rows.Places) -> tuple[str, ...]:
    if published == places.neighbours:
        return ()
    names = ", ".join(sorted(places.names.get(code, code) for code in published ^ places.neighbours))
    return (f"areas.toml and the file differ on who the neighbours are: {names}. Mend areas.toml.",)


def _no_neighbours() -> pd.DataFrame:
    return pd.DataFrame(columns=list(NEIGHBOUR_COLUMNS))
