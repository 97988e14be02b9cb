"""The Learning page in sentences: what the counts of recommendations come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.queries.learning_facts import STEPS
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.learning import Learning
    from pipelines.queries.learning_counts import StepCount
    from pipelines.queries.learning_facts import Recommendation

# What each step of the ladder means, in the order of STEPS.
MEANINGS = {
    "agreed": "Accepted by the Executive, with an owner and a date.",
    "done": "Every action is done and evidence shows it, or evidence shows a later step.",
    "learned": "Practitioners can say what is different.",
    "practised": "Seen in practice: in audited, observed or supervised work.",
    "difference": "Two kinds of evidence of a change for children.",
    "sustained": "Still true twelve months on.",
}

# A step as a filter asks for it; the address of the page carries these words too.
REACHED = {step: "Agreed" if step == "agreed" else f"{step.capitalize()} or further" for step in STEPS}


def headline(found: Learning) -> str:
    """The finding of the page: for how many practice has changed, and for how many that made a difference."""
    whole = found.whole
    if whole is None or whole.agreed is None:
        return "How far learning has come"
    if not whole.agreed:
        return "No recommendation stands"
    if whole.practised is None or whole.difference is None:
        return f"{_recommendations(whole.agreed)} agreed; how far they have come is hidden to protect"
    if not whole.practised:
        return f"Practice is not yet shown to have changed for any of {_recommendations(whole.agreed)}"
    difference = f"{whole.difference} {'has' if whole.difference == 1 else 'have'} made a difference for children"
    if not whole.difference:
        difference = "none is yet shown to have made a difference for children"
    return f"Practice has changed for {whole.practised} of {_recommendations(whole.agreed)}; {difference}"


def lede(found: Learning) -> str:
    """What was done, what that has not shown yet, and what got worse."""
    whole = found.whole
    if whole is None or not whole.agreed or whole.done is None:
        return ""
    return " ".join(part for part in (_done(whole), _worse(whole)) if part)


def since(found: Learning) -> str:
    """From when the recommendations counted were agreed: `agreed since April 2024`."""
    days = [one.agreed_on for one in found.recommendations if one.agreed_on is not None]
    if days and found.whole is not None and len(days) == found.whole.agreed:
        return f"agreed since {day_words(min(days)).partition(' ')[2]}"
    years = [count.label for count in found.by("year") if count.category]
    return f"agreed since {years[0]}" if years else "agreed"


def meaning(found: Learning, step: str) -> str:
    """What a step means; at `done`, how many there and how many below still have an action open, and overdue.

    Evidence can carry a recommendation past an action that is still open, so reaching `done` does not say that nothing
    is left to do. Where not every recommendation is shown, only the counts speak.
    """
    whole = found.whole
    if step != "done" or whole is None or whole.agreed is None or whole.done is None:
        return MEANINGS[step]
    there = [one for one in found.recommendations if one.level >= STEPS.index("done")]
    below = [one for one in found.recommendations if one.level < STEPS.index("done")]
    if (len(there), len(below)) != (whole.done, whole.agreed - whole.done):
        return MEANINGS[step]
    said = [_still_open(group, where) for group, where in ((there, "here"), (below, "not here yet")) if group]
    return f"{MEANINGS[step]} {' '.join(said)}"


def _still_open(group: list[Recommendation], where: str) -> str:
    """`Of the 18 here, 3 still have an action open; 3 are overdue.`."""
    if len(group) == 1:
        (one,) = group
        overdue = "still has an overdue action" if one.overdue_actions else "still has an action open"
        return f"The one {where} {overdue if one.has_open_action else 'has no action open'}."
    still, late = sum(one.has_open_action for one in group), sum(one.overdue_actions > 0 for one in group)
    first = (
        f"Of the {len(group)} {where}, {still or 'none'} still {'has' if still in (0, 1) else 'have'} an action open"
    )
    if not still:
        return f"{first}."
    return f"{first}; {late or 'none'} {'is' if late in (0, 1) else 'are'} overdue."


def _done(whole: StepCount) -> str:
    done, agreed, practised = whole.done or 0, whole.agreed or 0, whole.practised
    if not done:
        return "None of what was agreed is shown to be done yet."
    many = f"All {agreed}" if done == agreed else f"{done} of {agreed}"
    said = f"{many} {'has' if done == 1 else 'have'} come to “done” or further"
    if practised is None:
        return f"{said}."
    if done == practised:
        return f"{said}, and practice has changed for every one of them."
    return f"{said}, but for {done - practised} of the {done} there is no evidence yet that anyone works differently."


def _worse(whole: StepCount) -> str:
    if not whole.worse:
        return ""
    return f"For {whole.worse} the figures got worse."


def _recommendations(number: int) -> str:
    return f"{number} recommendation{'' if number == 1 else 's'}"
