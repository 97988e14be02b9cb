"""Rules about who raised a concern with whom, and under which reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import doubles, labelled, stands
from schemas.returns.by_value import by_value
from schemas.returns.identifying import tells_which_child
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext


@rule(
    kind="concerns",
    sheet="Concerns",
    severity="query",
    column="raised_with",
    message="{concern_ref} was raised by {sector_words} with {sector_words} ({where}).",
    fix="Check both sectors. If two agencies of one sector disagreed, leave it.",
    bad=[{"raised_by": "council", "raised_with": "council"}],
    good=[{"raised_by": "education", "raised_with": "council"}],
)
def concern_is_raised_with_its_own_sector(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The process is for challenge between agencies; most often one of the two was chosen by mistake."""
    found = rows[rows["raised_by"].eq(rows["raised_with"]) & rows["raised_by"].ne("not_known")]
    return found[[]].assign(sector_words=labelled(context, "agency_about", found["raised_by"]).str.lower())


@rule(
    kind="concerns",
    sheet="Concerns",
    severity="query",
    column="raised_by raised_with",
    message="{concern_ref}: “{heading}” is not known ({where}).",
    fix="Choose the sector: those who raised it will know.",
    bad=[{"raised_by": "not_known"}, {"raised_with": "not_known"}],
    good=[{"raised_by": "other"}],
)
def concern_has_no_sector(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Who challenges whom shows where challenge is welcome, and where nobody dares."""
    layout = context.kind.sheet("Concerns")
    found = [
        rows.loc[rows[name].eq("not_known"), []].assign(at=name, heading=layout.column(name).heading)
        for name in ("raised_by", "raised_with")
    ]
    return pd.concat(found)


@rule(
    kind="concerns",
    sheet="Concerns",
    severity="query",
    column="concern_ref",
    message="{concern_ref} and {other} were raised on the same day, by and with the same sectors, about the same issue ({where}).",
    fix="Withdraw one, unless they are two concerns.",
    bad=[{"concern_ref": "CR-2026-09"}],
    good=[{"concern_ref": "CR-2026-09", "issue": "plan"}, {"concern_ref": "CR-2026-01"}],
)
def concern_may_be_entered_twice(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """One concern under two references is two in every count, and a rise that never was."""
    same = ["raised_on", "raised_by", "raised_with", "issue"]
    return doubles(rows, stands(context, "Concerns"), same, "concern_ref")[["other"]]


@rule(
    kind="concerns",
    sheet="Concerns",
    severity="error",
    column="concern_ref",
    withheld=True,
    message="The reference of a concern could tell which child it is about ({where}); the row has been left out.",
    fix="Use a number of your own, as CR-2026-07: no case number, no initials.",
    bad=[{"concern_ref": "80412277"}, {"concern_ref": "Child AB"}, {"concern_ref": "A123456789012"}],
    good=[{"concern_ref": "CR-2026-07"}],
)
def concern_reference_could_tell_a_child(rows: pd.DataFrame) -> pd.Series:
    """The log holds sectors and dates so that nobody can be known by it; a case number undoes that."""
    return by_value(rows["concern_ref"], tells_which_child, "bool")


@rule(
    kind="concerns",
    sheet="Concerns",
    severity="note",
    column="issue",
    message="{concern_ref} is about “{issue_words}” ({where}).",
    fix="Nothing to do, if no issue of the list fits.",
    bad=[{"issue": "other"}],
    good=[{"issue": "threshold"}],
)
def issue_of_a_concern_is_other(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What professionals disagree about most is what the partnership can clear up for all; Other says nothing of it."""
    found = rows[rows["issue"].eq("other")]
    return found[[]].assign(issue_words=labelled(context, "concern_issue", found["issue"]))
