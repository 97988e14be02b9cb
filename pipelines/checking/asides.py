"""Rows of a table of figures that are none: headings again, units, notes beneath; and numbers that name no indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking.judging import suggestion
from schemas.returns.by_value import by_value
from schemas.returns.figures import KIND
from schemas.returns.listed import listed
from schemas.returns.meaning import meaning
from schemas.returns.unreadable import why_no_number
from schemas.rule import rules_of
from schemas.rules import file_contents

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.checking.rows import Rows
    from schemas.problems import Problem
    from schemas.returns.context import Context

_ANSWERS = ("numerator", "denominator", "value", "marker", "nil")
# So many cells under their own heading's words are the headings again.
_ENOUGH = 3
_NOTES = frozenset(
    {"note", "notes", "source", "sources", "key", "footnote", "footnotes", "nb", "please note", "definitions"}
)


@dataclass(frozen=True)
class Asides:
    """The rows that are figures, what was said of the others, and how many of these hold a number of something."""

    rows: Rows
    problems: tuple[Problem, ...]
    unnamed: int


def without_asides(rows: Rows, context: Context) -> Asides:
    """Take out what is no figure, with one note, and rows with numbers that name no indicator we know, with an error each."""
    text = rows.text
    id_, title = text["indicator_id"], text["indicator"]
    is_aside = _are_headings(text) | _are_words(text)
    unnamed = (
        ~is_aside & id_.eq("") & ~by_value(title, lambda cell: meaning(cell) in context.known["indicator_id"], "bool")
    )
    # A label that says total is judged with the rows it sums.
    unnamed &= ~by_value(title, lambda cell: "total" in meaning(cell), "bool")
    problems: list[Problem] = []
    if is_aside.any():
        cells = [rows.where(int(at), "indicator_id") for at in text.index[is_aside]]
        problems.append(file_contents.NOT_A_FIGURE.problem({"cells": listed(cells)}))
    problems += [_unnamed(rows, int(at), context) for at in text.index[unnamed]]
    kept = text[~(is_aside | unnamed)]
    return Asides(rows if len(kept) == len(text) else rows.only(kept), tuple(problems), int(unnamed.sum()))


def _are_headings(text: pd.DataFrame) -> pd.Series:
    """Which rows repeat the headings of their columns, as a table printed over several pages does."""
    known = KIND.data.headings
    columns = [column.name for column in KIND.data.columns]
    first = by_value(text["indicator_id"], lambda cell: known.get(meaning(cell)) == "indicator_id", "bool")
    first |= by_value(text["indicator"], lambda cell: known.get(meaning(cell)) == "indicator", "bool")
    if not first.any():
        return first
    alike = sum(
        by_value(text.loc[first, name], lambda cell, name=name: known.get(meaning(cell)) == name, "int64")
        for name in columns
    )
    return first & (first.astype("int64") * 0).add(alike, fill_value=0).ge(_ENOUGH)


def _are_words(text: pd.DataFrame) -> pd.Series:
    """Which rows name no indicator and hold no number: the line of units under the headings, and notes."""
    nameless = text["indicator_id"].eq("") & text["indicator"].eq("")
    for name in ("indicator_id", "indicator"):
        nameless |= by_value(text[name], lambda cell: meaning(cell) in _NOTES, "bool")
    if not nameless.any():
        return nameless
    wordy = nameless.copy()
    for name in _ANSWERS:
        wordy &= by_value(text[name], lambda cell: not cell or why_no_number(cell) == "other", "bool")
    return wordy


def _unnamed(rows: Rows, at: int, context: Context) -> Problem:
    title = rows.value(at, "indicator")
    if title:
        rule = next(rule for rule in rules_of("figures") if rule.name == "indicator_is_not_known")
        near = suggestion(title, context.known["indicator_id"], context.catalogue)
        return rows.problem(rule, at, "indicator", {"nearest": near})
    column = next(name for name in _ANSWERS if rows.value(at, name))
    return rows.problem(file_contents.NAMES_NO_INDICATOR, at, column, {})
