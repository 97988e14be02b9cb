"""Whether a text gives the age of one person, in figures or in words: “aged nine”, “a two-year-old”, “a boy of six”."""

from __future__ import annotations

import re

_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    "|(?:twenty|thirty|forty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?"
)
_N = rf"(?:\d{{1,2}}|{_WORDS})\b"
_UNIT = "(?:year|yr|month|mth|week|wk|day)s?"
# Words for one child or young person, as a part of a pattern.
ONE_YOUNG = (
    "child|baby|boy|girl|infant|toddler|teenager|son|daughter|brother|sister|sibling|twin|pupil|student|young (?:person|man|woman)"
    "|kid|lad|lass|teen|youngster|schoolboy|schoolgirl|schoolchild|newborn|adolescent"
)
_ABOUT = "(?:(?:about|almost|barely|just|nearly|only) )?"
# “aged 5 to 9”, “aged 16 and over” are groups of the population.
_GROUP = rf"(?!\s*(?:(?:and|or) (?:over|under|above|older|younger|17|seventeen)\b|(?:to|[-–]) ?{_N}|\+|plus\b))"
# “two-year-old policy”: how long there has been a thing; “two-year-old places”: an offer to everybody of that age.
_THING = (
    r"(?! (?:boys|children|females|girls|males|pupils|students|young people)\b)(?! (?:agreement|audit|checks?|data|development|entitlements?|figures?|form|funding|guidance|list|offer|places?|plan|policy"
    r"|process|programme|protocol|provision|report|reviews?|strategy|system|tool)\b)"
)
# “a child of two working parents”, “a pupil of two schools”.
_HAS = r"(?! (?:[\w'-]+ )?(?:agencies|carers|cultures|faiths|families|heritages|homes|households|languages|nations|parents|schools)\b)"
_NO_BOUND = "".join(f"(?<!{word} )" for word in ("and", "from", "least", "over", "than", "to", "under", "until"))
_AGE = re.compile(
    rf"\baged?:? (?:of )?{_ABOUT}{_N}{_GROUP}"
    rf"|\b(?:{_N}[- ]|\d{{1,2}}){_UNIT}[- ]?old\b{_THING}|\b\d{{1,2}} ?(?:yo|y/o)\b|\b{_NO_BOUND}{_N} {_UNIT} of age\b"
    rf"|\b(?:{ONE_YOUNG}) of {_ABOUT}{_N}{_GROUP}{_HAS}"
    rf"|\b(?:{ONE_YOUNG})(?:, {_N},| \({_N}\))",
    re.IGNORECASE,
)


def tells_an_age(text: str) -> bool:
    """Whether a text says how old somebody is; the ages of a group, and of a thing, are nobody's.

    >>> [tells_an_age(text) for text in ("A nine-year-old girl", "A girl aged nine", "a boy of six in Otley", "aged 4")]
    [True, True, True, True]
    >>> [tells_an_age(text) for text in ("aged five to nine", "children under five", "the two-year-old policy", "Year 6")]
    [False, False, False, False]
    """
    return _AGE.search(text) is not None
