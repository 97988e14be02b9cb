"""Rules that keep children out of the IDs of the learning log: everything else is told by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.by_value import by_value
from schemas.returns.identifying import tells_which_child
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="error",
    column="recommendation_id",
    withheld=True,
    message="The ID of a recommendation could tell which child it is about ({where}); the row has been left out.",
    fix="Use a number of your own, as R-14: no case number, no initials.",
    bad=[{"recommendation_id": "80412277"}, {"recommendation_id": "Child AB"}],
    good=[{"recommendation_id": "R-14"}],
)
def recommendation_id_could_tell_a_child(rows: pd.DataFrame) -> pd.Series:
    """A recommendation is called by its ID on every page and in every message: no ID may lead to a child."""
    return by_value(rows["recommendation_id"], tells_which_child, "bool")


@rule(
    kind="learning",
    sheet="Actions",
    severity="error",
    column="action_id",
    withheld=True,
    message="The ID of an action could tell which child it is about ({where}); the row has been left out.",
    fix="Use a number of your own, as R-14.1: no case number, no initials.",
    bad=[{"action_id": "80412277"}, {"action_id": "Child AB"}],
    good=[{"action_id": "R-14.1"}],
)
def action_id_could_tell_a_child(rows: pd.DataFrame) -> pd.Series:
    """An action is called by its ID on every page and in every message: no ID may lead to a child."""
    return by_value(rows["action_id"], tells_which_child, "bool")


@rule(
    kind="learning",
    sheet="Evidence",
    severity="error",
    column="evidence_id",
    withheld=True,
    message="The ID of a piece of evidence could tell which child it is about ({where}); the row has been left out.",
    fix="Use a number of your own, as E-031: no case number, no initials.",
    bad=[{"evidence_id": "80412277"}, {"evidence_id": "Child AB"}],
    good=[{"evidence_id": "E-031"}],
)
def evidence_id_could_tell_a_child(rows: pd.DataFrame) -> pd.Series:
    """Evidence is called by its ID wherever it is weighed: no ID may lead to the child it was seen with."""
    return by_value(rows["evidence_id"], tells_which_child, "bool")


@rule(
    kind="learning",
    sheet="Dissemination",
    severity="error",
    column="share_id",
    withheld=True,
    message="The ID of a sharing could tell which child it is about ({where}); the row has been left out.",
    fix="Use a number of your own, as D-012: no case number, no initials.",
    bad=[{"share_id": "80412277"}, {"share_id": "Child AB"}],
    good=[{"share_id": "D-012"}],
)
def share_id_could_tell_a_child(rows: pd.DataFrame) -> pd.Series:
    """Those who were told must not be able to tell from an ID whose story they were told."""
    return by_value(rows["share_id"], tells_which_child, "bool")
