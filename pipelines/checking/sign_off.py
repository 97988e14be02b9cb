"""What a cover says of who prepared a return and who stands by it: kept where it is a role and a day, said where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.periods import day_words
from schemas.returns.days import day_in, is_far_off
from schemas.returns.offices import is_role
from schemas.returns.sign_off import approver
from schemas.rules import file_sender

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from schemas.problems import Problem
    from schemas.returns import Kind

_PREPARED, _BY, _ON = "prepared_by_role", "approved_by_role", "approved_on"
_HEADINGS = {_PREPARED: "Prepared by (role)", _BY: "Approved by (role)", _ON: "Approved on"}
_OF_SELF_ASSESSMENT = {_PREPARED: "Completed by (role)", _BY: "Signed off by (role)", _ON: "Signed off on"}


def stood_by(
    cover: Mapping[str, str], kind: Kind, today: date, *, moderating: bool
) -> tuple[dict[str, str], list[Problem]]:
    """The cover with roles that may be kept and an approval that counts, and what was wrong with what it said.

    A role without its day, or a day without its role, is no approval: neither is left. Nor is one of whoever moderates:
    the scores are another's, and only they can sign them off.
    """
    headings = _OF_SELF_ASSESSMENT if kind.id == "self_assessment" else _HEADINGS
    kept = dict(cover)
    problems: list[Problem] = []
    for name in (_PREPARED, _BY):
        role = kept.get(name, "")
        if role and not is_role(role):
            kept[name] = ""
            problems.append(file_sender.ROLE_MAY_NAME.problem({"heading": headings[name]}, sheet="Cover"))
    day, fault = _day(kept.get(_ON, ""), today)
    if fault:
        done = "signed off" if kind.id == "self_assessment" else "approved"
        words = {"heading": headings[_ON], "fault": fault, "done": done}
        problems.append(file_sender.APPROVED_WHEN.problem(words, sheet="Cover"))
    counts = not moderating and bool(approver({**kept, _ON: day}))
    return {**kept, **({_ON: day} if counts else dict.fromkeys({_BY, _ON} & kept.keys(), ""))}, problems


def _day(stated: str, today: date) -> tuple[str, str]:
    """The day in its one spelling, and what is wrong with it; what stands there is never repeated unless it is a day."""
    if not stated:
        return "", ""
    day = day_in(stated)
    if day is None:
        return "", "lies too far off to be meant" if is_far_off(stated) else "is no day that can be read"
    return ("", f"is {day_words(day)}, after today") if day > today else (day.isoformat(), "")
