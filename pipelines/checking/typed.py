"""Rows of text to typed figures: ids of the catalogue, numbers, markers, periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.periods import parse
from schemas.returns.facts import KEY
from schemas.returns.labelled import Labelled, plain, together
from schemas.returns.markers import marker_of
from schemas.returns.meaning import meaning
from schemas.returns.models import FIGURE_COLUMNS
from schemas.returns.numbers import decimals_typed, is_nil, number_in
from schemas.returns.stated_period import stated_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.returns.context import Context

_TICKED = frozenset({"x", "y", "yes", "true", "1", "nil", "tick", "ticked", "\u2713", "\u2714"})


_WORDS = ("indicator_id", "indicator", "agency_id", "period_id", "area_id", "breakdown", "category", "numerator",
          "denominator", "value", "marker", "nil", "reason", "definition_version")  # fmt: skip


def figures(text: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Typed figures from text that has passed the rules of cells (index kept), with what the rules need beside them.

    An unknown category is "", told apart from an empty one by `category_text`.
    """
    return with_facts(said(text, context), context)


def said(text: pd.DataFrame, context: Context) -> pd.DataFrame:
    """What each row says by itself: its ids, as categorical columns, its numbers, and `figure`, the one text naming it.

    Of the catalogue's facts only `is_computed`: this is all that is made of rows which a rule may yet set aside, of
    which a long file has many.
    """
    cells = {name: Labelled.of(text[name]) for name in _WORDS}
    ids = _ids(cells, context)
    codes, different = together(*(ids[name] for name in KEY))
    ids["figure"] = Labelled(codes, list(map("|".join, different)))
    columns = {name: column.column(text.index) for name, column in ids.items()}
    numbers = _numbers(cells, ids["indicator_id"], context)
    numbers["marker"] = markers(cells).column(text.index)
    return pd.DataFrame({"sheet": text["sheet"], "row": text["row"], **columns, **numbers}, copy=False)


def with_facts(said: pd.DataFrame, context: Context) -> pd.DataFrame:
    """What rows say with what the catalogue, the calendar and the agency's own history say of them, as plain columns."""
    return context.with_facts(plain(said).assign(definition_version=_versions(said, context)))


def _ids(typed: Mapping[str, Labelled], context: Context) -> dict[str, Labelled]:
    """What each row is of, by the catalogue's ids, and the words it says so with."""
    found = {
        "indicator_id": _looked_up(
            typed["indicator_id"].filled_from(typed["indicator"]), context.known["indicator_id"]
        ),
        # The words beside an ID must be its own; without an ID they are what names it.
        "label": _where(typed["indicator"], ~typed["indicator_id"].is_("")),
        "agency_id": _looked_up(typed["agency_id"], context.known["agency_id"], blank=context.agency_id),
        "area_id": _looked_up(typed["area_id"], context.known["area_id"], blank=context.here),
        "area_text": typed["area_id"],
        "breakdown": _looked_up(typed["breakdown"], context.known["breakdown"], blank="all"),
        "category_text": typed["category"],
        "reason": typed["reason"],
        "definition_stated": typed["definition_version"],
    }
    found["category"] = _categories(found["breakdown"], typed["category"], context)
    found["period_id"] = _periods(typed["period_id"], found["indicator_id"], context)
    return found


def _looked_up(cells: Labelled, known: Mapping[str, str], *, blank: str = "") -> Labelled:
    return cells.renamed(lambda text: known.get(meaning(text), "") if text else blank)


def _where(cells: Labelled, stands: np.ndarray) -> Labelled:
    """The cells, empty where they do not count."""
    if stands.all():
        return cells
    return Labelled(np.where(stands, cells.codes, len(cells.texts)), [*cells.texts, ""]).renamed(str)


def stored(typed: pd.DataFrame) -> pd.DataFrame:
    """Typed rows as figures are stored: their columns only, text as text, no number beside a marker (same index)."""
    kept = typed[[*FIGURE_COLUMNS, "sheet", "row"]]
    kept = kept.astype({name: "str" for name in kept if kept[name].dtype == "object"})
    hidden = kept["marker"].ne("")
    if hidden.any():
        kept.loc[hidden, ["numerator", "denominator", "value"]] = np.nan
    return kept


def markers(cells: Mapping[str, Labelled]) -> Labelled:
    """Each row's marker: from its own column, or from a sign typed where the number goes."""
    found = cells["marker"].renamed(_marker)
    for name in ("numerator", "value", "denominator"):
        found = found.filled_from(cells[name].renamed(_marker))
    return found


def _is_ticked(text: str) -> bool:
    return text.lower() in _TICKED


def _marker(text: str) -> str:
    return marker_of(text) or ""


_FACTS = {"has_denominator": "bool", "population": "bool", "per": "float64", "is_computed": "bool"}


def _numbers(cells: Mapping[str, Labelled], indicator: Labelled, context: Context) -> dict[str, np.ndarray | pd.Series]:
    facts = context.agreed.facts
    fact = {name: indicator.answers(facts[name].to_dict().get, kind) for name, kind in _FACTS.items()}
    counts = ~fact["has_denominator"]
    numerator, denominator, given = (
        cells[n].answers(number_in, "float64") for n in ("numerator", "denominator", "value")
    )
    numerator = np.where(np.isnan(numerator) & counts, given, numerator)
    nil = cells["nil"].answers(_is_ticked, "bool") | cells["numerator"].answers(is_nil, "bool")
    numerator = np.where(nil & np.isnan(numerator), 0.0, numerator)
    denominator = np.where(nil & np.isnan(denominator) & ~fact["population"], 0.0, denominator)
    out_of_given = np.where(counts, denominator, np.nan)
    denominator[counts] = np.nan
    base = np.where(denominator > 0, denominator, np.nan)
    return {
        "nil": nil,
        "numerator": numerator,
        "denominator": denominator,
        "out_of_given": out_of_given,
        "value_given": given,
        "value_decimals": cells["value"].answers(decimals_typed, "int64"),
        "percent_sign": cells["value"].answers(lambda typed: typed.rstrip().endswith("%"), "bool"),
        "value": np.where(counts, numerator, numerator / base * fact["per"]),
        "is_computed": fact["is_computed"],
    }


def _categories(breakdown: Labelled, words: Labelled, context: Context) -> Labelled:
    codes, pairs = together(breakdown, words)
    named = [_category(split, text, context) for split, text in pairs]
    return Labelled(codes, named).renamed(str)


def _category(breakdown: str, text: str, context: Context) -> str:
    if breakdown == "all":
        whole = not text or context.known["breakdown"].get(meaning(text)) == "all"
        return "all" if whole else ""
    return context.categories.get((breakdown, meaning(text)), "")


def _periods(cells: Labelled, indicator: Labelled, context: Context) -> Labelled:
    """Period ids; an empty cell takes the one period its indicator is sent for with this return."""
    only = {i: next(iter(periods)) for i, periods in context.periods_sent.items() if len(periods) == 1}
    stated = cells.renamed(lambda text: stated_period(text).id if text else "")
    if not stated.is_("").any():
        return stated
    return stated.filled_from(indicator.renamed(lambda indicator_id: only.get(indicator_id, context.period.id)))


def _versions(said: pd.DataFrame, context: Context) -> np.ndarray:
    """The definition in force for each figure's period."""
    codes, pairs = together(Labelled.of(said["indicator_id"]), Labelled.of(said["period_id"]))
    return np.array([version(indicator_id, period_id, context) for indicator_id, period_id in pairs], dtype="int64")[
        codes
    ]


def version(indicator_id: str, period_id: str, context: Context) -> int:
    """The version of an indicator's definition in force in a period."""
    indicator = context.catalogue.indicators.get(indicator_id)
    if indicator is None or not period_id:
        return 1
    end = parse(period_id).end
    begun = [d.version for d in indicator.definitions if parse(d.from_period).start <= end]
    return max(begun, default=1)
