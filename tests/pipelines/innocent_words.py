"""Innocent things that returns of totals really hold, and that look like a person, a number or an address to a machine."""

from __future__ import annotations

# Labels, names of places and teams, ids, sums, dates, signs: whatever stands in a cell by itself.
WORDS = """
St James's University Hospital
St James's Hospital moved its discharge meeting
The Thomas Danby cluster
Mary Seacole team
The Mary Seacole ward
Barnardo's
Barnardos delivered the programme
Barnardo's Leeds
NSPCC
The Children's Society
Lily Mae Centre
Victoria Road children's centre
Victoria House
Elizabeth House team
Elland Road police station
Roundhay Road team
York Road hub
Dewsbury Road one stop centre
Westgate team
Merrion House
St George House, Leeds
Civic Hall, LS1 team
Office: Merrion House, 110 Merrion Centre, Leeds
Section 47
S47
s.47 enquiries
Section 20
under 5s
Under 1s and under 5s
April
May
June
August
May and June were busy
June figures
In June we changed the form
by May
April to June
April, May and June
The May half term
June 2026
Q2 2026
Q1 to Q4
2026/27
2026-27 Q2
01/07/2026
1 July 2026 to 30 September 2026
30.09.2026
Meeting held 14 July 2026
Executive meeting 12 May 2026
The meeting of 3 June 2026 agreed this
Tel 0113 222 4403
0113 3760336
01132224403
+44 113 2224403
+44 (0)113 222 4403
0044 113 222 4403
Call 0113 247 8652
safeguarding@leeds.gov.uk
lscp.info@leeds.gov.uk
Contact: performance.team@nhs.net
URN 107985
URN: 107985
School URN 139281
UKPRN 10003854
UKPRN: 10003854
10003854
LAESTAB 383/4006
DfE number 3834006
383 4006
Company no. 04764045
Charity no. 1061352
Registered charity 216250
ODS code RR8
NHS ODS code RR801
RR8
RGD01
SNOMED 160734000
Cost centre 40021134
£1,234,567
£12,345,678.90
Budget 4,567,890,123
Budget: £4567890123
Total spend 2345678901
1,250,000
Total 9,434,765,919
1234567890
PO 4500123456
Invoice INV-2026-00123
Order 4500123456
PO number 4500123456
Cost code 1234567
Ref 2026/000123
Version 2.1
v1.10.3
E05011381
E08000035
E12000003
00DA
LS1
LS8 and LS9 clusters
LS14 team
BD3 boundary
Leeds LS1
WF postcode area
Dr visits
GP practices
Named GP
Named nurse
Designated doctor
Designated nurse for safeguarding children
Head of Service, Children's Social Work
Principal Social Worker
Team Manager, Front Door
Director of Children and Families
LADO
Independent Reviewing Officers
IRO team
Detective Chief Inspector
DCI, Protecting Vulnerable People
Police Constables
PCSO
Practice Improvement Manager
Clare's Law requests
Clare's Law
Martha's Rule
Sarah's Law disclosures
Jasmine House refuge
Rowan House
Poppy Project
Rose Cottage children's home
Hawthorn team
Holly Park school
Ruth Gorse Academy
The Ruth Gorse Academy
David Young Community Academy
John Smeaton Academy
Mount St Mary's
St Mary's Catholic Primary
Cardinal Heenan
Bishop Young Academy
Abbey Grange
Ralph Thoresby School
Allerton Grange
Benton Park
Allerton High
Lawnswood School
Roundhay School
Temple Moor
Corpus Christi
Leeds Jewish Free School
Lighthouse School
Richmond Hill
Little London
Robin Hood
Burmantofts
Cross Gates
Harehills
Gipton
Seacroft
Chapel Allerton
Beeston
Holbeck
Hunslet
Armley
Bramley
Kirkstall
Headingley
Adel
Otley
Kippax
Methley
Guiseley
Rawdon
Morley
Wetherby
Harewood
Garforth
Rothwell
Pudsey
Calverley
Bramham
Boston Spa
Victoria
Heather
Charlotte Street team
Elizabeth Street hub
James Street office
Alexandra Road
Henry Moore building
Leonardo building
Leeds Beckett University
Leeds Teaching Hospitals NHS Trust
Leeds and York Partnership NHS FT
Leeds Community Healthcare
Bradford
Wakefield
Calderdale
Kirklees
York
Operation Encompass
Operation Sceptre
Operation Artemis
Encompass notifications
Prevent referrals
Channel panel
The Laming inquiry
Munro review
MacAlister review
Signs of Safety
Graded Care Profile 2
Brook traffic light tool
Mockingbird
Strengthening Families
Think Family, Work Family
Rethink Formulation
Early Help Hub
MASH
MARAC
MAPPA
CAMHS waiting list
MindMate single point of access
MindMate
0-19 service
0-19 PHINS
ASQ-3
18-25 pathway
16+ service
Year 7 pupils
Year 11
Key stage 4
Reception
KS2
12 children
approx. 40
12 (est.)
12*
Not known
Unknown
Not recorded
Female
Male
White British
Gypsy/Roma
Asian or Asian British
Any other ethnic group
C2
V2
E1
N1
N1 abuse or neglect
CIN
CLA
CP
EHCP
SEND
UASC
NEET
NRM
1 in 10
24/7
9 to 5
Mon to Fri
Monday 14 September 2026
w/c 14/09/2026
08:30
Jan
Feb
Mar
April data revised
Source: Mosaic report 12
Mosaic
Liquidlogic
Power BI
System One
SystmOne
EMIS
Niche
iCasework
Query run 20260930
File dated 20260930
20261005 figures final v3
figures_lcc_cf_2026-27-Q2
LCC return Q2 FINAL (2)
return 01.10.2026
Thomas Danby campus
Postcode: LS1 1UR
Civic Hall, Leeds LS1 1UR
St James's, Beckett Street, LS9 7TF
""".strip().splitlines()

# What analysts write beside their figures.
SENTENCES = """
Most referrals came from Armley (12), Harehills (9) and Seacroft (7).
MASH (12) and CAMHS (9) sent most of them.
Rise driven by Gipton & Harehills ward, up 14 on Q1.
Beeston and Holbeck remain the busiest clusters.
Middleton Park and Temple Newsam fell; Robin Hood rose.
Adel & Wharfedale is small: read with care.
Sickness in the Seacroft team in July and August delayed reviews.
May, June and July were all above the plan.
In April we moved to the new form; June is the first whole month.
The Easter holidays fell wholly in this quarter.
Data recorded in Mosaic by 5 October 2026 is included.
Backlog cleared by the Independent Reviewing Officers in September.
St James's and LGI now notify electronically.
St James's University Hospital changed its discharge pathway on 1 July 2026.
St Mary's Hospital clinic moved to Armley.
The Mary Seacole team took over the 0-19 caseload.
Staff at Thomas Danby were trained in June.
Barnardo's ended its contract on 30 June 2026.
The Barnardo's and NSPCC services now report together.
Leeds Women's Aid joined the Front Door in May.
Behind Closed Doors and Women's Health Matters send their own figures.
Victoria Road children's centre closed for refurbishment.
Roundhay Road hub opened in August.
The York Road and Dewsbury Road hubs share one manager.
West Yorkshire Police recorded more incidents after Operation Encompass was extended.
Following Clare's Law requests, disclosures rose.
Section 47 enquiries fell after the threshold document was refreshed.
S47 enquiries: 262 started, 100 led to conference.
The Head of Service and the Principal Social Worker reviewed all cases open over 12 months.
The Designated Nurse has agreed a recovery plan with LCH.
Named GP capacity is back to two days a week.
Dr appointments moved online.
DCI post vacant until November; PVP unit carried two vacancies.
Detective Chief Inspector in post since 1 September.
School nursing vacancies: 3.6 FTE.
Ward rounds at LTHT now include a safeguarding huddle.
Children under 5s were seen first.
Under 1s are seen within five days.
Girls aged 13 to 15 make up most of the rise.
Children aged 10-15 account for two thirds.
Boys aged 16 and 17 were 40% of those missing.
We audited 20 cases; 14 were good.
One third of plans were closed in Q2.
Two teams merged on 1 July.
The definition changed: repeat episodes within 24 hours are now one.
Repeat plans reflect large sibling groups.
Large families moved into Leeds in the quarter.
Several families arrived under the asylum dispersal scheme.
Neglect is the main category; emotional abuse second.
The Star ratings scheme for schools ended.
Rose by a quarter, from 240 to 300.
Will be corrected in Q3.
Grace period for late returns ended 31 October.
Hope to recover by Christmas.
Summer holidays explain the fall in referrals from schools.
The dip in August is seasonal.
An autumn rise is expected.
Faith groups and sports clubs were reminded of the LADO route.
Joy of Moving programme started in 12 primary schools.
Mark Scheme for audits changed.
The Jordan valley scheme closed.
Kings Road and Queens Road children's homes merged.
Jasmine House and Rowan House refuges are full.
Chapel Allerton cluster has a new lead.
Bruce Street offices are closed.
George Street and Charles Street team moved to Merrion House.
Contact the performance team on 0113 378 0000 with questions.
Contact safeguarding.data@example.nhs.uk for the detail.
Report run on 05/10/2026 at 09:30.
Run 20261005, version 3.
Budget of £1,234,567 agreed.
Total population 176,239 (ONS mid-2025).
PO number 4500123456.
UKPRN 10003854, URN 107985.
ODS code RR8; local code 15F.
LS8, LS9 and LS14 make up 60%.
Calls to 101 and 999 both count.
NHS 111 calls are left out.
See page 12 of the Q1 report.
Table 3 of the SSDA903 guidance was followed.
We follow the CIN census definition.
Annex A lists were used to check the counts.
Data quality: date of birth missing for 4% of records.
Postcode missing on 2% of records, so ward not known.
NHS number completeness is 98%.
UPN matching improved to 96%.
Names are never sent.
Reviews held by video in July.
Working Together 2026 changes the lead practitioner role.
The Children's Wellbeing and Schools Act is in force.
Ofsted's focused visit took place on 14-15 July 2026.
JTAI in June took staff away from reviews.
Think Family Work Family refresh.
Early Help Hub took 340 calls.
MindMate Single Point of Access waiting list cleared.
Leeds Teaching Hospitals NHS Trust reported late.
Leeds and York Partnership NHS Foundation Trust joined.
Cafcass applications are down nationally.
HMCTS listing delays continue at Leeds Combined Court.
Probation: PDU reorganised on 1 April.
Youth Justice Service moved to new premises in Hunslet.
Wetherby YOI figures are left out.
Adel Beck secure home figures are left out.
Bramley Primary and Armley Park schools sent most.
Lawnswood, Roundhay and Allerton Grange schools account for half.
The Ruth Gorse Academy and Abbey Grange changed their system.
David Young Community Academy is now included.
Cardinal Heenan and Mount St Mary's use CPOMS since May.
CPOMS roll-out to 40 schools.
St. Theresa's and Corpus Christi merged their DSL role.
Our Lady's and Holy Rosary merged.
John Smeaton leisure centre is used for contact.
Little London and Woodhouse share a health visitor team.
Cross Gates clinic closed.
New Wortley community centre.
Hyde Park picks up the student area.
Calverley, Farsley and Pudsey have the lowest rate.
Head of Service (Front Door) signed this off.
Team Manager, Duty and Advice.
Service Delivery Manager for Early Help.
Deputy Director, Children and Families, approved.
As agreed at the Executive on 12 May 2026.
Q2 2026 is provisional.
2025/26 outturn was 24.2%.
Statistical neighbours average 21.8% in 2024-25.
England 22.4%, Yorkshire and The Humber 23.0%.
Sheffield and Newcastle are closest.
Milton Keynes and Southend-on-Sea are neighbours too.
Portsmouth, Derby and Bolton moved the other way.
Increase in line with Bradford, Wakefield and Kirklees.
Of 62, 40 had a plan in another authority.
12 children's cases were re-opened in error and closed again.
The number is small and will vary.
Nil this quarter; none last quarter.
Reason not yet known; the audit reports in November.
Improved recording: strategy discussions are recorded on the day.
Weekly triage with schools led by the Education Safeguarding Team.
The Jay report recommendations are being worked through.
Casey audit actions continue.
Laming principles still apply.
Lucy Faithfull Foundation delivers training.
Marie Curie nurses joined the panel.
Macmillan nurses now refer directly.
Martin House Hospice notified in time.
Elizabeth Bryan unit opened.
Duke of Edinburgh award groups asked for advice.
Prince's Trust programme ended.
Sure Start and Family Hubs merged.
Homestart Leeds covers Morley.
Home-Start volunteers trained.
Leeds Rhinos Foundation joined.
Operation Sceptre week ran in May.
Brook and Forward Leeds report quarterly.
Willow Young Carers and Carers Leeds joined the data set.
Lighthouse School counts are now included.
Archway, The Beck and Skelton are left out.
Bramley Elderly Action is not a children's agency.
Dawn Till Dusk nursery reports monthly.
Robin Lane health centre moved to SystmOne.
Burton Croft surgery and Ireland Wood surgery merged.
Shaftesbury Medical Centre joined in August.
Lincoln Green clinic re-opened.
Leigh Primary moved.
Penny Field and Broomfield SILC schools count together.
Alfred Road, Alma Road and Florence Street are in the new patch.
Grant funding ended on 31 March.
The bill was passed; the regulations follow.
Frank conversations with partners took place.
Chase-up calls to agencies begin on 1 October.
Jan-Mar figures were revised in May.
August bank holiday delayed conferences.
Max wait is 18 weeks.
Miss rate halved.
Pat testing delayed the office move.
Art therapy waits rose.
Sue Ryder and Candlelighters supported families.
Ray of Hope group started.
Dale House and Summer Lane teams joined.
Angel wings project ended.
Sky high call volumes in July.
Case numbers 2026 on 2025: up 4%.
Case load 18 per worker.
Cases 3 to 7 in the audit were good.
Group 1 and Group 2 ran twice.
Child in need plans fell; child protection plans rose.
Child A&E attendances rose.
Child C of E primary schools.
Baby clinics resumed.
Family Group Conferences: 42 offered.
Family hubs in Seacroft, Harehills and Middleton.
Pupil referral unit numbers fell.
Boy and girl numbers are now even.
The only primary school in Harewood closed.
The only change is in recording.
""".strip().splitlines()

# Innocent in any cell, and in no sentence that is published: whoever reads it would ring, write or look it up.
REACHED = frozenset(
    {"Tel 0113 222 4403", "0113 3760336", "01132224403", "+44 113 2224403", "+44 (0)113 222 4403", "0044 113 222 4403",
     "Call 0113 247 8652", "safeguarding@leeds.gov.uk", "lscp.info@leeds.gov.uk", "Contact: performance.team@nhs.net", "10003854",
     "1234567890", "Invoice INV-2026-00123", "Contact the performance team on 0113 378 0000 with questions.",
     "Contact safeguarding.data@example.nhs.uk for the detail."}
)  # fmt: skip
