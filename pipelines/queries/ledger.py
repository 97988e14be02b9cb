"""The ledger of one indicator: each figure that is no longer what a publication showed, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.queries.present import present
from schemas.periods import day_words, parse

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries.pointer import Pointer


@dataclass(frozen=True, slots=True)
class Showing:
    """One publication as the ledger cites it."""

    publication_id: str
    label: str
    made_on: date

    @property
    def words(self) -> str:
        """`when published for the Executive on 18 August 2026`, by the label it was given."""
        day = day_words(self.made_on)
        if not self.label:
            return f"when published on {day}"
        if self.label.startswith("Published"):
            return f"when p{self.label[1:]} on {day}"
        return f"in “{self.label}”, published on {day}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure: what was shown where, and what took its place, with the reason."""

    period_id: str
    period: str
    was: str
    now: str
    was_provisional: bool
    is_final_now: bool
    is_withdrawn: bool
    reason: str
    is_given: bool
    shown_in: Showing
    replaced_in: Showing
    is_latest: bool
    is_new: bool

    @property
    def sentence(self) -> str:
        """`2026-27 Q1 was 395 when published for the Executive on 18 August 2026; it is now 401, because “…”`."""
        was = f"{self.period} was {self.was}{', provisional,' if self.was_provisional else ''} {self.shown_in.words}"
        reason = f", because “{self.reason}”" if self.is_given else f". {self.reason}"
        if self.is_withdrawn:
            what = self.now[0].lower() + self.now[1:]
            return f"{was}; since {day_words(self.replaced_in.made_on)} it is {what}{reason}"
        final = ", final" if self.was_provisional and self.is_final_now else ""
        came = "it is now" if self.is_latest else f"on {day_words(self.replaced_in.made_on)} it became"
        return f"{was}; {came} {self.now}{final}{reason}"


def ledger(pointer: Pointer, indicator_id: str) -> tuple[Entry, ...]:
    """Every entry of an indicator, newest period first, and of one period the oldest change first."""
    found = present(pointer, "restatement", "kind", _LEDGER, [indicator_id])
    last = {row["period_id"]: row["publication_now"] for row in found}
    made = [_entry(row, is_latest=last[row["period_id"]] == row["publication_now"]) for row in found]
    return tuple(sorted(made, key=lambda entry: parse(entry.period_id).end, reverse=True))


_LEDGER = """
select r.*, p.publication_id as this
from restatement as r
cross join publication as p
where r.indicator_id = ?
order by r.made_now
"""


def _entry(row: dict[str, Any], *, is_latest: bool) -> Entry:
    return Entry(
        period_id=row["period_id"],
        period=parse(row["period_id"]).short,
        was=row["was_words"],
        now=row["now_words"],
        was_provisional=row["status_was"] == "provisional",
        is_final_now=row["status_now"] == "final",
        is_withdrawn=row["kind"] == "withdrawn",
        reason=row["reason"],
        is_given=row["given"],
        shown_in=Showing(row["publication_was"], row["label_was"], row["made_was"].date()),
        replaced_in=Showing(row["publication_now"], row["label_now"], row["made_now"].date()),
        is_latest=is_latest,
        is_new=row["publication_now"] == row["this"],
    )
