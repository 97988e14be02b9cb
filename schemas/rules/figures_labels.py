"""Rules about what a row says it is: its category, its sender, and whether anybody asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.by_value import by_value, joined_keys, picked, texts
from schemas.returns.meaning import looked_up, meaning, nearest
from schemas.returns.said_once import once_if_all
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.context import Context


@rule(
    kind="figures",
    severity="error",
    column="category",
    message="“{category_text}” is not a category of {breakdown_title} ({where}).{nearest}",
    fix="Use a category from the Lists sheet.",
    bad=[{"breakdown": "sex", "category": "", "category_text": "Femal"},
         {"breakdown": "sex", "category": "", "category_text": "10 to 15"}],
    good=[{"breakdown": "sex", "category": "girls", "category_text": "Female"}, {"breakdown": "all", "category": "all"}],
)  # fmt: skip
def category_is_not_known(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Categories are one controlled list, so that every agency's parts can be set side by side."""
    unknown = figures["category"].eq("") & figures["category_text"].ne("")
    found = picked(figures, unknown & ~_is_gone(figures, context), "breakdown", "category_text")
    told = [_suggested(*pair, context) for pair in zip(found["breakdown"], found["category_text"], strict=True)]
    return found[[]].assign(breakdown_title=[title for title, _ in told], nearest=[hint for _, hint in told])


@rule(
    kind="figures",
    severity="error",
    column="category",
    message="{indicator_id}: “{category_text}” was in the list until {until}, and is not in that of {return_period} ({where}).",
    fix="Use a label of today's list: {why}.",
    bad=[{"breakdown": "placement_type", "category": "", "category_text": "Unregulated placement"}],
    good=[{"breakdown": "placement_type", "category": "supported", "category_text": "Supported accommodation"},
          {"breakdown": "placement_type", "category": "", "category_text": "Somewhere else"}],
)  # fmt: skip
def category_is_of_an_earlier_year(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Lists change with law and guidance: a label of the old one counts what nobody counts any more."""
    found = picked(figures, _is_gone(figures, context), "breakdown", "category_text")
    former = [
        context.gone["category", b, meaning(text)]
        for b, text in zip(found["breakdown"], found["category_text"], strict=True)
    ]
    return found[[]].assign(
        until=[each.until for each in former], why=[each.why for each in former], return_period=context.period.id
    )


@rule(
    kind="figures",
    severity="error",
    column="category",
    message="{indicator_id}: the breakdown {breakdown} has no category ({where}).{more}",
    fix="Say which part the row is, or write “all” as the breakdown if it is the whole figure.",
    bad=[{"breakdown": "sex", "category": "", "category_text": ""}],
    good=[{"breakdown": "sex", "category": "boys", "category_text": "Boys"}, {"breakdown": "all", "category": "all"}],
)
def category_is_missing(figures: pd.DataFrame) -> pd.DataFrame:
    """A part that does not say which part it is cannot be told from the whole."""
    parts = figures["breakdown"].ne("all")
    return once_if_all(figures, parts & figures["category"].eq("") & figures["category_text"].eq(""), parts, "Category")


@rule(
    kind="figures",
    severity="error",
    column="agency_id",
    message="{indicator_id}: the row is for {agency_id}, the return for {return_agency} ({where}).",
    fix="Send each agency's figures in its own return.",
    bad=[{"agency_id": "lch"}],
    good=[{"agency_id": "lcc_cf"}],
)
def row_is_for_another_agency(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """A return answers for one agency; another's figures in it have no one who stands by them."""
    found = picked(figures, figures["agency_id"].ne(context.agency_id))
    return found.assign(return_agency=context.agency_id)


@rule(
    kind="figures",
    severity="error",
    column="indicator_id",
    message="{indicator_id} ({title}) is sent by {senders}, not by {agency_id} ({where}).",
    fix="Delete the row, or tell the business unit if your agency now counts it.",
    bad=[{"indicator_id": "HE12"}],
    good=[{"indicator_id": "FD04"}],
)
def indicator_belongs_to_another_agency(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Two agencies sending one figure would count it twice, or leave two versions of it standing."""
    indicators = context.catalogue.indicators
    others = frozenset(id_ for id_, i in indicators.items() if context.agency_id not in i.sent_by)
    foreign = by_value(figures["indicator_id"], others.__contains__, "bool")
    found = picked(figures, foreign & figures["agency_id"].eq(context.agency_id), "indicator_id")
    return found[[]].assign(senders=[" and ".join(indicators[id_].sent_by) for id_ in found["indicator_id"]])


@rule(
    kind="figures",
    severity="note",
    column="indicator_id",
    sets_aside=True,
    message="{indicator_id} ({title}) is worked out by Throughline; the number sent is not used ({where}).",
    fix="Nothing to do. You can leave the row out.",
    bad=[{"indicator_id": "PA07", "agency_id": "bu", "numerator": 5, "denominator": 9}],
    good=[{"indicator_id": "FD04"}],
)
def indicator_is_worked_out_here(figures: pd.DataFrame) -> pd.Series:
    """Some indicators come from other returns, such as training or audits: a second number would compete with them."""
    return figures["is_computed"]


@rule(
    kind="figures",
    severity="error",
    column="indicator",
    message="The ID {indicator_id} is “{title}”, but the label beside it is that of {other} ({where}).",
    fix="Check whether the rows were sorted with one column left behind; put ID and label together again.",
    bad=[{"indicator_id": "FD04", "label": "Contacts to the Front Door"}],
    good=[{"indicator_id": "FD04", "label": "Re-referrals within 12 months"}, {"indicator_id": "FD04", "label": ""},
          {"indicator_id": "FD04", "label": "our own words for it"}],
)  # fmt: skip
def label_is_another_indicators(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Sorting one column without the others gives every figure to the wrong indicator, and each looks plausible."""
    belongs = looked_up(figures["label"], context.known["indicator_id"])
    found = picked(figures, belongs.ne("") & belongs.ne(figures["indicator_id"]))
    return found.assign(other=belongs[found.index])


@rule(
    kind="figures",
    severity="error",
    column="breakdown",
    message="{indicator_id} is not collected {split} ({where}).",
    fix="Delete the row: the agreements cover only what is on the template.",
    bad=[{"indicator_id": "FD04", "breakdown": "school_phase", "category": "primary", "category_text": "Primary"},
         {"indicator_id": "WF01", "area_id": "armley", "numerator": 3, "denominator": 9}],
    good=[{"indicator_id": "FD04", "breakdown": "sex", "category": "girls"}, {"indicator_id": "FD04"}],
)  # fmt: skip
def split_was_not_asked_for(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Collecting more than was agreed breaks the sharing agreements, and rare events split by anything point at a child."""
    splits, wards = context.agreed.splits, context.agreed.by_ward
    pairs = texts(joined_keys(figures, ["indicator_id", "breakdown"]), figures.index)
    by_breakdown = by_value(pairs, lambda pair: pair not in splits, "bool")
    no_wards = by_value(figures["indicator_id"], lambda indicator: indicator not in wards, "bool")
    odd = by_breakdown | (no_wards & figures["area_id"].ne(context.here))
    found = picked(figures, odd, "breakdown")
    split = ("by " + found["breakdown"]).where(by_breakdown[found.index], "by ward")
    return found[[]].assign(split=split)


@rule(
    kind="figures",
    severity="note",
    column="indicator_id",
    message="{indicator_id} by {breakdown}, {category} is not owed this quarter; it has been taken all the same ({where}).",
    fix="Nothing to do. The template lists what is owed.",
    bad=[{"breakdown": "sex", "category": "girls", "indicator_id": "FD01", "numerator": 4, "denominator": None}],
    good=[{"indicator_id": "FD04"}],
)
def figure_is_not_owed_this_quarter(figures: pd.DataFrame, context: Context) -> pd.Series:
    """Parts are owed once a year unless the catalogue says quarterly: sending them more often is work nobody asked for."""
    owed = context.owed
    part = figures["breakdown"].ne("all") | figures["area_id"].ne(context.here)
    return ~by_value(figures["figure"], owed.__contains__, "bool") & part & figures["is_due"]


@rule(
    kind="figures",
    severity="note",
    column="area_id",
    message="“{area_text}” is an old code of {here}; it has been read as {area_id} ({where}).",
    fix="Nothing to do. The present code is {area_id}.",
    bad=[{"area_text": "383"}],
    good=[{"area_text": "Leeds"}, {"area_text": "E08000035"}],
)
def area_code_is_old(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The three-digit authority numbers still stand in older extracts; read wrongly they pass for a count."""
    old = {meaning(area.old_code): area.name for area in context.catalogue.areas.values() if area.old_code}
    found = picked(figures, by_value(figures["area_text"], old.__contains__, "bool"), "area_text")
    return found[[]].assign(here=[old[text] for text in found["area_text"]])


def _is_gone(figures: pd.DataFrame, context: Context) -> pd.Series:
    """Which rows have a category that was in its breakdown's list before the return's own period, and is no longer."""
    gone = context.gone
    pairs = texts(joined_keys(figures, ["breakdown", "category_text"]), figures.index)
    is_gone = by_value(pairs, lambda pair: ("category", *_named(pair)) in gone, "bool")
    return is_gone & figures["category"].eq("")


def _named(pair: str) -> tuple[str, str]:
    breakdown, _, text = pair.partition("|")
    return breakdown, meaning(text)


def _suggested(breakdown: str, text: str, context: Context) -> tuple[str, str]:
    """The breakdown's title, and the category the text most likely means."""
    known = {label: id_ for (owner, label), id_ in context.categories.items() if owner == breakdown}
    found = context.catalogue.breakdowns.get(breakdown)
    title = found.title if found else "the whole figure"
    close = known.get(nearest(text, known), "")
    label = next((c.label for c in found.categories if c.id == close), "") if found else ""
    return title, f" Did you mean “{label}”?" if label else ""
