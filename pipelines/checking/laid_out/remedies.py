"""What to do about a problem, in words that hold for an agency's own spreadsheet: it has none of the template's columns."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from schemas.rules.file_sender import AWAITING_APPROVAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemas.layouts import Layout
    from schemas.problems import Problem

_UNDER = " under Reason"
_ON_THE_PAGE = " Give the reason here on the page Returns, or add a Reason column to your layout."
_IN_ITS_COLUMN = " Give the reason in your own column for it, or here on the page Returns."
_APPROVED_WHERE = "On a sheet named Cover, or above the first table, each with its answer in the next cell, write"
# What the template's columns are for, and how the same is done where there are none.
_ELSEWHERE = (
    (
        "add a row for that quarter with its right figure and the reason",
        "correct that quarter's own column, and give the reason",
    ),
    (", each in a row of its own for ", ", each in the column of "),
    (
        "Keep one of them, or rename the other.",
        "Give each the heading the layout reads it by, or delete the one that is not meant.",
    ),
    (
        ", or leave Value empty: it is worked out from the other two",
        ": the percentage is worked out from the two counts",
    ),
    ("The figure has been taken from Number and Out of.", "The figure has been taken from its two counts."),
    ("how many in Number, and out of how many in Out of", "how many in one, and out of how many in another"),
    (
        "Fill in Number and Out of; leave Value empty.",
        "Give the two counts behind it, each in a row or column of its own.",
    ),
    (
        "Fill in Number and Out of; if there was nothing to count at all, write Yes beside Nil return on the Cover.",
        "Fill in the column of the quarter, 0 where there were none.",
    ),
    ("give it once, in Number, and leave Value empty", "give it once"),
    ("put the indicator on the Not held sheet", "write it on a sheet named Not held"),
    ("as on the Lists sheet", "as the page Indicators lists them"),
    ("Use a breakdown from the Lists sheet, or", "Use a breakdown the data set has, or"),
    ("Use a category from the Lists sheet.", "Use a category of that breakdown."),
    ("then use the template's headings", "then name them in the layout"),
    ("; put words in the Reason column. If it is an estimate, say so there.", "; words belong in a cell of their own."),
    ("; put words in the Reason column.", "; words belong in a cell of their own."),
    ("add a row for that quarter instead", "correct it in that quarter's own column instead"),
    ("clear it and put x in Marker", "write x in its place"),
    ("Write 0 or tick Nil for none; marker x", "Write 0 for none, x"),
    ("type 0 or put x in Nil", "type 0"),
)

_LAST_QUARTER = re.compile(r"add a row for (\S+ Q\d|\S+) with its right number and the reason")


def as_laid_out(problems: Iterable[Problem], layout: Layout) -> Iterator[Problem]:
    """The problems, none of which asks for something in a column that the file has not got, and none said twice.

    What is said of a row's words would be said again for each of its quarters.
    """
    tail = _IN_ITS_COLUMN if has_reasons(layout) else _ON_THE_PAGE
    for problem in dict.fromkeys(problems):
        if problem.rule == AWAITING_APPROVAL.name:
            yield _without_a_cover(problem)
            continue
        fix = problem.fix
        for of_the_template, here in _ELSEWHERE:
            fix = fix.replace(of_the_template, here)
        fix = _LAST_QUARTER.sub(r"correct \1 in its own column, with the reason", fix)
        if _UNDER in fix:
            fix = fix.replace(_UNDER, "") + tail
        yield problem if fix == problem.fix else replace(problem, fix=fix)


def _without_a_cover(problem: Problem) -> Problem:
    """That nobody has approved the figures, where the file was made from no template and need have no Cover."""
    message = problem.message.replace("The Cover does", "The spreadsheet does")
    fix = problem.fix.replace("Fill in ", f"{_APPROVED_WHERE} ", 1)
    return replace(problem, message=message, fix=fix, sheet=None)


def has_reasons(layout: Layout) -> bool:
    """Whether some table of a layout has a column for reasons."""
    return any(
        "reason" in each.names or any(place.answer == "reason" for place in each.places) for each in layout.sheets
    )
