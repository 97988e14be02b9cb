"""The sentences of a preview about one agency, and how far each agency is with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence about an agency: what it is of, who it names, the account that would stand beside it.

    `marker` is the shape beside it: concern, improvement, unusual, usual, missing or none. An account can be added where `may_answer`; `account_at` is when one sent since the preview was made came.
    """

    section: str
    marker: str
    lead: str
    sentence: str
    owner: str
    indicator_id: str = ""
    recommendation_id: str = ""
    account_by: str = ""
    account: str = ""
    account_at: datetime | None = None
    may_answer: bool = True

    @property
    def key(self) -> str:
        """What an account of it is of: the indicator, the recommendation, or the return as a whole."""
        return self.indicator_id or self.recommendation_id or "return"


@dataclass(frozen=True, slots=True)
class Preview:
    """The sentences about one agency in the preview of a quarter's release; `release_on` is the day it is due."""

    publication_id: str
    made_at: datetime
    period_id: str
    release_on: date
    agency_id: str
    sentences: tuple[Sentence, ...]

    @property
    def answered(self) -> int:
        """How many of those that can have an account have one."""
        return sum(bool(each.account) for each in self.sentences if each.may_answer)

    @property
    def open(self) -> int:
        """How many of those that can have an account have none."""
        return sum(not each.account for each in self.sentences if each.may_answer)


@dataclass(frozen=True, slots=True)
class Looked:
    """How far an agency is with the preview: how much is said of it, who has looked first and when, what it answered.

    `open`: how many sentences that can have an account of its own have none.
    """

    agency_id: str
    agency: str
    sentences: int
    answered: int
    open: int
    seen_at: datetime | None
    seen_by: str
