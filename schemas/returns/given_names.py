"""Names of people in prose: given names of children and young adults, surnames, and capitals that are neither."""

from __future__ import annotations

import unicodedata

from schemas.returns.roles import is_given, is_office_word

# Given names of children and young adults in England, of many heritages, beside those of `roles`.
_YOUNGER_NAMES = """
aarav aayan abdulrahman abi abu adnan aiden aidan ajay albie albert alesha alexa alexis alisha alyssa amara amaya ameera amelie
amirah amrit anaya anisa anya archie ariana arjun arlo arthur arya aryan ashton atif aurora austin ava avery ayaan ayan ayla
ayub bailey barnaby bella billie bilal blake bobby bodhi brandon brooke brooklyn bryony caitlin caleb callie carmen casey
chantel chantelle charlie chelsea cheyenne cian cody conor corey courtney damian danielle danny darcey darcy dawid deacon
demi destiny dexter dhruv divya dominic dominik dylan ebony edie eden eesa elijah eliza elise elisha ellis elodie eloise elsie
emilia emmanuel eoin erin eshaan esme eva evan evelyn ezra faisal faith fatimah ffion filip finlay finley flynn frankie
frederick freddie freya gabriel gabriella hafsa hamza haris harley harper harrison harvey hashim hassnain hattie henrietta
hibba hollie hudson hugo humza husna ibraheem idris imogen inaya indie iqra isaac isabelle isabel isha ishaan ismail ivan
jaden jaiden jakub jameela jamal jayden jaxon jenson jermaine jerome jesse jodie joey josie jude kacper kai kaitlyn kamal karim
kasper kaya kayden kayla kayleigh keane keeley keira kelsey kenzie kian kiera kira kiran kobe kyra lacey laila layla leila lena
lennie lennon leo leona leonardo lexi lila lilly lily lola logan lottie louie louis luca lucia lucie luka lydia lyla mabel maddie
madison maisie maisy malachi malik marcel marcus maria marley marwa maryan mateo mateusz matilda maya mehmet mikey mila millie
milo mohsin moses muhammed mohammad musa nabeel nadine nancy naomi nathaniel nevaeh niamh nikita nina noor nour nyla oakley
olive olivier ollie omar orla oskar otis owais paige peyton phoebe phoenix pippa preston quinn rafael rafferty raheem rayan
reece reggie rehan reuben rhiannon rhys riley rio rohan roman romeo ronnie rory rosa rowan ruben rupert ryder rylan saad sadie
safa sahil saif salma samir samirah samson sana saskia savannah selina seren seth shakira shanice shannice shayla shay sienna
skye skylar soraya spencer stefan summaya sumaya szymon taha talia tamara tamika tasha taylor tegan teddy theo theodore tia
tianna tobias
abena adaeze akosua alexandru aminata andreea andrei ayodele babatunde binta biniam bogdan chidi chinedu chioma chukwuemeka dimitar
emeka fatou filmon florin folake farhiya gheorghe hibaq hodan ifeanyi ifeoma ionela ionut ioana kofi kojo krystian kwabena kwame luwam
maja mamadou mariama mateja mihai mehret natnael ngozi obinna oliwia olumide oluwaseun oluwaseyi oluwatobi ousmane rahwa roxana sahra
selam semhar stanislav temitope tesfaye tobi uchenna vasile wiktoria yonas zofia toby tommy tyler tyrone umar umair vincenzo violet viktoria willow wiktor xander yahya yasin yasmina yousef youssef
yunus yusra zac zach zachary zack zahid zaid zain zainab zak zakariya zara zayd zayn zeeshan zeynep zoha zuzanna
"""
_YOUNGER = frozenset(_YOUNGER_NAMES.split())
# Given names that are also words of everyday writing, of plants, places or times.
_WORD_NAMES = """
angel ash austin aurora beth bailey billie brandon brooke brooklyn carol chance chelsea craig daisy dawn dean destiny dominic
drew eden faith georgia gill grant heather jack jasmine jean jordan jude kelly leigh lily max miles milo moses nick nova olive
paige penny phoenix poppy preston reading river robin rob roman rose rosemary ross rowan ruby savannah skye sue summer taylor
tim tony victoria vincent violet will willow
"""
_WORDS_TOO = frozenset(_WORD_NAMES.split())
# With a capital they are names, in small letters words: a teddy bear, an ebony keyboard.
_SMALL_WORDS = frozenset({"deacon", "ebony", "teddy"})
# Surnames common in England that are no everyday word.
_SURNAME_NAMES = """
adams ahmed akhtar ali allen anderson armstrong atkinson bailey begum bennett bibi bradley campbell carr chowdhury clark clarke
collins davies davis dixon edwards ellis evans farrell ferguson fletcher foster gibson gill graham griffiths hamilton harris
harrison harvey hughes hunt hussain iqbal islam jackson james jenkins johnson johnston jones kaur kelly kennedy khan khanom
kowalski lawrence lewis lloyd mahmood malik marshall mcdonald miah mitchell mohammed morgan morris morrison murphy murray

abdi adebayo adeyemi akande asante aslam atwal balogun bhatti boateng camara ceesay chaudhry choudhury dabrowski dhillon diallo dimitrov
eze gebremedhin grewal horvath hoxha hussein ionescu ivanov jallow johal kaczmarek keita kowalczyk krasniqi lewandowski mensah mirza
mohamed mohamud nwosu okafor okeke okonkwo osei owusu petrov pham popescu qureshi rafiq sandhu sesay siddiqui sidhu tesfay touray tran
traore warsame wisniewski wojcik wozniak zhang zielinska
nguyen nowak o'brien o'connor o'neill osman owen palmer parker parveen patel pearson phillips powell rahman reynolds richards
richardson roberts robertson robinson rogers russell ryan saunders shah sharma sheikh simpson singh smith stephens stevens
stewart sullivan taylor thompson thomson turner uddin walker wallace walsh watkins watson webb wilkinson williams williamson
wilson wójcik wright yilmaz yusuf
"""
_SURNAMES = frozenset(_SURNAME_NAMES.split())
# Words that stand with a capital in reports, and are nobody.
_CAPITAL_WORDS = """
january february march april may june july august september october november december monday tuesday wednesday thursday
friday saturday sunday spring summer autumn winter easter christmas ramadan eid the a an and or of in at for with after before
when where who what why how this that these those all each every no not ask tell see read use write name put keep hold make
call ring visit help let agree send train review audit if it we they i our their but so as by on to from then there here
hood law rule act bill england yorkshire wales britain english british european union kingdom looked sexual criminal
protection need needs in arrangements safety stage tier level hub box steps start core conference group plan death deaths
house friendly centred first focused together encompass operation working signs passport assessment record index model tool
agencies assist awareness blues carer carers champion champions forum line premium tongue week
"""
_CAPITALS = frozenset(_CAPITAL_WORDS.split())


def is_anybodys(word: str) -> bool:
    """Whether a word is a given name, of the young or of the grown-up; accents do not matter.

    >>> [is_anybodys(word) for word in ("Kayden", "Zoë", "Daniel", "Front")]
    [True, True, True, False]
    """
    plain = _plain(word)
    return plain.partition("-")[0] in _YOUNGER or is_given(plain)


def is_only_a_name(word: str) -> bool:
    """Whether a given name is nothing else, so that small letters or the first place in a sentence do not excuse it.

    >>> is_only_a_name("Chantelle"), is_only_a_name("Dawn")
    (True, False)
    """
    return is_anybodys(word) and _plain(word) not in _WORDS_TOO and len(word) > 3


def is_a_name_in_any_letters(word: str) -> bool:
    """The same, and in small letters no word either.

    >>> is_a_name_in_any_letters("chantelle"), is_a_name_in_any_letters("Teddy"), is_a_name_in_any_letters("teddy")
    (True, True, False)
    """
    return is_only_a_name(word) and word not in _SMALL_WORDS


def is_surname(word: str) -> bool:
    """Whether a word is a common surname and hardly anything else.

    >>> is_surname("Smith"), is_surname("Young")
    (True, False)
    """
    return _plain(word) in _SURNAMES


def is_nobody(word: str) -> bool:
    """Whether a word with a capital is an office, a place, a time or the beginning of a sentence, rather than a person.

    >>> is_nobody("Protection"), is_nobody("October"), is_nobody("Chantelle")
    (True, True, False)
    """
    plain = _plain(word)
    return is_office_word(plain) or plain in _CAPITALS


def _plain(word: str) -> str:
    if word.isascii():  # as nearly all words are: nothing to take apart
        return word.lower().removesuffix("'s")
    letters = unicodedata.normalize("NFKD", word.replace("’", "'")).casefold()
    return "".join(sign for sign in letters if not unicodedata.combining(sign)).removesuffix("'s")
