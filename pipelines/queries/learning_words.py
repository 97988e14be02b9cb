"""The Learning page in sentences: what the counts of recommendations come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.queries.learning_facts import STEPS
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.learning import Learning
    from pipelines.queries.learning_counts import StepCount

# What each step of the ladder means, in the order of STEPS.
MEANINGS = {
    "agreed": "Accepted by the Executive, with an owner and a date.",
    "done": "The action is complete.",
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
    """What a step means; at `done`, how many are not there yet and how many of them are overdue."""
    whole = found.whole
    if step != "done" or whole is None or whole.agreed is None or whole.done is None or whole.done == whole.agreed:
        return MEANINGS[step]
    left = whole.agreed - whole.done
    said = f"The action is complete; {left} {'is' if left == 1 else 'are'} not"
    waiting = [one for one in found.recommendations if one.level < STEPS.index("done")]
    if len(waiting) != left:
        return f"{said}."
    late = sum(one.overdue_actions > 0 for one in waiting)
    if left == 1:
        return f"{said}, and is overdue." if late else f"{said}, and is not overdue."
    many = "all" if late == left else late or "none"
    return f"{said}, {many} of them overdue."


def _done(whole: StepCount) -> str:
    done, agreed, practised = whole.done or 0, whole.agreed or 0, whole.practised
    if not done:
        return "None of what was agreed has been done yet."
    said = "All" if done == agreed else "Most" if 2 * done > agreed else f"{done} of {agreed}"
    said = f"{said} of what was agreed has been done" if said in ("All", "Most") else f"{said} have been done"
    if practised is None:
        return f"{said}."
    if done == practised:
        return f"{said}, and all of it is seen in practice."
    return f"{said}, but for {done - practised} of the {done} there is no evidence yet that anyone works differently."


def _worse(whole: StepCount) -> str:
    if not whole.worse:
        return ""
    return f"For {whole.worse} the figures got worse."


def _recommendations(number: int) -> str:
    return f"{number} recommendation{'' if number == 1 else 's'}"
