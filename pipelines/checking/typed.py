"""Rows of text to typed figures: ids of the catalogue, numbers, markers, periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.periods import parse
from schemas.returns.by_value import by_value, texts
from schemas.returns.markers import marker_of
from schemas.returns.meaning import looked_up, meaning
from schemas.returns.models import FIGURE_COLUMNS
from schemas.returns.numbers import decimals_typed, is_nil, is_percent, parsed
from schemas.returns.stated_period import stated_period

if TYPE_CHECKING:
    from schemas.returns.context import Context

_TICKED = frozenset({"x", "y", "yes", "true", "1", "nil", "tick", "ticked", "\u2713", "\u2714"})


def figures(text: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Typed figures from text that has passed the text model (index kept), with what the rules need beside them.

    An unknown category is "", told apart from an empty one by `category_text`.
    """
    frame = _named(text, context)
    frame["category"] = _categories(frame, context)
    frame["period_id"] = _periods(text["period_id"], frame["indicator_id"], context)
    frame["definition_version"] = _versions(frame, context)
    return _with_numbers(context.with_facts(frame), text)


def _named(text: pd.DataFrame, context: Context) -> pd.DataFrame:
    known, by_id = context.known, text["indicator_id"].ne("")
    return pd.DataFrame(
        {
            "sheet": text["sheet"],
            "row": text["row"],
            "indicator_id": looked_up(text["indicator_id"].where(by_id, text["indicator"]), known["indicator_id"]),
            "label": text["indicator"].where(by_id, ""),
            "agency_id": looked_up(text["agency_id"], known["agency_id"], blank=context.agency_id),
            "area_id": looked_up(text["area_id"], known["area_id"], blank=context.here),
            "area_text": text["area_id"],
            "breakdown": looked_up(text["breakdown"], known["breakdown"], blank="all"),
            "category_text": text["category"],
            "nil": by_value(text["nil"], lambda tick: tick.lower() in _TICKED, "bool"),
            "reason": text["reason"],
        }
    )


def stored(typed: pd.DataFrame) -> pd.DataFrame:
    """Typed rows as figures are stored: their columns only, text as text, no number beside a marker (same index)."""
    kept = typed[[*FIGURE_COLUMNS, "sheet", "row"]]
    kept = kept.astype({name: "str" for name in kept if kept[name].dtype == "object"})
    hidden = kept["marker"].ne("")
    if hidden.any():
        kept.loc[hidden, ["numerator", "denominator", "value"]] = np.nan
    return kept


def markers(text: pd.DataFrame) -> pd.Series:
    """Each row's marker: from its own column, or from a sign typed where the number goes."""
    found = _marker_column(text["marker"])
    for name in ("numerator", "value", "denominator"):
        found = found.where(found.ne(""), _marker_column(text[name]))
    return found


def _with_numbers(frame: pd.DataFrame, text: pd.DataFrame) -> pd.DataFrame:
    numerator, denominator, given = (parsed(text[name]) for name in ("numerator", "denominator", "value"))
    counts = ~frame["has_denominator"]
    numerator = numerator.where(numerator.notna() | ~counts, given)
    nil = frame["nil"] | by_value(text["numerator"], is_nil, "bool")
    marker = markers(text)
    numerator = numerator.mask(nil & numerator.isna(), 0.0)
    denominator = denominator.mask(nil & denominator.isna() & ~counts & ~frame["population"], 0.0)
    denominator = denominator.where(~counts)
    share = numerator / denominator.where(denominator > 0) * frame["per"]
    return frame.assign(
        nil=nil,
        marker=marker,
        numerator=numerator,
        denominator=denominator,
        value_given=given,
        value_decimals=by_value(text["value"], decimals_typed, "int64"),
        percent_sign=is_percent(text["value"]),
        value=numerator.where(counts, share),
    )


def _marker_column(cells: pd.Series) -> pd.Series:
    return by_value(cells, lambda text: marker_of(text) or "")


def _categories(frame: pd.DataFrame, context: Context) -> pd.Series:
    pairs = list(zip(frame["breakdown"].tolist(), frame["category_text"].tolist(), strict=True))
    known = {pair: _category(*pair, context) for pair in set(pairs)}
    return texts([known[pair] for pair in pairs], frame.index)


def _category(breakdown: str, text: str, context: Context) -> str:
    if breakdown == "all":
        whole = not text or context.known["breakdown"].get(meaning(text)) == "all"
        return "all" if whole else ""
    return context.agreed.categories.get((breakdown, meaning(text)), "")


def _periods(cells: pd.Series, indicator: pd.Series, context: Context) -> pd.Series:
    """Period ids; an empty cell takes the one period its indicator is sent for with this return."""
    stated = by_value(cells, lambda text: stated_period(text).id if text else "")
    only = {i: next(iter(periods)) for i, periods in context.periods_sent.items() if len(periods) == 1}
    blank = stated.eq("")
    if not blank.any():
        return stated
    return stated.mask(blank, by_value(indicator, lambda indicator_id: only.get(indicator_id, context.period.id)))


def _versions(frame: pd.DataFrame, context: Context) -> pd.Series:
    """The definition in force for each figure's period."""
    pairs = list(zip(frame["indicator_id"].tolist(), frame["period_id"].tolist(), strict=True))
    versions = {pair: version(*pair, context) for pair in set(pairs)}
    return pd.Series(np.array([versions[pair] for pair in pairs], dtype="int64"), frame.index)


def version(indicator_id: str, period_id: str, context: Context) -> int:
    """The version of an indicator's definition in force in a period."""
    indicator = context.catalogue.indicators.get(indicator_id)
    if indicator is None or not period_id:
        return 1
    end = parse(period_id).end
    begun = [d.version for d in indicator.definitions if parse(d.from_period).start <= end]
    return max(begun, default=1)
