"""How each state of the assurance matrix is decided: the limits with their reasons, and the rule in words pages print."""

from __future__ import annotations

from dataclasses import dataclass

STATES = {
    "shown": "Shown",
    "partly": "Partly",
    "not_shown": "Not shown",
    "not_known": "Not known",
}
# A mean of 2 is “in place” on the scale of 0 to 3, of 1 “started”: below that nothing is claimed by the agency itself.
MEAN_SHOWN, MEAN_PARTLY = 2.0, 1.0
# One's own word is not enough: four in five of what is said to be in place must name evidence or have been moderated,
# which lets one statement in five or six stand without.
EVIDENCED = 80.0
# How old evidence may be, and how far back audits count: practice of two years ago is another practice.
MONTHS = 24
# Three cases in four good or better leave room for a hard case; below half the ordinary case is not good.
GOOD_SHOWN, GOOD_PARTLY = 75.0, 50.0
# Fewer graded cases say more of the cases than of the practice, and are shown to nobody.
ENOUGH = 6
# Outside the Executive the middle of agencies' scores is told to the nearest 5%, so that one more reply tells little of
# who sent it.
COARSE = 5
QUARTERS, ON_TIME_PARTLY = 4, 2
# Once may be chance; twice in two years is taking part.
AUDITS_SHOWN = 2
# A quarter: the time between two meetings at which somebody is asked.
DAYS_PARTLY = 90


@dataclass(frozen=True, slots=True)
class Rule:
    """When an aspect is shown, partly shown, not shown and not known, each in a sentence."""

    shown: str
    partly: str
    not_shown: str
    not_known: str


_SCORED = Rule(
    f"The mean of its statements is {MEAN_SHOWN:g} (in place) or more, no critical statement is at 0 or 1, and at least "
    f"{EVIDENCED:g}% of those scored 2 or 3 name evidence of the last {MONTHS} months or were moderated.",
    f"The mean is {MEAN_PARTLY:g} (started) or more and no critical statement is at 0 or 1, but not all of the rest holds.",
    f"A critical statement is at 0 or 1, or the mean is below {MEAN_PARTLY:g}.",
    "It has answered none of the statements this year or last.",
)
_GRADED = Rule(
    f"At least {GOOD_SHOWN:g}% of its graded judgements are good or better.",
    f"At least {GOOD_PARTLY:g}% are.",
    f"Fewer than {GOOD_PARTLY:g}% are.",
    f"No audit of the last {MONTHS} months graded {ENOUGH} of its cases or more in one domain.",
)
RULES: dict[str, Rule] = {
    "governance": _SCORED,
    "roles": _SCORED,
    "training": Rule(
        f"{_SCORED.shown} Its sector attended multi-agency training this year.",
        f"{_SCORED.partly} Or its sector attended none this year.",
        _SCORED.not_shown,
        _SCORED.not_known,
    ),
    "voice": Rule(
        f"By its own account as under Governance, and by audits as under Front-line quality: the lower of the two. "
        f"Shown if both are, or the one that is known. {_GRADED.shown}",
        "The lower of the two is partly shown.",
        "The lower of the two is not shown.",
        "Neither is known.",
    ),
    "front_line": _GRADED,
    "returns": Rule(
        f"A version that was not refused came by the due day in each of the last {QUARTERS} quarters due.",
        f"It did in at least {ON_TIME_PARTLY} of {QUARTERS}, or half of those there are.",
        "It did in fewer than half.",
        "It owes no return of figures, or none has been due.",
    ),
    "self_assessment": Rule(
        "Every statement is answered, and it is signed off.",
        "Some statements are answered, or all and it is not signed off.",
        "Nothing is answered, and the day it was due is past.",
        "None has been due. Until this year’s is due, last year’s counts.",
    ),
    "audits": Rule(
        f"It was graded in at least {AUDITS_SHOWN} of the audits reported in the last {MONTHS} months, or in the only one.",
        "It was graded in one of several.",
        "It was graded in none.",
        "No audit was reported.",
    ),
    "learning": Rule(
        "None of its actions is overdue.",
        f"Fewer than half of those still open are overdue, and none by more than {DAYS_PARTLY} days.",
        f"Half or more of those still open are overdue, or one by more than {DAYS_PARTLY} days.",
        "No action is its own.",
    ),
}
