"""Turns the rows of an official statistics file into figures: place, period, numerator, denominator, value, marker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.reading.statistics_cells import plain, plainly, read_cells, stretch
from pipelines.reading.statistics_figures import figures, plausible, refuse_doubles
from schemas.periods import parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.catalogue.mappings import FileMapping, Mappings
    from schemas.catalogue.models import Area

TEXT = (
    "indicator_id",
    "quantity_id",
    "period_id",
    "area_code",
    "area_name",
    "breakdown",
    "category",
    "marker",
    "population_id",
    "population_period",
    "source",
    "release",
    "edition",
)
NUMBERS = ("numerator", "denominator", "value", "per")
COLUMNS = (*TEXT, *NUMBERS)
MEAN_OF_NEIGHBOURS = "neighbours_mean"
EVERYBODY = "all"


@dataclass(frozen=True)
class Places:
    """The places whose figures are kept, by any code a file may use for them."""

    codes: dict[str, str]
    names: dict[str, str]
    own: frozenset[str]
    own_name: str
    neighbours: frozenset[str]
    wards: dict[str, str]

    @classmethod
    def of(cls, areas: Iterable[Area]) -> Places:
        """From the catalogue's areas: the partnership, its wards, its region, the country, the statistical neighbours."""
        every = list(areas)
        kept = [area for area in every if area.level != "ward"]
        codes = {area.code: area.code for area in kept}
        codes |= {area.old_code: area.code for area in kept if area.old_code}
        own = next(area for area in kept if area.level == "partnership")
        return cls(
            codes=codes,
            names={area.code: area.name for area in kept},
            own=frozenset({own.code, own.old_code}),
            own_name=own.name,
            neighbours=frozenset(area.code for area in kept if area.level == "neighbour"),
            wards={
                name: area.code
                for area in every
                if area.level == "ward"
                for name in (area.code, area.name, *area.aliases)
            },
        )


@dataclass(frozen=True)
class Found:
    """The figures of a file, the release they belong to, and what had to be left out."""

    figures: pd.DataFrame
    release: str
    edition: str
    notes: tuple[str, ...]


def across(frame: pd.DataFrame, mapping: FileMapping, mappings: Mappings, places: Places, file: str) -> Found:
    """Figures of a file that has a row a place and year, and a column a count."""
    placed = _placed(frame, mapping, mappings, places, file)
    if not placed["is_ours"].any():
        raise UserError(f"{file} has no row for {places.own_name}, its neighbours, its region or England.")
    edition = max(parse(period_id).end for period_id in placed["period_id"].unique())
    release = mapping.release.format(year=edition.year)
    parts: list[pd.DataFrame] = []
    notes: list[str] = []
    for figure in mapping.figures:
        name = figure.indicator_id or figure.quantity_id or ""
        part = figures(placed, figure, mappings.common.markers, file, name)
        if part is None:
            notes.append(f"{name} is left out: the file has no column for it.")
            continue
        part, doubtful = plausible(part)
        notes += [f"{name}: left out {doubtful} that cannot be on its scale."] if doubtful else []
        parts.append(part[part["is_ours"]])
    whole = pd.concat(parts, ignore_index=True) if parts else nothing()
    said = {"release": release, "edition": edition.isoformat(), "source": f"{mapping.publisher}, {release}"}
    said |= {"breakdown": EVERYBODY, "category": EVERYBODY}
    whole = whole.assign(**said, area_name=whole["area_code"].map(places.names))
    return Found(whole[list(COLUMNS)], release, edition.isoformat(), tuple(notes))


def down(frame: pd.DataFrame, mapping: FileMapping, mappings: Mappings, places: Places, file: str) -> Found:
    """Figures of a file that has one figure a row, with its own period, release and source, and its group if any."""
    frame = _grouped(frame.assign(**{field: "" for field in mapping.columns if field not in frame.columns}), file)
    mine = frame["area_code"].isin([*places.codes, *places.wards, MEAN_OF_NEIGHBOURS])
    kept = frame[mine & (frame["indicator_id"].ne("") | frame["quantity_id"].ne(""))].reset_index(drop=True)
    read = {
        name: read_cells(kept[name], mappings.common.markers, file) for name in ("numerator", "denominator", "value")
    }
    marker = kept["marker"].where(kept["marker"].ne(""), read["value"].marker)
    ids = {text: stretch(text, mapping.period, file) for text in kept["period_id"].unique()}
    found = kept.assign(
        period_id=kept["period_id"].map(ids),
        area_code=kept["area_code"].replace(places.codes | places.wards),
        marker=marker.where(read["value"].number.isna(), ""),
        population_id="",
        population_period="",
        edition="",
        per=100.0,
        **{name: cells.number for name, cells in read.items()},
    )
    refuse_doubles(found.rename(columns={"area_code": "place"}), file, "a figure")
    left = int((~mine).sum())
    notes = (f"Left out {left} of places the catalogue does not name.",) if left else ()
    return Found(found[list(COLUMNS)], mapping.title, "", notes)


def _grouped(frame: pd.DataFrame, file: str) -> pd.DataFrame:
    """Each row with its group; of everybody where it names none. Half a group is a slip, never everybody."""
    split = {name: frame[name] for name in ("breakdown", "category")}
    half = split["breakdown"].eq("") != split["category"].eq("")
    if half.any():
        row = int(half.to_numpy().argmax()) + 2
        raise UserError(f"{file} names a breakdown without its category, or the other way round, in row {row}. Add it.")
    return frame.assign(**{name: column.where(column.ne(""), EVERYBODY) for name, column in split.items()})


def nothing() -> pd.DataFrame:
    """No figures, in the right columns."""
    return pd.DataFrame(
        {**{c: pd.Series(dtype="str") for c in TEXT}, **{c: pd.Series(dtype="float64") for c in NUMBERS}}
    )


def _placed(frame: pd.DataFrame, mapping: FileMapping, mappings: Mappings, places: Places, file: str) -> pd.DataFrame:
    """Each row with its place, level and period; rows of periods are kept for all places, to hold totals against parts."""
    levels = {plain(name): level for level, names in mappings.common.levels.items() for name in names}
    level = plainly(frame["geographic_level"]).map(levels).fillna("")
    blank = pd.Series("", index=frame.index, dtype="str")
    code = {name: frame.get(name, blank) for name in ("country_code", "region_code", "new_la_code", "old_la_code")}
    authority = code["new_la_code"].where(code["new_la_code"].isin(list(places.codes)), code["old_la_code"])
    authority = authority.where(authority.ne(""), code["new_la_code"])
    place = authority.where(
        level.eq("authority"), code["region_code"].where(level.eq("regional"), code["country_code"])
    )
    ids = {text: stretch(text, mapping.period, file) for text in frame["time_period"].unique()}
    placed = frame.assign(
        level=level, place=place, area_code=place.map(places.codes), period_id=frame["time_period"].map(ids)
    )
    placed["is_ours"] = placed["area_code"].notna()
    return placed[placed["level"].ne("") & placed["place"].ne("")]
