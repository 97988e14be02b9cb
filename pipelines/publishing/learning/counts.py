"""How far recommendations have come, counted: of all, and by source, theme, agency and year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.measures.ladder import LEVELS
from schemas.periods import quarter_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipelines.publishing.learning.rungs import Standing
    from schemas.catalogue import Catalogue

VERDICTS = ("improved", "no_change", "worse", "too_early", "not_measurable")


def counts(catalogue: Catalogue, every: Sequence[Standing], *, all_splits: bool) -> Iterator[dict[str, Any]]:
    """The rows of the publication table `learning_count`; each step counts those that went further.

    Without `all_splits` (outside the Executive) there is no split by source: set beside the list of recommendations, or
    beside that of the release before, it would tell which of them came from a serious incident.
    """
    if not every:
        return
    yield _row("all", "all", "All recommendations", 0, every)
    for dimension, (key, label) in _dimensions(catalogue).items():
        if dimension == "source" and not all_splits:
            continue
        present = dict.fromkeys(key(one) for one in every)
        ordered = sorted(present, key=lambda each: (label(each)[0], label(each)[1]))
        for position, each in enumerate(ordered):
            mine = [one for one in every if key(one) == each]
            yield _row(dimension, each, label(each)[1], position, mine)


def _dimensions(catalogue: Catalogue) -> dict[str, tuple[Callable[[Standing], str], Callable[[str], tuple[int, str]]]]:
    """For each way of splitting: what a recommendation belongs to, and its place and label there."""
    sources, themes = (list(catalogue.choices[name]) for name in ("source", "theme"))
    agencies = list(catalogue.agencies)

    def agency_label(each: str) -> tuple[int, str]:
        return _place(agencies, each), catalogue.agencies[each].title if each in catalogue.agencies else each

    return {
        "source": (
            lambda one: one.line.recommendation["source"],
            lambda each: (_place(sources, each), catalogue.label("source", each)),
        ),
        "theme": (
            lambda one: one.line.recommendation["theme"],
            lambda t: (_place(themes, t), catalogue.label("theme", t)),
        ),
        "agency": (lambda one: one.line.recommendation["agency_id"], agency_label),
        "year": (year_of, lambda year: (0, year)),
    }


def year_of(one: Standing) -> str:
    """The financial year in which it was agreed."""
    return quarter_of(one.line.agreed_on).financial_year.short


def _place(known: list[str], one: str) -> int:
    return known.index(one) if one in known else len(known)


def _row(dimension: str, category: str, label: str, position: int, mine: Sequence[Standing]) -> dict[str, Any]:
    levels = [one.rung.level for one in mine]
    reached = {name: sum(level >= n for level in levels) for n, name in enumerate(LEVELS)}
    told = reached | {name: sum(one.verdict == name for one in mine) for name in VERDICTS}
    return {"dimension": dimension, "category": category, "label": label, "position": position, "marker": ""} | told
