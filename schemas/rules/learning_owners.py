"""Rules about who a recommendation or an action belongs to: a role, and a partner who answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import beside, labelled, stands
from schemas.returns.by_value import by_value, where_filled
from schemas.returns.roles import could_be_a_name, names_somebody
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext

_A_ROLE = "Write the role instead, as Head of Service or Designated Nurse."


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="owner_role",
    message="{recommendation_id} has no owner ({where}).",
    fix="Name the role that sees it through, as Head of Service.",
    bad=[{"owner_role": ""}],
    good=[{"owner_role": "Head of Service"}],
)
def recommendation_has_no_owner(rows: pd.DataFrame) -> pd.Series:
    """What belongs to everybody is done by nobody: a recommendation without an owner has nobody to ask."""
    return rows["owner_role"].eq("")


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="owner_role",
    message="Action {action_id} has no owner ({where}).",
    fix="Name the role that does it, as Practice Lead.",
    bad=[{"owner_role": ""}],
    good=[{"owner_role": "Practice Lead"}],
)
def action_has_no_owner(rows: pd.DataFrame) -> pd.Series:
    """The overdue list is sent by owner; an action without one reaches nobody."""
    return rows["owner_role"].eq("")


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="error",
    column="owner_role",
    withheld=True,
    message="The owner of a recommendation is given as a person's name ({where}); the row has been left out.",
    fix=_A_ROLE,
    bad=[{"owner_role": "Jane Example"}, {"owner_role": "Mrs Example"}, {"owner_role": "jane@example.org"}],
    good=[{"owner_role": "Head of Service"}, {"owner_role": "Named GP"}, {"owner_role": "Detective Chief Inspector"}],
)
def recommendation_owner_is_a_name(rows: pd.DataFrame) -> pd.Series:
    """People move on and roles stay; and the log is read by everybody, so nobody's name belongs in it."""
    return where_filled(rows["owner_role"], names_somebody)


@rule(
    kind="learning",
    sheet="Actions",
    severity="error",
    column="owner_role",
    withheld=True,
    message="The owner of an action is given as a person's name ({where}); the row has been left out.",
    fix=_A_ROLE,
    bad=[
        {"owner_role": "Mohammed Example"},
        {"owner_role": "J. Example"},
        {"owner_role": "Jane Example, Team Manager"},
    ],
    good=[{"owner_role": "Designated Nurse"}, {"owner_role": "Team Manager, Front Door"}, {"owner_role": ""}],
)
def action_owner_is_a_name(rows: pd.DataFrame) -> pd.Series:
    """People move on and roles stay; and the log is read by everybody, so nobody's name belongs in it."""
    return where_filled(rows["owner_role"], names_somebody)


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="owner_role",
    withheld=True,
    message="The owner of a recommendation could be a person's name ({where}).",
    fix=_A_ROLE,
    bad=[{"owner_role": "Ngozi Example"}],
    good=[{"owner_role": "Front Door"}, {"owner_role": "Service Manager"}, {"owner_role": "Principal Social Worker"}],
)
def recommendation_owner_could_be_a_name(rows: pd.DataFrame) -> pd.Series:
    """Not every name can be told from an office by a computer; you can, and a name must not stay."""
    return where_filled(rows["owner_role"], could_be_a_name)


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="owner_role",
    withheld=True,
    message="The owner of an action could be a person's name ({where}).",
    fix=_A_ROLE,
    bad=[{"owner_role": "Ngozi Example"}],
    good=[{"owner_role": "Quality Assurance"}, {"owner_role": "Practice Lead"}],
)
def action_owner_could_be_a_name(rows: pd.DataFrame) -> pd.Series:
    """Not every name can be told from an office by a computer; you can, and a name must not stay."""
    return where_filled(rows["owner_role"], could_be_a_name)


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="accountable",
    message="{recommendation_id} is answered for by all partners: who answers at the Executive ({where})?",
    fix="Name one partner whose Lead Safeguarding Partner answers for it; the others stay partners in it.",
    bad=[{"accountable": "all"}],
    good=[{"accountable": "council"}],
)
def nobody_in_particular_is_accountable(rows: pd.DataFrame) -> pd.Series:
    """Accountability shared by all is held by none: the guidance asks for clear accountability of each partner."""
    return rows["accountable"].eq("all")


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="owner_partner",
    message="{recommendation_id} names no partner who sees it through ({where}).",
    fix="Choose the partner whose Delegated Safeguarding Partner owns it.",
    bad=[{"owner_partner": ""}],
    good=[{"owner_partner": "health"}, {"owner_partner": "all"}],
)
def recommendation_has_no_owning_partner(rows: pd.DataFrame) -> pd.Series:
    """The Lead answers for a recommendation, the Delegated Partner sees that it is done: both are asked by name of office."""
    return rows["owner_partner"].eq("")


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="owner_partner",
    message="{recommendation_id} is owned by {owning}, but its agency, {agency}, answers through {through} ({where}).",
    fix="Choose {through} as owning partner, or the agency it is really for.",
    bad=[{"agency_id": "wyp_leeds", "owner_partner": "health"}],
    good=[
        {"agency_id": "wyp_leeds", "owner_partner": "police"},
        {"agency_id": "wyp_leeds", "owner_partner": "all"},
        {"agency_id": "probation_wy", "owner_partner": "council"},
    ],
)
def owning_partner_is_not_the_agencys(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """An owner who has no say over the agency cannot see anything through."""
    agencies, partners = context.catalogue.agencies, set(context.catalogue.choices["partner"])
    through = by_value(rows["agency_id"], lambda agency: agencies[agency].partner if agency in agencies else "")
    owned = rows["owner_partner"]
    found = rows[~owned.isin(["", "all"]) & through.isin(partners) & owned.ne(through)]
    return found[[]].assign(
        owning=labelled(context, "partner", found["owner_partner"]),
        through=labelled(context, "partner", through[found.index]),
        agency=by_value(found["agency_id"], lambda agency: agencies[agency].title),
    )


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="action_id",
    message="Action {action_id} still stands, but its recommendation {recommendation_id} is withdrawn ({where}).",
    fix="Withdraw the action too, or give the recommendation it belongs to now.",
    bad=[{"_held": {"Recommendations": [{"recommendation_id": "R-01", "standing": "withdrawn"}]}}],
    good=[{"recommendation_id": "R-01"}],
)
def action_belongs_to_nothing_that_stands(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """An action whose recommendation was taken back is shown nowhere, and yet somebody may still be doing it."""
    title = beside(rows, "recommendation_id", stands(context, "Recommendations"), "title")
    return title.eq("")
