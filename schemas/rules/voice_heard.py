"""Rules about who was heard: when, how many, and whether by themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import doubles, labelled, of_the_future, out_of_order, stands, worded
from schemas.returns.by_value import by_value, where_filled
from schemas.returns.identifying import tells_which_child
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

_CHILDREN = ("children", "young_people", "care_experienced")
# So few that their words alone could tell who they are.
_FEW = 5
# Four words and more between quotation marks are somebody's own.
_QUOTED = re.compile(r"[“\"‘](?:[^”\"’]*?\s){3,}[^”\"]*?[”\"’]")


@rule(
    kind="voice",
    sheet="Heard",
    severity="error",
    column="heard_on responded_on told_on",
    message="{voice_ref}: “{heading}” is {day}, after today ({where}).",
    fix="Enter it once it has happened, or mend the year.",
    bad=[{"heard_on": "2026-11-08", "responded_on": "", "told_on": ""}, {"told_on": "2026-12-01"}],
    good=[{"told_on": "2026-10-20"}],
)
def voice_is_dated_in_the_future(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What is planned has not been heard, answered or told yet."""
    return of_the_future(rows, context, "Heard", ["heard_on", "responded_on", "told_on"])


@rule(
    kind="voice",
    sheet="Heard",
    severity="error",
    column="responded_on told_on",
    message="{voice_ref}: {heading} {day} is before {after} {earlier} ({where}).",
    fix="Check both dates, the years first.",
    bad=[{"responded_on": "2026-07-01"}, {"told_on": "2026-07-01", "responded_on": ""}],
    good=[{"responded_on": "2026-07-08"}],
)
def answer_comes_before_it_was_heard(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Nobody answers what has not been said; the time taken would be less than nothing."""
    return pd.concat([out_of_order(rows, context, "Heard", "heard_on", then) for then in ("responded_on", "told_on")])


@rule(
    kind="voice",
    sheet="Heard",
    severity="query",
    column="people",
    message="{voice_ref} was heard from 0 people ({where}).",
    fix="Give how many were heard, leave it empty if nobody counted, or withdraw the row.",
    bad=[{"people": "0"}],
    good=[{"people": "24"}, {"people": ""}],
)
def nobody_was_heard(rows: pd.DataFrame) -> pd.Series:
    """A theme nobody raised is the partnership’s own, and would be shown as what people told it."""
    return rows["people"].eq(0)


@rule(
    kind="voice",
    sheet="Heard",
    severity="note",
    column="directly",
    message="{voice_ref}: {who_words} were heard through others ({where}).",
    fix="Nothing to do. It counts as heard, and not as heard directly.",
    bad=[{"directly": "no"}],
    good=[{"directly": "yes"}, {"who": "practitioners", "directly": "no"}],
)
def children_are_heard_through_others(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What adults say for children and what children say differ; both are shown, and kept apart."""
    words = labelled(context, "heard", rows["who"])
    return worded(rows, rows["who"].isin(_CHILDREN) & rows["directly"].eq("no"), who_words=words)


@rule(
    kind="voice",
    sheet="Heard",
    severity="query",
    column="said",
    message="{voice_ref} comes from five people or fewer: could those who read it tell who said it ({where})?",
    fix="Put the theme so widely that many could have said it, or join it with what others said. If it is so already, leave it.",
    bad=[{"people": "2"}, {"people": "5"}],
    good=[{"people": "6"}, {"people": ""}, {"people": "2", "who": "practitioners"}],
)
def theme_comes_from_a_few(rows: pd.DataFrame) -> pd.Series:
    """A child must be able to speak without being known by it, least of all to those they spoke of."""
    return rows["people"].between(1, _FEW) & rows["who"].ne("practitioners")


@rule(
    kind="voice",
    sheet="Heard",
    severity="query",
    column="said",
    withheld=True,
    message="What they told us holds a quotation ({where}).",
    fix="Give the theme in your own words, unless whoever said it has agreed and nobody could know them by it.",
    bad=[{"said": "One group said “nobody tells us what was decided about us”"}],
    good=[{"said": "They are not told what was decided"}, {"said": "The word “conference” frightens them"}],
)
def what_was_said_is_a_quotation(rows: pd.DataFrame) -> pd.Series:
    """People are known by how they speak; a theme is safe where a sentence of theirs is not."""
    return where_filled(rows["said"], lambda text: _QUOTED.search(text) is not None)


@rule(
    kind="voice",
    sheet="Heard",
    severity="query",
    column="voice_ref",
    message="{voice_ref} and {other} say the same, of the same day and group ({where}).",
    fix="Withdraw one.",
    bad=[{"voice_ref": "V-2026-09"}],
    good=[
        {"voice_ref": "V-2026-09", "said": "They want to know who will be at the meeting"},
        {"voice_ref": "V-2026-01"},
    ],
)
def theme_may_be_entered_twice(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """One theme under two references halves or doubles the share that was answered."""
    return doubles(rows, stands(context, "Heard"), ["heard_on", "who", "said"], "voice_ref")[["other"]]


@rule(
    kind="voice",
    sheet="Heard",
    severity="error",
    column="voice_ref",
    withheld=True,
    message="The reference of a theme could tell which child it is about ({where}); the row has been left out.",
    fix="Use a number of your own, as V-2026-05: no case number, no initials.",
    bad=[{"voice_ref": "80412277"}, {"voice_ref": "Child AB"}],
    good=[{"voice_ref": "V-2026-05"}],
)
def voice_reference_could_tell_a_child(rows: pd.DataFrame) -> pd.Series:
    """What a child said is read beside its reference; with a case number or initials it has their name on it."""
    return by_value(rows["voice_ref"], tells_which_child, "bool")
