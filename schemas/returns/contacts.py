"""Addresses for mail, telephone numbers and the numbers of cases in free text, and the numbers of paper that are none of them."""

from __future__ import annotations

import re

from schemas.returns.identifying import looks_like_a_case_number

_EMAIL = re.compile(r"[^\s@]@[^\s@]|\b\w+ ?[\[(] ?at ?[\])] ?\w+", re.IGNORECASE)
_TELEPHONE = re.compile(r"(?<![\w.])(?:\+ ?44|0044|0)[ ().-]{0,3}(?:\d[ ().-]{0,2}){8,10}\d(?![\w])")
_YEARS = re.compile(r"\b(?:19|20)\d{2} ?(?:-|/|to) ?(?:19|20)?\d{2}\b")
# “case 80412”, “CRN: 12345”, “Mosaic ID 443210”: a number after what a case system calls it; a year is none.
_CASE = re.compile(
    r"\b(?:case|crn|urn|upn|nhs|client|mosaic|system|hospital|crime|occurrence|niche|pupil|patient)s?\b"
    r"[\s:#.(-]*(?:(?:no|number|num|id|ref|reference)\b[\s:#.-]*)*(?!(?:19|20)\d{2}\b|\d{1,2}/\d{1,2}/)(?:[A-Z]{1,4}[/-]?)?\d[\d/-]{3,}",
    re.IGNORECASE,
)
_REFERRED = re.compile(
    r"\b(?:ref|reference)\b[\s.:#]*(?:(?:no|number)\b[\s.:#]*)?(?!(?:19|20)\d{2}\b)\d{5,}", re.IGNORECASE
)
# Sums, and the numbers of schools, providers, orders and areas: nobody is known by them.
_OF_PAPER = re.compile(
    r"£ ?[\d,.]+|\b(?:20\d\d[ /-]?){2,}\b|\b\d{1,3}(?: 0\d\d)+\b|\bpolicy 20\d\d[\d/]+|\b\d{1,3}(?:,\d{3})+(?:\.\d+)?\b|\b[EKNSW]\d{8}\b|\bref 20\d\d/\d+|\burn:? ?1[0-5]\d{4}\b"
    r"|\b(?:budget|charity|company|contract|cost (?:centre|code)|dfe|invoice|laestab|ods|order|po|snomed|spend|total|ukprn)\b[ :.£]*"
    r"(?:(?:no|number|code)\b[ :.]*)?[\d/-]{4,}",
    re.IGNORECASE,
)


def holds_a_contact(text: str) -> bool:
    """Whether a text in plain signs holds an address for mail, a telephone number or the number of a case.

    >>> [holds_a_contact(text) for text in ("Ring 0113 496 0000", "see case 1234567", "a (at) b", "in 2024-25, 9 of 40")]
    [True, True, True, False]
    """
    if _EMAIL.search(text) or _TELEPHONE.search(text) or _CASE.search(text):
        return True
    return looks_like_a_case_number(_YEARS.sub("", text))


def leads_to_a_case(plain: str) -> bool:
    """The same, where sums and the numbers of schools, providers and orders are none, and those of a file are.

    >>> [leads_to_a_case(text) for text in ("School URN 107985", "PO number 4500123456", "Ref 4431208", "Mosaic 443210")]
    [False, False, True, True]
    """
    text = _OF_PAPER.sub(" ", plain)
    return holds_a_contact(text) or _REFERRED.search(text) is not None
