"""Rules about what a reported audit must say of itself: when, of how many cases, chosen how, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import doubles, is_shrugged, stands, worded
from schemas.returns.by_value import by_value
from schemas.returns.identifying import tells_which_child
from schemas.returns.substance import is_blank
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

# What a reader needs to weigh an audit, beside its date and number of cases.
_NEEDED = ("conclusion", "sample_basis", "method", "question")
# Words beyond filler in a conclusion; a reason needs fewer.
_TELLING = 3
# Methods that look at cases one by one.
_BY_CASE = ("case_file", "dip_sample")


@rule(
    kind="audit",
    sheet="Audits",
    severity="error",
    column="reported_on",
    message="{audit_ref} is reported, but has no day on which it was ({where}).",
    fix="Give the day the sub-group had the report, or set the stage to Under way.",
    bad=[{"reported_on": ""}],
    good=[{"reported_on": "2026-09-14"}, {"reported_on": "", "stage": "under_way", "planned_for": "2026-12-01"}],
)
def reported_audit_has_no_date(rows: pd.DataFrame) -> pd.Series:
    """Without the day it belongs to no quarter, and nobody can tell how old its findings are."""
    return rows["stage"].eq("reported") & rows["reported_on"].isna()


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="cases",
    message="{audit_ref} is reported, but not how many cases were audited ({where}).",
    fix="Give the number under Cases. Where no case was audited, as in a survey, write how many replied in the conclusion.",
    bad=[{"cases": ""}, {"cases": "0"}],
    good=[{"cases": "1"}, {"cases": "", "method": "survey"}],
)
def reported_audit_has_no_number(rows: pd.DataFrame) -> pd.Series:
    """Eight cases and eighty say different things with the same words; no audit is shown without its number."""
    without = rows["cases"].isna() | rows["cases"].eq(0)
    return rows["stage"].eq("reported") & without & ~rows["method"].isin(["survey", "discussion"])


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column=" ".join(_NEEDED),
    message="{audit_ref} is reported, but “{heading}” {lack} ({where}).",
    fix="Say it in a sentence: it is shown beside the grades.",
    bad=[
        {"conclusion": ""},
        {"conclusion": "Practice is mixed."},
        {"sample_basis": "OK"},
        {"method": ""},
        {"question": ""},
    ],
    good=[
        {"method": "dip_sample"},
        {"stage": "under_way", "planned_for": "2026-12-01", "conclusion": ""},
        {"sample_basis": "At random", "question": "Do schools hear?"},
    ],
)
def reported_audit_is_incomplete(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What was asked, how cases were chosen and what was concluded decide how far the grades can be believed."""
    reported = rows[rows["stage"].eq("reported")]
    layout = context.kind.sheet("Audits")
    found: list[pd.DataFrame] = []
    for name in _NEEDED:
        # “At random” is an answer to how cases were chosen; a conclusion takes more words.
        says_nothing = (
            is_shrugged(reported[name], words=_TELLING)
            if name == "conclusion"
            else by_value(reported[name], is_blank, "bool")
        )
        broken = reported.loc[says_nothing.to_numpy(dtype=bool), []]
        found.append(
            broken.assign(
                at=name, heading=layout.column(name).heading, lack=by_value(reported.loc[broken.index, name], _lack)
            )
        )
    return pd.concat(found)


def _lack(text: str) -> str:
    if not text:
        return "is empty"
    return "says nothing" if is_blank(text) else "says little in so few words"


@rule(
    kind="audit",
    sheet="Audits",
    severity="note",
    column="why_chosen",
    message="{audit_ref} does not say why it was chosen ({where}).",
    fix="Say what made you look: a review, a figure, what families said.",
    bad=[{"why_chosen": ""}, {"why_chosen": "Various"}],
    good=[{"why_chosen": "Three reviews in two years found that notices reached schools late"},
          {"why_chosen": "", "stage": "cancelled", "reported_on": ""}],
)  # fmt: skip
def audit_does_not_say_why(rows: pd.DataFrame) -> pd.Series:
    """A programme is chosen by where harm may be missed; without the reason nobody can say what was passed over."""
    return is_shrugged(rows["why_chosen"]) & rows["stage"].ne("cancelled")


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="families_heard",
    message="{audit_ref} is reported, but not whether children or families were heard ({where}).",
    fix="Choose Yes or No under Families heard.",
    bad=[{"families_heard": ""}],
    good=[{"families_heard": "no"}, {"families_heard": "", "stage": "under_way", "planned_for": "2026-12-01"}],
)
def audit_does_not_say_if_families_were_heard(rows: pd.DataFrame) -> pd.Series:
    """A file tells what was written down; only those it is about can tell what it was like."""
    return rows["stage"].eq("reported") & rows["families_heard"].eq("")


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="cases",
    message="{audit_ref} says {cases} cases, but {there} on the sheet Cases ({where}).",
    fix="Correct the number, or add the cases that are missing; withdraw those that are too many.",
    bad=[{"cases": "2"}, {"cases": "12"},
         {"cases": "1", "_held": {"Cases": [{"case_no": "2"}]}}],
    good=[{"cases": "1"}, {"cases": "2", "_held": {"Cases": [{"case_no": "2"}]}},
          {"cases": "12", "method": "survey", "_without": ["Cases"]}],
)  # fmt: skip
def audit_counts_other_cases_than_it_has(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Every share is of this number; where two are given, one of them is wrong."""
    sizes = stands(context, "Cases").groupby("audit_ref").size()
    there = rows["audit_ref"].map(sizes).fillna(0)
    looked = there.gt(0) | rows["method"].isin(_BY_CASE)
    broken = rows["stage"].eq("reported") & rows["cases"].gt(0) & there.ne(rows["cases"]) & looked
    words = there.map(lambda n: "none is" if not n else "1 stands" if n == 1 else f"{n:.0f} stand")
    return worded(rows, broken, there=words)


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="audit_ref",
    message="{audit_ref} and {other} have the same title and theme ({where}).",
    fix="Withdraw one. If one repeats the other, say so under Re-audit of.",
    bad=[{"audit_ref": "AU-2026-9"}],
    good=[{"audit_ref": "AU-2026-9", "re_audit_of": "AU-2026-1"}, {"audit_ref": "AU-2026-1"}],
)
def audit_may_be_entered_twice(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """One audit under two references counts its cases and its findings twice."""
    return doubles(rows, stands(context, "Audits"), ["title", "theme", "re_audit_of"], "audit_ref")[["other"]]


@rule(
    kind="audit",
    sheet="Audits",
    severity="error",
    column="audit_ref re_audit_of",
    withheld=True,
    message="{heading} could tell which child it is about ({where}); the row has been left out.",
    fix="Use a number of your own, as AU-2026-1: no case number, no initials.",
    bad=[{"audit_ref": "80412277"}, {"audit_ref": "Child AB"}, {"re_audit_of": "Family S"}],
    good=[{"audit_ref": "AU-2026-1"}, {"re_audit_of": "AU-2025-3"}],
)
def audit_reference_could_tell_a_child(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """An audit is called by its reference on every page; no reference may lead to a child."""
    layout = context.kind.sheet("Audits")
    found = [
        rows.loc[by_value(rows[name], tells_which_child, "bool"), []].assign(
            at=name, heading=layout.column(name).heading
        )
        for name in ("audit_ref", "re_audit_of")
    ]
    return pd.concat(found)
