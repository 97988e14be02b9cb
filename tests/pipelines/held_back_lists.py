"""Lists of children and harmless sheets written before the check they measure, and never tuned on."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from tests.pipelines.doubtful_lists import (
    CONCERNS,
    FIRST,
    HERITAGE,
    SCHOOLS,
    WARDS,
    a_birth,
    a_day,
    a_sex,
    an_age,
    any_of,
    some_initials,
)

if TYPE_CHECKING:
    from tests.pipelines.doubtful_lists import Cells

Rows = list[list[Any]]
_AGES = ["Four", "Seven", "Nine", "Twelve", "Thirteen", "Fourteen", "Sixteen"]
_PLACED = ["Foster", "Residential", "Kinship", "Secure", "Adoption", "Remand"]
_LEGAL = ["S20", "S31", "ICO", "FCO", "EPO", "PO"]
_MARKED = str.maketrans("aeio", "4310")


def _dotted(r: Random) -> str:
    return f"{r.choice('ABDJKMRT')}.{r.choice('BDGKLMRT')}."


LISTS: dict[str, Cells] = {
    "names after a dash": ([], [lambda r: f"- {r.choice(FIRST)}"]),
    "names that are numbered": (["Seen"], [lambda r: f"{r.randrange(1, 30)}) {r.choice(FIRST)}"]),
    "names in quotes": (["Who"], [lambda r: f"\u201c{r.choice(FIRST)}\u201d"]),
    "names with a tick": (["Done"], [lambda r: f"{r.choice(FIRST)} \u2713"]),
    "names and wards in a cell": ([], [lambda r: f"{r.choice(FIRST)} / {r.choice(WARDS)}"]),
    "names with ages in words": ([], [lambda r: f"{r.choice(FIRST)} ({r.choice(_AGES).lower()})"]),
    "names with a letter after": (["Seen"], [lambda r: f"{r.choice(FIRST)} {r.choice('BDGKLMRT')}."]),
    "small names in notes": (["Note"], [lambda r: f"spoke to {r.choice(FIRST).lower()} at school {a_day(r):%d %b}"]),
    "small names and what is theirs": (["Note"], [lambda r: f"{r.choice(FIRST).lower()}'s mum rang, {r.choice(CONCERNS)}"]),
    "letters for figures in names": ([], [lambda r: r.choice(FIRST).translate(_MARKED)]),
    "names with the middle hidden": ([], [lambda r: (n := r.choice(FIRST))[0] + "*" * (len(n) - 2) + n[-1]]),
    "three with ages in a cell": (["Ward", "Who"], [any_of(*WARDS), lambda r: f"{some_initials(r)} {r.randrange(2, 17)}, {some_initials(r)} {r.randrange(2, 17)} & {some_initials(r)} {r.randrange(2, 17)}"]),
    "dotted with school years": (["Ward", "Who"], [any_of(*WARDS), lambda r: f"{_dotted(r)} (Yr {r.randrange(1, 11)}), {_dotted(r)} (Yr {r.randrange(1, 11)})"]),
    "initials between strokes": (["School", "On plans"], [any_of(*SCHOOLS), lambda r: "/".join(some_initials(r) for _ in range(3))]),
    "status, placement, school": (["Status", "Placement", "School"], [any_of(*_LEGAL), any_of(*_PLACED), any_of(*SCHOOLS)]),
    "category, ward, days": (["Category", "Ward", "Days on plan"], [any_of("Neglect", "Emotional", "Physical", "Sexual"), any_of(*WARDS), lambda r: r.randrange(3, 700)]),
    "lettered case numbers": (["ID", "Stage"], [lambda r: f"EHM-{r.randrange(100, 9999):04}", any_of("Open", "Closed", "Step down")]),
    "numbers of a case system": (["Ref", "Worker"], [lambda r: f"FWI {r.randrange(10_000, 60_000)}", any_of("Armley duty", "CIN 2", "Morley")]),
    "child number, category, ward": (["Child number", "Category", "Ward"], [lambda r: r.randrange(1, 999), any_of("Neglect", "Emotional", "Physical"), any_of(*WARDS)]),
    "relation, what became, ward": (["Relation", "What became", "Ward"], [any_of("Father", "Grandmother", "Step-dad", "Mother"), any_of("Deceased", "Hospital", "Deported", "Custody"), any_of(*WARDS)]),
    "aged, ward and nights": (["Detail"], [lambda r: f"aged {r.randrange(8, 17)}, {r.choice(WARDS)}, {r.randrange(2, 9)} nights"]),
    "age, a_sex, ward in a cell": ([], [lambda r: f"{r.randrange(8, 17)}yo {a_sex(r)} {r.choice(WARDS)}"]),
    "ages in words and ward": (["Detail"], [lambda r: f"{r.choice(_AGES)}, {r.choice(WARDS)}"]),
    "births wholly in words": ([], [lambda r: f"the {r.choice(['second', 'ninth', 'twelfth', 'thirtieth'])} of {a_birth(r):%B} two thousand and {r.choice(['nine', 'eleven', 'fourteen', 'eighteen'])}"]),
    "births with Roman months": (["When"], [lambda r: f"{a_birth(r).day}.{r.choice(['i', 'iii', 'v', 'ix', 'xi'])}.{a_birth(r).year}"]),
    "days in and beds": (["In", "Bed"], [a_day, lambda r: f"L{r.randrange(40, 59)}/{r.randrange(1, 30)}"]),
    "days out, ward number, stay": (["Out", "Ward no", "Stay"], [a_day, lambda r: r.randrange(30, 60), lambda r: r.randrange(1, 9)]),
    "times and ages": (["Time", "Age", "Reason"], [lambda r: f"{r.randrange(24):02}:{r.randrange(60):02}", an_age, any_of("Assault", "Theft", "Breach")]),
    "expected and team": (["EDD", "Team"], [lambda r: date(2026, 12, 1) + timedelta(days=r.randrange(190)), any_of("Amber", "Teal", "Jade")]),
    "nationality, an_age, placement": (["Nationality", "Age", "Placement"], [any_of("Sudan", "Eritrea", "Iran", "Vietnam"), lambda r: r.randrange(14, 18), any_of(*_PLACED)]),
    "heritage, faith, school": (["Ethnicity", "Religion", "School"], [any_of(*HERITAGE), any_of("Muslim", "None", "Sikh", "Catholic"), any_of(*SCHOOLS)]),
    "condition, school, year": (["Condition", "School", "Year"], [any_of("Asthma", "Epilepsy", "ADHD", "Autism"), any_of(*SCHOOLS), lambda r: f"Y{r.randrange(1, 12)}"]),
    "exclusions by pupil": (["School", "Why", "Days"], [any_of(*SCHOOLS), any_of("Knife", "Assault", "Drugs", "Abuse"), lambda r: r.randrange(1, 15)]),
    "a home's night book": (["Room", "Out", "Back"], [lambda r: r.randrange(1, 9), lambda r: f"{r.randrange(18, 24)}:{r.randrange(60):02}", lambda r: f"0{r.randrange(7)}:{r.randrange(60):02}"]),
    "street names and gangs": (["Known as", "Group", "Risk"], [any_of("Lil K", "Ghost", "Tiny", "Smiler", "Bones", "Razor"), any_of("LS8", "BBC", "HG"), any_of("High", "Medium")]),
    "initials and workers": (["Init", "Allocated to"], [some_initials, any_of("S Taylor", "M Khan", "J Ward", "P Osei")]),
    "families of so many, and plans": (["Family", "Children", "Plan"], [lambda r: f"{r.choice('ABCDEFGHKLMNPRSTW')}{r.randrange(1, 9)}", lambda r: r.randrange(1, 6), any_of("CP", "CIN", "EH")]),
    "hospital numbers and clinics": (["MRN", "Clinic"], [lambda r: f"RR8 {r.randrange(100_000, 999_999)}", any_of("Burns", "Fracture", "Neuro")]),
    "hours of birth": (["Born at", "Weight"], [lambda r: f"{a_day(r):%d/%m} {r.randrange(24):02}:{r.randrange(60):02}", lambda r: round(2 + r.random() * 2, 2)]),
    "who was told, and of whom": (["Told", "About"], [any_of("School nurse", "Police", "GP"), lambda r: f"{r.choice(FIRST)[:3]}. {r.choice('BDGKLMRT')}"]),
}  # fmt: skip


def harmless_sheets(seed: int) -> dict[str, Rows]:
    """Side sheets that tell nothing of a child, by name."""
    r = Random(f"kept apart {seed}")  # noqa: S311 - sheets to test with
    teams = ["Front Door", "Early Help", "Duty", "Court", "Fostering", "Adoption", "Leaving Care", "Youth Justice"]
    many = lambda: r.randrange(6, 400)  # noqa: E731 - a count that is nobody's
    months = [f"{m} 2026" for m in ("April", "May", "June", "July", "August", "September")]
    return {
        "topics with bullets": [["\u2022 Neglect"], ["\u2022 Exploitation"], ["\u2022 Early help"], ["\u2022 Voice of the child"], ["\u2022 Supervision"]],
        "wards with bullets": [[f"\u2022 {w}"] for w in WARDS],
        "steps": [[f"{n}) {s}"] for n, s in enumerate(("Open the file", "Run the report", "Check the totals", "Send it on", "Keep a copy"), 1)],
        "schools in brackets": [[f"({s})"] for s in SCHOOLS],
        "quoted answers": [["\u201cYes, always\u201d"], ["\u201cSometimes\u201d"], ["\u201cNever\u201d"], ["\u201cDon't know\u201d"], ["\u201cYes, always\u201d"]],
        "teams with ticks": [["Team", "Sent"], *([f"{t} \u2713", "July"] for t in teams)],
        "status by count": [["Status", "Children"], *([s, many()] for s in _LEGAL)],
        "status by placement": [["Status", *_PLACED], *([s, *(many() for _ in _PLACED)] for s in _LEGAL)],
        "status, placement, count": [["Status", "Placement", "Children"], *([s, p, many()] for s in _LEGAL for p in _PLACED)],
        "wards of a hospital": [["Ward", "Specialty", "Beds"], *([f"L{n}", s, r.randrange(8, 32)] for n, s in zip(range(40, 46), ("Burns", "Renal", "Surgery", "Medicine", "Cardiac", "Neuro"), strict=True))],
        "ward numbers by month": [["Ward", *months], *([n, *(many() for _ in months)] for n in range(40, 52))],
        "changes to a system": [["Change", "State"], *([f"CHG-{r.randrange(1000, 9999)}", r.choice(("Done", "Open"))] for _ in range(12))],
        "errors of a load": [["Error", "Rows"], *([f"ERR-{n}", many()] for n in range(4800, 4812))],
        "abbreviations": [["Short", "Long"], ["CIN", "Child in need"], ["CP", "Child protection"], ["EH", "Early help"], ["ICPC", "Initial conference"], ["S47", "Enquiry"]],
        "roles in brackets": [["(Chair)"], ["(Vice chair)"], ["(Clerk)"], ["(Head of Service)"], ["(Designated Nurse)"]],
        "courses": [["Course", "Day", "Places"], *([c, a_day(r), 20] for c in ("Level 1", "Level 2", "Level 3", "Neglect", "Chairing"))],
        "ages in words, counted": [["Age", "Children"], *([a, many()] for a in _AGES)],
        "age bands": [["Ward", "0 to 4", "5 to 9", "10 to 15", "16 and 17"], *([w, *(many() for _ in range(4))] for w in WARDS)],
        "waits": [["Wait"], *([f"{r.randrange(8, 30)} days, {w}, {r.randrange(2, 9)} sessions"] for w in WARDS)],
        "opening hours": [["Hub", "Opens", "Shuts"], *([f"{w} Family Hub", "08:30", "17:00"] for w in WARDS)],
        "relations counted": [["Relation", "Ward", "Adults"], *([k, w, many()] for k in ("Father", "Mother") for w in sorted(WARDS))],
        "prisons": [["Prison", "Town", "Places"], ["HMP Leeds", "Armley", 1110], ["HMYOI Wetherby", "Wetherby", 288], ["HMP New Hall", "Flockton", 381]],
        "reviews in hand": [["Review", "Started", "Stage"], *([f"CSPR-{n}", a_day(r), r.choice(("Drafting", "Panel"))] for n in range(11, 19))],
        "actions": [["Action", "Owner", "Due", "State"], *([f"A-{n:02}", r.choice(("Head of Service", "Designated Nurse")), date(2027, 1, 1) + timedelta(days=30 * n), "Open"] for n in range(1, 15))],
        "risks": [["Risk", "Likelihood", "Impact", "Owner"], *([x, r.randrange(1, 6), r.randrange(1, 6), "Board"] for x in ("Staffing", "Systems", "Funding", "Demand", "Law"))],
        "notes on columns": [["Column", "Meaning"], ["child_id", "A number we give and do not send"], ["dob", "Not sent"], ["ward", "Where the child lives, by ward"], ["sex", "M, F or not known"]],
        "questions": [["No", "Question"], *([n, q] for n, q in enumerate(("Do you feel safe at school?", "Who would you tell?", "What would help?", "Did anybody listen?"), 1))],
        "what people said": [["Said"], ["Longer opening hours"], ["Less jargon in letters"], ["A quiet room"], ["Be on time"], ["Tell us what happens next"]],
        "providers": [["Provider", "Grade", "Inspected"], *([f"{s} Lodge", r.choice(("Good", "Outstanding")), a_day(r)] for s in SCHOOLS)],
        "lines of a budget": [["Line", "Budget", "Spent"], *([t, r.randrange(10**4, 10**6), r.randrange(10**4, 10**6)] for t in teams)],
        "areas": [["Code", "Ward"], *([f"E0{5_001_411 + n}", w] for n, w in enumerate(sorted(WARDS)))],
        "calendar": [["Quarter", "Opens", "Shuts"], *([f"Q{n}", date(2026, 1 + 3 * (n - 1), 1), date(2026, 1 + 3 * (n - 1), 20)] for n in range(1, 5))],
        "staff in post": [["Team", "FTE", "Vacancies"], *([t, round(4 + r.random() * 9, 1), r.randrange(4)] for t in teams)],
        "districts": [["District", "Referrals"], *([f"LS{n}", many()] for n in range(1, 29))],
        "heritage by school": [["School", *HERITAGE], *([s, *(many() for _ in HERITAGE)] for s in SCHOOLS)],
        "exclusions by school": [["School", "Reason", "Exclusions"], *([s, w, many()] for s in sorted(SCHOOLS) for w in ("Assault", "Drugs", "Knife"))],
        "sections by month": [["Section", *months], *([s, *(many() for _ in months)] for s in ("S17", "S20", "S31", "S47"))],
        "releases": [["Version", "Day", "What is new"], *([f"{n}.0", a_day(r), "Forms and reports changed"] for n in range(1, 9))],
        "days by stage": [["Stage", "Median days", "Longest"], *([s, r.randrange(3, 40), r.randrange(40, 90)] for s in ("Contact", "Referral", "Assessment", "Conference", "Review"))],
        "sets of letters": [["Code", "Meaning"], ["NEG", "Neglect"], ["EMO", "Emotional"], ["PHY", "Physical"], ["SEX", "Sexual"], ["MUL", "More than one"]],
    }  # fmt: skip
