"""Whether a sentence tells of one incident, of violence at home, or of what was in the news; and whether it was elsewhere."""

from __future__ import annotations

import re

_KIN = (
    r"(?:step-?|grand|foster )?(?:father|mother|dad|mum|brother|sister|son|daughter)|(?:grand|great-?)?uncle|aunt|auntie|cousin|nan|gran"
    r"|granny|grandad|grandpa|boyfriend|girlfriend|partner|ex"
)
# Of whom an incident is told.
_SOMEBODY = (
    r"baby|boy|girl|infant|toddler|teenager|kid|lad|lass|youth|child|pupil|student|young (?:person|man|woman)|sibling|mother|father|mum|dad|family"
    r"|resident|patient|man|woman|parent|carer"
)
_VIOLENCE = r"(?:raped?|abus\w+|assault\w*|hit|beaten|slapped|shaken|burn\w*|touched|groom\w*|hurt|stabb\w+|kill\w*|injur\w*|harm\w*|strang(?:l|ul)\w+|poison\w*|drugged|starv\w+|scald\w*|attack\w*|molest\w*|pregnant|bitten)"
_BY_KIN = re.compile(
    rf"\b{_VIOLENCE} (?:[\w'’-]+ ){{0,3}}?by (?:(?:his|her|their|its|the|mum's|mum’s|dad's|dad’s|own) (?:[\w'’-]+ )?)?(?:{_KIN}|neighbour|babysitter|foster carer)\b(?! or\b)"
    rf"|\b(?:their|whose|child's|child’s|girl's|boy's|baby's) (?:{_KIN}) (?:was|is|had|has|got|died|jailed|arrested|in (?:prison|jail)|who|out of)\b"
    rf"|\b(?:grooming|abuse|assault|rape|touching)(?: of [\w ]{{1,20}})? by (?:the|a|his|her) (?:[A-Za-z]+ )?(?:teacher|coach|priest|imam|worker|tutor|carer|doctor|nurse)\b"
    r"|\b(?:dad|father|mum|mother|step-?dad) (?:is|was|got|now) (?:\w+ )?(?:out of|in|back in|sent to|released from) (?:prison|jail|custody)\b",
    re.IGNORECASE,
)
# An incident and where: “cot death in Kippax”, “suicide of a pupil”, “the shooting on Chapeltown Road”.
_INCIDENT = (
    r"(?:suicides?|murders?|manslaughter|homicides?|stabbings?|shootings?|drownings?|hangings?|overdoses?|rapes?|cot deaths?|still ?births?|killings?|beatings?|kidnap\w*|abductions?|arson"
    r"|fatality|skull fractures?|house fire|sexual assaults?|gang rapes?|inquests?)"
)
_HAPPENED = re.compile(
    rf"\b(?:{_INCIDENT} (?:of|at|in|on|outside|near|by|into|from)|(?<!unexpected )deaths? (?:at|in|on|near))(?: the)? (?:(?:an?|one|the|our) (?:[\w'’-]+ ){{0,2}}?(?:{_SOMEBODY}|school|park|home|canal|river|car park|college|nursery|flat|street|house|hanging|deaths?|estate|playground|bus)\b"
    rf"|(?i:canal|river)\b|(?-i:(?!Leeds\b|England\b|Yorkshire\b|West\b|London\b|Bradford\b|Wales\b|Britain\b)[A-Z][a-z]+))",
    re.IGNORECASE,
)
_SKULL = re.compile(
    r"\b(?:with|and|,) (?:an? |the |her |his )?(?:fractured|broken) \w+|\b(?:skull|rib) fractures?\b|\b(?:bleed on the brain|brain bleed)\b|\b(?:murder|rape|stabbing|shooting|knife|assault) victim (?:was|is|had|who|from|known)\b",
    re.IGNORECASE,
)
_IN_THE_NEWS = re.compile(
    rf"\b(?:the|this|that) (?:[\w'’-]+ ){{0,2}}?(?:one|case|death|incident|family|story|{_SOMEBODY}) (?:[\w'’-]+ ){{0,4}}?(?:in|on|all over|from) the (?:local |national )?(?:papers?|news|headlines|press|media|netflix\w*|tv)\b"
    r"|, (?:all over|in|on) the (?:local |national )?(?:papers?|news|headlines|press)\b|\b(?:case|one|family|incident) (?:made|hit) the (?:papers?|news|headlines)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:another|other|different|neighbouring) (?:area|areas|authority|authorities|city|cities|county|part|parts|town|region|council)\b"
    r"|\belsewhere\b|\bnational(?:ly)?\b",
    re.IGNORECASE,
)
_PREVENTED = re.compile(r"\b(?:prevention|awareness|campaign|training|helpline|charity|strategy)\b", re.IGNORECASE)
_BORN = re.compile(
    r"\b(?i:born) (?:on (?:the )?)?\d{1,2}(?:[./-]\d|(?:st|nd|rd|th)? [A-Z][a-z]+)|\b(?i:born) in (?:January|February|March|April|May|June|July|August|September|October|November|December),? (?:20\d\d )?(?:with|to|at|addicted|withdrawing)\b"
)  # fmt: skip
_AT_A_HOUSE = re.compile(
    r"\b(?:family|house|home|people|children|lot|kids|boys|flat) (?:at|of|in|from) (?:no\.?|number|nr\.?) ?\d+",
    re.IGNORECASE,
)
_FATAL = re.compile(r"\bfatal (?:accident|collision|crash|fall|fire|shooting|stabbing)\b", re.IGNORECASE)
_ANYWHERE = (_BORN, _AT_A_HOUSE, _SKULL, _BY_KIN, _IN_THE_NEWS)


def tells_of_an_incident(sentence: str) -> bool:
    """Whether a sentence in plain signs tells of one death, crime or injury and leads to it by a place, a person or the news.

    >>> [tells_of_an_incident(text) for text in ("A cot death in Kippax", "Shaken by father", "The case in the papers")]
    [True, True, True]
    >>> [tells_of_an_incident(text) for text in ("Suicide prevention training", "Knife crime week", "Rape in another area")]
    [False, False, False]
    """
    if any(pattern.search(sentence) for pattern in _ANYWHERE):
        return True
    if is_of_elsewhere(sentence) or _PREVENTED.search(sentence):
        return False
    return bool(_HAPPENED.search(sentence) or _FATAL.search(sentence))


def is_of_elsewhere(sentence: str) -> bool:
    """Whether a sentence is about another area or the nation rather than about what happened here.

    >>> is_of_elsewhere("After a death in another area"), is_of_elsewhere("After a death in Kippax")
    (True, False)
    """
    return _ELSEWHERE.search(sentence) is not None
