"""Cells of a log to what they mean: days, numbers, choices, agencies, indicators, references, words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from pipelines.checking.echo import WITHHELD, quoted
from pipelines.checking.judging import suggestion
from pipelines.checking.log_words import about_length, about_words
from schemas.returns.agreed import agreed
from schemas.returns.days import day_in, is_far_off
from schemas.returns.labelled import OBJECT
from schemas.returns.listed import listed
from schemas.returns.meaning import chosen, known_by, meaning, nearest
from schemas.returns.numbers import number_in
from schemas.returns.references import reference_in
from schemas.returns.visible import visible
from schemas.rules import log

if TYPE_CHECKING:
    from pipelines.checking.rows import Rows
    from schemas.problems import Problem
    from schemas.returns import Column, SheetLayout
    from schemas.returns.records import LogContext
    from schemas.rule import Rule

# A choice is guessed from no fewer letters than this.
_LETTERS = 3
Told = list[tuple[int, "Problem"]]
Found = tuple["Rule", dict[str, Any]]


def meant(rows: Rows, layout: SheetLayout, context: LogContext) -> tuple[pd.DataFrame, Told]:
    """The rows with each cell in its one spelling (days as 2026-09-30, ids for labels), and what could not be read.

    The frame has the layout's columns as text (plain objects), `sheet` and `row`, and the rows' index.
    """
    told: Told = []
    cleaned: list[tuple[int, str]] = []
    made = {name: rows.text[name] for name in ("sheet", "row")}
    for column in layout.columns:
        if column.given or _always(column):
            made[column.name] = pd.Series(_always_said(column, context), rows.text.index, dtype=OBJECT)
            continue
        cells: list[str] = []
        known: dict[str, _Read] = {}
        for at, sent in zip(rows.text.index, _sent(rows, column, context), strict=True):
            read = known.get(sent) or known.setdefault(sent, _read(column, sent, context))
            if read.is_cleaned:
                cleaned.append((at, column.name))
            cells.append(read.plain)
            told += [(at, _problem(rows, at, column, fault, words)) for fault, words in read.found]
        made[column.name] = pd.Series(cells, rows.text.index, dtype=OBJECT)
    return pd.DataFrame(made), [*told, *_taken_out(rows, cleaned)]


class _Read(NamedTuple):
    """One text of a column: its one spelling, what is wrong with it, and whether signs nobody sees were taken out."""

    plain: str
    found: list[Found]
    is_cleaned: bool


def _sent(rows: Rows, column: Column, context: LogContext) -> list[str]:
    """A column's cells as they came, what the cover says for all of them where they are empty."""
    cells = rows.texts(column.name)
    if not column.from_cover:
        return cells
    once = context.cover.get(column.from_cover, "")
    return [cell or once for cell in cells]


def _read(column: Column, sent: str, context: LogContext) -> _Read:
    text = visible(sent)
    return _Read(*_meant(column, text, context), text != sent)


def _always(column: Column) -> bool:
    return bool(column.from_cover) and not column.answer


def _always_said(column: Column, context: LogContext) -> str:
    """What every row says of whose it is and for when, as the cover was understood; nothing of what is only printed."""
    if column.given:
        return ""
    whose = {"agency": context.agency_id, "period": context.period.id}
    return whose.get(column.from_cover, context.cover.get(column.from_cover, ""))


def _meant(column: Column, text: str, context: LogContext) -> tuple[str, list[Found]]:
    if not text.strip():
        return "", [(log.NEEDED, {"hint": _hint(column)})] if column.needed else []
    if column.holds == "day":
        day = day_in(text)
        fault = log.DAY_FAR_OFF if is_far_off(text) else log.DAY_UNREADABLE
        return ("", [(fault, {})]) if day is None else (day.isoformat(), [])
    if column.holds in ("whole", "number"):
        return _number(column, text)
    if column.holds == "reference":
        return _reference(column, text, context)
    if column.holds in ("choice", "agency", "indicator", "statement"):
        return _known(column, text, context)
    # Whether a body's name is a person's has rules of its own: its words are not those of prose.
    about = about_length(column, text) if column.holds == "body" else about_words(column, text)
    return " ".join(text.split()), list(about)


def _reference(column: Column, text: str, context: LogContext) -> tuple[str, list[Found]]:
    plain = reference_in(text)
    if column.name == "respondent_id" and meaning(text) in agreed(context.catalogue).known["agency_id"]:
        return "", [(log.REFERENCE_OF_AGENCY, {})]
    example = column.hint.removeprefix("As ").split(",")[-1].strip() or "R-14"
    return ("", [(log.REFERENCE_UNREADABLE, {"example": example})]) if plain is None else (plain, [])


def _number(column: Column, text: str) -> tuple[str, list[Found]]:
    number = number_in(text)
    wanted = "a whole number" if column.holds == "whole" else "a number"
    if number is None or number < 0 or (column.holds == "whole" and not float(number).is_integer()):
        return "", [(log.NUMBER_UNREADABLE, {"wanted": wanted})]
    return f"{number:.10g}", []


def _known(column: Column, text: str, context: LogContext) -> tuple[str, list[Found]]:
    catalogue = context.catalogue
    if column.holds == "choice":
        known = _spellings(column.choices)
        found = _chosen(column.choices, text)
        if found is not None:
            return found, []
        labels = [catalogue.label(column.choices, each) for each in dict.fromkeys(known.values())]
        # A number or a letter is like anything that holds it.
        close = known.get(nearest(text, known)) if len(re.findall(r"[^\W\d_]", text)) >= _LETTERS else None
        near = f" Did you mean “{catalogue.label(column.choices, close)}”?" if close else ""
        offered = ", ".join(labels) if len(labels) <= 8 else f"{listed(labels)}, on the sheet Lists"
        return "", [(log.CHOICE_UNKNOWN, {"nearest": near, "offered": offered})]
    if column.holds == "statement":
        return _statement(text, context)
    name = f"{column.holds}_id"
    spellings = agreed(catalogue).known[name]
    found = spellings.get(meaning(text), "")
    if found:
        return found, []
    fault = log.AGENCY_UNKNOWN if column.holds == "agency" else log.INDICATOR_UNKNOWN
    return "", [(fault, {"nearest": suggestion(text, spellings, catalogue)})]


def _statement(text: str, context: LogContext) -> tuple[str, list[Found]]:
    """A statement by its ID however it is written: OS1.1, os 1.1, OS-1.1."""
    plain = "".join(text.split()).replace("-", "").upper()
    if plain in context.catalogue.statements:
        return plain, []
    near = nearest(plain, {meaning(each): each for each in context.catalogue.statements})
    close = next((each for each in context.catalogue.statements if meaning(each) == near), "")
    return "", [(log.STATEMENT_UNKNOWN, {"nearest": f" Did you mean {close}?" if close else ""})]


@lru_cache(maxsize=20_000)
def _chosen(choices: str, text: str) -> str | None:
    return chosen(text, _spelt(choices))


@lru_cache(maxsize=64)
def _spellings(choices: str) -> dict[str, str]:
    return known_by(_spelt(choices))


@lru_cache(maxsize=64)
def _spelt(choices: str) -> list[tuple[str, tuple[str, ...]]]:
    from schemas.catalogue import catalogue

    known = catalogue()
    of_it = known.breakdowns[choices].categories if choices in known.breakdowns else known.choices[choices].values()
    return [(each.id, (each.id, each.label, *each.aliases)) for each in of_it]


def _hint(column: Column) -> str:
    once = ", or once for every row on the Cover" if column.from_cover else ""
    return f": {column.hint[0].lower()}{column.hint[1:]}{once}" if column.hint else once


# Beside what may name somebody: words that are too long to repeat, or tell of somebody without a name.
_NOT_REPEATED = (log.WORDS_OF_A_FEW, log.WORDS_TOO_LONG, log.WORDS_TELL_A_STORY)


def _problem(rows: Rows, at: int, column: Column, fault: Rule, words: dict[str, Any]) -> Problem:
    place = rows.place(at, column.name)
    every = {"heading": column.heading, "where": rows.where(at, column.name), **words}
    if fault.withheld or fault in _NOT_REPEATED:
        return fault.problem(every, **place)
    said = quoted(rows.value(at, column.name), is_day=column.holds == "day")
    value = "" if said == WITHHELD else said.strip("“”")
    return fault.problem({**every, "value": said}, value=value, **place)


def _taken_out(rows: Rows, cleaned: list[tuple[int, str]]) -> Told:
    """One note of all the texts that held signs nobody sees."""
    if not cleaned:
        return []
    at, column = cleaned[0]
    cells = listed([rows.where(each, name) for each, name in cleaned])
    said = log.UNSEEN_TAKEN_OUT.problem({"count": len(cleaned), "cells": cells}, **rows.place(at, column))
    return [(at, said)]
