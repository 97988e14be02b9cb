"""What a release that is prepared would change for its readers: figure by figure, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from pipelines.queries.reading import many, rows
from schemas.catalogue import catalogue
from schemas.periods import parse

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.queries.pointer import Pointer

Kind = Literal["new", "changed", "newly hidden", "no longer hidden", "gone"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ALL_TOGETHER = "All agencies together"
_KEY = ["indicator_id", "period_id", "agency_id", "area_id", "breakdown", "category"]
_FIGURES = "select indicator_id, period_id, agency_id, area_id, breakdown, category, value, marker from figure"
_SENT = "select submission_id, agency_id, kind, period_id, version from submission order by all"
_INDICATORS = "select indicator_id, title, senders from indicator"
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that would be another than what readers have: `was` and `now` in numbers, None where there is none."""

    kind: Kind
    indicator: str
    period: str
    agency: str
    of_what: str
    was: float | None
    now: float | None

    @property
    def words(self) -> str:
        """`Second or subsequent child protection plans, 2026-27 Q2, Ward A: 24.1 → 27.4`."""
        of = ", ".join(part for part in (self.indicator, self.period, self.agency, self.of_what) if part)
        return f"{of}: {_number(self.was)} → {_number(self.now)}"


@dataclass(frozen=True, slots=True)
class OfOne:
    """Whose figures would be others, how many of each kind, and which returns of theirs are in it for the first time."""

    agency: str
    many: dict[Kind, int]
    returns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """All differences of a prepared release from what its readers have now; `is_first`: they have nothing yet.

    `figures` are those that readers have already; what is new is counted only, as a quarter brings thousands.
    """

    by_agency: tuple[OfOne, ...]
    figures: tuple[Difference, ...]
    is_first: bool

    def many(self, kind: Kind) -> int:
        """How many figures would differ in this way."""
        return sum(each.many[kind] for each in self.by_agency)


def differences(prepared: Pointer, before: Pointer | None) -> Differences:
    """Compare a prepared release with the publication its readers have, figure by figure.

    Both are protected, so nothing is told here that the release would not show. A figure that is rounded away, not
    supplied or kept back under an agreement now, and was shown, is `gone`.
    """
    now, sent = _read(prepared)
    was, sent_before = _read(before) if before else (now.iloc[:0], [])
    joined = now.merge(was, on=_KEY, how="outer", suffixes=("", "_was"))
    joined["kind"] = _kinds(joined)
    joined = joined[joined["kind"].ne("")]
    known = {each["submission_id"] for each in sent_before}
    came = [each for each in sent if each["submission_id"] not in known]
    known_of = {row["indicator_id"]: row for row in rows(prepared, _INDICATORS)}
    titles = {each: row["title"] for each, row in known_of.items()}
    senders = {each: row["senders"] for each, row in known_of.items()}
    return Differences(
        _by_agency(_owned(joined, senders), came), _listed(joined[joined["kind"].ne("new")], titles), before is None
    )


def _read(pointer: Pointer) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    import pandas as pd

    found, sent = many(pointer, [(_FIGURES, []), (_SENT, [])])
    frame = pd.DataFrame(found, columns=[*_KEY, "value", "marker"])
    return frame.astype({"value": float}), sent


def _kinds(joined: pd.DataFrame) -> np.ndarray:
    """Which kind of difference each row is; empty where it is none."""
    now, was = joined["value"].to_numpy(dtype=float), joined["value_was"].to_numpy(dtype=float)
    is_now, was_then = ~np.isnan(now), ~np.isnan(was)
    hidden, hid = joined["marker"].eq("c").to_numpy(), joined["marker_was"].eq("c").to_numpy()
    same = np.abs(np.nan_to_num(now) - np.nan_to_num(was)) <= _SAME
    return np.select(
        [is_now & hid, is_now & ~was_then, is_now & was_then & ~same, hidden & ~hid, was_then & ~is_now],
        ["no longer hidden", "new", "changed", "newly hidden", "gone"],
        default="",
    )


def _owned(joined: pd.DataFrame, senders: dict[str, str]) -> pd.DataFrame:
    """With a figure of all together counted as its sender's where nobody else sends any of it."""
    only = joined["indicator_id"].map({each: sent_by for each, sent_by in senders.items() if " " not in sent_by})
    owner = joined["agency_id"].where(joined["agency_id"].ne("all") | only.isna(), only)
    return joined.assign(agency_id=owner)


def _by_agency(joined: pd.DataFrame, came: list[dict[str, Any]]) -> tuple[OfOne, ...]:
    counted = joined.groupby(["agency_id", "kind"]).size()
    named = sorted({*joined["agency_id"], *(each["agency_id"] for each in came)} - {"all"}, key=_agency)
    return tuple(
        OfOne(
            _agency(one) or ALL_TOGETHER,
            {kind: int(counted.get((one, kind), 0)) for kind in KINDS},
            tuple(_return(each) for each in came if each["agency_id"] == one),
        )
        for one in ([*named, "all"] if joined["agency_id"].eq("all").any() else named)
    )


def _listed(joined: pd.DataFrame, titles: dict[str, str]) -> tuple[Difference, ...]:
    """The figures themselves: of the whole area first, then the latest period first."""
    place = catalogue().partnership.area_code
    of_all = joined["area_id"].eq(place)
    for column in ("agency_id", "breakdown", "category"):
        of_all &= joined[column].eq("all")
    order = joined.assign(part=~of_all, end=[-parse(each).end.toordinal() for each in joined["period_id"]])
    order = order.sort_values(["part", "end", *_KEY])
    found = ({str(name): value for name, value in row.items()} for row in order.to_dict("records"))
    return tuple(_difference(row, titles) for row in found)


def _difference(row: dict[str, Any], titles: dict[str, str]) -> Difference:
    was, now = (None if np.isnan(each) else float(each) for each in (row["value_was"], row["value"]))
    indicator_id = str(row["indicator_id"])
    indicator, period = titles.get(indicator_id, indicator_id), parse(row["period_id"]).short
    return Difference(row["kind"], indicator, period, _agency(row["agency_id"]), _of_what(row), was, now)


def _agency(agency_id: str) -> str:
    known = catalogue().agencies.get(agency_id)
    return "" if agency_id == "all" else known.short if known else agency_id


def _of_what(row: dict[str, Any]) -> str:
    """The ward and the group a figure is of; empty for the whole area and everybody."""
    known = catalogue()
    area = known.areas.get(row["area_id"])
    said = [area.name] if area and area.code != known.partnership.area_code else []
    breakdown = known.breakdowns.get(row["breakdown"])
    if breakdown is not None:
        labels = {each.id: each.label for each in breakdown.categories}
        said.append(f"{breakdown.title}: {labels.get(row['category'], row['category'])}")
    elif row["category"] != "all":
        said.append(str(row["category"]))
    return ", ".join(said)


def _return(each: dict[str, Any]) -> str:
    kind = catalogue().calendar.get(each["kind"])
    period = parse(each["period_id"]).short if each["period_id"] else ""
    what = kind.title if kind and each["kind"] != "figures" else "Figures"
    return f"{what}, {period}, version {each['version']}" if period else f"{what}, version {each['version']}"


def _number(value: float | None) -> str:
    return "no number" if value is None else f"{value:,.1f}".removesuffix(".0")
