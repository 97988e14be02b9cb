"""Whether an account of a figure says how few there were, in any of the words people count with beside a table.

An account stands beside the very figure that a release hides, so a bare number in it may be that figure. In a log, where nothing
is hidden beside it, the same words are ordinary practice: there `small_words` alone is asked.
"""

from __future__ import annotations

import re
from functools import cache

from schemas.catalogue import catalogue
from schemas.returns.small_words import NO_FEW, NUMBERED, names_a_small_number

_FEW = r"(?:[1-5]|one|two|three|four|five|both|a single)"
# A number that is no part of another, of a day, of a percent, or of a number of years.
_NUMBER = (
    rf"(?<![\w.,/£$-]){NUMBERED}(?<!\bq )(?<!\bage )(?<!\baged )(?<!\bages )(?<!\bunder )(?<!\bover )(?<!\bgroup )(?<!\bquarter )(?<!\bgrade )(?<!\bgrades )"
    rf"(?<!\bcategory )(?<!\bpriority )(?<!\btype )(?<!\bevery )(?<!\bleast )(?<!\bthan )(?<!\bthe other )(?<!\bwithin )(?<!\bhas )(?<!\bper )(?<!\bone in )(?<!\d in )"
    rf"{_FEW}(?![\w.,%/-]*\d)(?!%)(?!['’])"
)
_SMALL = r"(?<![\w.,/£$-])" + _FEW + r"(?![.,]?\d)(?![%/-])"
# Words that no row of the catalogue is called by, for people and for what befalls them.
_PEOPLE = (
    "yps?|cyps?|uascs?|juveniles?|lads?|lasses|kids?|youths?|youngsters?|males?|females?|detainees?|suspects?|survivors?|individuals?|men|women|runaways?|absconders?|entrants?"
    "|under[- ]?1\\ds|under[- ](?:ones?|fives|eighteens)|(?:1?\\d[- ])?(?:year|yr|month|week)[- ]?olds?|teens?|newborns?|households?|complainants?|residents?|patients?|clients?|perpetrators?"
)
_BEFALLS = (
    "removals?|removed|strip[- ]search(?:es)?|searches|arrests?|abductions?|assaults?|stabbings?|shootings?|rapes?|suicides?|overdoses?|births?|fatalit(?:y|ies)|disclosures?|injur(?:y|ies)"
    "|fractures?|missing|strategy meetings?|medicals?|notifications?|applications?|placements?|powers?|remands?|charges?|convictions?|pregnanc(?:y|ies)|stays?|entries|absences|returners?|repeats?"
)
_DONE = (
    "held|detained|arrested|removed|missing|stabbed|injured|excluded|admitted|charged|placed|bailed|remanded|taken|kept|died|killed|harmed|hurt|released|referred|deported|abducted|raped|assaulted"
    "|hospitalised|adopted|absconded|sectioned"
)
# Between a number and what is counted only what describes it: “two new overnight detentions”, not “two systems for detentions”, nor
# “two large incidents”, which say how many were in each and are no figure.
_JOINTS = (
    "a|about|after|and|are|as|at|because|before|between|but|by|for|from|have|had|has|in|instead|into|is|more|now|of|on|or|other|over|per|rather|since|so|than|that|the|their|to|under|until|were"
    "|was|when|where|which|while|who|with|without|each|every|only|half|this|last|next|these|those|large|major"
)
_THINGS = (
    "agenc(?:y|ies)|analysts?|areas?|boards?|centres?|changes?|clinics?|clusters?|columns?|contracts?|courses?|days?|desks?|detectives?|extracts?|factors?|figures?|files?|forms?|forces?|hours?|homes?|hospitals?"
    "|indicators?|inspectors?|lots?|managers?|measures?|months?|nurses?|offices?|officers?|points?|posts?|practices?|practitioners?|projects?|providers?|quarters?|reasons?|records?|reports?|returns?|rows?|schools?"
    "|sergeants?|services?|sheets?|shifts?|sites?|social workers|sources?|staff|stations?|systems?|targets?|teams?|terms?|things?|times|trusts?|units?|vacanc(?:y|ies)|wards?|weeks?|weekends?|workers?|years?(?![- ]olds?)"
)
_OF_SOMETHING = re.compile(
    rf"\b(?:{_FEW}|(?:one|two|three|four|five|[1-5]) of (?:the |our |its |these |those )?(?:\w+ )?)(?: (?!(?:{_JOINTS})\b)[\w'’-]+){{0,3}}? ?(?:{_THINGS})\b",
    re.IGNORECASE,
)
# “Fell to four”, “a rise of three”, “only one”, “there was one”: a bare number, and the sentence goes on with something else.
_ENDS = (
    r"(?=\s*(?:[.,;:)!?]|$|[-–] )|\s+(?:and|or|who|whom|whose|which|that|this|last|in|at|from|to(?! (?:\d|two|three|four|five|six|seven|eight|nine|ten))|here|as|all|both|because|but|between|compared|against|after|before|due|for|so|since|with|under|over|on|is|are|was"
    r"|were|up|down|more|fewer|overnight|again|only|the|these|those|when|while|where|each|includes?|had|has|have|came|went|of (?:them|these|those|whom|which))\b)"
)
_MOVED = (
    r"(?:f[ae]ll|fallen|falls|rose|risen|rises?|dropped|drops?|went|gone|goes|came|comes|increased?|decreased?|reduced|reduction|changed|grew|grown|up|down|jumped|doubled|halved|stands?|stood|stayed|remains?|remained|fall|growth|change)"
    rf" (?:(?:back|again|up|down|slightly|only|just) )*(?:(?:from )?{_FEW} )?(?:to|by|of|at|from) (?:only |just )?"
)
_SAID = (
    r"(?:only|just|merely|(?<!\bif )(?:there|these|those|they) (?:was|were|is|are|have been|has been)(?: only| just)?|(?:we|police|officers|custody) (?:had|held|saw|recorded|used|made|took)(?: only| just)?"
    r"|(?:a |the )?total (?:of|is|was)|numbers? (?:of (?:[\w'’-]+ ){1,3}?)?(?:is|was|are|were|of)|figures? (?:is|was|here is|of)|count (?:is|was|of)|cohort of|equals|=)"
)
_NOT_ONE = r"(?!\bone (?:another|in (?:two|three|four|five|six|\d)|of|to one|that|which|who sign|is|for|each)\b)"
# A sentence may begin with the number: “One was moved”, “Two are in care”.
_BEGINS = r"(?:^|[.;:!?(\n] ?|, | and |of (?:whom|which|these|those|them) )"


def counts_a_few(text: str) -> bool:
    """Whether a text says that there were five or fewer of something that an agency counts.

    >>> [counts_a_few(text) for text in ("The three removals under PO01", "Held overnight: 3.", "It fell to four", "2 x YPs")]
    [True, True, True, True]
    >>> [counts_a_few(text) for text in ("One of two officers left", "Lost for three months", "Phase 2 began", "Up in Q1")]
    [False, False, False, False]
    """
    if names_a_small_number(text):
        return True
    nouns, bare = _patterns()
    text = NO_FEW.sub(" ", text)
    left = _OF_SOMETHING.sub(" … ", text)
    # Where things are counted, a sentence that begins with a number goes on about them.
    return bool(nouns.search(left) or bare.search(left) or (left == text and _BEGUN.search(text)))


_BEGUN = re.compile(
    rf"{_BEGINS}{_FEW} (?:was|were|had|came|went|has been|have been|are now|is now|lives?|died|moved)\b", re.IGNORECASE
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A number and what is counted, in the words of the catalogue too; and a number by itself where one is told."""
    counted = f"{_in_the_catalogue()}|{_PEOPLE}|{_BEFALLS}"
    between = rf"(?:\s+(?!(?:{_JOINTS}|{_THINGS})\b)[\w'’-]+){{0,3}}?"
    nouns = re.compile(
        rf"{_NUMBER}{between}\s+(?:{counted})\b(?!['’]s? )(?! (?:a|an|per|each|every|systems?|forms?|teams?|units?|meetings?|{_THINGS})\b)"
        rf"|{_NUMBER}\s+(?:{_DONE})\b(?! (?:{_THINGS}|to|over|up|on)\b)"
        rf"|\b(?:{counted}|{_DONE}|overnight|total|number|count|figure)\s?(?:[:=]|\(|[-–] )\s?{_SMALL}{_ENDS}"
        rf"|(?<![\w.,/-])(?:[1-5]|one|two|three|four|five) ?x (?!(?:{_THINGS}|a|per|daily|weekly|monthly)\b)[a-z]",
        re.IGNORECASE,
    )
    # “The one in Armley was opened” is a thing as often; “the three” of an account are those it counts.
    bare = re.compile(
        rf"\b(?:(?:{_MOVED}|{_SAID} ){_NOT_ONE}{_SMALL}|(?:all|the|these|those|other) (?:two|three|four|five|[2-5])){_ENDS}",
        re.IGNORECASE,
    )
    return nouns, bare


def _in_the_catalogue() -> str:
    """What the catalogue protects when it is counted, in the plural and the singular; of several words the last."""
    words = {kind.title.lower().split()[-1] for kind in catalogue().counted.values() if kind.protected}
    ones = {re.sub(r"(?<=[a-z])ies$", "y", word) if word.endswith("ies") else re.sub(r"s$", "", word) for word in words}
    return "|".join(sorted(re.escape(word) for word in words | ones))
