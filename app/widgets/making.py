"""How figures were made: the latest near the top of the data, every other one press away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.amounts import number_word
from app.widgets.html import Child, Html, join, tag
from app.widgets.page import group, more, terms
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.making import Making, Outcome, Source

_SEVERITY = {"error": "error", "query": "query", "note": "note"}


def latest(makings: tuple[Making, ...], period_id: str) -> Html | None:
    """How the indicator's latest figure was made, closed until asked for."""
    mine = next((each for each in makings if each.period_id == period_id), None)
    if mine is None:
        return None
    return group(f"How the latest figure was made, {mine.period}", _account(mine), level=3)


def every(makings: tuple[Making, ...]) -> Html | None:
    """The account of every whole-area figure, one closed group a period."""
    if not makings:
        return None
    groups = [group(each.period, _account(each), aside=_aside(each), level=4) for each in makings]
    return more(f"How each of the {len(makings)} figures was made", join(groups))


def _aside(made: Making) -> Html:
    return tag("span", "Hidden to protect" if made.is_hidden else made.formula.rstrip("."))


def _account(made: Making) -> Html:
    pairs: list[tuple[Child, Child]] = [("Formula" if not made.is_hidden else "Figure", made.formula)]
    pairs += [
        (name, words)
        for name, words in (
            ("Made of", made.parts),
            ("Population", made.population),
            ("Interval", made.interval),
            ("Usual range", made.limits),
            ("Definition", made.definition),
        )
        if words
    ]
    if not made.is_hidden:
        pairs.append(("Returns", _sources(made)))
    pairs.append(("Methods", f"Version {made.method_version}, described under About the data."))
    pairs.append(("Protection", f"{made.policy[:1].upper()}{made.policy[1:]}."))
    return terms(pairs)


def _sources(made: Making) -> Child:
    if not made.sources:
        return "Not listed in this publication."
    return tag("ul", [tag("li", _source(source)) for source in made.sources], cls="plain")


def _source(source: Source) -> Html:
    if source.version is None:
        return join(tag("b", source.agency), f", {', '.join(source.gave)}: {source.submission_id}.")
    received = f", received {day_words(source.received_on)}" if source.received_on else ""
    approved = f", approved by: {source.approved_by_role}" if source.approved_by_role else ", not approved yet"
    what = f"{source.log} for {source.sent_for}" if source.log else ", ".join(source.gave)
    return join(
        tag("b", source.agency),
        f", {what}: version {source.version}{received}{approved}. {_checked(source)} ",
        tag("span", source.submission_id, cls="breaks second"),
    )


def _checked(source: Source) -> str:
    """What the checks said, in rules and numbers only; of a log nothing is published, so nothing is claimed."""
    if source.log:
        return "What its check said stands with its sender, on Returns."
    if not source.outcomes:
        return "The checks raised nothing."
    return f"The checks raised {'; '.join(_outcome(each) for each in source.outcomes)}."


def _outcome(outcome: Outcome) -> str:
    kind = _SEVERITY.get(outcome.severity, outcome.severity)
    plural = kind if outcome.number == 1 else kind[:-1] + "ies" if kind.endswith("y") else f"{kind}s"
    about = " of the whole return" if outcome.of_whole_return else ""
    given = "" if outcome.of_whole_return or kind == "note" else f", {_given(outcome)}"
    return f"{number_word(outcome.number).lower()} {plural}{about} ({outcome.rule.replace('_', ' ')}){given}"


def _given(outcome: Outcome) -> str:
    if not outcome.explained:
        return "no reason given"
    return "with a reason" if outcome.explained == outcome.number else f"{outcome.explained} with a reason"
