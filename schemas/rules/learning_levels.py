"""Rules about what evidence claims: the steps of the ladder, and what each of them needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import beside, first_change, is_among, labelled, months_after, over, stands, worded
from schemas.returns.by_value import by_value
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext

# The step from which impact is shown, the step that needs two kinds of evidence, and the one that needs a year.
PRACTISED, DIFFERENCE, SUSTAINED = 3, 4, 5
_STEPS = {1: "done", 2: "learned", 3: "practised", 4: "a difference", 5: "sustained"}


@rule(
    kind="learning",
    sheet="Evidence",
    severity="error",
    column="level_claimed",
    message="Evidence {evidence_id} claims level {level_claimed}, which the ladder does not have ({where}).",
    fix="Give 1 done, 2 learned, 3 practised, 4 difference or 5 sustained; 0 or nothing claims no more than that it was agreed.",
    bad=[{"level_claimed": "6"}, {"level_claimed": "30"}],
    good=[{"level_claimed": "0"}, {"level_claimed": "3"}, {"level_claimed": ""}],
)
def level_is_not_on_the_ladder(rows: pd.DataFrame) -> pd.Series:
    """A level outside 0 to 5 is a slip of the hand and would stand above everything else."""
    return rows["level_claimed"].notna() & ~rows["level_claimed"].between(0, SUSTAINED)


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="level_claimed",
    message="Evidence {evidence_id} claims level {level_claimed}, but {kind_words} shows at most level {highest}, {step} ({where}).",
    fix="Claim level {highest}, or add evidence of a kind that shows more.",
    bad=[{"kind": "attendance", "level_claimed": "2"}, {"kind": "evaluation", "level_claimed": "3"},
         {"kind": "audit", "level_claimed": "5"}],
    good=[{"kind": "evaluation", "level_claimed": "2"}, {"kind": "audit", "level_claimed": "3"},
          {"kind": "figures", "level_claimed": "5"}, {"kind": "document", "level_claimed": ""}],
)  # fmt: skip
def evidence_claims_more_than_its_kind_shows(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """That people attended does not show that they learned, nor what they learned that they do it: it counts as what it shows."""
    highest = _can_show(rows["kind"], context)
    broken = rows["level_claimed"].clip(upper=DIFFERENCE).gt(highest) & rows["level_claimed"].le(SUSTAINED)
    kind_words = by_value(labelled(context, "evidence_kind", rows["kind"]), lambda words: words[:1].lower() + words[1:])
    return worded(rows, broken, highest=highest, step=highest.map(_STEPS), kind_words=kind_words)


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="level_claimed",
    message="Evidence {evidence_id} claims level {level_claimed} for {recommendation_id}, with one kind of evidence at level 3 or above ({where}).",
    fix="Add a second kind: a re-audit, what families say, the figures. Until then it counts as level 3.",
    bad=[{"kind": "re_audit", "level_claimed": "4"},
         {"kind": "re_audit", "level_claimed": "4", "_held": {"Evidence": [{"evidence_id": "E-02", "kind": "re_audit"}]}}],
    good=[{"kind": "re_audit", "level_claimed": "4", "_held": {"Evidence": [{"evidence_id": "E-02", "kind": "audit"}]}},
          {"level_claimed": "3"}],
)  # fmt: skip
def difference_rests_on_one_kind_of_evidence(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """One source can mislead; a difference is believed when two of different kinds agree."""
    evidence = stands(context, "Evidence")
    strong = evidence["level_claimed"].ge(PRACTISED) & _can_show(evidence["kind"], context).ge(PRACTISED)
    kinds = over(evidence[strong], "recommendation_id", "kind", "nunique")
    return rows["level_claimed"].between(DIFFERENCE, SUSTAINED) & ~beside(rows, "recommendation_id", kinds, "kind").ge(
        2
    )


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="level_claimed",
    message="Evidence {evidence_id} claims level 5, sustained, of {true_of}, less than 12 months after practice changed on {changed} ({where}).",
    fix="Claim level 4 now, and look again after {from_when}.",
    bad=[{"kind": "re_audit", "level_claimed": "5"}],
    good=[{"kind": "re_audit", "level_claimed": "5", "true_of": "2026-07-01", "received_on": "2026-07-20"}],
)
def sustained_is_claimed_within_a_year(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Many changes fade once attention moves on: sustained means that it still holds a year later."""
    changed = first_change(rows, stands(context, "Measures"))
    from_when = months_after(changed, 12)
    broken = rows["level_claimed"].eq(SUSTAINED) & rows["true_of"].lt(from_when)
    return worded(rows, broken, changed=changed, from_when=from_when)


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="level_claimed",
    message="Evidence {evidence_id} claims level 5, sustained, but nothing says when practice changed ({where}).",
    fix="Add the change date on the sheet Measures, or claim level 4.",
    bad=[{"kind": "re_audit", "level_claimed": "5", "_without": ["Measures"]}],
    good=[{"kind": "re_audit", "level_claimed": "4", "_without": ["Measures"]}],
)
def sustained_is_claimed_from_no_day(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Twelve months on can only be told from the day practice changed."""
    return rows["level_claimed"].eq(SUSTAINED) & first_change(rows, stands(context, "Measures")).isna()


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="kind",
    message="Evidence {evidence_id} rests on the figures, but {recommendation_id} has no linked indicator ({where}).",
    fix="Link the indicator on the sheet Measures, with the direction it should move; or choose another kind.",
    bad=[{"kind": "figures", "_without": ["Measures"]}],
    good=[{"kind": "figures"}, {"kind": "audit", "_without": ["Measures"]}],
)
def figures_are_claimed_without_an_indicator(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """A figure picked afterwards because it moved proves nothing; it counts where it was linked before."""
    return rows["kind"].eq("figures") & ~is_among(rows, "recommendation_id", stands(context, "Measures"))


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="kind",
    message="Evidence {evidence_id} is a re-audit, but {recommendation_id} has no audit before it ({where}).",
    fix="Enter the first audit too, or choose Audit or dip sample.",
    bad=[{"kind": "re_audit", "_without": ["Evidence"]},
         {"kind": "re_audit", "true_of": "2025-10-01", "evidence_id": "E-02"}],
    good=[{"kind": "re_audit", "evidence_id": "E-02", "true_of": "2026-05-14"},
          {"kind": "re_audit", "_without": ["Evidence"],
           "_held": {"Recommendations": [{"source": "audit", "source_ref": "Audit 2025-02"}]}}],
)  # fmt: skip
def re_audit_has_no_audit_before_it(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """A re-audit shows a difference only beside the audit it repeats."""
    evidence = stands(context, "Evidence")
    first = evidence[evidence["kind"].isin(["audit", "re_audit"])]
    first = over(first, "recommendation_id", "true_of", "min")
    source = beside(rows, "recommendation_id", stands(context, "Recommendations"), "source")
    before = beside(rows, "recommendation_id", first, "true_of").lt(rows["true_of"])
    return rows["kind"].eq("re_audit") & ~before & source.ne("audit")


def _can_show(kinds: pd.Series, context: LogContext) -> pd.Series:
    """The highest step each kind of evidence can show by itself."""
    known = context.catalogue.choices["evidence_kind"]
    return by_value(kinds, lambda kind: getattr(known.get(kind), "can_show", DIFFERENCE), "int64")
