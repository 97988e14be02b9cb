"""What words.toml tells: what organisations write beside their scores, by standard and by statement."""

from __future__ import annotations

from functools import cache

from sample_data.assessments.register import FOLDER
from sample_data.logs.records import told
from schemas.catalogue.entry import Entry


class OfStandard(Entry):
    """Who owns actions of a standard, what good practice of it reads like, and what shows that it makes a difference."""

    owners: tuple[str, ...]
    good: str
    impact: tuple[str, ...]


class OfStatement(Entry):
    """What is not there yet of a statement, and what is to be done about it."""

    gap: str
    action: str


class Words(Entry):
    """All of words.toml."""

    standards: dict[str, OfStandard]
    statements: dict[str, OfStatement]


@cache
def words() -> Words:
    """What organisations of the sample write."""
    return told("words", Words, beside=FOLDER)
