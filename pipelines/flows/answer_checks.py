"""What a form's answers are held to: each text as it is typed, and all of them, by every rule, before they are sent."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from pipelines.checking import check_workbook
from pipelines.checking.log_cells import meant
from pipelines.checking.log_sheets import log_tables
from pipelines.checking.person_level import findings
from pipelines.flows.answer_form import COLUMNS
from pipelines.flows.answer_sheet import Sheetful, in_memory
from schemas.catalogue import catalogue
from schemas.problems import Problem
from schemas.returns.offices import is_role
from schemas.returns.records import LogContext, typed
from schemas.returns.self_assessment import KIND, STATEMENTS
from schemas.rule import rules_of
from schemas.rules import file_sender, log

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pandas as pd

    from pipelines.checking.rows import Rows

# Where a workbook has it: ` (Statements!D2)`, ` in Statements!D2`, ` (row 2)`.
_CELL = re.compile(r" (?:\((?:Statements![A-Z]+\d+(?::[A-Z]+\d+)?|row \d+)\)|(?:in|at) Statements![A-Z]+\d+)")
_ROW = (" The row has not been taken.", " It has not been kept.")
# What a form does by itself, lists by itself, or cannot mend.
OF_A_FILE = (
    file_sender.AWAITING_APPROVAL.name,
    "log_sheet_is_not_there",
    "log_records_are_as_before",
    "self_assessment_is_not_whole",
)
# No text of a form has room for more: one that is longer is not read at all.
_MOST = 2_000
_DETAILS = (
    "{heading} reads as the details of one person: a number, a postcode or a date of birth. It has not been saved."
)
_MAY_TELL = "{heading} may tell of a person."
_NO_PEOPLE = "Take it out: write of practice, roles and teams, never of people."


@dataclass(frozen=True, slots=True)
class Told:
    """One thing the check says of a form: of which statement and column (empty: of the whole), in words, and the remedy."""

    statement_id: str
    column: str
    severity: str
    message: str
    fix: str

    @property
    def words(self) -> str:
        """What is wrong and what to do."""
        return " ".join(part for part in (self.message, self.fix) if part)


@dataclass(frozen=True)
class Tidy:
    """The answers that may be kept, each in its one spelling; what was refused; what is asked about and kept all the same."""

    answers: dict[str, str]
    refused: tuple[Told, ...]
    asked: tuple[Told, ...]


def tidied(said: Sheetful, today: date) -> Tidy:
    """What may be kept of the answer to one statement: `said` holds that one, with the columns that changed.

    Every text is held to what holds a workbook's cells, and to the rules that find people. One that may name somebody,
    or cannot be read, is left out and said; its words are in nothing that is given back.
    """
    ((statement_id, answer),) = said.answers.items()
    refused = [_too_long(statement_id, name, text) for name, text in answer.items() if len(text) > _MOST]
    short = {name: text for name, text in answer.items() if len(text) <= _MOST}
    personal = [name for name, text in short.items() if text and _is_personal(said, statement_id, name, text)]
    refused += [_person_level(statement_id, name) for name in personal]
    left = {name: text for name, text in short.items() if name not in personal}
    if not any(left.values()):
        return Tidy(left, tuple(refused), ())
    read = log_tables(in_memory(replace(said, answers={statement_id: left})), KIND).rows[STATEMENTS.name]
    plain, problems = _read(read, said, today)
    out = {p.column for p in problems if p.severity == "error" or p.rule in _withheld()}
    told = [_told(statement_id, problem) for problem in problems if problem.column in left]
    kept = {name: "" if not text else plain[name] for name, text in left.items() if name not in out}
    return Tidy(
        kept,
        (*refused, *(each for each in told if each.column in out)),
        tuple(each for each in told if each.column not in out and each.severity == "query"),
    )


def whole(said: Sheetful, held: Mapping[str, pd.DataFrame], today: date) -> tuple[Told, ...]:
    """What the check says of all the answers together, the gravest first, in the words a workbook would get."""
    report = check_workbook(in_memory(said), kind=KIND.id, today=today, held=lambda _kind, _sender: held)
    return of_a_form(report.problems, said)


def of_a_form(problems: Sequence[Problem], said: Sheetful) -> tuple[Told, ...]:
    """Problems of the workbook as they are told to who filled in the form: by statement, without cells."""
    order = {"error": 0, "query": 1, "note": 2}
    mine = sorted((p for p in problems if p.rule not in OF_A_FILE), key=lambda p: order[p.severity])
    return tuple(dict.fromkeys(_told(said.statement_at(p.row), p) for p in mine))


def readable(text: str) -> str:
    r"""The text without what no keyboard types and no file can hold: control characters and halves of characters.

    Those that part words become a space, so that two words stay two.

    >>> readable("Safe\x00guarding\x0b\ud800lead")
    'Safeguarding lead'
    """
    parted = "".join(" " if each.isspace() and each not in "\n\t" else each for each in text)
    return "".join(each for each in parted if each in "\n\t" or unicodedata.category(each) not in {"Cc", "Cs"})


def role_fault(role: str, heading: str, said: Sheetful, today: date) -> str:
    """Why a role on the sign-off cannot be kept, in a sentence; empty where it can."""
    if not role.strip():
        return f"{heading}: write the role, such as manager or chair of governors."
    longest = STATEMENTS.column("owner_role").longest
    if len(role) > longest:
        return f"{heading} has {len(role):,} characters; there is room for {longest}. Say it shorter."
    ((statement_id, _),) = list(said.answers.items())[:1]
    found = tidied(replace(said, answers={statement_id: {"owner_role": role}}), today)
    may_name = found.refused or found.asked or not is_role(" ".join(role.split()))
    return f"{heading} may name somebody. Write a role, never a person." if may_name else ""


def _read(read: Rows, said: Sheetful, today: date) -> tuple[dict[str, str], list[Problem]]:
    """The one row in its one spelling, and what its cells and the rules about people say of it."""
    context = LogContext(catalogue(), KIND, said.respondent_id, said.year, today)
    text, told = meant(read, STATEMENTS, context)
    problems = [problem for _, problem in told]
    for rule in rules_of(KIND.id):
        if rule.withheld and rule.sheet == STATEMENTS.name:
            found = rule.broken(typed(STATEMENTS, text), context)
            columns = found["at"].tolist() if "at" in found else rule.column.split() * (not found.empty)
            problems += [
                Problem(rule.name, rule.severity, _named(_MAY_TELL, each), rule.fix, column=each) for each in columns
            ]
    return {column.name: str(text[column.name].iloc[0]) for column in COLUMNS}, problems


@cache
def _withheld() -> frozenset[str]:
    """The rules whose problems may be about somebody."""
    return frozenset(rule.name for kind in ("log", KIND.id) for rule in rules_of(kind) if rule.withheld)


def _is_personal(said: Sheetful, statement_id: str, name: str, text: str) -> bool:
    """Whether this one text would have a whole workbook refused."""
    return bool(findings(in_memory(replace(said, answers={statement_id: {name: text}}))))


def _person_level(statement_id: str, name: str) -> Told:
    return Told(statement_id, name, "error", _named(_DETAILS, name), _NO_PEOPLE)


def _too_long(statement_id: str, name: str, text: str) -> Told:
    column = STATEMENTS.column(name)
    message = log.WORDS_TOO_LONG.problem(
        {"heading": column.heading, "count": len(text), "longest": column.longest, "where": ""}
    ).message.replace(" ()", "")
    return Told(statement_id, name, "error", message, log.WORDS_TOO_LONG.fix)


def _named(sentence: str, column: str) -> str:
    return sentence.format(heading=STATEMENTS.column(column).heading)


def _told(statement_id: str, problem: Problem) -> Told:
    message = _CELL.sub("", problem.message)
    for end in _ROW:
        message = message.replace(end, "")
    return Told(statement_id, problem.column or "", problem.severity, _of_form(message), _of_form(problem.fix))


def _of_form(sentence: str) -> str:
    """A sentence said of a workbook, to somebody who has none."""
    return sentence.replace("workbook", "form")
