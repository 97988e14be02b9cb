"""Faults in what a file says of itself: whose it is, for when, from which template, and who stands by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.sign_off import approver
from schemas.rule import fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.problems import Problem

SEVERAL_RETURNS = fault(
    "several_returns_in_one_file",
    "error",
    "This file holds {count} returns: {which}.",
    "Send one file for each agency and period.",
    "A submission is one agency's for one period, so that it can be corrected without touching another's.",
)
TEMPLATE_OLD = fault(
    "template_is_old",
    "note",
    "The file was made from template {found}; the present one is {current}: {difference}. It has been read all the same.",
    "Take the present template next time.",
    "Templates change with the data set: an old one lacks what has been added since.",
)
TEMPLATE_UNKNOWN = fault(
    "template_is_not_known",
    "query",
    "The file says it was made from template {found}, which is not known; the present one is {current}.",
    "Check that it is the right file. It has been read by its headings.",
    "A template nobody issued may ask for something else under the same headings.",
)
AGENCY_MISSING = fault(
    "agency_is_missing",
    "error",
    "The file does not say {sender}.",
    "Fill in {cell} on the Cover sheet, or {otherwise}.",
    "A figure answers to somebody: without a sender nobody can explain or correct it.",
)
AGENCY_UNKNOWN = fault(
    "agency_of_the_return_is_not_known",
    "error",
    "The sender, {value}, is not an agency of the partnership{nearest}",
    "Use the agency's name as on the template.",
    "A return from somebody the catalogue does not know cannot be set against what is owed.",
)
AGENCY_READ_AS = fault(
    "agency_is_read_as_the_nearest",
    "query",
    "The sender, {value}, is not spelt as any agency; its indicators are those of {agency_id}, so it is read as “{title}”.",
    "Correct the Cover next time. If it is somebody else's return, write whose, and send it again.",
    "One misspelt cell must not block a whole return; that it was guessed is said, so that a wrong guess is seen.",
)
AGENCY_CONTRADICTED = fault(
    "agency_of_the_cover_is_not_the_indicators",
    "error",
    "The Cover says {agency_id}, but all {rows} rows are indicators that {others} sends. Nothing has been taken.",
    "Correct Agency on the Cover, or send the file you meant.",
    "A colleague's file under another name is one wrong cell, and not every row.",
)
RESPONDENT_UNKNOWN = fault(
    "respondent_is_not_on_the_register",
    "error",
    "{value} is not on the register of those who answer a self-assessment.",
    "Check the reference on the Cover, or ask the business unit to enter it.",
    "A reply from somebody nobody asked cannot be counted among those who were.",
)
AGENCY_TAKEN = fault(
    "agency_is_taken_from_the_indicators",
    "query",
    "The file does not say which agency it is from; all its indicators are sent by {agency_id}, so it is read as theirs.",
    "Fill in Agency on the Cover sheet, or add a column Agency.",
    "A sender worked out is said, so that a wrong guess is seen at once.",
)
PERIOD_MISSING = fault(
    "period_is_missing",
    "error",
    "The file does not say which {every} it is for.",
    "Fill in {cell} on the Cover sheet, as {example}, or {otherwise}.",
    "A figure without its period cannot be set beside any other.",
)
PERIOD_UNREADABLE = fault(
    "period_of_the_return_cannot_be_read",
    "error",
    "{sentence}",
    "Write the {every} on the Cover sheet as {example}.",
    "A return filed under the wrong quarter overwrites right figures there and leaves a hole here.",
)
PERIOD_FROM_ROWS = fault(
    "period_is_taken_from_the_rows",
    "query",
    "{sentence} {count} rows say {period_id}, so the return is read as that.",
    "Correct the Cover next time, as {example}. If the rows are wrong, correct them and send it again.",
    "One cell that cannot be read must not block a whole return; that its rows were followed is said.",
)
PERIOD_CONTRADICTED = fault(
    "period_of_the_cover_is_not_the_rows",
    "error",
    "The Cover says {stated}, but {count} of {rows} rows say {period_id}. Nothing has been taken.",
    "Correct the Cover, or the column Period, and send it again.",
    "Last quarter's Cover on this quarter's figures is the commonest slip: one cell is wrong, and not every row.",
)
PERIOD_MIXED = fault(
    "periods_are_mixed",
    "error",
    "The file holds figures of {count} quarters: {which}.",
    "Send one file for each quarter, or state the period on the Cover if the others are corrections of earlier ones.",
    "A submission is for one period, so that it can be corrected without touching another.",
)
PERIOD_TAKEN = fault(
    "period_is_taken_from_the_last_quarter",
    "query",
    "The file does not say which quarter it is for, and gives the same figures for {which}; it is read as the return for "
    "{period_id}, and the others as what stands, corrections and late figures of earlier quarters.",
    "Fill in Period on the Cover sheet, or send only one quarter.",
    "A scorecard carries its last quarters along; which of them is the return's is said, so that a wrong guess is seen.",
)
PERIOD_AHEAD = fault(
    "return_is_ahead_of_its_time",
    "error",
    "The return is for {period_id}, which ends on {ends}, after today.",
    "Check the period. Send the return once the quarter is over.",
    "Figures for a quarter still running are forecasts, or a slip of the year.",
)
NOT_BEGUN = fault(
    "log_is_ahead_of_its_time",
    "error",
    "The return is for {period_id}, which begins on {begins}.",
    "Check the {every}. It may be sent as soon as its {every} has begun.",
    "What has not happened yet cannot be on a record.",
)
OUTSIDE_WINDOW = fault(
    "return_is_outside_its_window",
    "query",
    "The return for {period_id} closed on {closed}.",
    "If it corrects figures already sent, give the reason of each that changes: it will be listed as a restatement. If none was "
    "sent before, nothing is left to do.",
    "Figures changed after a meeting has used them must be seen to have changed.",
)
INSTRUMENT_NOT_ITS = fault(
    "self_assessment_is_not_the_one_on_the_cover",
    "error",
    "The Cover says {answered}; {count} of the {every} statements are of {of}. Nothing has been taken.",
    "Choose {of} on the Cover, under Which self-assessment, or send the workbook you meant.",
    "One cell of the Cover is mended in a moment; fifty rows that each ask to be taken out hide that it is the one wrong.",
)
ROUND_OVER = fault(
    "round_of_the_return_is_long_over",
    "query",
    "The return is for {year}, which was due by {due}. It is taken as that year's.",
    "If it is this year's, take the present template and send it for {now}; if it is late, say so to the business unit.",
    "Last year's template still lies in the folder: answers filed under it change a closed round and leave this one open.",
)
NOT_EXPECTED = fault(
    "return_is_not_the_one_expected",
    "error",
    "This return is from {agency_id} for {period_id}; expected was {wanted_agency} for {wanted_period}.",
    "Choose the right file, or correct the Cover sheet.",
    "The commonest slip of a busy afternoon is last quarter's file, or a colleague's.",
)
STATED_OTHERWISE = fault(
    "file_says_another_than_its_sender",
    "error",
    "The {what} you gave is {word}; the file itself says {here}.",
    "Choose the right file, or give the {what} that the file is of.",
    "Where the sender and the file disagree, one of them is last quarter's, or a colleague's; nobody else can tell which.",
)
ROLE_MAY_NAME = fault(
    "role_on_the_cover_may_name_somebody",
    "error",
    "{heading} on the Cover does not read as a role and may name somebody. What stands there has not been kept.",
    "Write the role alone, as Head of Service or Manager: no name, number or address. All else in the file counts.",
    "People move on and roles stay; and who approved a return is published, so nobody's name belongs there.",
    withheld=True,
)
APPROVED_WHEN = fault(
    "day_of_approval_does_not_count",
    "error",
    "{heading} on the Cover {fault}, so the return is taken as not {done} yet.",
    "Write the day it was {done}, as 30 September 2026. All else in the file counts.",
    "What somebody stands by, they stand by from a day on; one that is no day or not yet here is a slip or a promise.",
)
AWAITING_APPROVAL = fault(
    "awaiting_agency_approval",
    "note",
    "The Cover does not say who {approved}, and when.",
    "Fill in {cells}, and send it again; until then {until}.",
    "The Executive relies on what an agency itself stands by.",
)
_APPROVED = {
    "approved": "approved the figures in your agency",
    "cells": "Approved by (role) and Approved on",
    "until": "its figures are shown as provisional",
}
_SIGNED_OFF = {
    "approved": "has signed off the self-assessment",
    "cells": "Signed off by (role) and Signed off on",
    "until": "it does not count as a reply",
}


def approval(cover: Mapping[str, str], *, kind_id: str) -> list[Problem]:
    """The note that nobody has approved a return yet, in the words of its cover; nothing where somebody has."""
    if approver(cover):
        return []
    words = _SIGNED_OFF if kind_id == "self_assessment" else _APPROVED
    return [AWAITING_APPROVAL.problem(words, sheet="Cover" if cover else None)]
