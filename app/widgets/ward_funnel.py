"""The wards of an indicator on a funnel plot: which of them stray further than chance would carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.amounts import Unit, count, number_word, unit_of
from app.widgets.funnel import Funnel, Place
from pipelines.measures.funnels import funnel_limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.queries import indicator as queries

# With fewer wards than this shown, a funnel is mostly holes.
_ENOUGH = 10
_STEPS = 40
_WORSE = {"lower": ("concern", "improvement"), "higher": ("improvement", "concern"), "neutral": ("unusual", "unusual")}


def positions(view: queries.IndicatorView) -> dict[str, tuple[str, str]]:
    """For each ward that can be judged, its mark and its position in words; empty where no funnel can stand.

    Only percentages are judged: a count says nothing without its size, and rates wait for ward populations.
    """
    whole, shown = _whole(view), _shown(view)
    if whole is None or len(shown) < _ENOUGH:
        return {}
    return {part.key: _position(part, whole, view.facts["polarity"]) for part in shown}


def funnel_of(view: queries.IndicatorView) -> Funnel | None:
    """The funnel plot, or None where there are too few wards to make one."""
    placed, whole = positions(view), _whole(view)
    if not placed or whole is None:
        return None
    unit, shown = unit_of(view.facts), _shown(view)
    largest = max(part.denominator or 0.0 for part in shown) * 1.06
    sizes = tuple(largest * step / _STEPS for step in range(1, _STEPS + 1))
    limits = [funnel_limits(whole / 100, size) for size in sizes]
    return Funnel(
        places=tuple(_place(part, unit, *placed[part.key]) for part in shown),
        whole=whole,
        whole_words=f"Leeds {unit.value(whole)}",
        sizes=sizes,
        lower_95=_percent(limit.lower_95 for limit in limits),
        upper_95=_percent(limit.upper_95 for limit in limits),
        lower_998=_percent(limit.lower_998 for limit in limits),
        upper_998=_percent(limit.upper_998 for limit in limits),
        size_words=view.facts["denominator"],
        suffix="%",
    )


def title_of(view: queries.IndicatorView) -> str:
    """How many wards stray, as the heading says it."""
    placed = positions(view)
    strays = sum(mark != "usual" for mark, _ in placed.values())
    if not placed:
        return "By ward"
    if not strays:
        return f"No ward of {len(view.wards)} is unusual for its size"
    return f"{number_word(strays)} of {len(view.wards)} wards {'is' if strays == 1 else 'are'} unusual for {'its' if strays == 1 else 'their'} size"


def alt_of(view: queries.IndicatorView) -> str:
    """What the plot shows, for those who do not see it."""
    strays = [part.label for part in _shown(view) if positions(view)[part.key][0] != "usual"]
    named = f" Outside the limits: {', '.join(strays)}." if strays else " None is outside the limits."
    return f"Funnel plot of {view.facts['title']} by ward against the number counted.{named} The table below has the numbers."


def _position(part: queries.Part, whole: float, polarity: str) -> tuple[str, str]:
    limit = funnel_limits(whole / 100, part.denominator or 0.0)
    share = (part.value or 0.0) / 100
    above, below = _WORSE[polarity]
    if share > limit.upper_998:
        return above, "Above the 99.8% limit"
    if share < limit.lower_998:
        return below, "Below the 99.8% limit"
    return "usual", "Consistent with Leeds"


def _place(part: queries.Part, unit: Unit, mark: str, position: str) -> Place:
    said = f"{unit.value(part.value)} ({count(part.numerator)} of {count(part.denominator)})"
    label = f"{part.label}\n{said}" if mark != "usual" else ""
    return Place(part.denominator or 0.0, part.value or 0.0, f"{part.label}: {said}. {position}", mark, label)


def _shown(view: queries.IndicatorView) -> list[queries.Part]:
    if view.facts["unit"] != "percent":
        return []
    return [part for part in view.wards if part.value is not None and part.denominator]


def _whole(view: queries.IndicatorView) -> float | None:
    """The figure of all Leeds for the wards' own period."""
    periods = {part.period for part in view.wards}
    found = [row["value"] for row in view.data if row["period"] in periods and row["value"] is not None]
    return float(found[0]) if len(periods) == 1 and found else None


def _percent(shares: Iterable[float]) -> tuple[float, ...]:
    return tuple(max(0.0, 100 * share) for share in shares)
