"""The verdict on each linked indicator, with its chart and how it was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Child, Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import empty, section, terms
from app.widgets.verdict_cards import ICONS
from app.widgets.verdict_parts import figure
from schemas.periods import day_words, parse

if TYPE_CHECKING:
    from pipelines.queries.learning_impacts import Impact
    from pipelines.queries.recommendation import Whole


def verdicts(found: Whole) -> Html:
    """Each linked indicator in turn; why there is none where there is none."""
    title, anchor = "Did practice change?", "verdicts"
    if not found.impacts:
        why = found.one.not_measurable or "No indicator was linked to it, so no figures can show a change."
        return section(title, empty("Not measurable", why, found.one.settles_words or None), anchor=anchor)
    note = (
        "Judged by rules that were fixed before anybody looked. Consistent with a recommendation is not caused by it."
    )
    return section(title, [_verdict(each) for each in found.impacts], note=note, anchor=anchor)


def _verdict(impact: Impact) -> Html:
    where = links.to("indicator", indicator=impact.indicator_id)
    after = "The direction was registered after the change date: read this as a look back, not as a test."
    return tag(
        "article",
        tag("p", mark(ICONS.get(impact.verdict, "none"), impact.verdict_words), cls="of"),
        tag("h3", tag("a", impact.title, href=where)),
        tag("p", impact.sentence, cls="finding-words"),
        tag("p", after, cls="said") if impact.after_the_fact else None,
        figure(impact),
        tag("h4", "How this was judged", cls="after"),
        terms([(term, said) for term, said in _judged(impact) if said]),
        cls="whole-verdict",
    )


def _judged(impact: Impact) -> list[tuple[Child, Child]]:
    points = f"{impact.baseline_points} before the change, {impact.after_points} after it"
    points += f"; {impact.needed} are needed after it" if impact.needed > impact.after_points else ""
    registered = day_words(impact.registered_on) if impact.registered_on else "not dated"
    since = f"Since {parse(impact.since_period).short}" if impact.since_period else ""
    return [
        ("Expected, and when agreed", join(impact.expected_words, f". Agreed on: {registered}")),
        ("Change and review", f"{day_words(impact.changed_on)}, to be reviewed on {day_words(impact.review_on)}"),
        ("Range before the change", impact.usual_words),
        ("Latest", join(impact.latest_words, f" ({impact.n_words})" if impact.n_words else None)),
        ("Points", points),
        ("Why this verdict", impact.because_words),
        ("Signal", since),
        ("Size of the change", impact.effect_words),
        ("Slope and level", impact.segmented_words),
        ("Also at that time", impact.beside_words),
        ("What would settle it", impact.settles_words),
    ]
