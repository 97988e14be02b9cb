"""Figures of earlier periods inside a later return: whether they belong there, and what stands of each already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.catalogue.owed import periods_of, split_period
from schemas.periods import Period, parse, quarter_of
from schemas.returns.by_value import by_value, joined_keys, picked, texts
from schemas.returns.facts import KEY, SERIES
from schemas.returns.substance import has_substance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue.whole import Catalogue
    from schemas.returns.context import Context

# A cohort is sent a year after the quarter it began in; nothing is sent later than that.
_LATEST = 5
_NUMBERS = ("numerator", "denominator")
_NAMED = ["indicator_id", "period_id", "split"]


def is_earlier(figures: pd.DataFrame, is_due: pd.Series, catalogue: Catalogue, quarter: Period) -> pd.Series:
    """Which rows are of a period that an earlier quarter's return than this one was to bring.

    Not those of a time before the partnership's first period: such a year is a slip.
    """
    others = np.flatnonzero(~is_due.to_numpy(dtype=bool))
    found = np.zeros(len(figures), dtype=bool)
    if len(others):
        rows = figures.iloc[others]
        split = rows["breakdown"].ne("all") | rows["area_id"].ne(catalogue.partnership.area_code)
        named = texts(joined_keys(rows.assign(split=split.map({True: "split", False: ""})), _NAMED), rows.index)
        found[others] = by_value(named, lambda text: _belongs(text, catalogue, quarter), "bool")
    return pd.Series(found, index=figures.index)


def _belongs(text: str, catalogue: Catalogue, quarter: Period) -> bool:
    indicator_id, period_id, split = text.split("|")
    indicator = catalogue.indicators.get(indicator_id)
    if indicator is None or not period_id:
        return False
    period = parse(period_id)
    sent_with = max(quarter_of(period.end), parse(catalogue.partnership.first_period))
    for _ in range(_LATEST):
        if sent_with >= quarter:
            return False
        periods = periods_of(indicator, sent_with)
        if period in periods or (split and periods and split_period(indicator, sent_with) == period):
            return True
        sent_with = sent_with.next
    return False


def beside_standing(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The rows of earlier periods (index kept): `was` and `now` in words, `stands` (something does), `differs`.

    What stands is what would without this return: a marker, or numbers alike to nine decimals, differ in nothing.
    """
    rows = picked(figures, figures["is_earlier"], "figure", *_NUMBERS, "marker")
    if rows.empty:
        return rows.assign(was="", now="", stands=False, differs=False)
    marked = rows["marker"].ne("").to_numpy(dtype=bool)
    rows = rows.assign(**{name: rows[name].mask(marked) for name in _NUMBERS})
    place = np.array([context.standing.get(figure, -1) for figure in rows["figure"]], dtype="int64")
    stands = place >= 0
    known = context.history[[*_NUMBERS, "marker"]].iloc[np.where(stands, place, 0)] if len(context.history) else None
    if known is None:
        nothing = pd.DataFrame({"was": "", "stands": False, "differs": True}, index=rows.index)
        return nothing.assign(now=_words(rows))
    same = known["marker"].to_numpy() == rows["marker"].to_numpy()
    for name in _NUMBERS:
        was, now = known[name].to_numpy(dtype="float64"), rows[name].to_numpy(dtype="float64")
        same &= np.isclose(was, now, rtol=0, atol=1e-9, equal_nan=True)
    return pd.DataFrame(
        {"was": _words(known), "now": _words(rows), "stands": stands, "differs": ~(stands & same)}, index=rows.index
    )


def corrected(figures: pd.DataFrame, context: Context) -> pd.Series:
    """Which rows say another number of an earlier period than stands: they are asked for their reason as corrections."""
    beside = beside_standing(figures, context)
    rows = beside.index[beside["stands"] & beside["differs"]]
    return pd.Series(figures.index.isin(rows), index=figures.index)


def stands_alone(figures: pd.DataFrame, context: Context) -> pd.Series:
    """Which rows give one earlier figure in place of the one the return owes, and do not say why: a slip of the period.

    Where several quarters of the line came, or a reason, somebody meant it; what stands already can do no harm. Nor is it
    a slip in a file that carries earlier quarters along: there the return's own figure is merely not supplied.
    """
    beside = beside_standing(figures, context)
    new = beside[beside["differs"]]
    alone = pd.Series(np.zeros(len(figures), dtype=bool), index=figures.index)
    if new.empty:
        return alone
    line = texts(joined_keys(figures, SERIES), figures.index)
    sent, times, owed = context.sent or frozenset(figures["figure"]), line.value_counts(), _lines_owed(context)
    lone = np.array(
        [times[name] == 1 and any(figure not in sent for figure in owed.get(name, ())) for name in line[new.index]],
        dtype=bool,
    )
    unexplained = np.array([not has_substance(text) for text in figures.loc[new.index, "reason"]], dtype=bool)
    slips = lone & unexplained
    replacing = int((slips & new["stands"].to_numpy(dtype=bool)).sum())
    if slips.any() and not _carries_earlier(sent, replacing, context):
        alone[new.index] = slips
    return alone


def _carries_earlier(sent: frozenset[str], replacing: int, context: Context) -> bool:
    """Whether the file gives its own quarter, and earlier ones beside it: by its columns, or for most of its lines.

    Not where as many earlier figures would be replaced without their own quarter (`replacing`) as the file has of its
    own: a quarter's figures were then typed over those of the one before.
    """
    given = sent & context.owed.keys()
    own = {line for line, _ in map(_line_and_period, given)}
    if replacing >= len(own):
        return False
    if context.by_columns:
        return True
    others = map(_line_and_period, sent - given)
    also = {line for line, period_id in others if line in own and _ends_before(period_id, context.period)}
    return 2 * len(also) > len(own)


def _ends_before(period_id: str, quarter: Period) -> bool:
    return bool(period_id) and parse(period_id).end < quarter.start


def with_standing(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Rows of earlier periods, and below them (index from -1 downwards) what stands beside them in those periods."""
    past = context.history
    kept = past["period_id"].isin(set(figures["period_id"])) & ~pd.Series(
        [figure in set(figures["figure"]) for figure in joined_keys(past, KEY)], index=past.index, dtype="bool"
    )
    beside = past[kept].assign(sheet="", row=0)
    beside = context.with_facts(beside.set_axis(range(-1, -1 - len(beside), -1)))
    return pd.concat([figures, beside.reindex(columns=figures.columns)])


def figure_words(numbers: Mapping[str, float], marker: str) -> str:
    """A figure in a message: its marker, its number of how many, or its number.

    >>> figure_words({"numerator": 2494.0, "denominator": 10304.0}, "")
    '2,494 of 10,304'
    >>> figure_words({"numerator": 12.0, "denominator": float("nan")}, ""), figure_words({}, "c")
    ('12', 'marker c')
    """
    if marker:
        return f"marker {marker}"
    told = [f"{numbers[name]:,.10g}" for name in _NUMBERS if not np.isnan(numbers[name])]
    return " of ".join(told) or "nothing"


def _words(rows: pd.DataFrame) -> list[str]:
    return [
        figure_words({name: float(row[name]) for name in _NUMBERS}, str(row["marker"]))
        for row in rows[[*_NUMBERS, "marker"]].to_dict("records")
    ]


def _lines_owed(context: Context) -> dict[str, list[str]]:
    """By line (indicator, place, breakdown, category): the figures the return owes of it."""
    found: dict[str, list[str]] = {}
    for figure in context.owed:
        found.setdefault(_line_and_period(figure)[0], []).append(figure)
    return found


def _line_and_period(figure: str) -> tuple[str, str]:
    """The line a figure continues, and the period it is of: its key without the period, which stands second, and that."""
    indicator_id, period_id, rest = figure.split("|", 2)
    return f"{indicator_id}|{rest}", period_id
