"""Words that say how one child stands: the category of a plan, a legal status, a placement, who cared for them, where a case has got to.

A table of totals has the same words, once in each combination and with a count beside them.
"""

from __future__ import annotations

import re
from functools import cache

from schemas.catalogue import catalogue

# Breakdowns of the catalogue whose categories are said of a child; “Other” and “Not known” are said of anything.
_OF_A_CHILD = (
    "abuse_category",
    "custody_reason",
    "legal_status",
    "placement_type",
    "primary_need",
    "social_care_status",
    "unaccompanied",
)
_OF_ANYTHING = frozenset({"other", "not known", "health", "none"})
# As offices shorten them.
_SHORT = re.compile(
    r"(?:full|interim|final|emergency|placement|police|secure|supervision|special guardianship|child arrangements?) (?:care |protection )?(?:order|powers?)"
    r"|(?:s|sec|section) ?(?:17|20|31|38|47|25|46|76)|v[2346]|c[12]|ico|fco|epo|sgo|cao|ppo|pwp|slo|vol(?:untary)?(?: accommodation)?|accommodated|on remand|remand(?:ed)?"
    r"|(?:in[- ]?house |ifa )?foster(?:ing|ed)?(?: care| carers?)?|kin(?:ship)?(?: care| carers?)?|connected (?:persons?|carers?)|residential(?: home| care)?|secure(?: unit| home)?"
    r"|adopt(?:ion|ed|ive)|placed for adoption|semi[- ]independent|supported (?:living|lodgings)|mother and baby|at home|with (?:parents?|family|mum|dad)"
    r"|neglect|emotional|physical|sexual|(?:emotional|physical|sexual) (?:abuse|harm)|multiple|exploitation|cse|cce"
    r"|(?:birth |step-?|foster )?(?:mother|father|mum|dad|parents?)|grand(?:mother|father|parents?)|nan|aunt|uncle|siblings?|brother|sister|partner"
    r"|mum'?s partner|cin|cp|child in need|lac|cla|looked after|ehcp|care leaver|edge of care|pre-?proceedings|plo"
)
_LONGEST = 32
_STAGE = re.compile(
    r"(?:re)?open(?:ed)?|closed|closing|(?:un)?allocated|on ?going|active|inactive|pending|nfa|transferred|referred(?: on)?|step(?:ped)?[- ](?:up|down)"
    r"|cin|cp|lac|cla|eh|ehcp|assess(?:ment|ed|ing)|accepted|waiting|discharged|ended",
    re.IGNORECASE,
)


def says_a_status(plain: str) -> bool:
    """Whether a text with single spaces says how one child stands and nothing else.

    >>> [says_a_status(text) for text in ("S20", "Foster care", "Neglect", "Stepdad", "Interim care order")]
    [True, True, True, True, True]
    >>> [says_a_status(text) for text in ("Armley", "Other", "Open", "Foster carers recruited")]
    [False, False, False, False]
    """
    small = plain.casefold()
    return small in _categories() or (len(small) <= _LONGEST and _SHORT.fullmatch(small) is not None)


def says_a_stage(plain: str) -> bool:
    """Whether a text says where a case has got to; said of a ticket too.

    >>> says_a_stage("Open"), says_a_stage("Step down"), says_a_stage("Foster care")
    (True, True, False)
    """
    return _STAGE.fullmatch(plain) is not None


@cache
def _categories() -> frozenset[str]:
    breakdowns = catalogue().breakdowns
    said = {
        category.label.casefold()
        for name in _OF_A_CHILD
        if name in breakdowns
        for category in breakdowns[name].categories
    }
    return frozenset(said - _OF_ANYTHING)
