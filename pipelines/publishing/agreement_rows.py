"""What a publication says of the agreements it was made under, so that it can be read without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.withholding import WITHHELD
from schemas.catalogue.under_agreements import bound
from schemas.published.agreement_tables import AGREEMENT_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Audience, Catalogue

_COLUMNS = {table.name: [column.name for column in table.columns] for table in AGREEMENT_TABLES}


def agreement_tables(inputs: Inputs, audience: Audience, figures: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables `agreement`, a row for each agency whose figures need one, and `assessment`, a row where one is signed."""
    signed = inputs.agreements.impact_assessment
    return {
        "agreement": pd.DataFrame(list(_rows(inputs, audience, figures)), columns=_COLUMNS["agreement"]),
        "assessment": pd.DataFrame([signed.model_dump()] if signed else [], columns=_COLUMNS["assessment"]),
    }


def withheld_of(catalogue: Catalogue, audience: Audience, figures: pd.DataFrame) -> dict[str, int]:
    """How many figures of a release are left out for each agency's agreement; a total counts for each it is kept back for."""
    kept = figures[figures["marker"].eq(WITHHELD)]
    own = kept["agency_id"].value_counts().to_dict()
    of_all = kept[kept["agency_id"].eq("all")]["indicator_id"].value_counts().to_dict()
    return {
        each: int(own.get(each, 0))
        + sum(int(many) for i, many in of_all.items() if each in catalogue.indicators[str(i)].sent_by)
        for each in audience.withheld_from
    }


def _rows(inputs: Inputs, audience: Audience, figures: pd.DataFrame) -> Iterator[dict[str, Any]]:
    left_out = withheld_of(inputs.catalogue, audience, figures)
    for position, agency in enumerate(bound(inputs.catalogue)):
        terms = inputs.agreements.agency.get(agency.id)
        yield {
            "agency_id": agency.id,
            "position": position,
            "title": agency.title,
            "state": inputs.agreements.state(agency.id, inputs.today),
            "covered": agency.id not in audience.withheld_from,
            "audiences": " ".join(terms.audiences) if terms else "",
            "purpose": terms.purpose if terms else "",
            "onward_use": terms.onward_use if terms else "",
            "basis": terms.basis if terms else "",
            "signed_on": terms.signed_on if terms else None,
            "review_on": terms.review_on if terms else None,
            "exact_totals": agency.id in audience.exact_totals_from,
            "withheld": left_out.get(agency.id, 0),
            "kinds": _kinds(audience, agency.id, audience.withheld_kinds),
            "kinds_in_part": _kinds(audience, agency.id, audience.withheld_in_part),
        }


def _kinds(audience: Audience, agency_id: str, kinds: tuple[str, ...]) -> str:
    """Those of the kinds of log that are left out, whole or in part, for this agency's agreement."""
    return " ".join(kind for kind, whose in audience.withheld_logs if whose == agency_id and kind in kinds)
