"""Signs by which a note in passing speaks of one child without saying so: a relative, the papers, what befell them, a want.

They only put a text higher in the list that a person reads before a release: generous, and no ground to refuse anything.
"""

from __future__ import annotations

import re

_MANY = r"(?! (?:and|or) (?:baby|babies|carers?|child|children|toddlers?|young|fathers?|mothers?|families)\b)(?!['’]s? (?:group|day|names?|home)s?\b)(?![- ]tongue\b)(?![- ]\w*ing\b)"
_ANY = r"(?<!each )(?<!every )(?<!any )(?<!per )(?<!no )"
_KIN = re.compile(
    rf"\b{_ANY}(?:mum|mam|mom|dad|step-?(?:mum|dad|mother|father|brother|sister)|gran|granny|nan|nana|grandad|grandmother|grandfather|uncle|aunt|auntie|nephew|niece|cousin"
    rf"|boyfriend|girlfriend|foster[- ](?:carer|mother|father|mum|dad)|mother|father)\b{_MANY}",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    r"\b(?:newspapers?|journalists?|reporters?|headlines?|in the (?:news|press|papers?)|on the (?:news|front page)|the (?:yorkshire )?(?:evening post|press)|yorkshire post|look north"
    r"|went viral|widely reported|known to (?:the )?press)\b(?! (?:campaign|office|officer|release|interest in)s?\b)",
    re.IGNORECASE,
)
_HURT = re.compile(
    r"\bself[- ]?harm(?:ed|ing)\b|\b(?:attempted|tried|found) hang(?:ing|ed)\b|\bhanged\b|\bligatures?\b|\boverdos(?:e in|e,|ed)\b|\b(?:an|by|after) overdose\b|\bsuicidal\b|\bsurvived\b"
    r"|\bon (?:the )?ward\b|\bstab wound|\bfell from (?!\d|an? (?:high|peak|average))|\bcut (?:his|her|their)\b|\bin (?:intensive care|resus|surgery|a coma)\b|\bgave birth\b|\bpregnant\b",
    re.IGNORECASE,
)
_MANY_WITH = r"(?! (?:children|young|people|pupils|students|families|parents|boys|girls|adults|services?|pathway|awareness|spots?|users?|friendly|accessible)\b)"
_WANT = re.compile(
    rf"\b(?:deaf|autistic|non[- ]?verbal|wheelchair|epileptic|transgender|trans|blind|mute|asd|adhd|brain[- ]damaged|amputee|diabetic|down['’]?s syndrome)\b{_MANY_WITH}|\btrans(?:gender)? (?:young person|pupil|child)\b",
    re.IGNORECASE,
)
_YEARS = r"(?:[5-9]|1[0-7])(?!\d|[%/:-]|\.\d)"
_BARE_AGE = re.compile(
    rf"\b(?:found|turned out|proved|thought|believed|said|claimed|assessed) to be (?:only |just )?{_YEARS}\b(?! \w+s\b)|\b(?:he|she|one|who|they|\w+er) (?:in [\w ]{{3,20}} )?(?:was|is) (?:only |just )?{_YEARS}(?=\s*[.,;]|$)"
    r"|\bage (?:is |was )?disputed\b",
    re.IGNORECASE,
)
# A note without its subject: who was held, came or lives somewhere goes without saying.
_NO_SUBJECT = re.compile(
    r"(?:^|[.;\n] )(?:(?:held|kept|detained|arrested|stabbed|shot|recalled|removed|placed|abducted|groomed|assaulted|excluded|bailed|pregnant) (?!(?:under review|in view|by (?:the )?(?:date|day)|from the (?:count|figures?)|back|over|up|right)\b)"
    r"|taken (?!(?:from (?:the )?(?:system|extract|records?|database|live)|over|on|together)\b)|lives |went (?:missing|to|with|back to)|was on |now (?:in|at|with) |came (?:from|to|in) (?!force)|arrived |died |nfa['’]?d\b|gave birth"
    r"|subject of |suspect (?:is|was) |attempted |fell from (?!\d)|found (?:in|by|at) |neighbours? heard|reported by (?:the|a|his|her) |both parents |(?:lac|cla|yp|uasc|one uasc|a y\d{1,2}|y\d{1,2})\b[ ,])",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:same|that) (?:address|mother|father|house|flat|household|knife|suspect|offender|perpetrator|placement|caravan|parents|couple)\b(?! (?:are|is) counted)"
    r"|\b(?:second|third|fourth|fifth|sixth|\dth) (?:removal|arrest|absconding|pregnancy|detention|episode|overdose|placement|exclusion|baby|child)\b"
    r"|\b(?:the|this) (?:\w+ )?(?:case|murder|stabbing|shooting|trial|infant|coach|victim|perpetrator) (?:in|at|of|was|is|no longer|has|who)\b|\b(?:victim|complainant) no longer\b|\b(?:see|to) the \w+(?: \w+)? (?:case|murder|trial|stabbing)\b",
    re.IGNORECASE,
)
_BEFELL = re.compile(
    r"\b(?:murder|shot|shooting|stab|charged|bailed|remand|fell from|fire at|fire in|killed|wounded|crash|drown|strip search|raid|removed|arrest|inquest|funeral|suicid|overdos|abduct|traffick|rape"
    r"|ran away|taken into|with aunt|gave birth|police protection)\w*",
    re.IGNORECASE,
)

PASSING = (
    ("a relative", _KIN),
    ("the papers", _PAPERS),
    ("harm", _HURT),
    ("a disability", _WANT),
    ("a bare age", _BARE_AGE),
    ("a note without its subject", _NO_SUBJECT),
    ("the same again", _SAME),
)


def befell_in_passing(text: str) -> bool:
    """Whether a text has a word for what befalls somebody; a service is spoken of in them too.

    >>> befell_in_passing("Charged in July"), befell_in_passing("A new form since July")
    (True, False)
    """
    return _BEFELL.search(text) is not None
