from __future__ import annotations

import pytest

from sample_data.logs.returns import records
from schemas.returns import kinds
from schemas.returns.telling import may_name_anybody, names_anybody, reads_as_a_story, tells_too_much

NAMES = """
Kayden Smith is seen at home
kayden smith was not seen
Baby Daniel was seen at home
Ask Mrs Example about the plan
Dr Example has the notes
Child K was not seen
What child AB said is in the plan
Kayden, 9, said that it helps
Support for mother Chantelle begins
The mother, Chantelle, said so
Kayden (9) was heard
Zoë Adams leads the work
Ask ks@leeds.example for help
Ring 07700 900123 for help
Ring +44 7700 900123 for help
Ring 0113 496 0000 out of hours
Case 80412277 is closed after a talk
See case no. 80412
It is in Mosaic ID 443210
Files under 8041-2277
K. Smith was not seen
Kay\u200bden Smi\u00adth is seen at home
""".strip().splitlines()
STORIES = """
The baby in Harehills is remembered
The twins at Harehills school are safe now
The twins were seen apart
The eldest son aged 4
A couple of children were not seen
Two siblings are seen alone
The mother aged 19 was alone
The girl died in March
After the death of a boy, midwives share worries
The young man said his dad hits him
My dad hits me
A 4-year-old was left alone
A family in Seacroft moved
The siblings were parted
""".strip().splitlines()
ALONE = """
Write guidance after Lisa
The baby of Chantelle and Darren goes home with a plan
Write guidance after chantelle
What was learned from Dawn is in the guide
""".strip().splitlines()
SPELLINGS = """
See RV 2025-02
See RV/2025/02
See RV\u20112025\u201102
see rv-2025-02.
See RV_2025_2
See RV25-02
RV202502 says so
As the rapid review of March 2025 asked
A Rapid  Review asked for it
After the serious incident
The LCSPR says so
As the child death review says
The practice review is clear
As the review of March 2025 asked
""".strip().splitlines()
ORDINARY = """
Core groups meet within ten working days of each conference
In 26 of 30 records the reason for sharing is written down
Young people aged 16 and over choose how they are heard
Care leavers aged 18 to 25 have a named adviser
Ask the Named Nurse or the Designated Doctor
Send the notice to the Front Door before 9 on Monday
From 1 October 2025, 12 of 40 schools use the form
In March, 9 of 12 teams had begun
Child Protection conferences are chaired by somebody independent
Every child has a Child in Need plan that says what is to change
A child in Year 6 is told which school is next
Family Group Conference coordinators are recruited
West Yorkshire Police and Leeds City Council share one list
Leeds Teaching Hospitals ring the Front Door on the same day
St James's Hospital and Martin House share one pathway
The Named GP of each practice is told
Sarah's Law and Clare's Law are explained in the training
Siblings are placed together where that is safe
Brothers and sisters are named in every plan
Police, health and the council meet within a day of any unexpected death of a child
Bruising and injuries of babies who cannot move are always seen by a paediatrician
Working Together 2026 asks for a lead practitioner
Figures of 2024-25 and 2025-26 are compared
The budget of 1,250,000 pounds was agreed for 2026
Robin Hood and Ardsley clusters tried it first
Suicide prevention is part of the training
Section 47 enquiries begin with a strategy discussion
The child's voice is in every plan
A few teams have not begun
Supervision asks who the men in the household are
The twelve core courses run in the new form since July 2025
Report 2026-03-12 of the Audit and Review Sub Group
Parents say what would have helped
The Parent Carer Forum was asked in May 2026
The partner Agencies agreed the form
The audit file 31/03/2026 is kept by the business unit
The child I spoke to knew the plan
James Cook Hospital rings the Front Door
Mothers in treatment are asked about their children's day
""".strip().splitlines()
# What the sample says that is asked about: it stands in no other release, and its writer is told so.
ASKED_ABOUT = 5


@pytest.mark.parametrize("text", NAMES)
def test_somebodys_name_number_or_address_is_found(text):
    assert names_anybody(text)
    assert tells_too_much(text)


@pytest.mark.parametrize("text", STORIES)
def test_a_story_or_a_handful_is_found(text):
    assert reads_as_a_story(text)
    assert tells_too_much(text)


@pytest.mark.parametrize("text", ALONE)
def test_a_given_name_by_itself_may_be_somebody(text):
    assert may_name_anybody(text)
    assert not names_anybody(text)
    assert tells_too_much(text)


@pytest.mark.parametrize("text", SPELLINGS)
def test_an_origin_is_found_in_any_spelling(text):
    assert tells_too_much(text, ["RV-2025-02"])


@pytest.mark.parametrize("text", ["See RV-2025-021", "See ARV-2025-02", "See RV-2025-03", "On 2 of 25 plans"])
def test_what_only_looks_like_an_origin_is_not_one(text):
    assert not tells_too_much(text, ["RV-2025-02"])


@pytest.mark.parametrize("text", ORDINARY)
def test_plain_sentences_of_practice_stay_free(text):
    assert not names_anybody(text)
    assert not may_name_anybody(text)
    assert not reads_as_a_story(text)
    assert not tells_too_much(text, ["RV-2025-02", "SI-2025-01"])


def test_the_whole_sample_names_nobody_and_is_asked_about_hardly_at_all():
    texts = {
        str(text)
        for record in records()
        for update in record.updates
        for column in kinds()[record.kind].sheet(record.sheet).columns
        if column.holds == "words" and (text := update.cells.get(column.name))
    }
    assert len(texts) > 400
    assert [text for text in texts if names_anybody(text) or may_name_anybody(text)] == []
    assert len([text for text in texts if reads_as_a_story(text)]) <= ASKED_ABOUT
