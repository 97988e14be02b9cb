"""Rules about confidence before and after a course: on its scale, of the same people, and of how many."""

from __future__ import annotations

import pandas as pd

from schemas.returns.beside import worded
from schemas.rule import rule

# Confidence is rated from 1 to 5.
_LEAST, _MOST = 1, 5
# Fewer answers than this are shown as counts, never as a mean.
_FEW = 10


@rule(
    kind="training",
    sheet="Courses",
    severity="error",
    column="before_mean after_mean",
    message="{course_ref}: a mean confidence of {mean} is not on the scale of 1 to 5 ({where}).",
    fix="Give the mean of the ratings from 1 to 5: not a percentage, not a sum.",
    bad=[{"before_mean": "62"}, {"after_mean": "0.8"}],
    good=[{"before_mean": "1", "after_mean": "5"}, {"before_mean": "", "after_mean": ""}],
)
def confidence_is_off_the_scale(rows: pd.DataFrame) -> pd.DataFrame:
    """A percentage among ratings would lift the mean of all courses beyond anything possible."""
    found = [
        rows.loc[rows[name].notna() & ~rows[name].between(_LEAST, _MOST), [name]]
        .rename(columns={name: "mean"})
        .assign(at=name)
        for name in ("before_mean", "after_mean")
    ]
    return pd.concat(found)


@rule(
    kind="training",
    sheet="Courses",
    severity="error",
    column="paired",
    message="{course_ref}: {paired} answered before and after, but {attended} came ({where}).",
    fix="Count only people who rated both, of this sector.",
    bad=[{"paired": "40"}],
    good=[{"paired": "28"}, {"paired": ""}],
)
def more_answered_than_came(rows: pd.DataFrame) -> pd.Series:
    """The mean is weighed by how many answered: more than came would let this course outweigh others."""
    return rows["paired"].gt(rows["attended"])


@rule(
    kind="training",
    sheet="Courses",
    severity="query",
    column="before_mean after_mean",
    message="{course_ref}: confidence {given} is given, but not {missing} ({where}).",
    fix="Give both, of the same people; without both it is left out.",
    bad=[{"before_mean": ""}, {"after_mean": ""}],
    good=[{"before_mean": "3.1"}, {"before_mean": "", "after_mean": "", "paired": ""}],
)
def confidence_is_half_given(rows: pd.DataFrame) -> pd.DataFrame:
    """A rise needs both ends; high confidence after a course says nothing of the course."""
    before, after = rows["before_mean"].notna(), rows["after_mean"].notna()
    words = {True: ("before", "after", "after_mean"), False: ("after", "before", "before_mean")}
    given, missing, at = (before.map({so: names[place] for so, names in words.items()}) for place in range(3))
    return worded(rows, before.ne(after), given=given, missing=missing, at=at)


@rule(
    kind="training",
    sheet="Courses",
    severity="query",
    column="paired",
    message="{course_ref}: confidence before and after is given, but not of how many ({where}).",
    fix="Give how many people rated both; without it, it is left out.",
    bad=[{"paired": ""}, {"paired": "0"}],
    good=[{"paired": "24"}, {"paired": "", "before_mean": "", "after_mean": ""}],
)
def confidence_is_of_nobody(rows: pd.DataFrame) -> pd.Series:
    """Means of several courses can be put together only with the number behind each."""
    rated = rows["before_mean"].notna() & rows["after_mean"].notna()
    return rated & ~rows["paired"].gt(0)


@rule(
    kind="training",
    sheet="Courses",
    severity="note",
    column="paired",
    message="{course_ref}: {paired} answered before and after; so few are shown as a count, not as a mean ({where}).",
    fix="Nothing to do. At the next course, leave time for the second questionnaire.",
    bad=[{"paired": "6"}],
    good=[{"paired": "10"}, {"paired": ""}],
)
def few_answered_before_and_after(rows: pd.DataFrame) -> pd.Series:
    """The mean of a few is as much about who they are as about the course."""
    return rows["paired"].gt(0) & rows["paired"].lt(_FEW)


@rule(
    kind="training",
    sheet="Courses",
    severity="note",
    column="after_mean",
    message="{course_ref}: confidence fell, from {before_mean} to {after_mean} ({where}).",
    fix="Check that the two are not swapped. If it fell, leave it: learning what one does not know is learning too.",
    bad=[{"before_mean": "4.2", "after_mean": "3.1"}],
    good=[{"before_mean": "3.1", "after_mean": "4.2"}, {"before_mean": "3.1", "after_mean": "3.1"}],
)
def confidence_fell(rows: pd.DataFrame) -> pd.Series:
    """A fall is published as plainly as a rise; most often, though, the columns are swapped."""
    return rows["after_mean"].lt(rows["before_mean"])
