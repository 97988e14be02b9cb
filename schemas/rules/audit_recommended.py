"""Rules about findings that became recommendations: which, whether it is in the learning log, and said to come from an audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import beside, is_among, labelled, stands, worded
from schemas.returns.by_value import by_value
from schemas.returns.listed import listed
from schemas.returns.records import standing
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

_LEARNING = "Recommendations"
_MADE = {"answer": "recommendation", "recommendation_id": "R-01"}


@rule(
    kind="audit",
    sheet="Findings",
    severity="query",
    column="recommendation_id",
    message="{finding_ref} became a recommendation, but not which ({where}).",
    fix="Give its ID as in the learning log, as R-14. If it is not agreed yet, choose Not yet decided.",
    bad=[{"answer": "recommendation"}],
    good=[_MADE, {"answer": "agency_action"}],
)
def finding_does_not_say_which_recommendation(rows: pd.DataFrame) -> pd.Series:
    """From finding to recommendation to proof is one line; without the ID it breaks at the first step."""
    return rows["answer"].eq("recommendation") & rows["recommendation_id"].eq("")


@rule(
    kind="audit",
    sheet="Findings",
    severity="query",
    column="answer",
    message="{finding_ref} names the recommendation {recommendation_id}, but is not said to have become one ({where}).",
    fix="Choose Became a recommendation, or take the ID away.",
    bad=[{**_MADE, "answer": "agency_action"}, {**_MADE, "answer": "open"}],
    good=[_MADE, {"answer": "open", "kind": "good_practice"}],
)
def finding_names_a_recommendation_it_did_not_become(rows: pd.DataFrame) -> pd.Series:
    """Of the two answers only one can be counted."""
    return rows["answer"].ne("recommendation") & rows["recommendation_id"].ne("")


@rule(
    kind="audit",
    sheet="Findings",
    severity="query",
    column="recommendation_id",
    message="{finding_ref}: there is no recommendation {recommendation_id} in the learning log ({where}).",
    fix="Correct the ID, or send the recommendation with the learning log.",
    bad=[{**_MADE, "recommendation_id": "R-77", "_held": {_LEARNING: [{"recommendation_id": "R-02"}]}},
         {**_MADE, "_held": {_LEARNING: [{"standing": "withdrawn"}]}}],
    good=[{**_MADE, "_held": {_LEARNING: [{"source": "audit"}]}}, _MADE],
)  # fmt: skip
def recommendation_is_not_in_the_learning_log(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """What is not in the log has no owner, no date and no proof that it was done."""
    learning = _learning(context)
    if learning is None:
        return pd.Series(data=False, index=rows.index)
    return rows["recommendation_id"].ne("") & ~is_among(rows, "recommendation_id", learning)


@rule(
    kind="audit",
    sheet="Findings",
    severity="query",
    column="recommendation_id",
    message="{finding_ref} became {recommendation_id}, which by the learning log comes from: {source_words} ({where}).",
    fix="Check the ID. If it is right, mend the source in the learning log.",
    bad=[{**_MADE, "_held": {_LEARNING: [{"source": "rapid_review"}]}}],
    good=[{**_MADE, "_held": {_LEARNING: [{"source": "audit"}]}},
          {**_MADE, "kind": "good_practice", "_held": {_LEARNING: [{"source": "good_practice"}]}}],
)  # fmt: skip
def recommendation_comes_from_elsewhere(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Where learning comes from is counted by its source; one recommendation cannot come from two unsaid."""
    learning, sources = _learning(context), context.catalogue.choices["source"]
    if learning is None:
        return rows.iloc[:0][[]]
    source = beside(rows, "recommendation_id", learning, "source")
    elsewhere = source.ne("") & ~source.isin(["audit", "good_practice"])
    words = source.map({choice.id: choice.label for choice in sources.values()}).fillna("")
    return worded(rows, elsewhere, source_words=words)


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="stage",
    message="{audit_ref} is “{stage_words}”, but these findings became recommendations: {ids} ({where}).",
    fix="Set the stage to Reported, or say under What becomes of it what is true.",
    bad=[{"stage": "cancelled", "reported_on": "",
          "_held": {"Findings": [{"answer": "recommendation", "recommendation_id": "R-01"}]}}],
    good=[{"_held": {"Findings": [{"answer": "recommendation", "recommendation_id": "R-01"}]}}],
)  # fmt: skip
def recommendation_comes_from_an_audit_not_held(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A recommendation is believed for where it comes from."""
    findings = stands(context, "Findings")
    made = findings[findings["recommendation_id"].ne("")]
    ids = {str(ref): listed(sorted(set(found))) for ref, found in made.groupby("audit_ref")["recommendation_id"]}
    named = by_value(rows["audit_ref"], lambda ref: ids.get(ref, ""))
    words = labelled(context, "audit_stage", rows["stage"].where(rows["stage"].ne(""), "planned"))
    return worded(rows, rows["stage"].isin(["planned", "cancelled"]) & named.ne(""), ids=named, stage_words=words)


def _learning(context: LogContext) -> pd.DataFrame | None:
    """The recommendations that stand in the learning log; None where it was not looked up."""
    return standing(context.held[_LEARNING]) if _LEARNING in context.held else None
