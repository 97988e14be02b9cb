"""Whether a sentence tells of one child: beside a figure, where numbers are no sign of it, words are.

Sentences about many children, about services and about how something is counted stay free: they are what a reason is for.
"""

from __future__ import annotations

import re

from schemas.returns.ages import tells_an_age
from schemas.returns.by_letters import calls_somebody
from schemas.returns.one_by_deeds import tells_a_deed
from schemas.returns.one_event import tells_of_an_event
from schemas.returns.one_in_passing import speaks_of_somebody
from schemas.returns.one_incident import is_of_elsewhere, tells_of_an_incident

# A report of totals has only many of these; one of them is somebody.
_BOY = (
    r"baby|boy|girl|infant|toddler|teenager|teen|newborn|schoolboy|schoolgirl|youngster|kid|lad|lass|young (?:man|woman)|youth|uasc"
    r"|teenage (?:boy|girl|mum|mother|dad|parent)|girlfriend|boyfriend|(?:grand)?(?:daughter|son)|brother|sister|niece|nephew|cousin|triplet|yp|mum|mom|dad"
)
# These stand for all children too: “a child who moves is counted once”.
_ANYBODY = (
    r"child|pupil|student|young person|young adult|adolescent|schoolchild|sibling|care leaver|patient|resident|detainee|suspect|victim"
    r"|perpetrator|individual|mother|father|woman|man"
)
_SOMEBODY = f"{_BOY}|{_ANYBODY}"
# After the word for a child: what is no child, “child protection”, “pupil numbers”, “girls' groups”, “baby clinic”.
_COMPOUND = (
    r"(?!['’])(?!-)(?! ?(?:&|/|and) (?:baby|adolescent|family|families|parent|toddler)\b)"
    r"(?!(?: ?(?:&|/|and|or|,) (?:adult|boy|child|father|female|girl|male|mother|parent))? (?:box(?:es)?|categor(?:y|ies)|cells?|columns?|counts?|fields?|headings?"
    r"|labels?|options?|rows?|sheets?|split|tables?|totals?)\b)"
    r"(?! (?:abuse|absences?|accommodation|adviser|and adolescent|and family|appointments?|assessment|attendance|bed|benefit|box|bank|care|carers?"
    r"|case|census|centred?|clinics?|clubs?|contact|court|criminal|death|deaths|development|education|employment|episodes?|exclusions?|exploitation|figures"
    r"|first|friendly|group|groups|guides|health|help|home|homes|hospital|hostel|hub|hubs|in care|in need|justice|level|line|list|loss|loans?|maintenance"
    r"|members?|mental|minders?|minding|months|mortality|notices?|nurses?|numbers?|offending|panel|parliament|performance|place|placements?|plans?"
    r"|population|poverty|practice|practitioners?|premium|protection|questionnaire|records?|referral|referrals|referral unit|register|returns?|rolls?|safety"
    r"|safeguarding|satisfaction|services?|sexual|social|support|surveys?|teams?|therapy|union|unit|units|visits?|voice|voices|wards?|welfare|weight"
    r"|work|workers?|zone)\b)"
)
_FEW_WORDS = r"(?:[\w'’-]+ ){0,3}?"
# What is done to figures and records and not to children.
_PAPERWORK = (
    r"(?!(?:not |also |only |now |once |twice |double |wrongly |already |still |both |previously )*(?:counted|recorded|recording|registered|entered|included|coded|missed|omitted|shown"
    r"|duplicated|reported|counts|added|removed from (?:the )?(?:figures?|list|count|return)|left out|put in|on (?:both|two)|in both|in the wrong)\b)"
)
_BEFELL = (
    r"(?:abscond\w*|accus\w+|account(?:s|ed) for|arrested|assaulted|attack\w+|bitten|blamed|born|bullied|burn[et]\w*|came (?:back|off|in|to|with)|caught|charged|convicted|"
    r"cut|detained|disclosed|drank|drown\w*|excluded|exploited|fell|fled|found|gave|got|groomed|had|hit|hurt|ingested|injur\w+|jailed|jumped|keeps"
    r"|kept|killed|kills|left|lost|made up|missing|moved|murdered|needed|on (?:remand|bail|section|a secure)|overdosed|placed|pregnant|pushed|ran|raped|readmitted|refused|released"
    r"|removed|reported|returned|said|scalded|sectioned|self-?harm\w*|sent|set|shaken|shot|stab\w+|started|stole|struck|swallowed|taken|threatened|told|took|tried|trafficked"
    r"|turned|under \d|was|went|withdrew)"
)
_WHERE = (
    r"(?:,? (?:aged |of )?\d{1,2},?)?(?: (?:again|already|also|alone|here|in (?:foster|residential|secure) care|on (?:a plan|remand)"
    r"|(?:from|at|in|of|near|on) (?:the )?(?-i:[A-Z]\w+(?: [A-Z]\w+)?)(?: (?:home|placement|primary|school|site|tower))?|(?:at|in|from|of) (?:an?|the|our) (?:[\w'’-]+ )?(?:children's home|home|hospital|hostel|placement|school|unit|ward)|in (?-i:Y\d+)))*"
)
_DONE = rf"{_WHERE}[ ,:]+{_PAPERWORK}{_BEFELL}\b"
_WHO_DID = rf"{_WHERE},? (?:who|whose|whom) (?!(?:are|can|could|has|is|may|might|needs?|will|would|lives|\w+(?<!s)s)\b)(?!(?:was|were|had) (?:not )?(?:present|brought|counted)\b)\w"
_WITH = r" with (?!(?:an? |two |more than |no |several )?(?:additional|any|autism|chp|complex|cin|cp|disabilit|ehcp?|lac|learning|life|mental|needs|plan|send?\b|special|social)\w*)(?:an? |the |his |her )?\w"
_EACH = "".join(f"(?<!{word} )" for word in ("any", "each", "either", "every", "no", "per", "which"))
_GENERALLY = "".join(
    f"(?<!{word} )"
    for word in ("after", "as", "before", "case", "for", "how", "if", "of", "once", "than", "that", "unless", "until", "what", "when", "whenever", "where", "whether", "why")
)  # fmt: skip
_THE = rf"\b(?:the|one|this|that|our|same|single|only|little|1) {_FEW_WORDS}{_EACH}"
# What a boy, and one child, did or had done to them; a child without anything more may be any.
_ACTS = re.compile(
    rf"\b(?:an?|another|the|one|this|that|our|same|single|only|little|1) {_FEW_WORDS}{_EACH}(?:{_BOY})\b{_COMPOUND}(?:{_DONE}|{_WHO_DID}|{_WITH}|,? \d)"
    rf"|{_GENERALLY}{_THE}(?:{_ANYBODY})\b{_COMPOUND}(?:{_DONE}|{_WHO_DID})"
    rf"|{_GENERALLY}\b(?:an?|another) {_FEW_WORDS}{_EACH}(?:{_ANYBODY})\b{_COMPOUND}{_DONE}",
    re.IGNORECASE,
)
# “The deaf girl”, “the same lad”: spoken of as known.
_THE_BOY = re.compile(
    rf"\b(?:the|this|that|our|same|single|little|my|1|one|only) {_FEW_WORDS}{_EACH}(?:boy|girl|lad|lass|toddler|teenager|newborn|schoolboy|schoolgirl|youngster|kid"
    rf"|young man|young woman|uasc)\b{_COMPOUND}(?! (?:boxes|scouts?|bands?))",
    re.IGNORECASE,
)
# Without an article, as notes are written: “Trans pupil bullied”, “Premature baby shaken by father”, “Teen mum at Lovell Park”.
_CLAUSE = r"(?:^|[.;:!?\n(] ?|, |- )"
_NO_START = r"(?!(?:each|every|any|no|per|which|when|if|where|more|fewer|how|change|definition|counting|once|after|before|until|for|say|tell|write|[\w-]+ (?:each|every|any|up))\b)"
_NOTED = re.compile(
    rf"{_CLAUSE}{_NO_START}(?:[\w'’-]+ ){{0,3}}?{_EACH}(?<!\bthe )(?<!\ba )(?<!\ban )(?:{_SOMEBODY})\b{_COMPOUND}(?:{_DONE}| at (?-i:[A-Z])\w+)",
    re.IGNORECASE,
)
_ADMITTED = re.compile(
    rf"{_CLAUSE}{_NO_START}(?:[\w'’-]+ ){{0,3}}?(?:{_BOY})\b{_COMPOUND}{_WHERE}[ ,:]+(?:re)?(?:admitted|discharged)\b",
    re.IGNORECASE,
)
_WITHOUT_CASE = re.compile(
    rf"{_CLAUSE}(?:daughter|son|sibling|sister|brother|subject|mum|mother|dad|father|twin|victim) of (?:(?:an?|the|four|three|two|five|six) |(?-i:[A-Z]))",
    re.IGNORECASE,
)
# “It is all one lad”, “mostly down to one young person”.
_ALL_ONE = re.compile(
    rf"\b(?:all|both|contacts|enquiries|entries|episodes|figure|half|incidents|increase|most|peak|quarter|referrals|rise|third|two) (?:[\w'’-]+ ){{0,3}}?(?:is|are|was|were)"
    rf" (?:all |both |just |mostly |of |only )*(?:one|a single|the same) {_FEW_WORDS}(?:{_SOMEBODY}|person)\b{_COMPOUND}"
    rf"|\b(?:all|mostly|mainly|largely|almost|entirely|solely|just|down to|due to|because of|driven by|caused by|driver is|relates? to|only)(?: of| is| was| to| by| about)*"
    rf" (?:an?|one|a single|the same|1) {_FEW_WORDS}(?:{_SOMEBODY}|person)\b{_COMPOUND}",
    re.IGNORECASE,
)
_CLASSED = re.compile(
    r"\b(?:Y(?:ea)?r?\.? ?\d{1,2}|Reception|Year \d{1,2}|KS\d) (?:boy|girl|lad|pupil|student|child|lass)\b(?! (?:group|numbers|survey))"
    r"|\b(?:boy|girl|lad|lass|yp),? (?:in|from) Y(?:ea)?r?\.? ?\d",
    re.IGNORECASE,
)
# “14-year-old boys” are many.
_MANY_OF_AN_AGE = re.compile(
    r"\b(?:aged )?[\w-]{1,12}[ -](?:years?|yrs?|months?|weeks?)[ -]old (?:[\w-]+ )?(?:boys|girls|children|pupils|people|males|females|babies|students|lads|young people)\b"
    r"|\baged \d{1,2}(?:,? (?:and|or|to|&) \d{1,2})+",
    re.IGNORECASE,
)
_SHORT_AGE = re.compile(
    r"\b\d{1,2}[ -]?(?:yr|yrs|wk|wks|mth|mths|m|y|day|week|month|year)s?[ -]old\b|\b\d{1,2} ?yr?s? (?:boy|girl|lad)\b",
    re.IGNORECASE,
)
# Two brothers are as plain as one.
_THOSE = re.compile(
    r"\b(?:the|these|those|both|both the|two|three) (?:[\w'’-]+ ){0,2}?(?:brothers|sisters|cousins)\b(?! (?:and sisters|are (?:now |placed|counted|kept)))"
    r"|\bthe (?:two|three|four) (?:[\w'’-]+ ){0,2}?(?:boys|girls|lads|babies|children|pupils|teenagers|youths|young people|families)\b"
    r"|\bthe (?:boys|girls|lads|children|twins) (?:who (?:were|had|went|ran|set|came)|from (?!(?:\w+ ){0,2}(?:schools|wards|areas|homes|hospitals|care)\b)[A-Z])"
    r"|\b(?:the )?same (?:[\w'’-]+ )?family (?:as|again|with|who|that|had|has|was|came|moved)\b",
    re.IGNORECASE,
)
_HIS_OWN = re.compile(
    r"(?<!women)(?<!men)['’]s (?:own |adopted |foster |youngest |eldest |little |disabled ){0,2}(?:son|daughter|grandson|granddaughter|nephew|niece|baby|child|boy|girl)\b"
    r"(?!['’-])(?! (?:abuse|and|clinic|exploitation|health|in|poverty|protection|safeguarding|sexual|voice|care|development|death)\b)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[!?;\n])\s+|(?<=[a-z\d)]\.)\s+(?=[A-Z])")

_ANYWHERE = (_ADMITTED, _CLASSED, _HIS_OWN, _ALL_ONE, _THE_BOY, _THOSE, _WITHOUT_CASE)


def tells_of_one_child(text: str) -> bool:
    """Whether a text in plain signs tells of one child, of what befell a few that could be known, or of one incident.

    >>> [tells_of_one_child(text) for text in ("It is all one lad", "Suicide of a pupil in July", "K went missing 11 times")]
    [True, True, True]
    >>> [tells_of_one_child(text) for text in ("Trans pupil bullied at Roundhay", "one 8wk old", "The Okafors moved to Leeds")]
    [True, True, True]
    >>> [tells_of_one_child(text) for text in ("A child who moves is counted once", "Pupil numbers fell in September")]
    [False, False]
    >>> tells_of_one_child("After the death of a child in another area press coverage raised contacts")
    False
    """
    return any(map(_told, _SENTENCE.split(text)))


def _told(sentence: str) -> bool:
    if calls_somebody(sentence) or tells_of_an_incident(sentence) or speaks_of_somebody(sentence):
        return True
    if tells_a_deed(sentence) or tells_of_an_event(sentence):
        return True
    if any(pattern.search(sentence) for pattern in _ANYWHERE):
        return True
    if _SHORT_AGE.search(alone := _MANY_OF_AN_AGE.sub(" ", sentence)) or tells_an_age(alone):
        return True
    return not is_of_elsewhere(sentence) and bool(_ACTS.search(sentence) or _NOTED.search(sentence))
