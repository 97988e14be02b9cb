"""What each column of a table is: which names the figure of a row, which holds figures of which period."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pipelines.checking.cells import as_text
from pipelines.checking.guessing import periods
from pipelines.checking.guessing.heads import holds_figures, is_an_answer
from pipelines.checking.guessing.labels import UNSURE, meant
from schemas.returns import kinds
from schemas.returns.labels import category_labels, labels
from schemas.returns.meaning import meaning
from schemas.returns.numbers import number_in

if TYPE_CHECKING:
    from pipelines.checking.guessing.heads import Head
    from pipelines.checking.guessing.names import Names
    from pipelines.checking.guessing.periods import Said
    from pipelines.reading import Sheet
    from schemas.layouts.layout import Answer

NAMING = ("indicator_id", "indicator", "area_id", "breakdown", "category", "reason")
Role = Literal[
    "indicator_id", "indicator", "area_id", "breakdown", "category", "reason", "figures", "year_total", "year_made", "unread"
]  # fmt: skip
# So many of a column's different words must be known for it to name areas or categories.
_MOSTLY = 0.7
_LOOKED_AT = 400
# What a heading over the measures has among its words.
_CALLED = frozenset({"indicator", "indicators", "measure", "measures", "kpi", "kpis", "metric", "metrics"})
# So many of a column's words tell whether they name measures.
_SAMPLE = 40
# A row of the table's labels is words: a column of references (1.1, 4.5(b)) is none.
_WORDS = 4


@dataclass(frozen=True, slots=True)
class Use:
    """What a column is for; `period` and `answer` say more of one of figures. `confidence` is 0 to 100.

    `is_kept`: no guess, but what a layout that is kept says.
    """

    role: Role
    period: str = ""
    answer: Answer = "numerator"
    confidence: float = 100.0
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column of a table: its place counted from 0, its heading, and what it is taken for."""

    column: int
    heading: str
    use: Use


def guessed(sheet: Sheet, head: Head, known: Names) -> tuple[ColumnGuess, ...]:
    """Every column with a heading, or that names the rows, and what it is taken for."""
    uses = {column: _use(sheet, head, column, known) for column in range(len(head.headings))}
    if any(use.role == "figures" and use.period for use in uses.values()):
        # Beside columns that name their period one that names none is a number of the row, or an older figure.
        uses = {c: Use("unread", confidence=UNSURE) if _is_of_its_own(use) else use for c, use in uses.items()}
    else:
        # Without them “Total” may be the figure itself.
        uses = {c: replace(use, confidence=UNSURE) if use.role == "year_total" else use for c, use in uses.items()}
    uses = _within_the_year(uses)
    naming = _naming_the_rows(sheet, head, uses, known)
    if naming is not None:
        uses[naming[0]] = naming[1]
    shown = [
        column
        for column, text in enumerate(head.headings)
        if text or (uses[column].role != "unread" and _filled(sheet, head, column))
    ]
    return tuple(ColumnGuess(column, head.headings[column], uses[column]) for column in shown)


def _within_the_year(uses: dict[int, Use]) -> dict[int, Use]:
    """Quarters and months named without their year where they stay apart, so that next year's file fits as well.

    Which year it is the heading itself says, or the return.
    """
    figures = {column: use for column, use in uses.items() if use.role == "figures"}
    within = {column: replace(use, period=periods.within_the_year(use.period)) for column, use in figures.items()}
    if len({(use.period, use.answer) for use in within.values()}) < len(figures):
        return uses
    return uses | within


def _is_of_its_own(use: Use) -> bool:
    return use.role == "figures" and not use.period


def _use(sheet: Sheet, head: Head, column: int, known: Names) -> Use:
    said, texts = head.said[column], _filled(sheet, head, column)
    if said is not None:
        return _as_said(said, has_figures=holds_figures(sheet, head.first_row, column))
    if not texts:
        return Use("unread")
    if all(number_in(text) is not None for text in texts):
        return Use("unread", confidence=0.0)  # numbers, and nothing says of what
    return _of_names(texts, head.headings[column], known)


def _as_said(said: Said, *, has_figures: bool) -> Use:
    """What a heading says of its column, where what stands under it agrees."""
    if said.role == "figures" and said.period is not None and has_figures:
        return Use("figures", said.period, said.answer, said.confidence)
    if said.role == "year_total" and has_figures:
        return Use("year_total", confidence=said.confidence)
    if said.role == "year_made":
        return Use("year_made")
    return Use("unread", confidence=100.0 if said.role == "other" else UNSURE)


def _of_names(texts: list[str], heading: str, known: Names) -> Use:
    """Whether a column's words are ids, areas, breakdowns or categories, or reasons."""
    catalogue = known.catalogue
    spelled, different = labels(catalogue), {meaning(text) for text in texts} - {""}
    if not different:
        return Use("unread")
    categories = {spelling for _, spelling in category_labels(catalogue)}
    ids = {meaning(indicator_id) for indicator_id in catalogue.indicators}
    candidates: tuple[tuple[Role, set[str]], ...] = (
        ("indicator_id", ids),
        ("area_id", set(spelled["area_id"])),
        ("breakdown", set(spelled["breakdown"])),
        ("category", categories),
    )
    for role, words in candidates:
        share = len(different & words) / len(different)
        if share >= _MOSTLY:
            return Use(role, confidence=100 * share)
    said = kinds()["figures"].data.headings.get(meaning(heading))
    if said == "reason":
        return Use("reason", confidence=90.0)
    return Use("unread", confidence=UNSURE)


def _naming_the_rows(sheet: Sheet, head: Head, uses: dict[int, Use], known: Names) -> tuple[int, Use] | None:
    """The column whose words name the indicators: by its heading, by how many words are like one, by how they read."""
    if any(use.role == "indicator_id" for use in uses.values()):
        return None
    ranked = [
        (*_likeness(_filled(sheet, head, column), head.headings[column], known), -column)
        for column, use in uses.items()
        if use.role == "unread" and any(_is_words(text) for text in _filled(sheet, head, column))
    ]
    if not ranked:
        return None
    (is_called, score, _, place), *others = sorted(ranked, reverse=True)
    is_alone = not others or others[0][1] < score / 2
    confidence = 100.0 if is_called else 90.0 if is_alone and score >= UNSURE else 60.0
    return -place, Use("indicator", confidence=confidence)


def _likeness(texts: list[str], heading: str, known: Names) -> tuple[bool, float, float]:
    different = list(dict.fromkeys(text for text in texts if _is_words(text)))[:_SAMPLE]
    best = [found.matches[0].confidence if (found := meant(text, known)).matches else 0.0 for text in different]
    called = kinds()["figures"].data.headings.get(meaning(heading)) == "indicator" or bool(
        _CALLED & set(meaning(heading).split())
    )
    score = sum(best) / len(best) if best else 0.0
    return called and len(different) > 1, score, sum(map(len, different)) / max(1, len(different))


def quarters_down(sheet: Sheet, head: Head, found: tuple[ColumnGuess, ...]) -> str:
    """The heading of a column whose cells name several periods, "" where there is none."""
    for each in found:
        if each.use.role in ("figures", "year_total", "indicator", "indicator_id"):
            continue
        different = set(_filled(sheet, head, each.column))
        named = {text for text in different if periods.names_a_period(text)}
        if len(named) > 1 and len(named) >= _MOSTLY * len(different):
            return each.heading or "without heading"
    return ""


def _is_words(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _WORDS and not is_an_answer(text)


def _filled(sheet: Sheet, head: Head, column: int) -> list[str]:
    rows = sheet.rows[head.first_row : head.first_row + _LOOKED_AT]
    return [text for row in rows if (text := as_text(row[column]))]
