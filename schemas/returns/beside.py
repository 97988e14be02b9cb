"""What stands in one sheet of a log beside each row of another: looked up by what names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.by_value import by_value
from schemas.returns.records import standing
from schemas.returns.substance import has_substance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.returns.records import LogContext


def stands(context: LogContext, sheet: str) -> pd.DataFrame:
    """The records of a sheet as they would stand with this return, without those taken back."""
    return standing(context.whole(sheet))


def taken(context: LogContext, sheet: str) -> pd.DataFrame:
    """The same, without those whose own row in this return was left out: what it says of them is not what stands."""
    found = stands(context, sheet)
    return found[~found[context.kind.sheet(sheet).key[0]].isin(context.left_out.get(sheet, frozenset()))]


def beside(rows: pd.DataFrame, by: str, records: pd.DataFrame, wanted: str, key: str = "") -> pd.Series:
    """For each row, one column of the record that its `by` names; missing (text: "") where there is none.

    >>> actions = pd.DataFrame({"recommendation_id": ["R-02", "R-09"]})
    >>> agreed = pd.DataFrame({"recommendation_id": ["R-02"], "title": ["Core groups meet"]})
    >>> beside(actions, "recommendation_id", agreed, "title").tolist()
    ['Core groups meet', '']
    """
    named = key or by
    found = records.drop_duplicates(named).set_index(named)[wanted]
    found = found.reindex(rows[by]).set_axis(rows.index)
    return found if _has_gaps(found) else found.fillna("")


def is_among(rows: pd.DataFrame, by: str, records: pd.DataFrame, key: str = "") -> pd.Series:
    """Whether any record has what a row's `by` names.

    >>> is_among(pd.DataFrame({"id": ["a", "b"]}), "id", pd.DataFrame({"of": ["b"]}), "of").tolist()
    [False, True]
    """
    return rows[by].isin(set(records[key or by]))


def over(records: pd.DataFrame, by: str, wanted: str, how: str) -> pd.DataFrame:
    """One column over all the records of one name (min, max, nunique, size), a row for each name.

    >>> over(pd.DataFrame({"of": ["a", "a"], "n": [3, 4]}), "of", "n", "max").to_dict("list")
    {'of': ['a'], 'n': [4]}
    """
    found = records.groupby(by)[wanted].agg(how)
    return pd.DataFrame({by: found.index, wanted: found.array})


def first_change(rows: pd.DataFrame, measures: pd.DataFrame) -> pd.Series:
    """The earliest day on which practice was to change, by the measures of each row's recommendation."""
    return beside(rows, "recommendation_id", over(measures, "recommendation_id", "changed_on", "min"), "changed_on")


def doubles(rows: pd.DataFrame, records: pd.DataFrame, same: Sequence[str], named: str) -> pd.DataFrame:
    """The rows that another record says the same as in some columns, and which (`other`).

    >>> here, there = pd.DataFrame({"ref": ["a"], "day": [1]}), pd.DataFrame({"ref": ["a", "b"], "day": [1, 1]})
    >>> doubles(here, there, ["day"], "ref")["other"].tolist()
    ['b']
    """
    # One other is enough, so each row is set beside the first two names only, however many records say the same.
    others = records[[*same, named]].drop_duplicates()
    first = others.drop_duplicates(list(same))
    second = others.drop(index=first.index).drop_duplicates(list(same))
    both = rows.reset_index(names="at")
    for name, found in (("other", first), ("_second", second)):
        both = both.merge(found.rename(columns={named: name}), on=list(same), how="left")
    both["other"] = both["other"].where(both["other"].ne(both[named]), both["_second"])
    return both[both["other"].notna()].drop(columns="_second").set_index("at")


def is_shrugged(cells: pd.Series, *, words: int = 2) -> pd.Series:
    """Whether a reason is missing, or says nothing: fewer words beyond filler than that.

    >>> is_shrugged(pd.Series(["", "OK", "The new system starts in June"])).tolist()
    [True, True, False]
    """
    return by_value(cells, lambda text: not has_substance(text, words=words), "bool")


def labelled(context: LogContext, choices: str, cells: pd.Series) -> pd.Series:
    """What a list calls each of its values."""
    return by_value(cells, lambda chosen: context.catalogue.label(choices, chosen))


def of_the_future(rows: pd.DataFrame, context: LogContext, sheet: str, columns: Sequence[str]) -> pd.DataFrame:
    """The rows with a day after today: which column (`at`), what it is called (`heading`), and the day (`day`)."""
    layout = context.kind.sheet(sheet)
    found = [
        rows.loc[rows[name].gt(context.now), [name]]
        .rename(columns={name: "day"})
        .assign(at=name, heading=layout.column(name).heading)
        for name in columns
    ]
    return pd.concat(found)


def out_of_order(rows: pd.DataFrame, context: LogContext, sheet: str, first: str, then: str) -> pd.DataFrame:
    """The rows where what comes second is dated before what comes first, with both days and what they are called."""
    layout = context.kind.sheet(sheet)
    found = rows.loc[rows[then].lt(rows[first]), [first, then]].rename(columns={first: "earlier", then: "day"})
    return found.assign(at=then, heading=layout.column(then).heading, after=layout.column(first).heading)


def worded(rows: pd.DataFrame, broken: pd.Series, **words: pd.Series) -> pd.DataFrame:
    """The broken rows, with further words for the message.

    >>> worded(pd.DataFrame({"n": [1, 2]}), pd.Series([False, True]), left=pd.Series(["a", "b"])).to_dict("list")
    {'left': ['b']}
    """
    stands = broken.to_numpy(dtype=bool)
    if not stands.any():  # as in most returns: no frame is made of words nobody will read
        return pd.DataFrame(columns=list(words), index=rows.index[:0])
    return rows[[]].assign(**words)[stands]


def months_after(days: pd.Series, months: int) -> pd.Series:
    """The same day so many months later, or the month's last day.

    >>> months_after(pd.Series(pd.to_datetime(["2025-08-31"])), 6).dt.strftime("%Y-%m-%d").tolist()
    ['2026-02-28']
    """
    return days + pd.DateOffset(months=months)


def year_end(days: pd.Series) -> pd.Series:
    """31 March of the financial year each day falls in.

    >>> year_end(pd.Series(pd.to_datetime(["2025-03-31", "2025-04-01"]))).dt.strftime("%Y-%m-%d").tolist()
    ['2025-03-31', '2026-03-31']
    """
    return days.dt.to_period("Y-MAR").dt.end_time.dt.normalize()


def _has_gaps(found: pd.Series) -> bool:
    """Whether a column has a way of its own to say that there is nothing."""
    return pd.api.types.is_datetime64_any_dtype(found) or pd.api.types.is_numeric_dtype(found)
