"""Whether a sentence calls somebody by letters, by a name in small letters or by the plural of a surname."""

from __future__ import annotations

import re

from schemas.returns.given_names import is_anybodys, is_nobody, is_only_a_name, is_surname

_CLAUSE = r"(?:^|[.;:!?\n(] ?|, |- )"
# “J.S.”, “R.T. keeps”, “mostly JS from Cockburn”, “K went missing”, “due to AB from”.
_DOTTED = re.compile(
    r"(?<![\w.])(?!(?:U\.K|E\.G|I\.E|N\.B|P\.M|A\.M|P\.S|U\.S|D\.C|P\.C|Q\.A|A\.E|E\.U|S\.E|S\.W|N\.E|N\.W|L\.A|G\.P)\b)[A-Z]\.\s?[A-Z]\.?(?:\s?[A-Z]\.?)?(?![\w.])"
)
_ABBREVIATED = frozenset(
    ["AE", "AI", "AM", "AP", "BU", "CA", "CC", "CD", "CE", "CF", "CI", "CP", "CQ", "CS", "DA", "DC", "DI", "DS", "DV", "DW", "ED", "EH", "EI", "EP", "EU", "EY", "FD", "FE", "FM", "FP", "FT", "GP", "HE", "HR", "HV", "IA", "IO", "IR", "IT", "IV", "KS", "LA", "LC", "LD", "LS", "MA", "MH", "MP", "MS", "NE", "NW", "OT", "PA", "PC", "PD", "PE", "PH", "PI", "PM", "PO", "PP", "PR", "PS", "QA", "RE", "RI", "RO", "SC", "SE", "SG", "SI", "SN", "SW", "TA", "TU", "TV", "UK", "US", "VR", "WP", "YJ", "YP", "YO", "YW"]
)  # fmt: skip
_DOES = r"(?:absconds|absconded|disclosed|keeps|kept|missing|ran|turned (?:1\d|eighteen)|was (?:arrested|excluded|found|placed|missing|moved|stabbed|detained|raped|sectioned)|went|who|and (?:his|her) )"
_LETTER = re.compile(
    rf"(?:{_CLAUSE}|\b(?:mostly|only|just|by|because of|due to|down to|about|all|mainly) )([A-HJ-Z]|[A-Z]{{2,3}}) {_DOES}\b"
)
_LETTERS_FROM = re.compile(
    r"\b(?i:mostly|only|just|by|because of|due to|down to|about|mainly|all) ([A-Z]{2}) (?:from|in|at|of|who) (?:[A-Z][a-z]|Y)"
)
_CALLED = re.compile(
    rf"(?:{_CLAUSE}|\b(?:mostly|by|because|due to|when|since|after|as) )([A-Z][a-z]{{2,}}) (?:went missing|ran (?:away|off)|kept (?:abscond|run)\w+|abscond\w+|moved (?:here|in with|back to)|self-?harmed|was (?:arrested|excluded|stabbed|raped|bullied|detained|jailed|murdered|sectioned|adopted|shot|groomed))\b"
)
_LITTLE = re.compile(r"\b(?:little|poor|wee|baby) ([A-Z][a-z]+)")
_THE_FAMILY = re.compile(
    r"\b[Tt]he ([A-Z][a-z]+?)(?:e?s) (?:moved|came|left|returned|are|were|have|had|went|of|in|on|at|back)\b"
)
_SMALL_NAME = re.compile(
    r"\b([a-z]{4,}) (?:went|ran|kept|keeps|was|is|had|has|said|moved|abscond\w+|disclosed|left|came|turned|and (?:his|her))\b"
)
# “See Example file”, “the Example girls”: what is kept of somebody, or those of a name.
_THEIR_FILE = re.compile(
    r"\b(?:[Tt]he|[Ss]ee|[Ff]rom) (?:the )?([A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?) (?:files?|case|notes|papers|matter|record|girls?|boys?|kids|lot|brothers|sisters|twins|inquest|trial)\b"
)
_RANKED = re.compile(r"\b(?:Cllr|Councillor|Insp|Inspector|Sgt|Sergeant|DCI|DI|HHJ|Judge|Prof|Rev)\.? ([A-Z][a-z]{2,})")


def calls_somebody(sentence: str) -> bool:
    """Whether a sentence in plain signs calls somebody by initials, or by a name that only its place gives away.

    >>> [calls_somebody(text) for text in ("Mostly down to J.S.", "K went missing", "kayden went missing", "The Okafors moved")]
    [True, True, True, True]
    >>> [calls_somebody(text) for text in ("The GP was asked", "CP was reviewed", "The Teams moved", "e.g. two schools")]
    [False, False, False, False]
    """
    return _DOTTED.search(sentence) is not None or _calls_by_letters(sentence) or _calls_by_name(sentence)


def _calls_by_letters(sentence: str) -> bool:
    found = (*_LETTER.findall(sentence), *_LETTERS_FROM.findall(sentence))
    return any(len(letters) == 1 or (letters not in _ABBREVIATED and not is_nobody(letters)) for letters in found)


def _calls_by_name(sentence: str) -> bool:
    """Whether somebody is named by what only people do, by the plural of a surname, or in small letters."""
    if any(not is_nobody(name) for name in _RANKED.findall(sentence)):
        return True
    if any(not is_nobody(name) for name in _CALLED.findall(sentence)):
        return True
    if any(is_surname(name) or is_only_a_name(name) for name in _THEIR_FILE.findall(sentence)):
        return True
    if any(is_anybodys(name) for name in _LITTLE.findall(sentence)) or any(
        map(is_surname, _THE_FAMILY.findall(sentence))
    ):
        return True
    return any(is_only_a_name(name) for name in _SMALL_NAME.findall(sentence))
