"""Invented lists of children whose signs are weak or unusual, and harmless sheets that share one of them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Rows = list[list[Any]]
TODAY = date(2026, 11, 26)
FIRST = [
    "Kayden",
    "Maisie",
    "Zofia",
    "Aaliyah",
    "Tyler",
    "Ayodele",
    "Imogen",
    "Callum",
    "Shanelle",
    "Harley",
    "Yusuf",
    "Brooke",
]
_LAST = ["Okafor", "Begum", "Nowak", "Patel", "Osei", "Hussain", "Taylor", "Khan", "Ahmed", "Hartley"]
WARDS = ["Armley", "Morley", "Wetherby", "Seacroft", "Beeston", "Otley", "Pudsey"]
SCHOOLS = ["Cockburn", "Roundhay", "Temple Moor", "Carr Manor", "Abbey Grange", "Lawnswood"]
HERITAGE = ["White British", "Pakistani", "Black African", "Mixed", "Roma"]
CONCERNS = [
    "hit by mum's partner",
    "found alone at night",
    "his dad is in prison",
    "she carries a knife",
    "not brought to clinic",
]
_STORIES = [
    "Told a teacher that her step-dad hits her with a belt",
    "Mum overdosed and the child rang for help, he was alone",
    "The boy was arrested with a knife on the bus",
    "She came to school with bruises and would not say why",
    "Lad kept running from his placement to Hull",
]
_SCRIPT = [
    "\u041e\u043b\u044c\u0433\u0430",
    "\u0418\u0432\u0430\u043d",
    "\u041c\u0430\u0440\u0438\u044f",
    "\u0645\u062d\u0645\u062f",
    "\u0641\u0627\u0637\u0645\u0629",
    "\u0632\u064a\u0646\u0628",
]


def a_birth(r: Random) -> date:
    return TODAY - timedelta(days=r.randrange(200, 6500))


def a_day(r: Random) -> date:
    return date(2026, 7, 1) + timedelta(days=r.randrange(90))


def some_initials(r: Random) -> str:
    return r.choice("ABDJKMRT") + r.choice("BDGKLMRT")


def a_sex(r: Random) -> str:
    return r.choice("MF")


def an_age(r: Random) -> int:
    return r.randrange(18)


def _year(r: Random) -> str:
    return r.choice(["Reception", *(f"Year {n}" for n in range(1, 12))])


def any_of(*choices: object) -> Callable[[Random], Any]:
    return lambda r: r.choice(choices)


Cells = tuple[list[str], list["Callable[[Random], Any]"]]
# What can be nothing else, or too likely something else: the file is refused.
REFUSED: dict[str, Cells] = {
    "private mail": (["Contact"], [lambda r: f"{r.choice(FIRST).lower()}.{r.choice(_LAST).lower()}{r.randrange(99)}@gmail.com"]),
    "house and street": (["No", "Street"], [lambda r: r.randrange(1, 160), any_of("Tong Road", "Town Street", "Oak Lane")]),
    "crimes with seven digits": (["Ref", "Offence"], [lambda r: f"13 {r.randrange(10**5, 10**6 - 1):07}/26", any_of("Assault", "Neglect")]),
    "births with the month in words": (["Day", "Month", "Year"], [lambda r: r.randrange(1, 29), lambda r: f"{a_birth(r):%B}", lambda r: r.randrange(2010, 2025)]),
    "crimes": (["Ref", "Offence"], [lambda r: f"13/{r.randrange(1000, 99999)}/26", any_of("Assault", "Neglect")]),
    "another script": (["\u0418\u043c\u044f"], [any_of(*_SCRIPT)]),
    "joined names": (["ID"], [lambda r: r.choice(FIRST) + r.choice(_LAST)]),
    "names with numbers": (["ID"], [lambda r: f"{r.choice(FIRST).lower()}{r.randrange(1, 30)}"]),
    "a name and what follows": (["Child"], [lambda r: f"{r.choice(FIRST)} Example{r.randrange(9)}"]),
    "births in three columns": (["D", "M", "Y"], [lambda r: r.randrange(1, 29), lambda r: r.randrange(1, 13), lambda r: r.randrange(2009, 2025)]),
    "births that are to come": (["Ref", "Next review"], [lambda r: f"C{r.randrange(100, 999)}", a_birth]),
    "births due, as numbers": (["Due"], [lambda r: (a_birth(r) - date(1899, 12, 30)).days]),
    "a lead with an age": (["Lead", "Age"], [any_of(*FIRST), an_age]),
    "keys": (["Key", "CP"], [lambda r: f"{r.getrandbits(32):08x}", any_of("Y", "N")]),
    "families": (["Case"], [lambda r: f"The {r.choice(_LAST)} family"]),
    "names after bullets": ([], [lambda r: f"\u2022 {r.choice(FIRST)}"]),
    "names in brackets": ([], [lambda r: f"({r.choice(FIRST)})"]),
    "names with figures for letters": ([], [lambda r: r.choice(FIRST).translate(str.maketrans("aeio", "4310"))]),
    "births in words": ([], [lambda r: f"the {r.choice(['third', 'twenty-first'])} of {a_birth(r):%B} twenty {r.choice(['ten', 'fourteen', 'eighteen'])}"]),
    "siblings in a cell": (["Household"], [lambda r: f"{r.choice(FIRST)}, {r.choice(FIRST)} & {r.choice(FIRST)}"]),
}  # fmt: skip
# What may be chance: somebody is asked, and the file is not kept.
ASKED: dict[str, Cells] = {
    "year of birth": (["YOB", "Sex", "School"], [lambda r: a_birth(r).year, a_sex, any_of(*SCHOOLS)]),
    "initials and age": ([], [some_initials, an_age]),
    "initials, year, concern": (["Init", "Yr", "Concern"], [some_initials, _year, any_of(*CONCERNS)]),
    "initials by month": (["Row Labels", "Apr", "May"], [some_initials, lambda r: r.randrange(4), lambda r: r.randrange(4)]),
    "age, sex, heritage, ward": (["Age", "Gender", "Ethnicity", "Ward"], [an_age, a_sex, any_of(*HERITAGE), any_of(*WARDS)]),
    "age, sex, school, concern": (["Age", "Sex", "School", "Concern"], [an_age, a_sex, any_of(*SCHOOLS), any_of(*CONCERNS)]),
    "school year, district, sex": (["NCY", "PC", "M/F"], [_year, lambda r: f"LS{r.randrange(1, 29)}", a_sex]),
    "one coded cell": (["Ref"], [lambda r: f"{a_sex(r)}/{an_age(r)}/{r.choice(['WBRI', 'APKN', 'BAFR'])}"]),
    "ages in two parts": (["Age", "Sex"], [lambda r: f"{an_age(r)};{r.randrange(12)}", a_sex]),
    "ages with parts of years": (["Age", "Sex"], [lambda r: round(0.05 + r.random() * 17, 2), a_sex]),
    "days and stories": (["When", "What happened"], [a_day, any_of(*_STORIES)]),
    "numbered children and stories": (["Child", "Story"], [lambda r: f"Child {r.randrange(60)}", any_of(*_STORIES)]),
    "numbers and ticks": (["ID", "CP", "CIN"], [lambda r: r.randrange(1000, 9999), any_of("Y", "N"), any_of("Y", "N")]),
    "a pivot of ones": (["School", "Age", "Sex", "Count"], [any_of(*SCHOOLS), an_age, a_sex, lambda _: 1]),
    "births said to be registered": (["Registered"], [a_birth]),
    "young people by number": (["Young person", "Status", "Lives"], [lambda r: f"YP {r.randrange(1, 400)}", any_of("ICO", "FCO", "Voluntary"), any_of("Kin", "Residential", "Remand")]),
    "ages without a space": (["How old", "Setting"], [lambda r: f"{r.randrange(1, 15)}y{r.randrange(1, 11)}m", any_of(*SCHOOLS)]),
    "exact ages": (["Age", "Harm"], [lambda r: round(r.random() * 16, 1), any_of("Fall", "Scald", "Bite")]),
    "ages in weeks": (["Age (weeks)", "Harm"], [lambda r: r.randrange(1, 200), any_of("Fall", "Scald", "Bite")]),
    "months of birth in words": (["Notes"], [lambda r: f"{r.choice(['CP', 'EH'])}, born {a_birth(r):%b %Y}"]),
    "ticks": (["Ref", "Plan", "Looked after"], [lambda r: f"Z{r.randrange(1, 9000):04}", any_of("\u2713", None), any_of("\u2713", None)]),
    "noughts": (["Key", "A", "B"], [lambda r: r.randrange(20_001, 99_999), any_of(0, 1), any_of(0, 1)]),
    "handles": (["Account", "Where", "Worry"], [lambda r: f"@{r.choice(FIRST).lower()}{r.randrange(9999)}", any_of("Discord", "Kik"), any_of("Gangs", "Grooming")]),
    "sectors": ([], [lambda r: f"LS{r.randrange(1, 28)} {r.randrange(1, 9)}", a_sex, an_age, any_of("Open", "Shut")]),
    "several in a cell": (["Ward", "Number", "Who"], [any_of(*WARDS), lambda _: 2, lambda r: f"{some_initials(r)} ({r.randrange(1, 17)}), {some_initials(r)} ({r.randrange(1, 17)})"]),
    "a line of each": (["Cases"], [lambda r: f"{some_initials(r)} {r.randrange(1, 17)} {r.choice(SCHOOLS)} EHCP"]),
    "numbers of two lengths": (["Ref", "Step"], [lambda r: r.choice([r.randrange(700_000, 999_999), r.randrange(1_000_000, 1_300_000)]), any_of("Up", "Down")]),
    "expected births": (["Setting", "Due"], [any_of(*SCHOOLS), lambda r: date(2026, 12, 1) + timedelta(days=r.randrange(190))]),
    "counts of one beside a three": (["Sex", "Age", "Where", "Number"], [a_sex, an_age, lambda r: f"Site {r.randrange(10**6)}", any_of(1, 1, 1, 1, 1, 1, 3)]),
    "names in small letters in notes": (["Note"], [lambda r: f"we met {r.choice(FIRST).lower()} at the hub on {r.randrange(1, 29)} May"]),
    "several in a cell, dotted": (["Ward", "Who"], [any_of(*WARDS), lambda r: f"{'.'.join(some_initials(r))}. {r.randrange(1, 17)}y; {'.'.join(some_initials(r))}. {r.randrange(1, 17)}y"]),
    "status, placement, ward": ([], [any_of("S20", "S31", "ICO"), any_of("Foster", "Residential", "Kin"), any_of(*WARDS)]),
    "number, status, ward": (["Child number", "Status", "Ward"], [lambda r: r.randrange(1, 400), any_of("S20", "S31"), any_of(*WARDS)]),
    "kin, where they are, ward": (["Who", "Where", "Ward"], [any_of("Mother", "Father", "Stepdad"), any_of("prison", "hospital", "abroad"), any_of(*WARDS)]),
    "numbers of a system and stages": (["Case", "Status"], [lambda r: f"LCS-{r.randrange(1000, 9999)}", any_of("open", "closed")]),
    "age, ward and days in a cell": (["Detail"], [lambda r: f"{r.randrange(8, 17)} yrs, {r.choice(WARDS)}, {r.randrange(1, 9)} days"]),
    "days of admission and wards": (["Admitted", "Ward"], [a_day, lambda r: r.randrange(30, 48)]),
    "category, ward, days on a plan": (["Category", "Ward", "Days on plan"], [any_of("Neglect", "Emotional", "Physical"), any_of(*WARDS), lambda r: r.randrange(3, 700)]),
    "months of birth": (["Month", "School"], [lambda r: f"{a_birth(r):%b-%y}", any_of(*SCHOOLS)]),
}  # fmt: skip


def listed(kind: Cells, seed: int, count: int = 25) -> Rows:
    """One list, its headings first where it has any."""
    random = Random(f"{kind[0]} {seed}")  # noqa: S311 - a list to test with
    rows = [[cell(random) for cell in kind[1]] for _ in range(count)]
    return [list(kind[0]), *rows] if kind[0] else rows


def _harmless(r: Random) -> dict[str, Rows]:
    staff = ["Sarah Smith", "John Khan", "Amina Taylor", "Peter Brown"]
    policies = ["Neglect", "Exploitation", "Level 3", "Domestic abuse", "Early help", "Supervision"]
    return {
        "change log": [["Version", "Date", "What changed"], *([f"v{n}", a_birth(r), "Measures changed"] for n in range(12))],
        "numbered change log": [["Version", "Changed on", "By"], *([1 + n / 10, a_birth(r), "Analyst"] for n in range(12))],
        "policies": [["Policy", "Last changed"], *([name, a_birth(r)] for name in policies)],
        "inspections": [["Inspection", "Date", "Grade"], *([name, a_birth(r), "Good"] for name in ("ILACS", "SIF", "JTAI", "CQC", "Focused visit"))],
        "contracts": [["Contract", "Starts", "Ends"], *([f"C{r.randrange(100, 999)}", a_birth(r), TODAY] for _ in range(10))],
        "birth weights": [["Birth weight", "Births"], *([f"{n}-{n + 499}g", r.randrange(60)] for n in range(500, 5000, 500))],
        "population": [["Age", "England"], *([n, r.randrange(600_000, 720_000)] for n in range(18))],
        "views by day": [["Day", "Views"], *([n, r.randrange(100_000, 999_999)] for n in range(1, 32))],
        "calls by week": [["Week", "Calls"], *([n, r.randrange(100_000, 999_999)] for n in range(1, 30))],
        "grid": [["Easting", "Northing", "Count"], *([r.randrange(420_000, 440_000), r.randrange(420_000, 445_000), 3] for _ in range(20))],
        "head teachers": [["School", "Headteacher"], *([f"{w} Primary School", who] for w, who in zip(WARDS, staff, strict=False))],
        "coordinators": [["School", "SENCO"], *([f"{w} Primary School", who] for w, who in zip(WARDS, staff, strict=False))],
        "audited files": [["Audit", "Voice heard", "Plan"], *([f"A{n}", r.choice(("Yes", "No")), r.choice(("Yes", "No"))] for n in range(1, 21))],
        "tickets": [["Ref", "Opened", "Stage"], *([f"INC{r.randrange(10**7):07}", a_day(r), r.choice("12")] for _ in range(14))],
        "requests": [["Request", "Received", "Answer"], *([f"FOI/{r.randrange(10**4, 10**5)}", a_day(r), r.choice(("Full", "Part"))] for _ in range(14))],
        "sums": [["\u00a3"], *([r.randrange(10**5, 10**6)] for _ in range(12))],
        "inspected, no headings": [[f"{w} {r.choice(('Academy', 'Primary School'))}", a_birth(r), r.choice(("Good", "Inadequate"))] for w in WARDS],
        "hidden small numbers": [["Ward", "Sex", "Age", "Count"], *([w, s, a, r.choice(("<5", 7, 12, "*"))] for w in WARDS for s in "MF" for a in range(0, 18, 3))],
        "councillors": [["Ward", "Councillor"], *([w, who] for w, who in zip(WARDS, staff, strict=False))],
        "nurses": [["Trust", "Named nurse"], *([w, who] for w, who in zip(("LTHT", "LCH", "LYPFT", "ICB"), staff, strict=True))],
        "sign-off": [["Prepared by", "Approved by"], *([who, staff[0]] for who in staff)],
        "meeting": [["Present", "Apologies"], *([who, staff[0]] for who in staff)],
        "practices": [["Practice code", "List"], *([f"B86{r.randrange(100, 999)}", r.randrange(2000, 20_000)] for _ in range(15))],
        "accounts": [["Code", "Amount"], *([r.randrange(100_000, 999_999), r.randrange(90_000)] for _ in range(20))],
        "companies": [["Companies House", "Contract value"], *([r.randrange(10**6, 10**7), r.randrange(10**5)] for _ in range(8))],
        "centres": [["Centre", "Address"], *([f"{w} Children's Centre", f"{r.randrange(1, 99)} {w} Road"] for w in WARDS)],
        "boards": [[date(2018, 1, 9) + timedelta(days=63 * n + r.randrange(9))] for n in range(48)],
        "by ward, sex, age": [["Ward", "Sex", "Age", "Count"], *([w, s, a, r.randrange(12)] for w in WARDS for s in "MF" for a in range(0, 18, 3))],
        "by school year and sex": [["NC year", "Sex", "Exclusions"], *([f"Year {n}", s, r.randrange(25)] for n in range(1, 12) for s in "MF")],
        "by heritage": [["Ethnicity", "Sex", "Children"], *([e, s, r.randrange(3, 90)] for e in HERITAGE for s in ("Male", "Female"))],
        "ticks by school": [["School", "Policy", "Trained"], *([w, r.choice("YN"), r.choice("YN")] for w in WARDS)],
    }  # fmt: skip


def harmless(seed: int) -> dict[str, Rows]:
    """Side sheets that tell nothing of a child, by name."""
    return _harmless(Random(f"harmless {seed}"))  # noqa: S311 - sheets to test with
