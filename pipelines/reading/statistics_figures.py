"""One figure of a mapping, read for every place of a file and held against what it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pipelines.reading.statistics_cells import Cells, plain, plainly, worked_out
from schemas.periods import parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue.mappings import Figure, Formula

_ENOUGH_PARTS = 20  # authorities in a file before England and the regions are held against them


def figures(
    placed: pd.DataFrame, figure: Figure, markers: Mapping[str, str], file: str, name: str
) -> pd.DataFrame | None:
    """The figure for every place and period of the file; None where the file has no column for its numerator."""
    numerator = _first(figure.numerator, placed)
    if numerator is None:
        return None
    here = _rows(placed, figure.where)
    refuse_doubles(here, file, name)
    top = worked_out(here, numerator, markers, file)
    value = _first(figure.value, placed)
    printed = worked_out(here, value, markers, file) if value else None
    bottom = _bottom(placed, here, figure, markers, file)
    worked = _valued(top, bottom, printed, figure)
    population = figure.population_id or ""
    return here[["period_id", "area_code", "level", "place", "is_ours"]].assign(
        **worked,
        indicator_id=figure.indicator_id or "",
        quantity_id=figure.quantity_id or "",
        per=figure.per,
        population_id=population,
        population_period=[f"CY{parse(p).start.year}" if population else "" for p in here["period_id"]],
    )


def _bottom(
    placed: pd.DataFrame, here: pd.DataFrame, figure: Figure, markers: Mapping[str, str], file: str
) -> Cells | None:
    formula = _first(figure.denominator, placed)
    if formula is None:
        return None
    if not figure.denominator_where:
        return worked_out(here, formula, markers, file)
    there = _rows(placed, {**figure.where, **figure.denominator_where})
    refuse_doubles(there, file, "the whole")
    cells = worked_out(there, formula, markers, file)
    keyed = pd.DataFrame({"number": cells.number, "marker": cells.marker}).set_index(
        [there["place"], there["period_id"]]
    )
    lined = keyed.reindex(pd.MultiIndex.from_frame(here[["place", "period_id"]]))
    lined.index = here.index
    return Cells(lined["number"], lined["marker"].fillna("x"))


def _valued(top: Cells, bottom: Cells | None, printed: Cells | None, figure: Figure) -> dict[str, pd.Series]:
    """The published value where one is printed, else worked out; where there is none, its marker and no numbers."""
    whole = bottom.number if bottom else pd.Series(float("nan"), index=top.number.index)
    if printed is not None:
        value, marker = printed.number, printed.marker
    elif bottom is not None:
        value = top.number / whole.where(whole.gt(0)) * figure.per
        marker = top.marker.where(top.marker.ne(""), bottom.marker)
        marker = marker.where(value.notna() | marker.ne(""), "z")  # a share of nobody
    else:
        value = top.number if figure.population_id is None else whole
        marker = top.marker
    none = marker.ne("")
    return {
        "numerator": top.number.mask(none),
        "denominator": whole.mask(none),
        "value": value.mask(none),
        "marker": marker,
    }


def plausible(part: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Leave out what cannot be the measure it is printed as: a whole's rate lies between those of its parts.

    (A published file gives England's first-time entrants as a count, 1,258, in a column of rates.)
    """
    parts = part[part["level"].eq("authority")].groupby("period_id")["value"].agg(["min", "max", "count"])
    bounds = parts[parts["count"] >= _ENOUGH_PARTS].reindex(part["period_id"])
    share = part["indicator_id"].ne("") & part["level"].ne("authority") & part["population_id"].eq("")
    outside = part["value"].lt(bounds["min"].to_numpy()) | part["value"].gt(bounds["max"].to_numpy())
    own = part["numerator"] / part["denominator"] * part["per"]
    slip = (part["value"] - own).abs() > (own.abs() * 0.1 + 1)  # published shares are rounded, counts to the ten
    wrong = (share & outside) | slip
    kept = part.assign(**{name: part[name].mask(wrong) for name in ("numerator", "denominator", "value")})
    return kept.assign(marker=part["marker"].mask(wrong, "x")), int((wrong & part["is_ours"]).sum())


def _rows(placed: pd.DataFrame, where: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    kept = placed
    for field, labels in where.items():
        kept = kept[plainly(kept[field]).isin([plain(label) for label in labels])]
    return kept


def _first(formulas: tuple[Formula, ...], placed: pd.DataFrame) -> Formula | None:
    return next((f for f in formulas if all(field in placed.columns for field in f.fields)), None)


def refuse_doubles(rows: pd.DataFrame, file: str, name: str) -> None:
    """Stop at two rows for one place and period: a new edition split them by something the mapping does not know."""
    named = ("indicator_id", "quantity_id", "place", "period_id", "breakdown", "category")
    keys = [key for key in named if key in rows.columns]
    doubled = rows[rows.duplicated(keys)]
    if not doubled.empty:
        first = doubled.iloc[0]
        raise UserError(
            f"{file} has several rows of {name} for {first['place']} in {first['period_id']}. "
            "A column its mapping does not know splits them: add it to `where`."
        )
