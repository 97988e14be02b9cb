"""Rules that keep children out of the references of incidents and reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.by_value import by_value
from schemas.returns.identifying import looks_like_a_case_number, names_a_child
from schemas.returns.reviews import KIND
from schemas.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable

_OWN_NUMBER = "Use a number of your own, as {example}, and keep what it stands for elsewhere."


@rule(
    kind="reviews",
    sheet="Incidents",
    severity="error",
    column="incident_ref",
    withheld=True,
    message="The reference of an incident looks like a case number ({where}); the row has been left out.",
    fix=_OWN_NUMBER.format(example="SI-2025-03"),
    bad=[{"incident_ref": "80412277"}, {"incident_ref": "943 476 5919"}, {"incident_ref": "A123456789012"}],
    good=[{"incident_ref": "SI-2025-03"}, {"incident_ref": "2025/03"}],
)
def incident_reference_looks_like_a_case_number(rows: pd.DataFrame) -> pd.Series:
    """Whoever has the case system could look the child up, and the log is read far beyond those who may."""
    return by_value(rows["incident_ref"], looks_like_a_case_number, "bool")


@rule(
    kind="reviews",
    sheet="Incidents",
    severity="error",
    column="incident_ref",
    withheld=True,
    message="The reference of an incident names a child, by initials or otherwise ({where}); the row has been left out.",
    fix=_OWN_NUMBER.format(example="SI-2025-03"),
    bad=[{"incident_ref": "Child AB"}, {"incident_ref": "SI baby J 2025"}],
    good=[{"incident_ref": "SI-2025-03"}],
)
def incident_reference_names_a_child(rows: pd.DataFrame) -> pd.Series:
    """Initials and a year are enough for a colleague, a neighbour or a journalist to know who it is."""
    return by_value(rows["incident_ref"], names_a_child, "bool")


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="error",
    column="review_ref incident_ref",
    withheld=True,
    message="{heading} looks like a case number ({where}); the row has been left out.",
    fix=_OWN_NUMBER.format(example="RV-2025-02"),
    bad=[{"review_ref": "80412277"}, {"incident_ref": "943 476 5919"}],
    good=[{"review_ref": "RV-2025-02", "incident_ref": ""}],
)
def review_reference_looks_like_a_case_number(rows: pd.DataFrame) -> pd.DataFrame:
    """Whoever has the case system could look the child up, and the log is read far beyond those who may."""
    return _either(rows, looks_like_a_case_number)


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="error",
    column="review_ref incident_ref",
    withheld=True,
    message="{heading} names a child, by initials or otherwise ({where}); the row has been left out.",
    fix=_OWN_NUMBER.format(example="RV-2025-02"),
    bad=[{"review_ref": "Child AB"}, {"incident_ref": "Family S"}],
    good=[{"review_ref": "RV-2025-02", "incident_ref": ""}],
)
def review_reference_names_a_child(rows: pd.DataFrame) -> pd.DataFrame:
    """Initials and a year are enough for a colleague, a neighbour or a journalist to know who it is."""
    return _either(rows, names_a_child)


def _either(rows: pd.DataFrame, breaks: Callable[[str], bool]) -> pd.DataFrame:
    """The rows where one of the two references breaks something: which column, and what it is called."""
    layout = KIND.sheet("Reviews")
    found = [
        rows.loc[by_value(rows[name], breaks, "bool"), []].assign(at=name, heading=layout.column(name).heading)
        for name in ("review_ref", "incident_ref")
    ]
    return pd.concat(found)
