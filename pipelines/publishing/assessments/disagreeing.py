"""How far the eyes on one thread differ, and the sentence that says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.measures.agreement import Eye, against_full_marks, apart, disagreement, ends
from pipelines.publishing.assessments.eye_words import graded_clause, score_words, surveyed_clause
from pipelines.publishing.assessments.eyes import ALL, AUDIT, MODERATED, SELF, SURVEY, View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.publishing.assessments.eye_figures import Told
    from schemas.catalogue import Catalogue, Thread

APART_WORDS = {
    "far": "Far apart",
    "apart": "Apart",
    "close": "Close together",
    "alone": "Nothing to compare",
}
_NAMES = {AUDIT: "audits", SURVEY: "practitioners", MODERATED: "moderation"}
# Two of three: from there on an organisation says that the thing is in place.
_IN_PLACE = 200 / 3


def places(seen: Mapping[str, View]) -> list[Eye]:
    """Where every eye lies, in the order they are shown."""
    return [view.eye for view in seen.values()]


def apart_words(seen: Mapping[str, View]) -> str:
    """How far apart the eyes are, in words."""
    return APART_WORDS[apart(disagreement(places(seen)))]


def contradicting(seen: Mapping[str, View]) -> tuple[str, ...]:
    """The eyes that speak against full marks an organisation gave itself; none where it did not."""
    if not seen[SELF].is_full:
        return ()
    return against_full_marks([seen[name].eye for name in (MODERATED, AUDIT, SURVEY)])


def contrary_words(seen: Mapping[str, View]) -> str:
    """`Full marks, which audits contradict`; empty where nothing does, or nobody gave itself full marks.

    A family's word is named as the survey's.
    """
    against = [_NAMES[name] if name != SURVEY or seen[name].who.startswith("pract") else "families" for name in
               contradicting(seen)]  # fmt: skip
    if not against:
        return ""
    listed = " and ".join(", ".join(against).rsplit(", ", 1))
    verb = "contradicts" if against == ["moderation"] else "contradict"
    return f"Full marks, which {listed} {verb}"


def sentence(catalogue: Catalogue, thread: Thread, agency: str, seen: Mapping[str, View], told: Sequence[Told]) -> str:
    """What an organisation says, then the eyes at the far ends and those that contradict it, each with its number."""
    far = ends(places(seen)) or ()
    named = [*contradicting(seen), *far[::-1]]
    others = [name for name in dict.fromkeys(named) if name != SELF]
    if not others:
        others = [name for name in (MODERATED, AUDIT, SURVEY) if seen[name].is_there]
    low = far[1] if far else ""
    clauses = [_clause(catalogue, thread, name, seen[name], is_low=name == low) for name in others]
    said = "; ".join([_self_clause(thread, agency, seen[SELF]), *clauses]) + "."
    lone = " Nothing else has enough behind it to compare." if disagreement(places(seen)) is None else ""
    return said + lone + _concerns(seen[SELF], told)


def _self_clause(thread: Thread, agency: str, own: View) -> str:
    percent = own.eye.percent
    if agency == ALL:
        if percent is None:
            return f"On {thread.on} too few agencies have scored themselves to say where the middle is"
        return f"The middle of {own.eye.n} agencies’ own scores on {thread.on} is {own.said}"
    if percent is None:
        return f"{agency} has not scored itself on {thread.on}"
    if own.is_full:
        less = "" if percent == 100 else f", which counts {score_words(percent)} as nothing shows the difference made"
        return f"{agency} scores itself 3 on {thread.on}{less}"
    return f"{agency} scores itself {own.said} on {thread.on}"


def _clause(catalogue: Catalogue, thread: Thread, name: str, view: View, *, is_low: bool) -> str:
    if name == AUDIT:
        return graded_clause(view.part, view.whole, is_low=is_low or 2 * view.part < view.whole)
    if name == SURVEY:
        question = catalogue.label("survey_question", thread.survey_question)
        return surveyed_clause(view.part, view.whole, view.who, question)
    return f"moderation gives {view.words}"


def _concerns(own: View, told: Sequence[Told]) -> str:
    """Figures of concern where the organisation says that the thing is in place."""
    mine = [each for each in told if each.is_concern]
    if not mine or own.eye.percent is None or own.eye.percent < _IN_PLACE - 1e-9:
        return ""
    return " Of concern among its indicators: " + "; ".join(each.line for each in mine) + "."
