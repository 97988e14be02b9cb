"""A reason, an account and why something is taken back may tell of practice and of many, and never of one child."""

from __future__ import annotations

import pytest

from pipelines.flows.withdrawing import kept_reason
from pipelines.publishing.wording import is_withheld
from schemas.problems import UserError
from schemas.returns.small_words import names_a_small_number
from schemas.returns.telling import tells_of_one

TELLING = """
Ring us on 0113 496 0123, see Mosaic 443210
A cot death in Kippax
Trans pupil bullied at Roundhay, mostly JS from Cockburn
one 8wk old
little Mia's injuries
K went missing 11 times
Mostly down to J.S. who absconds
The Okafors moved to Leeds
kayden went missing
Suicide of a pupil in July
the baby with the skull fracture, in the papers
Spike caused by a 13yo boy from Gipton who keeps running from his placement
Both strip searches were of the same girl
A newborn was shaken in Bramley and the parents arrested
Main driver is a Year 10 lad at Temple Moor
Call Janet on 07700 900123 if you need the detail
Ref. no 4431208 on Mosaic has the story
Niche 13260345678 refers
Stabbing of a teenager outside the White Rose centre
Inquest into the hanging at the children's home in August
The toddler who swallowed pills in Gipton
One young person went missing 22 times
A single child in residential care made up most of the episodes
The pupil who brought a gun to school
Mum of the baby was sectioned in July
Twin girls were removed at birth
his gran reported him missing each weekend
She was found in Bradford
R.T. keeps going missing
due to AB from Gipton
M absconded 9 times from Eastmoor
Daughter of a local councillor was assaulted
The Kowalskis went back to Poland
josh kept absconding
A girl, 14, was raped in Roundhay Park
three-month-old baby with bleed on the brain
Baby died in July at LGI
5 week old baby, fractured ribs
an 11yr old excluded for arson
the brothers on Spencer Place
two cousins from Seacroft were arrested for the shooting
One family of Roma heritage in Harehills with six children on plans
The shooting on Chapeltown Road
Overdose of a student at Notre Dame
The mother who jumped from the car park with her baby
A lad on remand for murder
E-mail t.jones@leeds.gov.uk for detail
The Syrian boy placed in Otley
Sexual assault of a pupil at a Morley school by a teacher
Our only trans young person came off the plan
An LAC girl from Holbeck had 12 episodes
The same family as last year: dad is out of prison again
That foster placement in Garforth broke down after he hit the carer
Deaf child from Wetherby started school
1 boy with epilepsy was readmitted six times
House fire at 14 Tempest Road
Child X moved to secure
YP in Y8 was groomed online by a man of 43
Fatal fall from a balcony in Lincoln Green
Born on 12 March, withdrawing from heroin
A looked after child was arrested 14 times in the quarter
An unaccompanied boy from Eritrea was stabbed
Her baby was removed at birth
the girl in the news last month
Adopted boy returned to care
A pregnant 15-year-old
Girl of 12 pregnant by her stepfather
One resident at the home in Kirkstall was reported missing 31 times
A child known to us was killed by a car in September
Sibling of the boy who was murdered
Eldest sister disclosed, so all five came onto plans
The figure is a lad called in three times by officers at Kirkgate
Baby found unresponsive in a flat in Holbeck
The increase is because a Year 8 pupil was assaulted on the bus
Two brothers aged 6 and 8 came into care after a raid on their home
Please phone Carol in the office, 0113 496 0123
Crime number 13/45678/26 explains this
PNC check on the suspect was late
One girl self-harmed on each shift
Father charged with murder of his partner
A stillbirth at Garforth was investigated
A foster child from Wakefield made an allegation against her carer
Our newest resident, 15, absconds nightly
It's just the one boy, see last quarter's note
D.W.'s episodes again
tyler is back in custody
The only Sudanese pupil at the academy was permanently excluded
A 17yo mum gave birth in custody
Two-week-old admitted with burns
Headteacher's nephew was the victim
She turned 18 on 3 September
A boy of eleven with gonorrhoea
Youngest child of the Lincoln Green family swallowed a battery
The girl whose father was killed at work
Mum overdosed in front of the kids
Little lad with leukaemia missed school
""".strip().splitlines()
PLAIN = """
Dr Example & Partners closed and its list moved to two other practices
Twin-track planning is now used earlier
After the death of a child in another area press coverage raised contacts
One large family of eight moved out of area and their plans ended
A new screening tool at the front door sends fewer contacts on
Two team managers left in August and cover came in October
The dispersal hotel closed, so fewer unaccompanied children arrived
One school sent its whole backlog of concerns in July
A pilot in three wards was extended to the city
The threshold document was reissued in June
Each child is now counted once in the quarter
A child who moves within the city is no longer counted twice
Where a child has two plans only the later one is counted
Recording error put right: 14 enquiries had been left open
The percentage rests on 12 children, so one child moves it by eight points
School holidays fall in this quarter
One independent reviewing officer post was vacant
The provider changed its recording system on 1 September
Police now share all domestic abuse notices through Operation Encompass
Missing episodes are counted from the return interview since April
Staff sickness in the Armley team delayed visits
A backlog of return interviews was cleared by a commissioned service
Two large sibling groups came onto plans
Three of the five sites had no network for a week
Four of the ten practices have merged
The mother and baby unit reopened in May
The family court cleared its backlog
Baby clinics moved to the family hubs
Pupil numbers fell by 300 in September
The child exploitation team took on two more workers
The boys' home in the north of the city closed for refurbishment
Knife crime week in May: more searches than usual
Suicide prevention training took place in all secondary schools
After a national campaign on drowning prevention contacts rose
Press coverage of a trial elsewhere raised contacts from the public
National media interest in grooming gangs led to more referrals
Young people aged 16 and 17 are now sent to the adult pathway
Children aged 5 to 9 were the target of the vaccination drive
Under 1s are now all seen by a paediatrician
Most of the rise is in 14 year old boys
Our social workers were on strike for two days
One provider accounts for most of the rise
A single large school accounts for a third of exclusions
Return interviews were done by one worker until June
Trainee social workers joined in September
Student social workers finished their placements
Counting changed from episodes to children
Definition changed: a child counts from the day of the conference
Health visitors gave fewer antenatal contacts as births fell
First full quarter of the new contract
The Cottingley and Armley teams were merged
The LGI closed its short-stay ward for a month
The new IT system went live on 3 August
Custody at Elland Road was shut for six weeks
Data were taken from the system on the 5th rather than the 1st
Late recording: 26 visits were entered after the extract
More parents asked for an assessment before the change of rules
Fewer bank staff in July; shifts went unfilled
The Parent Carer Forum asked for shorter forms
Boys are over-represented and a project began in May
Girls' groups started in three clusters
A change in the law from 1 July means that each strip search needs approval
The Grange and St James's sites report together now
National Transfer Scheme arrivals doubled
Four children's centres now take referrals
Two residential homes opened, each with four beds
Because of the heatwave schools closed at noon for 3 days
The partner agency sent its figures for the first time
A new mother-tongue support service was commissioned
The youth hostel stopped taking under 18s
Sister agencies in Kirklees use the same form
Twin aims of the plan were met
Winter pressures began early and visits were postponed
The service was recommissioned and two lots were merged
Attendance was coded wrongly by one academy trust until July
Officers now record the child's voice on a separate form
Three sites closed and 45 staff were redeployed
The count excludes children placed by other authorities
A new duty rota means every contact is screened the same day
Return home interviews are offered within 72 hours and not a week
The age range changed from under 16 to under 18
Case load of each worker fell from 24 to 18
A parent can now refer without a professional
More babies were born to mothers open to services
The ICB funded a nurse at each family hub
One cohort left at 18 and was not replaced
Legal advice led us to stop counting voluntary arrangements
The hospital's electronic record was down for nine days
We counted first-time entrants by disposal date before
Fewer boys were held overnight as a second appropriate adult scheme began
Girls now outnumber boys for the first time
Training places were cut when the trainer retired
Two years of backlog were uploaded at once
Placement moves are counted for each child, not each bed
A child is counted from the day the plan begins
Funding for the school liaison officers ended in July
The helpline moved to evenings, so daytime calls fell
Ofsted's focused visit asked for earlier supervision
Young carers are a new category since April
The policy on strip search was rewritten after an inspection
Five practices did not send their list in time
Reporting of neglect rose after the toolkit was relaunched
""".strip().splitlines()
# Said of figures, and of too few to be repeated: the sender is told so by a note.
FEW = ["Two large sibling groups came onto plans", "Three unborn babies were registered late", "The rise is 4 children"]
TAKEN_BACK = [
    "Two of the three systems were merged",
    "It had the wrong quarter, and 2 of the 14 rows were blank",
    "Two of the three IRO posts were vacant",
    "Twin-track planning is now used earlier",
    "Sent the file of April by mistake",
]


@pytest.mark.parametrize("text", TELLING)
def test_what_tells_of_one_child_is_neither_taken_nor_published_nor_kept_as_a_reason(text):
    assert tells_of_one(text)
    assert is_withheld(text)
    with pytest.raises(UserError, match="may tell of a person"):
        kept_reason(f"{text} in the return", "Nothing was withdrawn.")


@pytest.mark.parametrize("text", PLAIN)
def test_what_tells_of_practice_and_of_many_is_taken_and_repeated(text):
    assert not tells_of_one(text)
    assert not is_withheld(text) or names_a_small_number(text)


def test_hardly_any_plain_reason_is_held_back():
    assert [text for text in PLAIN if is_withheld(text)] == ["Two large sibling groups came onto plans"]


@pytest.mark.parametrize("text", FEW)
def test_few_are_no_story_and_stand_in_no_publication(text):
    assert not tells_of_one(text)
    assert is_withheld(text)


@pytest.mark.parametrize("text", TAKEN_BACK)
def test_a_return_can_be_taken_back_for_what_was_wrong_with_it(text):
    assert kept_reason(text, "Nothing was withdrawn.") == text


@pytest.mark.parametrize("text", ["943 476 5919 was wrong", "They moved to LS8 4AP", "DOB 01/02/2015 was wrong"])
def test_numbers_that_refuse_a_file_are_in_no_publication_either(text):
    assert is_withheld(text)
