"""Why a figure is no longer what it was: in the agency's own words where it gave them, else from what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.citing import quotes_agencies
from pipelines.publishing.whole_area import whole_area
from schemas.periods import parse
from schemas.published.methods import METHOD_VERSION
from schemas.returns.substance import is_blank

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Indicator


# How the note of a longer period that could not be made begins.
NOT_WORKED_OUT = "Not worked out"


@dataclass(frozen=True)
class Change:
    """One figure: what was shown (a row of the earlier publication), what stands now (a row, or None), in words."""

    indicator: Indicator
    was: dict[str, Any]
    now: dict[str, Any] | None
    was_words: str
    now_words: str


@dataclass(frozen=True)
class Told:
    """What reasons are drawn from: the release's inputs, whom it is for, the earlier method, and every changed figure."""

    inputs: Inputs
    audience_id: str
    method_was: str
    changed: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, and whether an agency gave it."""

    words: str
    is_given: bool = False


def reason_of(told: Told, change: Change) -> Reason:
    """The agency's reason, or what can be seen to have changed, or that no reason was given."""
    sent = whole_area(told.inputs.catalogue, told.inputs.observations)
    sent = sent[sent["indicator_id"].eq(change.indicator.id) & sent["period_id"].eq(change.was["period_id"])]
    given = _given(sent, change)
    key = (change.indicator.id, str(change.was["period_id"]))
    is_unquoted = key in told.inputs.unquoted.get(told.audience_id, frozenset())
    is_read = quotes_agencies(told.inputs.catalogue, told.audience_id) and not is_unquoted
    if given:
        return Reason(given, is_given=True) if is_read else Reason("The agency gave its reason with its return.")
    if _is_taken_back(told, str(change.was["submission_ids"])):
        return Reason("The return it came with was taken back.")
    worked_out = _summed(told, change) if sent.empty else ""
    return Reason(worked_out or _seen(told, change) or "No reason was given.")


def _given(sent: pd.DataFrame, change: Change) -> str:
    """The reason sent with the figure by a return that came after the earlier publication, and that it did not rest on.

    What stands again because a later return was taken back was explained, if at all, for another change.
    """
    cited, made_at = str(change.was["submission_ids"]).split(), pd.Timestamp(change.was["made_was"])
    made_at = made_at if made_at.tzinfo else made_at.tz_localize("UTC")
    later = sent[~sent["submission_id"].isin(cited) & (pd.to_datetime(sent["received_at"], utc=True) > made_at)]
    reasons = [str(text).strip() for text in later["reason"] if not is_blank(str(text))]
    return reasons[-1] if reasons else ""


def _is_taken_back(told: Told, cited: str) -> bool:
    """Whether a return the earlier publication rested on was withdrawn or set back by hand.

    Why is not repeated: that reason is about the whole return, and may quote a number of it that is hidden.
    """
    listed = told.inputs.submissions
    mine = listed[listed["submission_id"].isin(cited.split())]
    by_hand = mine["state"].eq("superseded") & mine["reason"].ne("") if "reason" in mine else mine["state"].eq("")
    return bool((mine["state"].eq("withdrawn") | by_hand).any())


def _summed(told: Told, change: Change) -> str:
    """What happened to the parts of a figure that nobody sends."""
    period = parse(change.was["period_id"])
    note = "" if change.now is None else str(change.now["note"])
    if note.startswith(NOT_WORKED_OUT):
        why = note.removeprefix(f"{NOT_WORKED_OUT}, because ")
        return why[:1].upper() + why[1:]
    mine = sorted(period_id for indicator_id, period_id in told.changed if indicator_id == change.indicator.id)
    within = [parse(p).short for p in mine if p != period.id and period.contains(parse(p))]
    if not within:
        return ""
    if change.now is None:
        return f"It was the sum of its parts, and {_listed(within)} no longer stands as it did."
    return f"It is worked out from its parts, and {_listed(within)} was restated."


def _seen(told: Told, change: Change) -> str:
    """What differs between the two publications besides the figure."""
    was, now = change.was, change.now
    if now is None or pd.isna(now["value"]):
        return ""
    if not _same(was["numerator"], now["numerator"]):
        return ""
    denominator, same = change.indicator.denominator, _same(was["denominator"], now["denominator"])
    if not same and denominator is not None and told.inputs.catalogue.quantities[denominator].official:
        return "The official population was revised; what the agency sent is unchanged."
    if same and told.method_was != METHOD_VERSION:
        return f"It is worked out by method version {METHOD_VERSION}; before, by version {told.method_was}."
    return ""


def _same(one: float | None, other: float | None) -> bool:
    if pd.isna(one) or pd.isna(other):
        return bool(pd.isna(one) and pd.isna(other))
    return abs(float(one) - float(other)) < 1e-9  # pyright: ignore[reportArgumentType] - neither is missing here


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
