"""What a publication carries of the catalogue and of the returns: enough to be read without either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.official import bounded
from pipelines.publishing.words import number_words, owner_words
from schemas.periods import day_words
from schemas.published.tables import TABLES
from schemas.returns.offices import is_role
from schemas.returns.respondents import is_respondent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Catalogue, Indicator


def agreed_tables(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """The tables that describe rather than measure, the same for every audience."""
    catalogue = inputs.catalogue
    submissions = inputs.submissions
    # A school or a club is named in no publication, not even by its reference.
    submissions = submissions[~submissions["agency_id"].map(is_respondent).astype(bool)]
    return {
        "indicator": _frame("indicator", (_indicator(catalogue, i, n) for n, i in enumerate(_all(catalogue)))),
        "definition": _frame(
            "definition",
            (
                {"indicator_id": i.id, "from_period": d.from_period, "text": d.text, "change": d.change}
                | {"version": d.version}
                for i in _all(catalogue)
                for d in i.definitions
            ),
        ),
        "agency": _frame(
            "agency",
            (
                {"agency_id": a.id, "title": a.title, "short": a.short, "partner": a.partner, "position": n}
                for n, a in enumerate(catalogue.agencies.values())
            ),
        ),
        "data_owner": _frame("data_owner", (_owner(catalogue, a, n) for n, a in enumerate(catalogue.agencies))),
        "area": _frame(
            "area", (a.model_dump() | {"area_code": a.code, "level": a.level} for a in catalogue.areas.values())
        ),
        "breakdown": _frame(
            "breakdown",
            (
                {"breakdown": b.id, "title": b.title, "category": c.id, "label": c.label, "position": n}
                for b in catalogue.breakdowns.values()
                for n, c in enumerate(b.categories)
            ),
        ),
        "priority": _frame(
            "priority",
            (
                {"priority_id": p.id, "kind": p.kind, "title": p.title, "sentence": p.sentence, "position": n}
                | {"shown": " ".join(p.shown)}
                for n, p in enumerate(catalogue.priorities.values())
            ),
        ),
        "benchmark": bounded(catalogue, inputs.benchmarks)[[c.name for c in TABLES["benchmark"].columns]],
        "submission": submissions[submissions["state"].str.startswith("accepted")].assign(
            approved=lambda s: s["approved_by_role"].ne(""),
            approved_by_role=lambda s: s["approved_by_role"].map(_role_shown).astype("str"),
        ),
    }


def commentary(inputs: Inputs) -> pd.DataFrame:
    """The publication table `commentary`: the last that each agency wrote of a figure."""
    return inputs.commentary.drop_duplicates(["indicator_id", "agency_id", "period_id"], keep="last")


def _owner(catalogue: Catalogue, agency_id: str, position: int) -> dict[str, Any]:
    """Whose an agency's figures are by law, and whom to ask for them."""
    owner = catalogue.owner_of(agency_id)
    return {
        "agency_id": agency_id,
        "owner": owner.name,
        "is_public_authority": owner.is_public_authority,
        "contact": owner.contact,
        "address": owner.address,
        "position": position,
    }


def _role_shown(role: str) -> str:
    """A role as it may be published: a vault may be older than the rule that holds a cover to roles."""
    return role if not role or is_role(role) else "a role that is not shown"


def _all(catalogue: Catalogue) -> Iterable[Indicator]:
    return catalogue.indicators.values()


def _frame(name: str, rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=[c.name for c in TABLES[name].columns])


def _indicator(catalogue: Catalogue, indicator: Indicator, position: int) -> dict[str, Any]:
    quantities = catalogue.quantities
    return indicator.model_dump() | {
        "indicator_id": indicator.id,
        "position": position,
        "definition": indicator.definition,
        "numerator": quantities[indicator.numerator].title,
        "denominator": quantities[indicator.denominator].title if indicator.denominator else None,
        "owner": owner_words(catalogue, indicator),
        "senders": " ".join(indicator.sent_by),
        "priority_ids": " ".join(indicator.priorities),
        "theme_ids": " ".join(indicator.themes),
        "counts_of": catalogue.counted[quantities[indicator.numerator].counts_of].title,
        "protected": catalogue.protects(indicator.numerator),
        "target": indicator.target.value if indicator.target else None,
        "target_words": _target_words(indicator),
    }


def _target_words(indicator: Indicator) -> str:
    target = indicator.target
    if target is None:
        return indicator.target_note or "No target has been agreed."
    value = number_words(indicator, target.value) + ("%" if indicator.unit == "percent" else "")
    on = f" on {day_words(target.agreed_on)}" if target.agreed_on else ""
    by = f", to be reached by {day_words(target.by)}" if target.by else ""
    return f"{value}, {target.kind}: {target.agreed_by}{on}{by}."
