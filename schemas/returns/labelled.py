"""A column of few different texts: each text once, and for every row the number of its text.

What is asked of a text is asked once, however many rows it stands in; the answers are dealt out by number.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# As a type, not by its name: pandas asks every type it knows whether the name is its own.
OBJECT = np.dtype(object)
# Numbers of several columns are joined in 64 bits; beyond this the next column might not fit.
_FITS = 2**40


@dataclass(frozen=True, eq=False)
class Labelled:
    """A column's different texts, and the number of the text in each row; some texts may stand in no row (any more)."""

    codes: np.ndarray
    texts: Sequence[str]

    @classmethod
    def of(cls, cells: pd.Series) -> Labelled:
        """A column as it is if it is a categorical one, else counted out."""
        held = cells.array
        if isinstance(held, pd.Categorical):
            return cls(held.codes, held.categories.tolist())
        codes, values = pd.factorize(cells.to_numpy(dtype=object))
        return cls(codes, list(values))

    @cached_property
    def _rows(self) -> np.ndarray:
        return np.bincount(self.codes, minlength=len(self.texts))

    @property
    def used(self) -> list[int]:
        """The numbers of the texts that stand in any row.

        >>> Labelled(np.array([2, 0]), ["a", "b", "c"]).used
        [0, 2]
        """
        return np.flatnonzero(self._rows).tolist()

    def counts(self) -> dict[str, int]:
        """In how many rows each text stands, in the order of their numbers.

        >>> Labelled(np.array([2, 0, 2]), ["a", "b", "c"]).counts()
        {'a': 1, 'c': 2}
        """
        return {self.texts[number]: int(self._rows[number]) for number in self.used}

    def answers(self, answer: Callable[[str], Any], dtype: str = "object") -> np.ndarray:
        """Ask once for each different text, and give every row its answer.

        >>> Labelled(np.array([0, 1, 0]), ["a", "bb"]).answers(len, "int64").tolist()
        [1, 2, 1]
        """
        used = self.used
        answers = np.empty(len(used), dtype=object)
        answers[:] = [answer(self.texts[number]) for number in used]
        table = np.zeros(len(self.texts), dtype=dtype)
        table[used] = answers.astype(dtype)
        return table[self.codes]

    def renamed(self, answer: Callable[[str], str]) -> Labelled:
        """Each text as another; what becomes the same has one number.

        >>> one = Labelled(np.array([0, 1, 2]), ["a", "A", "b"]).renamed(str.lower)
        >>> one.texts, one.codes.tolist()
        (['a', 'b'], [0, 0, 1])
        """
        known: dict[str, int] = {}
        table = np.zeros(len(self.texts), dtype=np.intp)
        for number in self.used:
            table[number] = known.setdefault(answer(self.texts[number]), len(known))
        return Labelled(table.astype(np.min_scalar_type(len(known)))[self.codes], list(known))

    def is_(self, text: str) -> np.ndarray:
        """Where a text stands."""
        return np.array([value == text for value in self.texts], dtype=bool)[self.codes]

    def filled_from(self, other: Labelled) -> Labelled:
        """The same, with the other's text where this one is empty.

        >>> one, other = Labelled(np.array([0, 1]), ["", "a"]), Labelled(np.array([0, 0]), ["b"])
        >>> [made.texts[code] for made in [one.filled_from(other)] for code in made.codes]
        ['b', 'a']
        """
        empty = self.is_("")
        if not empty.any() or all(value == "" for value in other.texts):
            return self
        both = [*self.texts, *other.texts]
        codes = np.where(empty, other.codes.astype(np.intp) + len(self.texts), self.codes)
        return Labelled(codes, both).renamed(str)

    def column(self, index: pd.Index) -> pd.Series:
        """The column as a frame holds it: a categorical one."""
        kinds = pd.CategoricalDtype(pd.Index(self.texts, dtype=OBJECT))  # pyright: ignore[reportArgumentType, reportCallIssue] - as pandas has it
        made = pd.Categorical.from_codes(self.codes, dtype=kinds, validate=False)  # pyright: ignore[reportCallIssue] - newer than its stubs
        return pd.Series(made, index=index, copy=False)


def together(*columns: Labelled) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """Several columns as one: the number of each row's combination, and the different combinations.

    >>> ones, others = Labelled(np.array([0, 1, 0]), ["a", "b"]), Labelled(np.array([0, 0, 0]), ["x"])
    >>> codes, combinations = together(ones, others)
    >>> codes.tolist(), combinations
    ([0, 1, 0], [('a', 'x'), ('b', 'x')])
    """
    joint = np.zeros(len(columns[0].codes), dtype=np.int64)
    size = 1
    for column in columns:
        if size * len(column.texts) > _FITS:
            joint = pd.factorize(joint)[0]
            size = int(joint.max(initial=0)) + 1
        joint = joint * len(column.texts) + column.codes
        size *= max(len(column.texts), 1)
    codes, different = pd.factorize(joint)
    first = np.zeros(len(different), dtype=np.intp)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    parts = [[column.texts[code] for code in column.codes[first].tolist()] for column in columns]
    return codes, list(zip(*parts, strict=True))


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame whose categorical columns are plain objects, which rules may compare and join as they like."""
    made = {str(name): column for name, column in frame.items() if isinstance(column.dtype, pd.CategoricalDtype)}
    return frame.assign(**{name: _plain(column) for name, column in made.items()})


def _plain(column: pd.Series) -> pd.Series:
    held = Labelled.of(column)
    values = np.empty(len(held.texts), dtype=object)
    values[:] = held.texts
    return pd.Series(values[held.codes], index=column.index, dtype=OBJECT)
