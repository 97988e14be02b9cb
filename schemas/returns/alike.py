"""How alike two recommendations are: whether the partnership is agreeing, or finding, the same thing again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Sequence

# Out of 100: from here on two wordings may ask for the same thing. Set on pairs of such wording (tests/unit/test_alike.py):
# the least alike that are one score 83, others on one subject at most 73. Two that differ in a single telling word score
# as high as the same thing said twice: that is why it is asked, and never decided by the score.
ALIKE = 80.0
# Months within which the same learning, found again after it was called finished, was not learned.
AGAIN_MONTHS = 24
# What every recommendation says, and none is known by.
_FILLER = frozenset(
    {"the", "a", "an", "of", "to", "in", "on", "and", "or", "for", "is", "are", "be", "should", "must", "will", "that", "with",
     "all", "each", "every", "their", "its", "by", "as", "at", "from", "partnership", "partners", "agencies", "agency", "ensure",
     "lscp", "leeds", "review", "practice", "any", "this", "it", "have", "has", "been", "when", "where", "who", "they", "them"}
)  # fmt: skip
# Fewer words than this in common are a shared subject, not a shared recommendation.
_ENOUGH = 3


def likeness(one: str, other: str) -> float:
    """How alike two wordings are, 0 to 100, by the words that matter, in any order.

    The token set ratio: the words both have are set against those of each alone, so that a longer wording of the same
    thing stays alike. Endings of words do not count. 0 where fewer than three words that matter are shared.

    >>> likeness("Core groups meet within ten working days", "Ensure that core groups meet in ten working days") > ALIKE
    True
    >>> likeness("Core groups meet within ten working days", "Schools are told before the next school day") < ALIKE
    True
    """
    from rapidfuzz import fuzz

    mine, others = _telling(one), _telling(other)
    if _shared(mine, others) < _ENOUGH:
        return 0.0
    return fuzz.token_set_ratio(mine, others)


def alike(ones: Sequence[str], others: Sequence[str]) -> np.ndarray:
    """The likeness of each wording to each other one, a row for each; 0 where they are not alike.

    >>> alike(["Core groups meet in ten days"], ["Fathers join assessments", "Core groups meet within ten days"]).tolist()
    [[0.0, 100.0]]
    """
    mine, mine_at = _different(ones)
    theirs, theirs_at = _different(others)
    scores = np.zeros((len(mine), len(theirs)))
    rows, columns, found = _pairs(mine, theirs)
    scores[rows, columns] = found
    return scores[np.ix_(mine_at, theirs_at)]


def _different(texts: Sequence[str]) -> tuple[tuple[str, ...], np.ndarray]:
    """The different wordings by the words that matter, and which of them each text is."""
    telling = list(map(_telling, texts))
    places = {text: place for place, text in enumerate(dict.fromkeys(telling))}
    return tuple(places), np.array([places[text] for text in telling], dtype=np.intp)


# Two rules ask for the same wordings one after the other; what is alike is few, where the whole table is large.
@lru_cache(maxsize=64)
def _pairs(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The pairs that are alike: the place of one, of the other, and how alike they are."""
    from rapidfuzz import fuzz, process

    rows, columns = np.nonzero(_share_enough(mine, theirs))
    ones, others = [mine[row] for row in rows], [theirs[column] for column in columns]
    scores = process.cpdist(ones, others, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, dtype=np.float64)
    like = scores > 0
    return rows[like], columns[like], scores[like]


def _share_enough(mine: tuple[str, ...], theirs: tuple[str, ...]) -> np.ndarray:
    """Whether each wording shares enough words that matter with each other one."""
    words = {word: place for place, word in enumerate(sorted({word for text in mine for word in text.split()}))}
    held = [np.zeros((len(texts), len(words)), dtype=np.float32) for texts in (mine, theirs)]
    for texts, has in zip((mine, theirs), held, strict=True):
        for row, text in enumerate(texts):
            has[row, [words[word] for word in text.split() if word in words]] = 1
    return held[0] @ held[1].T >= _ENOUGH


def finished(actions: pd.DataFrame) -> pd.DataFrame:
    """The recommendations whose actions are all done, with the day the last of them was (`finished_on`).

    Actions that were stopped do not keep one open; an action without a day does, as nobody can say when it ended.

    >>> days = pd.to_datetime(["2025-06-30", "2025-09-30", None])
    >>> ids, states = ["R-01", "R-01", "R-02"], ["done", "done", "in_progress"]
    >>> finished(pd.DataFrame({"recommendation_id": ids, "status": states, "done_on": days})).values.tolist()
    [['R-01', Timestamp('2025-09-30 00:00:00')]]
    """
    carried = actions[actions["status"].ne("stopped")]
    still_open = carried.loc[carried["status"].ne("done") | carried["done_on"].isna(), "recommendation_id"]
    done = carried[~carried["recommendation_id"].isin(set(still_open))]
    last = done.groupby("recommendation_id")["done_on"].max()
    return pd.DataFrame({"recommendation_id": last.index, "finished_on": last.array})


def _shared(one: str, other: str) -> int:
    return len(set(one.split()) & set(other.split()))


@lru_cache(maxsize=4096)
def _telling(text: str) -> str:
    return " ".join(_stem(word) for word in meaning(text).split() if word not in _FILLER)


def _stem(word: str) -> str:
    """A word without its commonest endings.

    >>> [_stem(word) for word in ("meetings", "shared", "agencies", "is")]
    ['meet', 'shar', 'agenc', 'is']
    """
    for ending in ("ings", "ing", "ies", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
