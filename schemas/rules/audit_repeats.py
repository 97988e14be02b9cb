"""Rules about an audit that repeats another: of the same theme, of one that was reported, and never of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import beside, labelled, stands, worded
from schemas.rule import rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.returns.records import LogContext

_AGAIN = {"audit_ref": "AU-2026-7", "title": "Notices to schools, a year on", "re_audit_of": "AU-2026-1"}


@rule(
    kind="audit",
    sheet="Audits",
    severity="error",
    column="re_audit_of",
    message="{audit_ref} is said to repeat itself ({where}).",
    fix="Give the reference of the earlier audit, or leave it empty.",
    bad=[{"re_audit_of": "AU-2026-1"}],
    good=[{"re_audit_of": ""}, {**_AGAIN, "reported_on": "2026-10-12"}],
)
def audit_repeats_itself(rows: pd.DataFrame) -> pd.Series:
    """What moved is told by two audits; one beside itself has moved nothing."""
    return rows["re_audit_of"].eq(rows["audit_ref"])


@rule(
    kind="audit",
    sheet="Audits",
    severity="error",
    column="re_audit_of",
    message="{audit_ref} repeats {re_audit_of}, which itself repeats {audit_ref}, at first or second hand ({where}).",
    fix="Keep Re-audit of at the later of the two, and empty it at the earlier.",
    bad=[
        {"audit_ref": "AU-2026-7", "re_audit_of": "AU-2026-1",
         "_held": {"Audits": [{"re_audit_of": "AU-2026-7"}]}},
        {"audit_ref": "AU-2026-7", "re_audit_of": "AU-2026-1",
         "_held": {"Audits": [{"re_audit_of": "AU-2026-8"}, {"audit_ref": "AU-2026-8", "re_audit_of": "AU-2026-7"}]}},
    ],
    good=[
        {**_AGAIN},
        {"re_audit_of": "AU-2026-1"},
        {"re_audit_of": "AU-2026-7", "_held": {"Audits": [{"audit_ref": "AU-2026-7"}]}},
        {"audit_ref": "AU-2026-9", "re_audit_of": "AU-2026-7",
         "_held": {"Audits": [{"audit_ref": "AU-2026-7", "re_audit_of": "AU-2026-1"}]}},
    ],
)  # fmt: skip
def audits_repeat_each_other(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Each would give way to the other, and neither would count; only one of two can have come after."""
    every = stands(context, "Audits")
    before = dict(zip(every["audit_ref"], every["re_audit_of"], strict=True))
    named = zip(rows["audit_ref"], rows["re_audit_of"], strict=True)
    return pd.Series([_comes_back(ref, of, before) for ref, of in named], rows.index, dtype="bool")


def _comes_back(ref: str, of: str, before: Mapping[str, str]) -> bool:
    """Whether an audit repeats itself through others: directly is told apart."""
    at, seen = of, set[str]()
    while at and at != ref and at not in seen:
        seen.add(at)
        at = before.get(at, "")
    return of != ref and at == ref


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="theme",
    message="{audit_ref} repeats {re_audit_of}, which was about “{theme_before}” ({where}).",
    fix="Give both the same theme, or take away Re-audit of.",
    bad=[{**_AGAIN, "theme": "neglect"}],
    good=[{**_AGAIN}, {"theme": "neglect"}],
)
def re_audit_is_on_another_theme(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Grades of neglect beside grades of domestic abuse show a difference of themes, not of time."""
    before = beside(rows, "re_audit_of", stands(context, "Audits"), "theme", "audit_ref")
    broken = rows["re_audit_of"].ne("") & before.ne("") & before.ne(rows["theme"])
    return worded(rows, broken, theme_before=labelled(context, "theme", before.where(before.ne(""), "other")))


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="re_audit_of",
    message="{audit_ref} repeats {re_audit_of}, which is not reported ({where}).",
    fix="Check the reference, or report the earlier audit first.",
    bad=[{**_AGAIN, "_held": {"Audits": [{"stage": "under_way", "reported_on": ""}]}}],
    good=[{**_AGAIN}, {"re_audit_of": ""}],
)
def re_audit_is_of_one_not_reported(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Before there is a first result, nothing can be found to have moved."""
    stage = beside(rows, "re_audit_of", stands(context, "Audits"), "stage", "audit_ref")
    return rows["re_audit_of"].ne("") & stage.ne("") & stage.ne("reported") & rows["re_audit_of"].ne(rows["audit_ref"])


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="reported_on",
    message="{audit_ref} repeats {re_audit_of}, but was reported on {reported_on}, not after it ({earlier}) ({where}).",
    fix="Check which of the two repeats the other, and both dates.",
    bad=[{**_AGAIN, "reported_on": "2026-07-31"}, {**_AGAIN, "reported_on": "2026-09-14"}],
    good=[{**_AGAIN, "reported_on": "2026-10-12"}, {"re_audit_of": ""}],
)
def re_audit_comes_before_the_audit(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The wrong way round, an improvement is shown as a decline."""
    earlier = beside(rows, "re_audit_of", stands(context, "Audits"), "reported_on", "audit_ref")
    broken = rows["reported_on"].le(earlier) & rows["re_audit_of"].ne(rows["audit_ref"])
    return worded(rows, broken, earlier=earlier)
