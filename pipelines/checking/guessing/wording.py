"""The words of a label that tell which measure it is: abbreviations spelled out, endings and filling words gone."""

from __future__ import annotations

import re
from functools import lru_cache

from schemas.returns.meaning import meaning

# What analysts of safeguarding write short. Spelled out on both sides, so that CIN finds “children in need” and the other
# way round. Only what means one thing in this field stands here: “CH” or “SC” could be several.
_SPELLED: dict[str, str] = {
    "ae": "accident emergency",
    "avg": "average",
    "cafa": "child family assessment",
    "camhs": "child adolescent mental health",
    "cce": "child criminal exploitation",
    "cic": "looked after children",
    "cin": "children in need",
    "cla": "looked after children",
    "cme": "children missing education",
    "cp": "child protection",
    "cpp": "child protection plan",
    "csa": "child sexual abuse",
    "csc": "childrens social care",
    "cse": "child sexual exploitation",
    "cyp": "children",
    "da": "domestic abuse",
    "dsl": "designated safeguarding lead",
    "dv": "domestic abuse",
    "dva": "domestic abuse",
    "eet": "education employment training",
    "eh": "early help",
    "eha": "early help assessment",
    "ehc": "education health care",
    "ehcp": "education health care plan",
    "ehe": "elective home education",
    "fgc": "family group conference",
    "fgdm": "family group decision making",
    "fgm": "female genital mutilation",
    "fh": "family help",
    "fte": "first time entrant",
    "hv": "health visitor",
    "icpc": "initial child protection conference",
    "iha": "initial health assessment",
    "lac": "looked after children",
    "mash": "multi agency safeguarding hub",
    "mth": "month",
    "mths": "month",
    "nrm": "national referral mechanism",
    "ola": "other authority",
    "pct": "percent",
    "pf": "private fostering",
    "ppn": "police protection notice",
    "rcpc": "review child protection conference",
    "rha": "review health assessment",
    "rhi": "return interview",
    "s11": "section 11",
    "s175": "section 175",
    "s46": "section 46",
    "s47": "section 47",
    "sw": "social worker",
    "wd": "working day",
    "wnb": "was not brought",
    "yjs": "youth justice service",
    "yp": "children",
    "yr": "year",
    "yrs": "years",
}  # fmt: skip
# Different words for one thing, after the endings are gone.
_ALIKE: dict[str, str] = {
    "commenc": "start",
    "began": "start",
    "youth": "child",
    "young": "child",
    "kid": "child",
    "childr": "child",
    "timescal": "time",
    "timel": "time",
    "percentag": "percent",
    "proport": "percent",
    "nil": "0",
}  # fmt: skip
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10", "fifteen": "15",
            "twenty": "20", "twelve": "12", "first": "1st", "second": "2nd", "third": "3rd"}  # fmt: skip
# Words every label may have, and no measure is known by. “Not”, “without”, “new” and “open” stay: they turn a measure.
_FILLING = frozenset(
    [
        "a",
        "an",
        "within",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "and",
        "or",
        "with",
        "who",
        "whom",
        "that",
        "which",
        "is",
        "are",
        "be",
        "been",
        "were",
        "their",
        "its",
        "this",
        "these",
        "per",
        "during",
        "each",
        "quarter",
        "period",
        "date",
        "total",
        "number",
        "no",
        "count",
        "how",
        "many",
        "people",
        "person",
        "leeds",
        "city",
        "local",
        "area",
        "subject",
    ]
)
# What says how the answer is given, not what is counted.
_SHARE = frozenset({"percent", "rate", "ratio", "share", "average", "mean", "median"})
_REFERENCE = re.compile(r"^\s*(?:[A-Z]{1,4}[ .-]?)?\d+(?:\.\d+)*(?:\s?\([a-z]\)|[a-z])?[).:]?\s+(?=\S*[A-Za-z])")
_PER = re.compile(r"\b(?:per|each|every) (\d{1,3}(?:[, ]?000)*)\b")


@lru_cache(maxsize=8192)
def telling(text: str) -> tuple[str, ...]:
    """The words that tell, each once, in their order.

    >>> telling("3.4(a) Number of CIN reviewed in timescale"), telling("Children in Need - reviews in time")
    (('child', 'need', 'review', 'time'), ('child', 'need', 'review', 'time'))
    """
    words = _spelled_out(text)
    stems = (_ALIKE.get(stem, stem) for word in words if word not in _FILLING for stem in (_stem(word),))
    return tuple(dict.fromkeys(stem for stem in stems if stem not in _SHARE and stem not in _FILLING))


@lru_cache(maxsize=8192)
def asks_for(text: str) -> str:
    """How the label says its answer is given: `number`, `share` (a percentage, rate or average) or "" where it does not.

    >>> asks_for("Number of referrals"), asks_for("% seen on time"), asks_for("Rate per 10,000"), asks_for("Referrals")
    ('number', 'share', 'share', '')
    """
    words = _spelled_out(text)
    is_share = bool(_SHARE & set(words)) or "%" in text or bool(_PER.search(text)) or "proportion" in words
    is_number = bool({"number", "count", "total"} & set(words)) or bool(re.match(r"\s*no\b\.?", text, re.IGNORECASE))
    # “Number … (%)” says both: only a person can tell.
    return "both" if is_share and is_number else "share" if is_share else "number" if is_number else ""


def without_reference(text: str) -> str:
    """A label without the number a scorecard puts before it.

    >>> without_reference("4.5(b) Outcome"), without_reference("16 to 17 year olds"), without_reference("KPI 12 Contacts")
    ('Outcome', '16 to 17 year olds', 'Contacts')
    """
    if re.match(r"\s*\d+ (?:to|or|and|year|week|working|day|month)\b", text, re.IGNORECASE):
        return text
    return _REFERENCE.sub("", text, count=1)


def _spelled_out(text: str) -> list[str]:
    plain = _PER.sub(" per ", without_reference(text).replace("&", " and ").replace("A and E", "AE"))
    words: list[str] = []
    for word in (
        meaning(plain).replace("domestic violence", "domestic abuse").replace("re referral", "rereferral").split()
    ):
        known = _SPELLED.get(word) or (_SPELLED.get(word[:-1]) if word.endswith("s") and len(word) > 3 else None)
        words += known.split() if known else [_NUMBERS.get(word, word)]
    return words


def _stem(word: str) -> str:
    """A word without its commonest endings, so that reviews, reviewed and reviewing are one."""
    if word.isdigit():
        return word
    for ending in ("ations", "ation", "ings", "ing", "ies", "ren", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
