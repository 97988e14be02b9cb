"""Deeds, events, households and hidden names tell of one person; rules of counting, offices and work do not."""

from __future__ import annotations

import pytest

from schemas.returns.small_words import names_a_small_number
from schemas.returns.telling import tells_of_one
from tests.unit.held_back_sentences import HARMLESS, TELLING

MEANT = """
a single lad known to the street team
They lost their little one
Our frequent absconder turned eighteen
The one on remand came home
This was the case in the newspapers
the Harehills house fire
Child known to press following court
shaken baby admitted on 3 August
All four are from one household in Beeston
A trans pupil attempted suicide twice
Jaydn reported it himself
see Okonkwo file
The young person in question has returned
Service user gave birth at 14
The patient on ward 48 was discharged
The quietest one absconded
Our newest arrival turned sixteen and left
A father of two was remanded
The Gipton stabbing led to a spike
Because of the drowning there were more calls
Nearly all are from the same caravan
They lost a child to flu
lucy reported it
L1am came back
born on the twenty-first of March two thousand and twelve
The Okafor case is the reason
The client in the corner flat has moved out
A Bramley youngster broke a leg
The family were named in the press
Half of the contacts were one lad
The national review into Kayden Smith was read
""".strip().splitlines()
FREE = """
The boy and girl columns were swapped
The girl or boy option was removed
Learning from the national review into Kayden and Maisie
The national inquiry into grooming gangs
Version 2 of the return
More care leavers turned 18
A third turned 16 in the quarter
When a child went missing we rang the carer
A child who went missing is now visited in three days
Where the patient was discharged late the ward rings
The policy was adopted in May
The night team went home at five
Contacts rose after the Southport attack
The July attack on our systems lost a week of records
The Armley fire crews now visit schools
Due to the suicide prevention strategy more staff are trained
The service user experience survey was sent
Pupil discharged from the plan is counted by month
The client has moved to the new form
The learner has been recorded twice by the college
All referrals from the same household are counted as one
Most of the rise is from one school
We lost our baby clinic in Otley
The one in Armley was opened in May
The one who signs off returns was away
The agency is the one whose layout it is
A new teddy bear scheme for officers
See the Fostering file
The Casey audit led to new recording
Driven by one large sibling group
Birth notices of the third of May 2026 were late
""".strip().splitlines()


@pytest.mark.parametrize("text", MEANT)
def test_one_person_is_meant(text: str) -> None:
    assert tells_of_one(text)


@pytest.mark.parametrize("text", FREE)
def test_work_rules_and_many_are_free(text: str) -> None:
    assert not tells_of_one(text)


def test_what_is_numbered_is_not_counted() -> None:
    assert not any(
        map(names_a_small_number, ("Version 2 of the return", "Step 5 of the process", "Table 3 of the families"))
    )
    assert names_a_small_number("We know 2 of the families")


def test_of_sentences_kept_apart_no_fewer_are_told_and_no_more_refused_wrongly() -> None:
    assert len(set(TELLING)) == len(set(HARMLESS)) == 60
    assert sum(map(tells_of_one, TELLING)) >= 38
    assert sum(map(tells_of_one, HARMLESS)) <= 3
