"""The rows of a table by their words: which figure each is, and which are not in the layout."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.checking.laid_out.words import unmarked
from pipelines.checking.totals import TOTALS
from schemas.returns.by_value import texts
from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.checking.laid_out.matching import Table
    from schemas.layouts import Label, Layout

# What a row may be: a figure of the layout, read past by it, a total of others, none of it, or without words; or its
# reference and its words stand for two different indicators.
FIGURE, LEFT_OUT, TOTAL, UNKNOWN, BLANK, TWO = "figure", "left out", "total", "unknown", "blank", "two"
_PARTS = ("area_id", "breakdown", "category")
_ROW = ["state", "indicator_id", "answer", "breakdown", "category", "area_id", "words"]


@dataclass(frozen=True)
class Known:
    """The words of a layout by meaning, with the reasons of those left out, and the catalogue's own spellings.

    `unmarked`: those of a layout without the number before them or the mark of a note behind, each with all it may stand for.
    """

    labels: Mapping[str, Label]
    left_out: Mapping[str, str]
    spelt: Mapping[str, str]
    unmarked: Mapping[str, frozenset[str]]


def known(layout: Layout, spelt: Mapping[str, str]) -> Known:
    """The look-up of a layout; `spelt`: the catalogue's spellings of indicators, by meaning."""
    every: dict[str, set[str]] = defaultdict(set)
    for words in (each.words for each in (*layout.labels, *layout.left_out)):
        every[meaning(unmarked(words))].add(meaning(words))
    return Known(
        {meaning(label.words): label for label in layout.labels},
        {meaning(each.words): each.reason for each in layout.left_out},
        spelt,
        {bare: frozenset(whole) for bare, whole in every.items()},
    )


def labelled(table: Table, words: Known) -> pd.DataFrame:
    """One row for each row of the table (index: counted from 0 on the sheet): what it is, and what names its figure.

    Columns: `words` (as on the sheet), `state`, `why` (it is left out), `indicator_id`, `answer`, `breakdown`, `category`,
    `area_id`, `reason`, and `label_column`, the column its words stand in.
    """
    grid, head = table.grid, table.head
    index = pd.RangeIndex(head.first, head.end)
    columns = {name: texts(grid.labels(at, head.first, head.end), index) for name, at in head.names.items()}
    empty = texts([""] * len(index), index)
    ref, name = columns.get("indicator_id", empty), columns.get("indicator", empty)
    parts = pd.DataFrame({part: columns.get(part, empty) for part in _PARTS}, index=index)
    is_part = ref.eq("") & name.eq("") & parts.astype(bool).any(axis=1)
    said = _said(_from_above(ref, is_part), _from_above(name, is_part), words)
    for part in _PARTS:
        said[part] = said[part].where(said[part].ne(""), parts[part])
    at = head.names.get("indicator", head.names.get("indicator_id", 0))
    return said.assign(reason=columns.get("reason", empty), label_column=at)


def _from_above(cells: pd.Series, is_part: pd.Series) -> pd.Series:
    """A row that names only its part (`High`) is a part of the row above: sheets do not repeat what they split."""
    return cells.mask(is_part).ffill().fillna("").astype("object") if is_part.any() else cells


def _said(ref: pd.Series, name: pd.Series, words: Known) -> pd.DataFrame:
    pairs = list(zip(ref.tolist(), name.tolist(), strict=True))
    answers = {pair: _whichever(*pair, words) for pair in set(pairs)}
    return pd.DataFrame([answers[pair] for pair in pairs], index=ref.index, columns=[*_ROW, "why"], dtype="object")


def _whichever(ref: str, name: str, words: Known) -> tuple[str, ...]:
    """What a row is by its words as they stand, or else without a number before them and the mark of a note behind.

    Without these it must be one row of the layout and no other: “PPO used¹” is PPO used, unless there is a PPO used² as well.
    """
    found = _one(ref, name, words)
    if found[0] != UNKNOWN:
        return found
    bare = [meaning(unmarked(text)) for text in (ref, name)]
    meant = {whole for text in bare if text for whole in words.unmarked.get(text, {text})}
    known_ones = meant & {*words.labels, *words.left_out, *words.spelt, *TOTALS}
    if len(known_ones) != 1:
        return found
    state, *others = _one("", known_ones.pop(), words)
    return (state, *others[:-2], found[-2], others[-1])


def _one(ref: str, name: str, words: Known) -> tuple[str, ...]:
    """What a row is, by its reference first and then by its name."""
    shown = f"{ref} {name}".strip()
    spoken = [meaning(text) for text in (ref, name) if meaning(text)]
    found = [words.labels[each] for each in spoken if each in words.labels]
    if found:
        one, *others = found
        if any(other.indicator_id != one.indicator_id for other in others):
            return (TWO, "", "", "", "", "", shown, "")
        return (FIGURE, one.indicator_id, one.answer, one.breakdown, one.category, one.area, shown, "")
    spelt = next((words.spelt[each] for each in spoken if each in words.spelt), "")
    why = next((words.left_out[each] for each in spoken if each in words.left_out), "")
    is_total = any(each in TOTALS for each in spoken)
    state = LEFT_OUT if why else TOTAL if is_total else FIGURE if spelt else UNKNOWN if spoken else BLANK
    return (state, spelt if state == FIGURE else "", "", "", "", "", shown, why)
