"""Whether a text singles out one child or family: by a place, as the only one, or by the number of a case."""

from __future__ import annotations

import re

from schemas.returns.ages import ONE_YOUNG
from schemas.returns.given_names import is_nobody

_ONE = f"{ONE_YOUNG}|family|mother|father"
# “The baby in Harehills”, “a mother on the LTHT ward”, “an able boy at a Seacroft primary”: one person, and where.
_SOMEWHERE = re.compile(
    rf"(?:\b(?i:the|an?|one|this|that|another|only) (?:[\w'-]+ ){{0,2}}(?i:{_ONE}|families|twins|siblings|children)"
    rf"|(?:^|[.!?:;\"\n] ?)(?i:{_ONE}))"
    r"(?:,? (?:with|who|whose|under|without)(?: [a-z][\w'-]*){1,5}?)?"
    r" (?:in|at|from|of|on|near) (?:(?:the|an?|one) )?([A-Z][\w'&-]+)"
)
# Places wide enough to hide in, and short words for plans and services.
_WIDE_WORDS = """
leeds england yorkshire year key reception section tier level cla cin cp ehc ehcp lac nhs pru sen send uasc
"""
_WIDE = frozenset(_WIDE_WORDS.split())
# “The only Roma child”, but not “the only child protection plan”.
_ONLY = re.compile(
    rf"\b(?:the|an|our|its) only (?:[\w'-]+ ){{0,3}}?(?:{_ONE})\b(?!')"
    r"(?! (?:and|care|court|criminal|death|exploitation|group|health|help|hub|in need|justice|minding|premium|protection|safety"
    r"|sexual|support|therapy|voice)\b)",
    re.IGNORECASE,
)
_WHOLE = "".join(f"(?<!{word} )" for word in ("any", "each", "either", "every", "per", "which"))
# What goes on about a case, where “in case 12 agencies agree” goes on with what there are twelve of.
_GOES_ON = (
    r"(?=\s*(?:$|[;:!?)'\"\n]|[.,](?!\d)|- )| (?:alone|an?|and|at|came|did|does|failed|fell|from|got|had|has|he|is|it|lacked|made|met"
    r"|needed|needs|no|nobody|of \d|on|only|said|scored|she|showed|shows|stands|stood|the|they|told|took|was|we|were|where|which"
    r"|who|whose)\b)"
)
_NUMBERED = re.compile(
    rf"\b{_WHOLE}(?i:case|child|family|file|pupil|record|young person)(?: ?(?i:no\.? ?|number |#)?\d{{1,3}}(?![\d/])| [A-HJ-Z]\b){_GOES_ON}"
    # “Child 1 J Holt”: somebody by a number, and what they are called.
    r"|\b(?i:baby|child|client|pupil|sibling|twin|young person|yp) ?\d{1,2}[ :,-]+[A-Z]\.? [A-Z][a-z]+\b"
    r"|\b(?i:cases|children|families|files|pupils|records) \d{1,3}(?:, \d{1,3})* (?:and|&|or) \d{1,3}\b(?! (?:days|hours|months|times|weeks|years)\b)"
)


def singles_out(text: str) -> bool:
    """Whether a text in plain signs speaks of one child or family and the place they are from, or of one case.

    >>> [singles_out(text) for text in ("The baby in Harehills", "The only Roma child", "Case 3: inadequate")]
    [True, True, True]
    >>> [singles_out(text) for text in ("Every child in Leeds", "in case 12 agencies agree", "Case files were read")]
    [False, False, False]
    """
    there = (found[1].lower() for found in _SOMEWHERE.finditer(text))
    somewhere = any(word not in _WIDE and not is_nobody(word) for word in there)
    return somewhere or bool(_ONLY.search(text) or _NUMBERED.search(text))
