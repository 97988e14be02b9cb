"""A card for a recommendation's verdict: what was found, its chart, the evidence with its dates, the scrutineer's view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Child, Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import more
from app.widgets.verdict_parts import figure
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.learning import Learning
    from pipelines.queries.learning_facts import ClaimView, Recommendation

# As many as can be read beside one another; the others are one press away.
SHOWN = 2
_EVIDENCE_SHOWN = 2
ICONS = {"improved": "improvement", "worse": "concern", "no_change": "usual"}


def cards(found: Learning, kept: tuple[Recommendation, ...], rest: str) -> Html:
    """The first cards side by side and the others behind a line that says how many: `4 more that improved`."""
    first = _row(found, kept[:SHOWN])
    others = kept[SHOWN:]
    return join(first, more(f"{len(others)} more {rest}", _row(found, others)) if others else None)


def verdict_mark(one: Recommendation) -> Html:
    """The verdict in words beside its shape; where there is little progress for another reason, that reason."""
    if one.progress and one.progress not in ("worse", "no_change"):
        return mark("missing", one.progress_words)
    return mark(ICONS.get(one.verdict, "none"), one.verdict_words)


def to_recommendation(one: Recommendation, words: Child = None) -> Html:
    """A link to a recommendation's own page."""
    where = links.to("recommendation", recommendation=one.recommendation_id)
    return tag("a", words or one.name, href=where, cls="strong-link")


def view_words(view: ClaimView) -> str:
    """`Accept. “Ask again in a year.”`."""
    return f"{view.view_words}. “{view.reason}”" if view.reason else f"{view.view_words}."


def _row(found: Learning, kept: tuple[Recommendation, ...]) -> Html:
    return tag("div", [_card(found, one) for one in kept], cls="cards two verdicts")


def _card(found: Learning, one: Recommendation) -> Html:
    impact = found.shown_impact(one)
    return tag(
        "article",
        tag("p", verdict_mark(one), cls="of"),
        tag("h3", to_recommendation(one)),
        tag("p", one.finding, cls="finding-words"),
        figure(impact) if impact is not None else tag("p", _no_chart(one), cls="second no-chart"),
        tag("dl", [_fact(term, said) for term, said in _facts(found, one)], cls="dated"),
        cls="card verdict-card",
    )


def _no_chart(one: Recommendation) -> str:
    if one.not_measurable:
        return f"No chart: {one.not_measurable}"
    return "No chart: no indicator was linked to it when it was agreed."


def _facts(found: Learning, one: Recommendation) -> list[tuple[Child, Child]]:
    """Evidence with the day it is true of, what is still owed, and what the scrutineer says."""
    evidence = found.evidence_of(one.recommendation_id)
    said: list[tuple[Child, Child]] = [
        (day_words(each.true_of), f"{each.kind_words}: {each.finding}" if each.finding else each.kind_words)
        for each in evidence[:_EVIDENCE_SHOWN]
    ]
    if len(evidence) > _EVIDENCE_SHOWN:
        said.append((f"{len(evidence) - _EVIDENCE_SHOWN} earlier", to_recommendation(one, "On its own page")))
    if not evidence and not found.is_public:
        said.append(("No evidence yet", _owed(found, one)))
    if one.overdue_actions:
        many = f"{one.overdue_actions} action{'' if one.overdue_actions == 1 else 's'}"
        said.append(("Overdue", f"{many} of {one.actions}, {one.owner_words}"))
    views = found.views_of(one.recommendation_id)
    if views or not found.is_public:
        said.append(("Scrutineer", view_words(views[0]) if views else "No view yet."))
    return said


def _owed(found: Learning, one: Recommendation) -> str:
    is_past = one.review_on is not None and one.review_on <= found.made_on
    since = f" since {day_words(one.review_on)}" if one.review_on is not None and is_past else ""
    return f"Owed by {one.owner_words}{since}"


def _fact(term: Child, said: Child) -> Html:
    return tag("div", tag("dt", term), tag("dd", said))
