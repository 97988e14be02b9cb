"""In an account a small number of anything that is counted is heard; ages, days, quarters, quotas and things are not."""

from __future__ import annotations

import pytest

from schemas.returns.doubtful import LOOK_FIRST, weight
from schemas.returns.few_counted import counts_a_few
from schemas.returns.telling import reads_as_a_story, tells_of_people

FEW = """
The three removals under PO01 are not in here.
Two detentions were over 24 hours.
One detention was for want of a bed.
4 YPs were strip searched in July.
Three juveniles held for robbery.
Two lads from the same home.
Five under 18s were kept overnight.
3 held overnight in August.
Two 14 year olds were kept in.
The number fell to four.
Only one, who was moved to Hull.
There was one in the quarter.
1 x overdose in the quarter.
Removals: 3.
A rise of three on last quarter.
Police protection was used twice and the figure was 2.
We had two in July and none since.
One arrest led to the rise.
Down to 3 this quarter.
Held overnight: 2
One was moved out of area.
2 FGM notifications were late.
There were only two of them.
Three strip searches, all authorised.
Just the one removal this time.
4 detained, 3 charged.
The total of 5 includes a late entry.
Up from two to five.
Two UASC arrived in August.
One exclusion was overturned.
Four removals in the whole period.
We counted 2 exclusions in July.
One stabbing explains it.
Five kids stayed overnight.
There were just three.
Suspensions dropped to 1.
Only 4 this time.
Admissions: one.
2 x 16 year olds.
One referral to the NRM in August.
Two females were detained.
The quarter's three arrests were in one week.
It went from 1 to 5.
Three were from the same school.
One child death was notified.
Strip searches rose by two.
3 detainees under 18.
A single incident in Q2.
Two enquiries had no outcome.
There has been one since.
Four residents went missing.
Both detentions were authorised by an inspector.
5 allegations met the threshold.
We made two.
The number of children is 3.
Two unaccompanied minors came by lorry.
Number held = 4.
Two teenagers kept overnight.
One conference was out of time.
A drop of four since Q1.
""".strip().splitlines()
FREE = """
Two systems were merged in July.
One of two officers left in August.
Data were lost for three months.
Phase 2 of the recording project began.
Q1 was provisional.
The team of three was short of a sergeant.
Two schools closed early for the heat.
A change on 3 August lost two days of records.
Two weeks of data were lost in the move.
Three wards make up most of the rise.
Two shifts were short of a sergeant for most of August.
Level 3 training was late.
Tier 4 referrals are counted by health now.
One school accounts for a third of exclusions.
Return interviews were done by one worker until June.
Children aged 5 to 9 were the target.
Quarter 2 always dips: schools are closed.
One in five contacts came from schools.
Two changes to the recording rule took effect on 1 July.
The rate rose by 2 points.
Version 4 of the form went live.
Children missing three or more times are counted once.
Counted at four sites since April.
It fell by 3% since Q4.
The rise follows one large campaign.
We review 30 cases and report on 4 December 2026.
Two posts were vacant, one since May.
Each contact is screened by two practitioners.
Plans open for two years or more were reviewed.
Step 5 of the process was added in September.
Two analysts share the work.
The new rule came in on 1 April.
One provider has not answered.
Three of our five sites were closed.
Part 2 of the guidance was read again.
Sent one month late.
Figures from two sources were joined.
Four practices merged.
Year 5 pupils are now in the count.
The count excludes under 5s.
Two bank holidays fall in the quarter.
One reason is the change of definition.
A fall of 4 per cent.
Two thirds of contacts come by phone.
One more officer was trained.
Q3 figures will follow.
Since 2 July the front door screens each contact.
One and the same rule is used.
Two rounds of training were held.
The wait fell to four weeks.
Both forms were joined into one.
One system now holds every record.
Section 5 of the return was blank.
Custody sergeants work in teams of five.
The audit found three gaps in recording.
It is the first of two extracts.
Only one site has network cover.
""".strip().splitlines()
# For whoever reads before a release: of one child in passing, and of practice.
PASSING = """
Gran has him at weekends.
In the papers in May.
Tried hanging with a sheet.
Blind in one eye, taken to the wrong unit.
Turned out to be 12.
Shot in Gipton over a debt.
The nephew was arrested beside him.
Wheelchair user, no ramp.
Cut her wrists after the interview.
Sent home with a stranger.
Came over from Bradford each Friday.
Second overdose since Easter.
Dad is a councillor.
Kicked out by stepdad.
On the front page in August.
The landlord rang us.
Taken into care after the Beeston fire.
Lost the baby.
Refused to go home.
That stabbing at the bus station.
""".strip().splitlines()
PRACTICE = """
Calls rose after a television campaign.
Grandparents are now recorded as carers.
The foster carer training was moved to May.
Deaf children have a new pathway.
A press office reply took two weeks.
Self-harm is coded from A&E since April.
The Beeston team moved to Stourton.
Autism assessments wait a year.
The rise is in line with last year.
Police protection is now recorded in Connect.
Disabled children are counted by the other team.
Fathers are now named in each plan.
Newspapers were not read.
The extract was taken on 5 October.
The Armley office lost power.
Kept under review by the board.
Recording was late in August.
Held back until the audit is done.
Most contacts come from schools.
Fewer staff were on duty in July.
Put down to the school holidays.
The court backlog goes on.
The mental health ward reports by itself.
Same method as last year.
""".strip().splitlines()


@pytest.mark.parametrize("text", FEW)
def test_a_small_number_of_what_is_counted_is_heard_and_not_repeated(text: str) -> None:
    assert counts_a_few(text)
    assert tells_of_people(text)


@pytest.mark.parametrize("text", FREE)
def test_a_number_of_anything_else_is_free(text: str) -> None:
    assert not counts_a_few(text)


def test_in_a_log_where_no_figure_stands_beside_them_the_same_words_are_practice() -> None:
    assert not any(
        map(reads_as_a_story, ("Two detentions were reviewed", "The audit found two enquiries", "Removals: 3."))
    )


def test_of_notes_in_passing_most_are_read_first_and_of_practice_hardly_any() -> None:
    assert 2 * sum(weight(text) >= LOOK_FIRST for text in PASSING) >= len(PASSING)
    assert 8 * sum(weight(text) >= LOOK_FIRST for text in PRACTICE) <= len(PRACTICE)
