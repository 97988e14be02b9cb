"""Whether a sentence leads to one event everybody here has heard of, or says that all of a figure is one household's."""

from __future__ import annotations

import re
from functools import cache

from schemas.catalogue import catalogue
from schemas.returns.called_after import is_part_of_the_city
from schemas.returns.one_incident import is_of_elsewhere

_MEDIA = r"(?:newspapers?|papers|press|news|headlines|media|radio|telly|television|tv|bbc|itv|documentary)"
# “The case in the newspapers”, “a child known to the press”.
_TOLD_OF = re.compile(
    rf"\b(?:the|this|that|our|one) (?:[\w'’-]+ ){{0,2}}?(?:one|case|child|death|incident|family|story|boy|girl|baby|teenager|mother|father)(?! management| system| recording)"
    rf" (?:[\w'’-]+ ){{0,3}}?(?:in|on|from|all over) (?:the )?(?:local |national |regional )?{_MEDIA}\b"
    rf"|\b(?:known to|named (?:in|by|on)|pictured (?:in|by|on)|identified (?:in|by)|filmed (?:by|for)) (?:the )?(?:local |national |regional )?{_MEDIA}\b",
    re.IGNORECASE,
)
_VIOLENT = r"stabbing|shooting|murder|killing|homicide|manslaughter|drowning|hanging|suicide|rape|kidnap(?:ping)?|abduction|house fire|poisoning|machete attack|acid attack"
_EVENT = rf"(?:{_VIOLENT}|arson|assault|attack|collision|crash|death|explosion|fire|incident|inquest|overdose)"
# After the word for an event: what is none, “the fire station”, “the death notices”, “the murder squad”.
_OF_WORK = (
    r"(?!['’-])(?! (?:alarms?|assessment|awareness|brigade|campaign|categor\w+|cod\w+|crews?|data|definitions?|desks?|doors?|drills?|engines?|figures?|forms?|helpline|indicator|logs?|measure|mark\w*"
    r"|not\w+|numbers?|officers?|overview|panel|pathway|policy|prevention|procedures?|protocol|rates?|records?|recording|reports?|returns?|reviews?|risk|safety"
    r"|screening|service|squad|station|statistics|strategy|survey|systems?|teams?|training|unit|wardens?|week|worker)\b)(?! on (?:our|the|its|their|an?) (?:\w+ )?(?:data\w*|networks?|records?|servers?|systems?|website)\b)"
)
_MONTH = r"January|February|March|April|May|June|July|August|September|October|November|December"
# “The Harehills house fire”: a place of the city or a month, and what happened there or then.
_PLACED = re.compile(rf"\b[Tt]he ((?:[A-Z][\w'’-]+ ){{1,3}})(?:[a-z-]+ ){{0,2}}?{_EVENT}\b{_OF_WORK}")
# “Since the stabbing”: one of which nothing more need be said.
_THE_ONE = re.compile(
    rf"\b(?:since|after|following|because of|due to|(?:night|day|week|aftermath) of|result of|related to) (?:the|that|this) (?:[a-z-]+ ){{0,2}}?(?:{_VIOLENT})\b{_OF_WORK}"
    r"|\b(?:a|the|his|her) body (?:was|had been|is) found\b",
    re.IGNORECASE,
)
_HOME = r"(?:household|house|address|flat|home address|street|front door)"
_FAMILY = rf"(?:{_HOME}|family|caravan|sibling group|couple|mother|father|parents?)"
_EVERY = r"(?:all|both|each|every one|most|half|nearly all|the rest|the rise|the increase)"
# “All four are from one household”; “siblings in the same household are counted as one” says how something is counted.
_ONE_HOME = re.compile(
    rf"\b(?:{_EVERY}\b(?: [\w'’-]+){{0,6}}?|(?:they|these|those|it) (?:are|is|was|were|came)(?: all| both| just| mostly)?) (?:at|from|in|of|within|about|are|was|were|is) (?:(?:the |this )?same|one|a single|the one|1) (?:[\w-]+ )?{_FAMILY}\b"
    r"(?!['’-])(?! (?:in|out of) (?:\d|two|three|four|five|six|seven|eight|nine|ten)\b)(?! (?:\w+ ){0,2}(?:is|are|count\w*|hubs?|homes?|centres?)\b)",
    re.IGNORECASE,
)


# Without one of these words none of the patterns can be there: most sentences are read no further.
_A_MEDIUM, _A_HOME, _ANY_EVENT = re.compile(_MEDIA), re.compile(f"same|single|{_FAMILY}"), re.compile(f"{_EVENT}|body")


def tells_of_an_event(sentence: str) -> bool:
    """Whether a sentence in plain signs leads to one event or one household by the news, a place, a month or "the same house".

    >>> [tells_of_an_event(text) for text in ("The Armley house fire", "The case in the newspapers", "Since the stabbing")]
    [True, True, True]
    >>> tells_of_an_event("All four are from one household in Beeston")
    True
    >>> [tells_of_an_event(text) for text in ("The Armley fire station", "Since the murder elsewhere", "One household in five")]
    [False, False, False]
    """
    small = sentence.casefold()
    if _A_MEDIUM.search(small) and _TOLD_OF.search(sentence):
        return True
    if _A_HOME.search(small) and _ONE_HOME.search(sentence):
        return True
    if not _ANY_EVENT.search(small) or is_of_elsewhere(sentence):
        return False
    placed = any(any(map(_is_here_or_then, found[1].split())) for found in _PLACED.finditer(sentence))
    return placed or _THE_ONE.search(sentence) is not None


def _is_here_or_then(word: str) -> bool:
    plain = word.removesuffix("'s")
    return re.fullmatch(_MONTH, plain) is not None or is_part_of_the_city(plain) or plain.casefold() in _places()


@cache
def _places() -> frozenset[str]:
    return frozenset(
        word.casefold() for place in catalogue().places.values() for word in place.name.split() if len(word) > 3
    )
