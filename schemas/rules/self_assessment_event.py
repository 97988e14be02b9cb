"""Rules about the event at which the partnership looks at itself, group by group and theme by theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.answers import instrument_named
from schemas.returns.beside import worded
from schemas.returns.by_value import by_value
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

_SAID = ("position", "impact", "gap", "opportunity")


@rule(
    kind="self_assessment",
    sheet="Event",
    severity="error",
    column="theme",
    message="The sheet Event belongs to the partnership's own self-assessment; the Cover says {answered} ({where}).",
    fix="Take the row out, or send it with the partnership's self-assessment.",
    bad=[{"_cover": {"instrument": "Education"}}],
    good=[{"_cover": {"instrument": "Partnership"}}, {}],
)
def event_is_of_another_self_assessment(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What a school says of itself is not what the partnership's groups say of the partnership."""
    named = instrument_named(context.cover.get("instrument", ""))
    title = context.catalogue.instruments[named].title if named else ""
    return worded(rows, pd.Series([named not in {"", "partnership"}] * len(rows), rows.index)).assign(answered=title)


@rule(
    kind="self_assessment",
    sheet="Event",
    severity="query",
    column="position",
    message="{group}: nothing is said of {theme_words} ({where}).",
    fix="Say where you are, what is missing or what could be done; or take the row out.",
    bad=[{"position": "", "impact": "", "gap": "", "opportunity": ""}],
    good=[{"position": "", "gap": "Children are told of decisions, and not asked"}],
)
def event_says_nothing(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A row with a heading and no words is shown as a group that had nothing to say, which is another thing."""
    empty = (rows[list(_SAID)] == "").all(axis=1)
    return worded(
        rows,
        empty,
        group=by_value(rows["respondent_group"], lambda each: context.catalogue.label("sector", each)),
        theme_words=by_value(rows["theme"], lambda each: context.catalogue.label("partnership_theme", each)),
    )


@rule(
    kind="self_assessment",
    sheet="Event",
    severity="query",
    column="respondent_group",
    message="{group} is a sector of organisations, and none of the groups that look at the partnership ({where}).",
    fix="Choose the group that spoke: Executive members, Sub-group chairs, Relevant agencies or Practitioners.",
    bad=[{"respondent_group": "schools"}],
    good=[{"respondent_group": "practitioners"}],
)
def event_group_is_a_sector(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The partnership is compared by who speaks of it; a sector of its own would stand beside the groups and count twice."""
    groups = set(context.catalogue.instruments["partnership"].sectors)
    words = by_value(rows["respondent_group"], lambda each: context.catalogue.label("sector", each))
    return worded(rows, ~rows["respondent_group"].isin(groups), group=words)
