"""Whether a sentence speaks of somebody in passing, as people do who know whom they mean.

In the words of case notes; by what became of the one who cared for them; or by the review, the trial or the place that everybody
here has heard of.
"""

from __future__ import annotations

import re

_FEW = r"(?:two|three|four|five|six|seven|[2-7])"
# “Client 14”, “Pt attended”, “JB is why”, “C1 and C2 were removed”: as people are called in notes.
_IN_NOTES = re.compile(
    r"\b(?:[Cc]lient|[Pp]atient|[Rr]esident|[Ss]ervice user|[Nn]ominal|[Ss]ubject|SU|Pt) (?:no\.? ?)?\d{1,4}\b(?! (?:of|to|per|out)\b)"
    r"|\bPt (?:[a-z]+ed|was|had|has|is)\b"
    r"|\bC\d{1,2}(?:(?:,| and|,? &) C\d{1,2})* (?:was|were|went|had) (?:re)?(?:moved|placed|adopted|arrested|found|missing|accommodated|home)\b"
    r"|(?:^|[.;:!?\n(] ?|, |- )[A-Z]\. (?:was|went|ran|moved|had|is|came)\b"
    r"|(?:^|[.;:!?\n(] ?)[A-Z]{2} is (?:why|the reason)\b"
)
_NUMBER = re.compile(
    r"\b(?:case|file|crime|incident|occurrence) (?:ref(?:erence)?|no|number|id)\b[.:]? ?(?=\w*\d)\w+|\b(?:MFH|MISPER|CRN|NICHE)\W{0,2}\d|\b(?!20\d\d/)\d{3,}/\d{5,}\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    rf"\bthe (?:little|youngest|eldest|oldest|poorly) ones?\b|\b(?:the|all) {_FEW} of them\b"
    r"|\b(?:an?|the|one) (?:[\w-]+ ){0,2}(?:minor|asylum[- ]seeker|refugee) (?:from|who|turned|was|moved|went|had|ran|came)\b"
    r"|\b(?:mum|mam|mom|dad|mother|father|nan|gran)['’]?s (?:od|overdose|death|arrest|suicide|murder|conviction|deportation|imprisonment)\b"
    r"|\b(?:the|an?|one) (?:[\w-]+ ){0,2}(?:boy|girl|baby|teenager|lad|lass|child|pupil)['’]s (?:tribunal|inquest|funeral|trial|post[- ]mortem)\b",
    re.IGNORECASE,
)
# Who cared for them, taught them or lived with them, and what became of that one.
_CARED = (
    r"(?:step-?(?:father|mother|dad|mum)|foster (?:carer|father|mother|dad|mum)|head ?teacher|teacher|teaching assistant|childminder"
    r"|nursery worker|coach|imam|priest|vicar|scout leader|babysitter|grandparent|grandmother|grandfather|uncle|aunt)"
)
_BECAME = r"(?:arrested|convicted|charged|jailed|sentenced|deregistered|struck off|suspended|sacked|deported|remanded|murdered|killed)"
_CARER = re.compile(
    rf"(?<!every )(?<!each )(?<!any )(?<!no )(?<!per )\b{_CARED}(?: (?:of|in|at|from) (?:the )?[\w'’-]+(?: [\w'’-]+)?)?? (?:(?:was|is|being|got|had been|has been) )?{_BECAME}\b",
    re.IGNORECASE,
)
_FAMILY = re.compile(
    r"\b[Tt]he (?!Early|Strengthening|Think|Supporting|Whole|National|Local)[A-Z][a-z]+ family (?:on|who|moved|was|were|left|came|had)\b"
    r"|\b[Tt]he (?:[\w-]+ )?family (?:on|at|in) the (?:[\w-]+ )?(?:estate|site|street|road|close|caravan|hostel|hotel|refuge|flats?)\b"
)
_EVERYBODY_KNOWS = re.compile(
    r"\b(?:family|child|case|mother|father|subjects?|siblings?|boy|girl) (?:[\w-]+ ){0,2}(?:from|of|in|behind) (?:the|our|that|this) (?:20\d\d )?"
    r"(?:l?cspr|scr|rapid review|serious case review|practice review|inquest|murder trial|dhr)\b"
    r"|\b(?:the|an?|that) (?:[\w-]+ )?incident (?:at|in|outside|near|on) (?:the|an?) (?:mosque|church|temple|synagogue|school|park|nursery|hostel|pub|club|pool"
    r"|station|shop|bus stop|canal|bridge|gym|youth club|leisure centre)\b",
    re.IGNORECASE,
)
_EACH = (_IN_NOTES, _NUMBER, _SOMEBODY, _CARER, _FAMILY, _EVERYBODY_KNOWS)


def speaks_of_somebody(sentence: str) -> bool:
    """Whether a sentence in plain signs means one person or family, in words that are no name and no word for a child.

    >>> [speaks_of_somebody(text) for text in ("Client 14 went missing", "K. was moved to Wales", "Stepfather convicted")]
    [True, True, True]
    >>> [speaks_of_somebody(text) for text in ("The subject of the LCSPR", "The little one from the fire", "Case ref AB12")]
    [True, True, True]
    >>> [speaks_of_somebody(text) for text in ("Clients 14 to 17 years old", "Every teacher was trained", "See query LCC-2026-114")]
    [False, False, False]
    """
    return any(pattern.search(sentence) for pattern in _EACH)
