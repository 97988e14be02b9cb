"""Whether a sentence tells what one person did or suffered, whatever they are called: only people abscond, give birth or turn eighteen.

“The one on remand came home” has no word for a child, and “our frequent absconder turned eighteen” none that is in a list. So the
deed is looked for first, and then whether one did it: a subject without a plural, a team or “who” in it.
"""

from __future__ import annotations

import re

_TEENS = r"(?:1\d|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)\b"
_AGES = rf"(?:{_TEENS}|[5-9]\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|eleven\b|twelve\b)"
_ADVERB = r"(?: (?:again|already|also|back|finally|first|just|later|now|once|since|then|twice|\w+ly))*"
# What is done by people, or to them, and by no service, plan or figure.
_DEED = re.compile(
    rf"\b(?:(?:came|went|gone){_ADVERB} home|went to (?:live|stay) with|(?:went|gone|go) missing|ran (?:away|off)|abscond(?:ed|s)"
    r"|gave birth|self-?harm(?:ed|s)|overdosed|miscarried|attempted suicide|tried to (?:drown|hang|kill)|got (?:married|pregnant)"
    rf"|turned {_TEENS}(?! (?:days|months|weeks|per)\b)|broke (?:an?|his|her|their) (?:ankle|arm|collarbone|leg|nose|rib|wrist)"
    rf"|(?:was|is|been|got|being){_ADVERB} (?:arrested|bailed|beaten|bullied|deported|groomed|imprisoned|in custody|intubated|jailed|on remand"
    r"|pregnant|raped|remanded|resuscitated|sectioned|sentenced|stabbed|trafficked))\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?:the|an?|another|our|my|this|that|same|only|one) ((?:[\w'’-]+ ){1,7})$",
    re.IGNORECASE,
)
# After these a sentence says what is done whenever it happens.
_GENERALLY = frozenset(
    ["after", "as", "before", "for", "how", "if", "of", "once", "than", "unless", "until", "what", "when", "whenever", "where", "whether", "why"]
)  # fmt: skip
# Of whom it is no single person's deed: those who are many, and whoever works.
_NOBODY = frozenset(
    ["agency", "any", "board", "children", "cohort", "company", "council", "count", "couple", "crew", "dozen", "each", "either", "every", "few", "fifth", "force", "group", "half", "handful", "lot", "majority"
     , "men", "minority", "no", "number", "people", "percentage", "proportion", "provider", "quarter", "rate", "service", "share", "shift", "staff", "team", "tenth", "that", "third", "total"
     , "unit", "which", "who", "whom", "whose", "women"]
)  # fmt: skip
_AT_AN_AGE = re.compile(
    rf"\b(?:gave birth|giving birth|married|pregnant|arrested|raped|sectioned|a (?:mother|father|parent|mum|dad))(?: again)? (?:at|aged|when)"
    rf" (?:just |only )?{_AGES}(?=\s*(?:$|[.,;:)!]| (?:and|in|on|to|by|after|but|with|is|was)\b))",
    re.IGNORECASE,
)
# “The one who set the fire”, “the one whose mother works here”; “the one who signs”, “the one whose layout it is” are at work.
_THE_ONE = re.compile(
    r"\b(?:the|that|our) (?:[\w-]+ ){0,2}one (?:who (?:was|had|set|ran|went|came|took|got|hit|cut|lost|lives|lived|stays|(?!happened|used|asked|called|wrote|signed|answered|chaired)\w+ed)"
    r"|whose (?:mother|father|mum|mam|dad|parents?|nan|sister|brother|sibling|carer|foster \w+|boyfriend|girlfriend|baby|child|placement|plan|case|home|house|family)\b)",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\b(?:lost|losing|bur(?:ied|ying)|mourn\w*|griev\w+ for) (?:their|her|his|our|a) (?:[\w-]+ ){0,2}(?:little one|baby|child|son|daughter|twin|boy|girl"
    r"|brother|sister|mother|father|mum|dad|parent)\b"
    r"(?=\s*(?:$|[.,;:)!?]| (?:to|in|on|at|and|after|when|last|this|during|before|while|because|due|early|suddenly|following|from|by|at)\b))",
    re.IGNORECASE,
)
# Words for one person that an agency uses of those it serves.
_SERVED = (
    "absconder|asylum[- ]seeker|attendee|care leaver|child|client|detainee|evacuee|inmate|learner|patient|prisoner|pupil|refugee|resident|runaway"
    "|service user|student|suspect|tenant|victim|young person"
)
# “The patient on ward 48 was discharged”, “the young person in question has returned”; how they are counted is no deed.
_COUNTED = r"(?!(?:not |only |now |then |once |twice |double |wrongly |already |still |both |previously )*(?:counted|recorded|registered|entered|included|coded|shown|reported|left out|asked|offered|given|added)\b)"
_BECAME = rf"(?:(?:has|had) (?:now |since |again |already |just )*{_COUNTED}(?:been )?{_COUNTED}(?:\w+ed|gone|come|left|run|given|got|found)|was (?:now |then |later )*{_COUNTED}(?:\w+ed|found|shot|sent|hit|taken))\b"
# “The client has moved to the new form”.
_TO_PAPER = r"(?! (?:on )?to (?:the |a |an )?(?:\w+ )?(?:form|list|pathway|process|report|return|sheet|system|template|version)\b)"
_WHERE = r"(?: (?:in|on|at|with|from|under|of) [\w'’-]+(?: [\w'’-]+){0,4}?)?"
_OF_ONE_SERVED = re.compile(
    rf"\b(?:the|this|that|our) (?:[\w-]+ )?(?:{_SERVED}){_WHERE} {_BECAME}{_TO_PAPER}",
    re.IGNORECASE,
)


# Without one of these words none of the patterns can be there: most sentences are read no further.
_LETTERS = re.compile(r"[^\W\d_]+")
_BY_A_WORD = (
    (frozenset({"at", "aged", "when"}), _AT_AN_AGE),
    (frozenset({"who", "whose", "whom"}), _THE_ONE),
    (
        frozenset(
            {"lost", "losing", "buried", "burying", "mourn", "mourned", "mourning", "mourns", "grieved", "grieving"}
        ),
        _LOST,
    ),
)
_HAS = frozenset({"has", "had", "was"})
_OF_DEEDS = frozenset(
    ["came", "went", "gone", "go", "ran", "absconded", "absconds", "gave", "harmed", "harms", "selfharmed", "selfharms", "overdosed", "miscarried", "attempted", "tried", "got"
     , "turned", "broke", "was", "is", "been", "being"]
)  # fmt: skip


def tells_a_deed(sentence: str) -> bool:
    """Whether a sentence in plain signs tells what one person did, suffered or lost, or how old they were when they did.

    >>> [tells_a_deed(text) for text in ("The one on remand came home", "Our absconder turned eighteen", "Gave birth at 14")]
    [True, True, True]
    >>> [tells_a_deed(text) for text in ("More care leavers turned 18", "When a child went missing we rang", "The team went home")]
    [False, False, False]
    """
    words = set(_LETTERS.findall(sentence.casefold()))
    if any(not told_by.isdisjoint(words) and pattern.search(sentence) for told_by, pattern in _BY_A_WORD):
        return True
    if not _HAS.isdisjoint(words) and any(map(_is_no_rule, _OF_ONE_SERVED.finditer(sentence))):
        return True
    if _OF_DEEDS.isdisjoint(words):
        return False
    return any(_is_of_one(sentence[: found.start()]) for found in _DEED.finditer(sentence))


def _is_no_rule(found: re.Match[str]) -> bool:
    """Whether nothing before the words found makes them what is done whenever it happens, as “if the patient was moved”."""
    ahead = found.string[: found.start()].split()
    return not ahead or ahead[-1].lower() not in _GENERALLY


def _is_of_one(before: str) -> bool:
    """Whether what stands before a deed ends with one person: an article or the like, and nothing that is many or an office."""
    found = _SUBJECT.search(before)
    if found is None:
        return False
    ahead = before[: found.start()].split()
    if ahead and ahead[-1].lower() in _GENERALLY:
        return False
    words = found[1].lower().replace("’", "'").split()
    return not any(word in _NOBODY or _is_plural(word) for word in words)


def _is_plural(word: str) -> bool:
    """Whether a word in small letters may say that there are several."""
    return word != "trans" and len(word) > 3 and word.endswith("s") and not word.endswith(("'s", "ss", "us", "is"))
