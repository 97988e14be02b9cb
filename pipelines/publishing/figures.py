"""The figures a release shows: every value computed from the protected counts, every gap with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.measures.intervals import rate, wilson
from pipelines.publishing import rolling, told
from pipelines.publishing.cells import WHERE
from pipelines.publishing.populations import population
from pipelines.publishing.withholding import WITHHELD, blanked, withheld_rows
from schemas.periods import parse

if TYPE_CHECKING:
    from pipelines.publishing.protecting import Protected
    from schemas.catalogue import Audience, Catalogue
    from schemas.periods import Period

ORDER = ["indicator_id", *WHERE]
HIDDEN = "c"
NOT_AVAILABLE = "x"
NOT_APPLICABLE = "z"
# What is counted of agencies, a sector of which may be one: judgements of their practice, and who returned what they owe.
OF_AGENCIES = ("judgements", "organisations")
FROM_WARDS = "Summed from the wards, as no total was sent: those whose ward is not known are left out."


def figures(
    catalogue: Catalogue,
    release: Protected,
    observations: pd.DataFrame,
    populations: pd.DataFrame,
    audience: Audience,
) -> pd.DataFrame:
    """Every figure of the release of these observations alone: `candidates`, then `decided`."""
    return decided(catalogue, release, candidates(catalogue, observations, populations), audience)


def decided(catalogue: Catalogue, release: Protected, could: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    """Every figure of the release, as the publication table `figure` holds it, from the rows it could show.

    The audience's policy decides what is left out (wards, audits' grades by agency) and what is rounded, after the exact figures were protected.
    """
    left_out = could["area_id"].isin([ward.code for ward in catalogue.wards] if audience.drops_wards else [])
    frame = could[~(left_out | _of_agencies_judged(catalogue, could, audience))].reset_index(drop=True)
    for side in ("numerator", "denominator"):
        frame[side], frame[f"{side}_hidden"] = _side(catalogue, release, frame, side)
        if audience.round_to:
            frame[side] = _rounded(catalogue, frame, side, audience.round_to)
    frame["denominator"] = frame["denominator"].fillna(frame.pop("official"))
    frame["annualised"], times = _annualised(catalogue, frame)
    frame["value"] = _values(catalogue, frame, times)
    frame["marker"] = _markers(catalogue, frame)
    frame["note"] = _notes(frame)
    frame = frame[~frame["derived"] | frame["numerator"].notna() | frame["marker"].eq(HIDDEN) | frame["note"].ne("")]
    frame["marker"] = frame["marker"].mask(withheld_rows(catalogue, frame, audience), WITHHELD)
    frame.loc[frame["marker"].ne(""), "value"] = np.nan
    frame["lower"], frame["upper"] = _intervals(catalogue, frame)
    frame = blanked(frame)
    return frame.sort_values(ORDER, kind="stable").reset_index(drop=True)


def _of_agencies_judged(catalogue: Catalogue, could: pd.DataFrame, audience: Audience) -> pd.Series:
    """Which rows say of one sector's agencies how audits judged them or whether they replied, where the audience is not told."""
    judged = [
        i.id for i in catalogue.indicators.values() if catalogue.quantities[i.numerator].counts_of in OF_AGENCIES
    ] if audience.drops_agencies_judged else []  # fmt: skip
    return could["indicator_id"].isin(judged) & could["breakdown"].ne("all")


def candidates(catalogue: Catalogue, observations: pd.DataFrame, populations: pd.DataFrame) -> pd.DataFrame:
    """The rows a release could show, and `official`, the population of each: the same whoever reads them.

    What was sent, sums over agencies, and longer periods of what adds up. `observations` are the standing ones;
    `populations` has quantity_id, period_id, area_code, breakdown, category, value.
    """
    several = [i.id for i in catalogue.indicators.values() if len(i.sent_by) > 1]
    sent = observations.reset_index(drop=True).rename(columns={"value": "given", "marker": "sent_marker"})
    sent["status"] = np.where(sent["approved"], "final", "provisional")
    sent["agency_id"] = sent["agency_id"].where(sent["indicator_id"].isin(several), "all")
    sent["has_number"] = sent[["numerator", "given"]].notna().any(axis=1) | sent["sent_marker"].eq(HIDDEN)
    sent = sent.rename(columns={"received_at": "as_at", "submission_id": "submission_ids"}).assign(derived=False)
    kept = [*ORDER, "given", "sent_marker", "status", "definition_version", "submission_ids", "as_at"]
    sent = sent[[*kept, "derived", "has_number"]].assign(at_period=sent["period_id"], missing="", mixed=False, whole=1)
    sent["from_wards"] = False
    shared = _over_agencies(catalogue, sent[sent["indicator_id"].isin(several)])
    parts = rolling.windows(catalogue, _through(observations))
    longer = rolling.rolled(pd.concat([sent, shared], ignore_index=True), parts, catalogue.partnership.area_code)
    complete = longer["missing"].eq("") & ~longer["mixed"].astype(bool)
    longer = longer.assign(derived=True, has_number=complete)
    one_definition = sent[~_named(sent).isin(_named(longer[longer["mixed"].astype(bool)]))]
    wards = _over_wards(catalogue, pd.concat([one_definition, longer], ignore_index=True))
    # First what was sent, then what is worked out from shorter periods, then from wards, then why it cannot be.
    whole = pd.concat([sent, shared, longer[complete], wards, longer[~complete]], ignore_index=True)
    whole = whole.drop_duplicates(ORDER, keep="first").reset_index(drop=True)
    return whole.assign(official=population(catalogue, whole, populations))


def _named(rows: pd.DataFrame) -> pd.Series:
    return rows["indicator_id"] + " " + rows["period_id"]


def _through(observations: pd.DataFrame) -> Period:
    """The last quarter anything was sent for; the last period of all where no quarter was."""
    known = [parse(period_id) for period_id in observations["period_id"].unique()]
    quarters = [period for period in known if period.kind == "financial_quarter"]
    return max(quarters or known)


def _over_agencies(catalogue: Catalogue, parts: pd.DataFrame) -> pd.DataFrame:
    """The figure of all agencies together, where each sends its part; provisional if any part is.

    It has a number only where every sender gave one: a sum without one of them would look like a fall.
    """
    senders = {i.id: len(i.sent_by) for i in catalogue.indicators.values()}
    grouped = parts.assign(agency_id="all").groupby(ORDER, sort=False, as_index=False)
    made = grouped.agg(
        status=("status", "max"),
        definition_version=("definition_version", "max"),
        submission_ids=("submission_ids", _all_of_them),
        as_at=("as_at", "max"),
        there=("has_number", "sum"),
        at_period=("at_period", "first"),
    )
    complete = made["there"].eq(made["indicator_id"].map(senders))
    facts = {"given": np.nan, "sent_marker": "", "derived": True, "missing": "", "mixed": False, "whole": 1}
    return made.drop(columns="there").assign(**facts, has_number=complete)


def _over_wards(catalogue: Catalogue, rows: pd.DataFrame) -> pd.DataFrame:
    """The whole area from its wards, for a period nothing was sent for it; only where every ward has a number."""
    wards = [ward.code for ward in catalogue.wards]
    adding = {q.id for q in catalogue.quantities.values() if "areas" in q.adds_over}
    areal = [i.id for i in catalogue.indicators.values() if i.wards and i.numerator in adding]
    parts = rows[rows["area_id"].isin(wards) & rows["indicator_id"].isin(areal) & rows["has_number"].astype(bool)]
    grouped = parts.assign(area_id=catalogue.partnership.area_code).groupby(ORDER, sort=False, as_index=False)
    made = grouped.agg(
        status=("status", "max"),
        definition_version=("definition_version", "max"),
        submission_ids=("submission_ids", _all_of_them),
        as_at=("as_at", "max"),
        there=("has_number", "size"),
        at_period=("at_period", "first"),
    )
    facts = {"given": np.nan, "sent_marker": "", "derived": True, "missing": "", "mixed": False, "whole": 1}
    return made[made["there"].eq(len(wards))].drop(columns="there").assign(**facts, has_number=True, from_wards=True)


def _all_of_them(ids: pd.Series) -> str:
    return " ".join(sorted(set(ids)))


def _notes(frame: pd.DataFrame) -> list[str]:
    """Why a longer period of a total has no figure, or what its figure leaves out; nothing elsewhere."""
    wards = frame["from_wards"].eq(True)  # noqa: FBT003 - pandas' own signature
    silent = frame["marker"].eq(NOT_AVAILABLE) & frame["derived"] & frame["breakdown"].eq("all")
    lacking = silent & (frame["missing"].fillna("").ne("") | frame["mixed"].astype(bool))
    return [
        rolling.missing_words(missing, mixed=bool(mixed)) if lacks else FROM_WARDS if summed else ""
        for lacks, missing, mixed, summed in zip(lacking, frame["missing"], frame["mixed"], wards, strict=True)
    ]


def _rounded(catalogue: Catalogue, frame: pd.DataFrame, side: str, step: int) -> pd.Series:
    """Counts of people rounded for this audience; others as they are, and true zeros stay zero."""
    names = {i.id: getattr(i, side) for i in catalogue.indicators.values()}
    people = frame["indicator_id"].map({i: q is not None and catalogue.protects(q) for i, q in names.items()})
    exact = frame[side].astype(float)
    return exact.where(~people.astype(bool), told.rounded(exact.to_numpy(), step))


def _side(catalogue: Catalogue, release: Protected, frame: pd.DataFrame, side: str) -> tuple[pd.Series, pd.Series]:
    """The shown count of one side, and whether it is hidden; an indicator's own cell first, else the shared one."""
    names = frame["indicator_id"].map({i.id: getattr(i, side) or "" for i in catalogue.indicators.values()})
    keys = frame.assign(period_id=frame["at_period"])
    own = release.shown(keys.assign(quantity=names + "|" + frame["indicator_id"]))
    shared = release.shown(keys.assign(quantity=names))
    use_own = own["value"].notna() | own["hidden"]
    value, hidden = own["value"].where(use_own, shared["value"]), own["hidden"].where(use_own, shared["hidden"])
    if side == "denominator":
        value = value / _times_counted(catalogue, frame)
    mixed = frame["mixed"].astype(bool)
    return value.where(~mixed), hidden & ~mixed


def _times_counted(catalogue: Catalogue, frame: pd.DataFrame) -> np.ndarray:
    """How often a longer period's sum counted the same people: those who are there all year, once a term.

    Events over a year are set against the mean number there, not against pupils counted three times.
    """
    standing = {
        i.id: i.denominator is not None and "time" not in catalogue.quantities[i.denominator].adds_over
        for i in catalogue.indicators.values()
    }
    stays = frame["indicator_id"].map(standing).astype(bool) & frame["derived"] & frame["how"].eq("sum")
    return np.where(stays, frame["whole"].astype(float), 1.0)


def _annualised(catalogue: Catalogue, frame: pd.DataFrame) -> tuple[pd.Series, np.ndarray]:
    """Which rates of part of a year are given as a rate a year, and what each figure is multiplied by for that."""
    asked = frame["indicator_id"].map({i.id: i.annualise for i in catalogue.indicators.values()}).astype(bool)
    months = {period_id: _months(parse(period_id)) for period_id in frame["period_id"].unique()}
    lasted = frame["period_id"].map(months)
    part = asked & lasted.lt(12)
    return part, np.where(part, 12.0 / lasted, 1.0)


def _months(period: Period) -> int:
    return 12 * (period.end.year - period.start.year) + period.end.month - period.start.month + 1


def _values(catalogue: Catalogue, frame: pd.DataFrame, times: np.ndarray) -> pd.Series:
    indicators = catalogue.indicators
    share = frame["indicator_id"].map({i.id: i.denominator is not None for i in indicators.values()}).astype(bool)
    per = frame["indicator_id"].map({i.id: i.per for i in indicators.values()})
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
    # A rate of those whose group is not known, or of groups nobody counts the people of, is a rate of nobody.
    official = {
        i.id: i.denominator is not None and catalogue.quantities[i.denominator].official
        for i in catalogue.indicators.values()
    }
    nobody = (
        frame["indicator_id"].map(official).astype(bool) & frame["breakdown"].ne("all") & frame["denominator"].isna()
    )
    nothing = (frame["denominator"].eq(0) & share.astype(bool)) | (nobody & frame["numerator"].notna())
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
