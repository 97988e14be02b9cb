from __future__ import annotations

import pytest

from schemas.returns.identifying import looks_like_a_case_number, names_a_child, tells_a_story
from schemas.returns.roles import could_be_a_name, names_somebody

# Offices, services and places as they stand in logs of learning: none may keep its row out.
ROLES = (
    """
Head of Service|Designated Nurse|Named GP|Named Dr|GP|Designated Doctor for Safeguarding|Detective Chief Inspector
DCI Safeguarding|DI Child Exploitation|Det Supt|T/DCI|Director of Children and Families|Deputy Director, Social Work
Principal Social Worker|Front Door|Front Door Manager|Virtual School Head|Learning and Development Lead|Business Unit
LSCP Business Unit|Independent Scrutineer|QA Lead|Q&A Team|Safeguarding Lead (ICB)|Head of Midwifery|Matron, A&E
St James Matron|St James's Hospital Matron|Seacroft Clinic Manager|Armley Cluster Lead|Chapel Allerton Locality Lead
King's Trust Lead|Women's Aid|Third Sector Leeds|Youth Justice|Community Safety|Safer Leeds|Head of Housing|LADO
Senior Probation Officer|Governor, Wetherby|Head of 0-19 Service|Consultant in Public Health|Head Teacher|SENCO
Chair of RAG|Chair, Review Advisory Group|Audit and Review Sub Group|Delegated Safeguarding Partner (Police)
Superintendent|Ch Supt|Legal Services|Monitoring Officer|Head of Quality and Assurance|Quality Assurance
Mary Seacole Programme Lead|Martin House Hospice Lead|Victoria House Manager|Lord Mayor|Ward Sister|Sister in charge
Paediatric Liaison Sister|Early Years|Corporate Parenting|Kinship Care|Cluster Lead, Inner East|Occupational Therapist
Elected Member|Lead Member for Children|Coroner's Officer|Crown Prosecution Service|Yorkshire Ambulance|TBC|N/A
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
NAMES = (
    """
Jane Example|jane example|JANE EXAMPLE|Jane E.|J Example|J. Example|Example, J|Example, Jane|Mrs Example|Jane
Mohammed Example (Head of Service)|Head of Service: Jane Example|Head of Service - J Example|Jane/Head of Service
Cllr Example|DI Example|Sgt Example|Prof. Example|Dr Example|jane.example@example.org|Anne-Marie Example
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize("owner", ROLES)
def test_an_office_is_not_taken_for_a_name(owner):
    assert not names_somebody(owner)
    assert not could_be_a_name(owner)


@pytest.mark.parametrize("owner", NAMES)
def test_a_name_is_found_however_it_is_written(owner):
    assert names_somebody(owner)


@pytest.mark.parametrize("owner", ["Ngozi Example", "Siobhan O'Example", "Jane Ward", "Sarah West", "Emma Young"])
def test_what_could_be_a_name_is_asked_about_and_not_refused(owner):
    assert could_be_a_name(owner)
    assert not names_somebody(owner)


@pytest.mark.parametrize("reference", ["SI-2025-03", "RV-2025-01", "R-14.1", "Report 2026-03-12", "Minutes 20260312",
                                       "Audit 7 of 2025", "2025/26-03", ""])  # fmt: skip
def test_a_reference_of_ones_own_gives_nobody_away(reference):
    assert not looks_like_a_case_number(reference)
    assert not names_a_child(reference)


@pytest.mark.parametrize("reference", ["80412277", "SI-80412277", "8041 2277 1", "943 476 5919", "A123456789012",
                                       "20261399"])  # fmt: skip
def test_a_number_of_a_case_system_is_found(reference):
    assert looks_like_a_case_number(reference)


@pytest.mark.parametrize("reference", ["Child AB", "child a", "CHILD AB", "Child A.B.", "RR-Baby-J", "SI family S-T", "YP C",
                                       "baby_K", "Girl (Example)"])  # fmt: skip
def test_a_child_called_by_initials_is_found(reference):
    assert names_a_child(reference)


@pytest.mark.parametrize("wording", [
    "A 4-year-old was left alone", "Babies aged 3 weeks", "When she told her teacher", "Child K was not seen",
    "This family was known to services", "Both children were injured", "Two siblings moved", "A young man died",
])  # fmt: skip
def test_a_childs_story_is_known_from_its_words(wording):
    assert tells_a_story(wording)


@pytest.mark.parametrize("wording", [
    "Core groups meet within ten working days", "Family help starts sooner", "Children are seen alone at each visit",
    "The child’s voice is in every plan", "Schools hear before the next school day", "Plans say what families will see",
    "Under-fives are seen at home", "Fathers take part in assessments",
])  # fmt: skip
def test_what_is_to_be_different_is_not_a_story(wording):
    assert not tells_a_story(wording)
