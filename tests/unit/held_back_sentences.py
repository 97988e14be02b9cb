"""Sentences written before the check they measure, and never tuned on: of one child or family, and of work and of many."""

TELLING = """
The lad everybody at the Hub knows by sight is behind most of it
One mum walked out of the refuge with all five of hers
A nine-week-old came in blue and did not wake
Our longest stayer finally went home
The placement that collapsed was the arson one
Same two every weekend, absconding to Blackpool
Has now been moved to a secure bed in Scotland after the second fire
The Polish lad stopped coming in after his dad was deported
Figures are up because of what happened to the Begum girls
Half of the episodes are a single resident at the home on Otley Road
One teenager's running away makes up the whole rise
The parents of the drowned child moved away
Gave birth at thirteen and is now in a mother and baby placement
It is the one whose mother works here
The case on Look North pushed contacts up
Since the body was found in the canal contacts have doubled
The incident at the trampoline park led to three enquiries
All five referrals came from the same house in Cross Green
Every one of the entries is about the same household
Mia-Rose's placement ended
Leighton broke an arm again
mohammed's return interview was missed
Tj is back in custody
See the Warsame notes
The Adeyemi case skews the quarter
K.O. and sister removed from home
The learner with cystic fibrosis has left
The asylum-seeking young man whose age was disputed is now an adult
The one who set fire to the unit has been sentenced
The inmate at Wetherby was released on the 4th
The tenant at number 9 had all three removed
Attendee with a stoma missed six clinics
An amputee pupil was excluded
The pregnant one went to live with nan
A Traveller girl married at fifteen
A boy's leg was broken by a police dog
A child drank methadone at a flat in Gipton
A toddler ate cannabis sweets in July and was admitted
Poisoned with antifreeze by the mother
Scald case from September is still open
Strangulation by mum's boyfriend
The suspect is the girl's swimming coach
Six siblings removed overnight from a house in Burley
Quads born to a mother under eighteen
A family of Afghan evacuees with a blind son arrived
This is down to the sisters at Temple Newsam
There is just the one, nearly eighteen
Our single home-educated case is a well known singer's child
A footballer's daughter was taken into care
The vicar's lad was arrested
The child bitten by the neighbour's dog
One lad of fourteen with a machete
The stabbing outside the bus station accounts for the peak
The November knife death is included here
Since the murder our phone has not stopped
The trial at Leeds Crown Court drew attention to this family
A local councillor's grandson was in the cohort
Autistic, nonverbal and the only one on that pathway
Miss Okoro's children are on plans
Little 'un from Belle Isle with the burns
""".strip().splitlines()

HARMLESS = """
Recording changed: contacts by email are now counted
The new system records one contact for each family
A national review of abuse within families was published
Learning from the thematic review of babies under one
The inquiry report was discussed at the quarterly meeting
The national report on invisible men was shared with practitioners
"I wanted them all to notice" was read by all teams
Figures for wards 4 to 9 were sent late
The patient administration system was replaced
The service users' forum met twice
The young person's version of the form is new
The young people in the survey asked for evening sessions
Returned to counting by quarter of referral
Of the three offices the one in the east has most vacancies
News of the merger unsettled staff
Newspapers carried the campaign for foster carers
A press release about fostering brought 40 enquiries
The fire alarm at Merrion House sent everybody home on 4 August
A house move of the duty team cost two days
Households in temporary accommodation rose by 12 per cent
One household in five has a child under five
All four localities now use the same threshold
All four of the quarter's audits were late
Managers turned to bank workers in August
The contract turned out to need a second year
The service turned eighteen months old in June
Six months on remand is now the usual length
The person in charge of returns is on leave until 4 October
The person completing this form has changed
The officer in question had counted by date of closure
The return in question is that of the first quarter
Version 3 of the guidance counts siblings together
Version 1.2 of the template was used by mistake
Columns for male and female were transposed
Boy and girl totals now add up
The children and young people column was blank
Child and adult figures had been put in one row
The mother and father boxes were joined
The press office asks that these figures are held until Friday
The court backlog fell after extra sitting days
See the Fostering file on the shared drive
See Ofsted note of June
See the Annex file for the method
Case holding changed from teams to hubs
A shortage of beds on the wards delayed discharge
Schools reported it themselves for the first time
The provider reported it late
Attempted suicide is now coded apart from self-harm
Trans is a new category of the gender question
The street team was recommissioned
Absconding is counted from midnight since April
Frequent absconders are those with three or more episodes
The little ones' room at the family hub opened
Babies born before 32 weeks are now included
Two large sibling groups moved in from Kirklees
Several families of five and more arrived under the resettlement scheme
Birth notifications came a week late from the trust
Young people leave us when they turn eighteen
Admissions on 3 August were counted twice by the feed
The family courts closed for a day on 19 September
""".strip().splitlines()
