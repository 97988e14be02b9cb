"""Rules about what kind of review it is, what was decided, and what must stand beside a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import doubles, is_shrugged, labelled, stands, worded
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

# The review that follows from each decision.
_FOLLOWS = {"local_review": "lcspr", "learning_event": "learning_event", "national_review": "national_review"}


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="error",
    column="review_type",
    message="{review_ref}: reviews of child deaths are not entered here ({where}); the row has been left out.",
    fix="Leave it out. The panel sends CD01 and CD02 with the return of figures, twelve months at a time.",
    bad=[{"review_type": "child_death_review"}],
    good=[{"review_type": "rapid_review"}, {"review_type": "domestic_abuse_death_review"}],
)
def child_death_reviews_are_counted_elsewhere(rows: pd.DataFrame) -> pd.Series:
    """Child deaths are shown by rolling years only: a row for each would point at one child and one family."""
    return rows["review_type"].eq("child_death_review")


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="incident_ref",
    message="{review_ref} is a rapid review, but names no incident ({where}).",
    fix="Give the incident's reference on the sheet Incidents, as SI-2025-03.",
    bad=[{"incident_ref": ""}],
    good=[{"incident_ref": "SI-2025-01"}, {"review_type": "learning_event", "incident_ref": ""}],
)
def rapid_review_names_no_incident(rows: pd.DataFrame) -> pd.Series:
    """Its clock starts with the incident's notification; without the incident it cannot run."""
    return rows["review_type"].eq("rapid_review") & rows["incident_ref"].eq("")


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="review_ref",
    message="{review_ref} and {other} are both rapid reviews of {incident_ref} ({where}).",
    fix="Withdraw one; an incident has one rapid review.",
    bad=[{"review_ref": "RV-2025-09"}],
    good=[
        {"review_ref": "RV-2025-09", "review_type": "lcspr", "published_on": "2025-07-01"},
        {"review_ref": "RV-2025-01"},
    ],
)
def incident_has_two_rapid_reviews(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Two reviews of one incident are two in every count, and two clocks run."""
    rapid = stands(context, "Reviews")
    rapid = rapid[rapid["review_type"].eq("rapid_review") & rapid["incident_ref"].ne("")]
    mine = rows[rows["review_type"].eq("rapid_review")]
    return doubles(mine, rapid, ["incident_ref"], "review_ref")[["other"]]


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="decided_on",
    message="{review_ref}: “{decision_words}” has no day on which it was decided ({where}).",
    fix="Give the day under Decided on.",
    bad=[{"decided_on": ""}],
    good=[{"decided_on": "2025-02-25"}, {"decision": "undecided", "decided_on": "", "decision_reason": ""}],
)
def decision_has_no_day(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Six months to publication run from this day."""
    broken = _is_decided(rows) & rows["decided_on"].isna()
    return worded(rows, broken, decision_words=labelled(context, "review_decision", rows["decision"]))


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="decision",
    message="{review_ref} was decided on {decided_on}, but not what was decided ({where}).",
    fix="Choose the decision from the list, or clear Decided on.",
    bad=[{"decision": ""}, {"decision": "undecided"}],
    good=[{"decision": "no_further_review"}, {"review_type": "lcspr", "decision": "", "published_on": "2025-07-01"}],
)
def day_has_no_decision(rows: pd.DataFrame) -> pd.Series:
    """What the partners decided after a rapid review is what the Panel and the scrutineer ask first."""
    return rows["review_type"].eq("rapid_review") & ~_is_decided(rows) & rows["decided_on"].notna()


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="decision_reason",
    message="{review_ref}: “{decision_words}” has no reason, or one that says too little ({where}).",
    fix="Say why in a sentence, without the child's story.",
    bad=[{"decision_reason": ""}, {"decision_reason": "Agreed"}],
    good=[{"decision_reason": "The rapid review found the learning, and partners have agreed what follows"},
          {"decision": "undecided", "decided_on": "", "decision_reason": ""}],
)  # fmt: skip
def decision_has_no_reason(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The decision must be shown to have been reasoned, above all where no review follows."""
    broken = _is_decided(rows) & is_shrugged(rows["decision_reason"])
    return worded(rows, broken, decision_words=labelled(context, "review_decision", rows["decision"]))


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="decision",
    message="{review_ref} decided on a {follows_words}, but none of {incident_ref} is in the log ({where}).",
    fix="Add it on the sheet Reviews with the same incident reference.",
    bad=[{"decision": "local_review"}, {"decision": "learning_event"}],
    good=[
        {"decision": "no_further_review"},
        {"decision": "local_review", "_held": {"Reviews": [{"review_ref": "RV-2025-09", "review_type": "lcspr"}]}},
    ],
)
def decided_review_is_not_entered(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A review that was decided on and never entered has no clock, and nobody misses it."""
    reviews, follows = stands(context, "Reviews"), rows["decision"].map(_FOLLOWS).fillna("")
    known = set(zip(reviews["incident_ref"], reviews["review_type"], strict=True))
    missing = [pair not in known for pair in zip(rows["incident_ref"], follows, strict=True)]
    rapid = rows["review_type"].eq("rapid_review") & rows["incident_ref"].ne("") & follows.ne("")
    words = labelled(context, "review_type", follows).str.lower()
    return worded(rows, rapid & pd.Series(missing, rows.index, dtype="bool"), follows_words=words)


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="legal_flag",
    message="{review_ref} does not say whether the legal adviser has raised a point ({where}).",
    fix="Choose Yes or No; the point itself is kept elsewhere.",
    bad=[{"legal_flag": ""}, {"review_type": "lcspr", "legal_flag": "", "published_on": "2025-07-01"}],
    good=[{"legal_flag": "no"}, {"review_type": "learning_event", "legal_flag": ""}],
)
def legal_advisers_flag_is_missing(rows: pd.DataFrame) -> pd.Series:
    """Empty could mean that nothing was raised, or that nobody asked; the Executive needs to know which."""
    return rows["review_type"].isin(["rapid_review", "lcspr"]) & rows["legal_flag"].eq("")


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="panel_agrees",
    message="{review_ref}: {but} ({where}).",
    fix="Give both the day the Panel replied and whether it agrees, or neither.",
    bad=[{"panel_agrees": ""}, {"panel_reply_on": ""}],
    good=[{"panel_agrees": "yes"}, {"panel_agrees": "", "panel_reply_on": ""}],
)
def panels_reply_is_half_given(rows: pd.DataFrame) -> pd.DataFrame:
    """Whether the national Panel agreed is reported each year; half an answer cannot be counted."""
    replied, agrees = rows["panel_reply_on"].notna(), rows["panel_agrees"].ne("")
    words = {True: "the Panel has replied, but not whether it agrees", False: "the Panel's view has no day"}
    return worded(rows, replied.ne(agrees), but=replied.map(words))


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="published_on",
    message="{review_ref} is a rapid review, and is said to be published on {published_on} ({where}).",
    fix="Clear the day, or correct the type: rapid reviews go to the Panel and are not published.",
    bad=[{"published_on": "2025-07-01"}],
    good=[{"published_on": ""}, {"review_type": "lcspr", "published_on": "2025-07-01"}],
)
def rapid_review_is_published(rows: pd.DataFrame) -> pd.Series:
    """A rapid review tells one child's story; if it stands anywhere in public, somebody must know at once."""
    return rows["review_type"].eq("rapid_review") & rows["published_on"].notna()


def _is_decided(rows: pd.DataFrame) -> pd.Series:
    return ~rows["decision"].isin(["", "undecided"])
