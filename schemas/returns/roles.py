"""Whether an owner is given as a role, as it must be, or as somebody's name."""

from __future__ import annotations

import re

from schemas.returns.person_level import NAME_IN_TEXT

# Words of offices, services and places that follow a capital letter as a surname would.
_OFFICE_WORDS = """
academy administrator admin adult adults adviser advisor agency allegations analyst assessment assistant associate
assurance audit board borough business caldicott cafcass camhs care carers caseworker chair chief child children
childrens city clerk clinical cluster college commander commissioner commissioning committee community complex
conference consultant contextual coordinator co-ordinator corporate council court county custody data dean delegated
deputy designated detective development director directorate disability district division doctor domestic door duty
dsl dsp early education educational educator emergency engagement equality executive exploitation facilitator families
family federation first fostering forum force foundation front general governance governor governors gp group guardian
gypsy head headteacher health help home homes hospital house housing hub icb improvement inclusion independent
information inspector insight intelligence intervention intake joint justice king kings lado lead leader leadership
learning legal link local locality lsp lscp mash manager management marac mash matron medical member mental midwife
midwifery missing named national navigator neighbourhood network nhs north nurse nursery nursing office officer
operational operations organisation ombudsman oversight paediatric paediatrician panel parenting participation
partner partners partnership partnerships pastoral performance permanence place placement placements planning police
policy practice practitioner prevention primary principal prison probation professional programme project protecting
protection provider psychologist psychology public quality queen queens recovery referral region regional registered
registrar relations representative residential responsible reviewing review risk role royal safeguarding safer
school schools scrutineer secondary section sector secretary secure senior senco sergeant service services social
south specialist sponsor staff standards statutory steward strategic strategy student superintendent supervisor
supervising support sub subgroup surgery targeted task teacher team teams third tbc threshold training trainer
transformation transition transitions trust trustee trustees undecided union unit university vacancy vacant victim
violence virtual visitor visiting voice voluntary volunteer vulnerability vulnerable ward welfare wellbeing west east
worker workforce working yorkshire leeds young youth women's women men's prosecution magistrates hmcts hmp hmi yoi
acting interim constable ch childcare closed det doors duty hall job jobcentre lord mayor occupational plus road
sufficiency supt therapist therapy wing clinic hospice centre center inner outer
"""
_OFFICES = frozenset(_OFFICE_WORDS.split())
# Given names common among people in England, of many heritages; none that is also an everyday word of an office.
_GIVEN_NAMES = """
aaliyah aaron abdul abdullah abigail adam adele adrian agnieszka ahmed aisha alan alana alex alexander alexandra alfie ali
alice alison amanda amelia amina amir amy andrea andrew angela anita anna anne anthony anwar asif asma ayesha barbara ben
benjamin bernadette beth bethany beverley brenda brian bridget callum cameron carl carla carol caroline catherine charles
charlotte chloe chris christina christine christopher claire clare colin connor craig daisy daniel darren david dawn
debbie deborah declan denise derek diane donna dorothy duncan edward eleanor elaine elizabeth ella ellie emily emma eric
esther ethan evie farah fatima fiona frances francesca gareth gary gavin gemma geoff geoffrey george georgia gill gillian
graham greg hannah harjit harold harriet harry hassan hayley heather heidi helen henry hussain ian ibrahim imran irene
isabella isla jack jacqueline jacob jake james jamie jane janet janice jasmine jason jayne jean jeff jennifer jenny jeremy
jessica jill jim joan joanna joanne joe joel john jonathan jordan joseph josh joshua joyce judith julia julian julie karen
karl kate katherine kathleen kathryn katie keith kelly ken kenneth kerry kevin khadija khalid kieran kim kirsty krzysztof
kyle laura lauren leah leanne lee leon leslie lesley lewis liam linda lindsay lisa liz louise lucas lucy luke lynn lynne
malcolm mandy margaret maria mariam marie marion martin mary maryam matthew maureen megan melanie melissa mia michael
michelle mick mike mohamed mohammad mohammed molly monika muhammad mustafa nadia nasreen natalie natasha nathan neil niall
nicholas nick nicky nicola nigel noah norman olivia oliver oscar owen pamela parveen patricia patrick paul paula pauline
penny peter philip phil philippa piotr poppy priya rachael rachel raj rajesh rebecca rehana richard rita robert robin roger
rosemary rosie ross roy rukhsana russell ruth ryan sabina saima sally sam samantha samina samuel sandra sandeep sara sarah
scott sean shabana shahid shannon sharon shaun shazia sheila shirley simon sofia sonia sophia sophie stacey stanley
stephanie stephen steve steven stuart sue sunita surinder susan suzanne sylvia tahir tanya tariq teresa terry thomas tim
timothy toby tom tony tracey tracy trevor usman valerie vanessa vicky victoria vikram vincent wayne wendy william yasmin
yusuf yvonne zahra zainab zara zoe
"""
_GIVEN = frozenset(_GIVEN_NAMES.split())
# Words that end the name of a place or a programme called after somebody.
_PLACES = frozenset(
    {"academy", "centre", "center", "clinic", "college", "foundation", "hospice", "hospital", "house", "programme",
     "project", "school", "trust", "unit", "ward", "wing"}
)  # fmt: skip
# Words of places and offices that are surnames too: beside a given name, and alone with it, they are asked about.
_SURNAMES_TOO = frozenset(
    {"clerk", "constable", "east", "hall", "house", "king", "north", "steward", "ward", "west", "young"}
)
_JOINING = frozenset({"of", "for", "and", "the", "in", "at", "to", "on", "with", "by", "or", "charge", "st", "saint"})
_EMAIL = re.compile(r"\S@\S")
_PARTS = re.compile(r"[/;:()\[\]&+]|\s[-–—]\s")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_PROPER = re.compile(r"[A-Z][a-z]+(?:['’-]?[A-Z]?[a-z]+)*|O['’][A-Z][a-z]+")
# “J. Example”, “J Example”, “Example, J.”
_INITIALLED = re.compile(r"(?:[A-Z]\.? ?){1,2} ?([A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?)|([A-Z][a-z]{2,}), ?(?:[A-Z]\.?){1,2}")
_RANKED = re.compile(r"\b(?:Cllr|Insp|Sgt|Supt|DCI|DI|DS|DC|PC|Prof|Rev|Sir|Dame|Lady|Sister)\.? ([A-Z][a-z]{2,})")


def names_somebody(owner: str) -> bool:
    """Whether an owner is surely somebody's name: a title, an address for mail, an initial or a given name before it.

    >>> [names_somebody(owner) for owner in ("Mrs Example", "Jane Example", "J. Example", "Head of Service (Jane)")]
    [True, True, True, True]
    >>> [names_somebody(owner) for owner in ("Head of Service", "Designated Nurse", "Named GP", "Victoria House Manager")]
    [False, False, False, False]
    """
    ranked = any(not is_office_word(name) for name in _RANKED.findall(owner))
    if ranked or NAME_IN_TEXT.search(owner) or _EMAIL.search(owner):
        return True
    return any(_is_named(part.strip(" ,.")) for part in _PARTS.split(owner))


def could_be_a_name(owner: str) -> bool:
    """Whether an owner might be a name: two or three capitalised words, none of them the word of an office.

    >>> [could_be_a_name(owner) for owner in ("Ngozi Example", "Front Door", "Quality Assurance", "Service Manager")]
    [True, False, False, False]
    """
    words = owner.split()
    if not 2 <= len(words) <= 3 or names_somebody(owner):
        return False
    both = len(words) == 2 and is_given(words[0]) and words[1].lower() in _SURNAMES_TOO
    return both or all(_PROPER.fullmatch(word) and not is_office_word(word) for word in words)


def _is_named(part: str) -> bool:
    """Whether one part of an owner is a name: initials and a surname, or a given name alone or beside one."""
    initialled = _INITIALLED.fullmatch(part)
    if initialled and not is_office_word(initialled[1] or initialled[2]):
        return True
    words = [word.strip(".") for word in _WORD.findall(part)]
    if len(words) == 1:
        return is_given(words[0])
    followed = zip(words, words[1:], [*words[2:], ""], strict=False)
    return any(_are_a_name(first, then, after) for first, then, after in followed)


def _are_a_name(first: str, then: str, after: str) -> bool:
    """Whether two words side by side are a given name and a surname, in either order, and no place called after them."""
    given, surname = (first, then) if is_given(first) else (then, first)
    is_other = not is_given(given) or is_office_word(surname) or surname.lower() in _JOINING
    return not is_other and after.lower() not in _PLACES


def is_given(word: str) -> bool:
    """Whether a word is a given name common among people in England, in capitals or small letters."""
    return word.lower().partition("-")[0] in _GIVEN


def is_office_word(word: str) -> bool:
    """Whether a word belongs to an office, a service or a place, and so is no surname by itself."""
    plain = word.lower().strip(".").replace("’", "'")
    return plain in _OFFICES or plain in _PLACES or plain.removesuffix("'s") in _OFFICES
