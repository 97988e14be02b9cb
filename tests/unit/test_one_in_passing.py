"""Somebody who is meant without a name and without a word for a child."""

from __future__ import annotations

import pytest

from schemas.returns.telling import tells_of_one

MEANT = """
Patient 7 was readmitted twice
Pt was seen each week
R. ran to her aunt
TM is the reason
C3 went missing from C4's home
Occurrence number 5512A
Crime ref 13XY99
Niche 2210/8837265
It is about the youngest ones from Beeston
All four of them were removed
A refugee who turned 18 in May
Dad's deportation delayed the plans
The girl's inquest was adjourned
Grandmother deported, so the placement ended
The coach at the swimming club was charged
The Kurdish family on the fourth floor
The big family in the hostel came off plans
The mother in the murder trial has two more
The siblings from the 2023 rapid review
Follows the serious incident outside the youth club
""".strip().splitlines()
FREE = """
Patients 16 and over now go to adult wards
Every headteacher was written to
Teachers are trained before a suspended pupil returns
The Family Hub in Seacroft opened
The Early Help family workers were counted twice
Foster carers' reports are now kept apart
Case numbers fell by a tenth
Incident numbers come from another system since May
Children in the practice review sample were counted
Incidents at schools are now reported by schools
The police force's own incident at the data centre lost a week of records
Minors from other areas are left out
Three of them were sent late
Clients aged 14 to 17 are counted here
Figures are for 2025/26 and not 2024/25
""".strip().splitlines()


@pytest.mark.parametrize("text", MEANT)
def test_somebody_is_meant(text: str) -> None:
    assert tells_of_one(text)


@pytest.mark.parametrize("text", FREE)
def test_what_is_said_of_many_or_of_work_is_free(text: str) -> None:
    assert not tells_of_one(text)
