"""The page of mistakes: what goes wrong in returns, and what Throughline really says to a return spoilt so."""

from __future__ import annotations

import tempfile
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.returns import kinds
from schemas.rule import rules_of
from tests.docs.markdown import code, page, table
from tests.pipelines.faults import FAULTS

if TYPE_CHECKING:
    from tests.pipelines.faults import Fault

WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
INTRODUCTION = """
What goes wrong in returns, from the issue trackers and published data of services like this one, and what Throughline says.
Two things hold throughout: one bad cell never blocks the rest, and every message says what is wrong, where, with which
value, and how to put it right. Each example is what a good return, spoilt in that way, was really answered; the rules are
explained in [rules.md](rules.md).
"""


def mistakes() -> str:
    """The whole page."""
    return page("Mistakes", INTRODUCTION, *(_entry(int(number), words) for number, words in WORDS.items()))


def _entry(number: int, words: dict[str, str]) -> str:
    mine = [fault for fault in FAULTS if fault.number == number]
    parts = [f"## {number}. {words['mistake']}", words["answer"], _example(mine[0])]
    rows = [(in_words(fault), _severity(fault), _link(fault)) for fault in mine]
    return "\n\n".join([*parts, table(("for example", "answered by", "rule"), rows)])


def _example(fault: Fault) -> str:
    """What the first way a mistake happens was answered."""
    with tempfile.TemporaryDirectory() as folder:
        answer = fault.way(fault, Path(folder))
    if not fault.rule:
        said = answer.said or f"{answer.accepted} of {answer.accepted} figures taken, and nothing to say."
        return f"*{in_words(fault)}*: {code(said)}"
    problem = answer.named(fault.rule)[0]
    mend = f" To mend it: {code(problem.fix)}" if problem.fix else ""
    return f"*{in_words(fault)}*: {code(problem.message)}{mend}"


def in_words(fault: Fault) -> str:
    """A mistake's name as a sentence says it."""
    plain = fault.name.replace("_", " ")
    return plain[0].upper() + plain[1:]


def _severity(fault: Fault) -> str:
    if fault.rule:
        return _severities()[fault.rule]
    return "in words" if fault.said else "nothing: it is read"


def _link(fault: Fault) -> str:
    return f"[{fault.rule}](rules.md#{fault.rule})" if fault.rule else ""


@cache
def _severities() -> dict[str, str]:
    return {rule.name: rule.severity for kind in ("file", *kinds()) for rule in rules_of(kind)}
