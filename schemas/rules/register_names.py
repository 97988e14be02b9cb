"""Rules about how a respondent is called: by the name of a body, never by somebody's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemas.returns.addresses import leads_to_a_home
from schemas.returns.by_value import where_filled
from schemas.returns.person_level import POSTCODE_IN_TEXT
from schemas.returns.roles import could_be_a_name, names_somebody
from schemas.returns.telling import may_name_anybody, names_anybody
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

# Words of a body that is called after somebody, or after nobody: its name is public. A childminder is not among them.
_BODY = re.compile(
    r"\b(?:academ(?:y|ies)|association|brownies|centre|charity|church|clinic|club|clubs|college|council|cre[cè]che|cubs|farm"
    r"|federation|football|foundation|group|guides|gurdwara|gym|high|home-start|hospice|hospital|infants?|juniors?|kindergarten"
    r"|leeds|limited|ltd|medical|ministries|mission|montessori|mosque|nurser(?:y|ies)|partnership|pharmacy|playgroup"
    r"|pre-?school|primary|project|practice|residential|rugby|school|scouts|secondary|service|services|society|surgery"
    r"|swimming|synagogue|team|temple|theatre|trust|union|united|university|youth)\b",
    re.IGNORECASE,
)
# “Mrs Example's school”, “J. Example”, an address for mail, a number to ring: whatever else it says.
_TITLED = re.compile(r"\b(?:Mr|Mrs|Miss|Ms|Mx)\b\.?", re.IGNORECASE)
_CONTACT = re.compile(r"\S@\S|(?:\d[ ().-]{0,2}){9,}\d")
# What a page or a spreadsheet would run, or follow: no body is called so.
_MARKUP = re.compile(r"[<>]|&(?:\w+|#\d+);|^\s*[=+@-]|https?:|\bwww\.|\w\([\"']", re.IGNORECASE)
_CHILDMINDER = re.compile(r"\bchild ?mind(?:er|ers|ing)\b", re.IGNORECASE)


@rule(
    kind="register",
    sheet="Respondents",
    severity="error",
    column="name",
    withheld=True,
    message="The name of a respondent is a person's, or holds an address, a number, markup or a formula ({where}); the row has been left out.",
    fix="Write the body's own name. A childminder has none: write Childminder and a number of your own, as Childminder 031.",
    bad=[
        {"name": "Jane Example"},
        {"name": "Jane Example Childminding"},
        {"name": "Jane Example, childminder"},
        {"name": "Mrs Example's Nursery"},
        {"name": "Sarah's Childminding"},
        {"name": "Ryan Example"},
        {"name": "Little Acorns Nursery, office@example.org"},
        {"name": "Little Acorns Nursery 0113 496 0000"},
        {"name": "Little Acorns Nursery, LS1 1UR"},
        {"name": "Little Stars, 14 Acacia Avenue"},
        {"name": "Little Acorns Nursery, flat 3, Example House"},
        {"name": "<b>Nursery</b><script>alert(1)</script>"},
        {"name": "&lt;b&gt;Nursery"},
        {"name": '=HYPERLINK("https://example.org","Nursery")'},
        {"name": "@SUM(1)*cmd|Nursery"},
        {"name": "Nursery, see https://example.org"},
    ],
    good=[
        {"name": "St Mary's Primary"},
        {"name": "Little Acorns Nursery"},
        {"name": "Moor Allerton Hall Primary"},
        {"name": "Kids Kabin Harehills"},
        {"name": "Voluntary Action Leeds"},
        {"name": "Caring Together in Woodhouse"},
        {"name": "St James's CE Primary"},
        {"name": "Daisy Chain Nursery"},
        {"name": "St Thomas More Catholic School"},
        {"name": "Childminder 031"},
        {"name": "Number 10 Youth Centre"},
        {"name": "Nursery (0-5) & After-School Club, Leeds Road"},
    ],
)
def respondent_is_called_by_a_persons_name(rows: pd.DataFrame) -> pd.Series:
    """The register is read by few, and still: a childminder's name is somebody's own, with a home behind it.

    Markup and formulas are refused with it: what is kept is shown on pages, and opened in spreadsheets.
    """
    return where_filled(rows["name"], is_a_persons)


@rule(
    kind="register",
    sheet="Respondents",
    severity="query",
    column="name",
    withheld=True,
    message="The name of a respondent could be a person's ({where}).",
    fix="If it is, write what kind of body it is and a number of your own. If it is a body's, add what it is, as Nursery.",
    bad=[{"name": "Ngozi Example"}, {"name": "Xanthippe Example-Smythe"}, {"name": "Rosemary"}],
    good=[{"name": "Kids Kabin Harehills"}, {"name": "Voluntary Action Leeds"}, {"name": "David Young Academy"}],
)
def respondent_could_be_called_by_a_persons_name(rows: pd.DataFrame) -> pd.Series:
    """Not every name can be told from a body's by a computer; you can, and a person's must not stay."""
    return where_filled(rows["name"], _could_be_a_persons)


def is_a_persons(name: str) -> bool:
    """Whether what should be a body's name is surely somebody's own, or holds how to reach them.

    >>> [is_a_persons(name) for name in ("Jane Example", "Little Stars, 14 Acacia Avenue", "St James's CE Primary")]
    [True, True, False]
    """
    if _MARKUP.search(name) or leads_to_a_home(name):
        return True
    if _CONTACT.search(name) or POSTCODE_IN_TEXT.search(name) or _TITLED.search(name):
        return True
    if _BODY.search(name) and not _CHILDMINDER.search(name):
        return False
    return names_anybody(name) or names_somebody(name)


# Two capitalised words are a person's name or a place's: “Abbey Grange”. Three and more are seldom a person's.
_MOST_WORDS = 2


def _could_be_a_persons(name: str) -> bool:
    if _BODY.search(name) and not _CHILDMINDER.search(name):
        return False
    return may_name_anybody(name) or (len(name.split()) <= _MOST_WORDS and could_be_a_name(name)) or _is_one_name(name)


def _is_one_name(name: str) -> bool:
    return len(name.split()) == 1 and names_somebody(name)
