"""How far recommendations have come, counted: of all, and by source, theme, agency and year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.measures.ladder import LEVELS
from schemas.catalogue import Source
from schemas.periods import quarter_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipelines.publishing.learning.rungs import Standing
    from schemas.catalogue import Catalogue

VERDICTS = ("improved", "no_change", "worse", "too_early", "not_measurable")


def counts(catalogue: Catalogue, every: Sequence[Standing], *, all_splits: bool) -> Iterator[dict[str, Any]]:
    """The rows of the publication table `learning_count`; each step counts those that went further.

    Without `all_splits` (outside the Executive) a split by source says how many were agreed and nothing more, with the
    reviews of incidents and deaths as one: set beside the list of recommendations, steps and verdicts of each source
    would tell which of them came from a serious incident.
    """
    if not every:
        return
    yield _row("all", "all", "All recommendations", 0, every, steps=True)
    for dimension, (key, label) in _dimensions(catalogue, merge_incidents=not all_splits).items():
        present = dict.fromkeys(key(one) for one in every)
        ordered = sorted(present, key=lambda each: (label(each)[0], label(each)[1]))
        for position, each in enumerate(ordered):
            mine = [one for one in every if key(one) == each]
            steps = all_splits or dimension != "source"
            yield _row(dimension, each, label(each)[1], position, mine, steps=steps)


FROM_INCIDENTS = "from_incidents"
_FROM_INCIDENTS_WORDS = "Reviews of serious incidents and deaths"


def _dimensions(
    catalogue: Catalogue, *, merge_incidents: bool
) -> dict[str, tuple[Callable[[Standing], str], Callable[[str], tuple[int, str]]]]:
    """For each way of splitting: what a recommendation belongs to, and its place and label there."""
    sources, themes = (list(catalogue.choices[name]) for name in ("source", "theme"))
    agencies = list(catalogue.agencies)

    def source(one: Standing) -> str:
        known = catalogue.choices["source"].get(one.line.recommendation["source"])
        drawn = merge_incidents and isinstance(known, Source) and known.from_incident
        return FROM_INCIDENTS if drawn else str(one.line.recommendation["source"])

    def source_label(each: str) -> tuple[int, str]:
        if each == FROM_INCIDENTS:
            return -1, _FROM_INCIDENTS_WORDS
        return _place(sources, each), catalogue.label("source", each)

    def agency_label(each: str) -> tuple[int, str]:
        return _place(agencies, each), catalogue.agencies[each].title if each in catalogue.agencies else each

    return {
        "source": (source, source_label),
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


def _row(  # noqa: PLR0913 - one row, field by field
    dimension: str, category: str, label: str, position: int, mine: Sequence[Standing], *, steps: bool
) -> dict[str, Any]:
    levels = [one.rung.level for one in mine]
    reached = {name: sum(level >= n for level in levels) for n, name in enumerate(LEVELS)}
    verdicts = {name: sum(one.verdict == name for one in mine) for name in VERDICTS}
    told = reached | verdicts if steps else dict.fromkeys((*LEVELS, *VERDICTS)) | {"agreed": len(mine)}
    return {"dimension": dimension, "category": category, "label": label, "position": position, "marker": ""} | told
