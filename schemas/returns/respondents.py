"""Who may answer for itself without being an agency of the data set: a school, a nursery, a club, by its reference."""

from __future__ import annotations

import re

# Letters that say what it is, then a number of the business unit's own: SCH-0142. No agency's id looks like it.
_REFERENCE = re.compile(r"([A-Z]{2,5})[ -]?(\d{3,6})", re.IGNORECASE)


def respondent_in(text: str) -> str | None:
    """A respondent's reference in its one spelling; None where the text is none.

    >>> respondent_in(" sch 0142 "), respondent_in("SCH-0142"), respondent_in("lcc_cf"), respondent_in("485 777 3456")
    ('SCH-0142', 'SCH-0142', None, None)
    """
    found = _REFERENCE.fullmatch(text.strip())
    return f"{found[1].upper()}-{found[2]}" if found else None


def is_respondent(sender_id: str) -> bool:
    """Whether a sender's id is a respondent's reference, and not an agency's.

    >>> is_respondent("EY-0031"), is_respondent("ltht")
    (True, False)
    """
    return respondent_in(sender_id) == sender_id
