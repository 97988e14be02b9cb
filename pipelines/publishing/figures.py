"""The figures a release shows: every value computed from the protected counts, every gap with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.measures.intervals import rate, wilson
from pipelines.publishing.cells import WHERE
from pipelines.publishing.populations import population
from schemas.periods import parse

if TYPE_CHECKING:
    from pipelines.publishing.protecting import Protected
    from schemas.catalogue import Catalogue

ORDER = ["indicator_id", *WHERE]
HIDDEN = "c"
NOT_AVAILABLE = "x"
NOT_APPLICABLE = "z"


def figures(
    catalogue: Catalogue, release: Protected, observations: pd.DataFrame, populations: pd.DataFrame
) -> pd.DataFrame:
    """Every figure of the release, as the publication table `figure` holds it.

    `observations` are the standing ones; `populations` has quantity_id, period_id, area_code, breakdown, category, value.
    """
    frame = candidates(catalogue, observations)
    for side in ("numerator", "denominator"):
        frame[side], frame[f"{side}_hidden"] = _side(catalogue, release, frame, side)
    frame["denominator"] = frame["denominator"].fillna(population(catalogue, frame, populations))
    frame["value"] = _values(catalogue, frame)
    frame["marker"] = _markers(catalogue, frame)
    frame = frame[~frame["derived"] | frame["numerator"].notna() | frame["marker"].eq(HIDDEN)]
    frame.loc[frame["marker"].ne(""), "value"] = np.nan
    frame["lower"], frame["upper"] = _intervals(catalogue, frame)
    return frame.sort_values(ORDER, kind="stable").reset_index(drop=True)


def candidates(catalogue: Catalogue, observations: pd.DataFrame) -> pd.DataFrame:
    """The rows a release could show: what was sent, sums over agencies, and years of what adds up."""
    several = [i.id for i in catalogue.indicators.values() if len(i.sent_by) > 1]
    sent = observations.reset_index(drop=True).rename(columns={"value": "given", "marker": "sent_marker"})
    sent["status"] = np.where(sent["approved"], "final", "provisional")
    sent["agency_id"] = sent["agency_id"].where(sent["indicator_id"].isin(several), "all")
    sent = sent.rename(columns={"received_at": "as_at", "submission_id": "submission_ids"}).assign(derived=False)
    kept = [*ORDER, "given", "sent_marker", "status", "definition_version", "submission_ids", "as_at", "derived"]
    sent = sent[kept]
    shared = _summed(sent[sent["indicator_id"].isin(several)].assign(agency_id="all"))
    yearly = _summed(_in_years(catalogue, pd.concat([sent, shared], ignore_index=True)))
    whole = pd.concat([sent, shared, yearly], ignore_index=True)
    return whole.drop_duplicates(ORDER, keep="first").reset_index(drop=True)


def _in_years(catalogue: Catalogue, sent: pd.DataFrame) -> pd.DataFrame:
    yearly = [i.id for i in catalogue.indicators.values() if i.year_value in ("sum", "recompute")]
    rows = sent[sent["indicator_id"].isin(yearly) & sent["period_id"].str.contains("-Q")]
    years = {period: parse(period).financial_year.id for period in rows["period_id"].unique()}
    return rows.assign(period_id=rows["period_id"].map(years))


def _summed(rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each sum, citing every submission it came from; provisional if any part is."""
    grouped = rows.groupby(ORDER, sort=False, as_index=False)
    return grouped.agg(
        status=("status", "max"),
        definition_version=("definition_version", "max"),
        submission_ids=("submission_ids", _all_of_them),
        as_at=("as_at", "max"),
    ).assign(given=np.nan, sent_marker="", derived=True)


def _all_of_them(ids: pd.Series) -> str:
    return " ".join(sorted(set(ids)))


def _side(catalogue: Catalogue, release: Protected, frame: pd.DataFrame, side: str) -> tuple[pd.Series, pd.Series]:
    """The shown count of one side, and whether it is hidden; an indicator's own cell first, else the shared one."""
    names = frame["indicator_id"].map({i.id: getattr(i, side) or "" for i in catalogue.indicators.values()})
    own = release.shown(frame.assign(quantity=names + "|" + frame["indicator_id"]))
    shared = release.shown(frame.assign(quantity=names))
    use_own = own["value"].notna() | own["hidden"]
    return own["value"].where(use_own, shared["value"]), own["hidden"].where(use_own, shared["hidden"])


def _values(catalogue: Catalogue, frame: pd.DataFrame) -> pd.Series:
    indicators = catalogue.indicators
    share = frame["indicator_id"].map({i.id: i.denominator is not None for i in indicators.values()}).astype(bool)
    per = frame["indicator_id"].map({i.id: i.per for i in indicators.values()})
    yearly = frame["indicator_id"].map({i.id: i.annualise for i in indicators.values()}).astype(bool)
    times = np.where(yearly & frame["period_id"].str.contains("-Q"), 4.0, 1.0)
    ratio = frame["numerator"] / frame["denominator"].where(frame["denominator"] > 0) * per * times
    counted = frame["numerator"].where(~share, ratio)
    open_value = ~frame["indicator_id"].map({i: catalogue.protects(x.numerator) for i, x in indicators.items()}).astype(
        bool
    )
    return counted.where(counted.notna() | ~open_value, frame["given"])


def _markers(catalogue: Catalogue, frame: pd.DataFrame) -> pd.Series:
    """Why there is no number. A share sent without its counts cannot be protected, so it is hidden too."""
    share = frame["indicator_id"].map({i.id: i.denominator is not None for i in catalogue.indicators.values()})
    hidden = frame["numerator_hidden"] | (share.astype(bool) & frame["denominator_hidden"])
    bare = frame["given"].notna() & frame["value"].isna() & frame["numerator"].isna()
    nothing = frame["denominator"].eq(0) & share.astype(bool)
    missing = frame["value"].isna()
    return pd.Series(
        np.select(
            [frame["sent_marker"].ne("") & frame["sent_marker"].notna(), hidden | bare, nothing, missing],
            [frame["sent_marker"], HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE],
            default="",
        ),
        index=frame.index,
    )


def _intervals(catalogue: Catalogue, frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Wilson's interval for percentages, Byar's or the exact one for rates; none for counts and means."""
    lower, upper = pd.Series(np.nan, index=frame.index), pd.Series(np.nan, index=frame.index)
    units = {i.id: "percent" if i.unit == "percent" else i.measure_type for i in catalogue.indicators.values()}
    unit = frame["indicator_id"].map(units)
    known = frame["value"].notna() & frame["numerator"].notna() & frame["denominator"].gt(0)
    percent = known & unit.eq("percent") & (frame["numerator"] <= frame["denominator"])
    shares = wilson(frame["numerator"][percent].to_numpy(), frame["denominator"][percent].to_numpy())
    lower[percent], upper[percent] = shares.lower * 100, shares.upper * 100
    rates = known & unit.eq("rate")
    tops, sizes = frame["numerator"][rates].to_numpy(), frame["denominator"][rates].to_numpy()
    bounds = rate(tops, sizes, 1.0)
    # The value says by how much the bare ratio was multiplied (per 10,000, annualised); no events, the base alone.
    pers = {i.id: i.per for i in catalogue.indicators.values()}
    per = frame["indicator_id"][rates].map(pers).to_numpy(dtype=float)
    times = np.where(tops > 0, frame["value"][rates].to_numpy() / (np.where(tops > 0, tops, 1) / sizes), per)
    lower[rates], upper[rates] = bounds.lower * times, bounds.upper * times
    return lower, upper
