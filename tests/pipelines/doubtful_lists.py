"""Invented lists of children whose signs are weak or unusual, and harmless sheets that share one of them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Rows = list[list[Any]]
TODAY = date(2026, 11, 26)
_FIRST = [
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
_WARDS = ["Armley", "Morley", "Wetherby", "Seacroft", "Beeston", "Otley", "Pudsey"]
_SCHOOLS = ["Cockburn", "Roundhay", "Temple Moor", "Carr Manor", "Abbey Grange", "Lawnswood"]
_HERITAGE = ["White British", "Pakistani", "Black African", "Mixed", "Roma"]
_CONCERNS = [
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


def _birth(r: Random) -> date:
    return TODAY - timedelta(days=r.randrange(200, 6500))


def _recent(r: Random) -> date:
    return date(2026, 7, 1) + timedelta(days=r.randrange(90))


def _initials(r: Random) -> str:
    return r.choice("ABDJKMRT") + r.choice("BDGKLMRT")


def _sex(r: Random) -> str:
    return r.choice("MF")


def _age(r: Random) -> int:
    return r.randrange(18)


def _year(r: Random) -> str:
    return r.choice(["Reception", *(f"Year {n}" for n in range(1, 12))])


def _of(*choices: object) -> Callable[[Random], Any]:
    return lambda r: r.choice(choices)


Cells = tuple[list[str], list["Callable[[Random], Any]"]]
# What can be nothing else, or too likely something else: the file is refused.
REFUSED: dict[str, Cells] = {
    "private mail": (["Contact"], [lambda r: f"{r.choice(_FIRST).lower()}.{r.choice(_LAST).lower()}{r.randrange(99)}@gmail.com"]),
    "house and street": (["No", "Street"], [lambda r: r.randrange(1, 160), _of("Tong Road", "Town Street", "Oak Lane")]),
    "crimes with seven digits": (["Ref", "Offence"], [lambda r: f"13 {r.randrange(10**5, 10**6 - 1):07}/26", _of("Assault", "Neglect")]),
    "births with the month in words": (["Day", "Month", "Year"], [lambda r: r.randrange(1, 29), lambda r: f"{_birth(r):%B}", lambda r: r.randrange(2010, 2025)]),
    "crimes": (["Ref", "Offence"], [lambda r: f"13/{r.randrange(1000, 99999)}/26", _of("Assault", "Neglect")]),
    "another script": (["\u0418\u043c\u044f"], [_of(*_SCRIPT)]),
    "joined names": (["ID"], [lambda r: r.choice(_FIRST) + r.choice(_LAST)]),
    "names with numbers": (["ID"], [lambda r: f"{r.choice(_FIRST).lower()}{r.randrange(1, 30)}"]),
    "a name and what follows": (["Child"], [lambda r: f"{r.choice(_FIRST)} Example{r.randrange(9)}"]),
    "births in three columns": (["D", "M", "Y"], [lambda r: r.randrange(1, 29), lambda r: r.randrange(1, 13), lambda r: r.randrange(2009, 2025)]),
    "births that are to come": (["Ref", "Next review"], [lambda r: f"C{r.randrange(100, 999)}", _birth]),
    "births due, as numbers": (["Due"], [lambda r: (_birth(r) - date(1899, 12, 30)).days]),
    "a lead with an age": (["Lead", "Age"], [_of(*_FIRST), _age]),
    "keys": (["Key", "CP"], [lambda r: f"{r.getrandbits(32):08x}", _of("Y", "N")]),
    "families": (["Case"], [lambda r: f"The {r.choice(_LAST)} family"]),
    "siblings in a cell": (["Household"], [lambda r: f"{r.choice(_FIRST)}, {r.choice(_FIRST)} & {r.choice(_FIRST)}"]),
}  # fmt: skip
# What may be chance: somebody is asked, and the file is not kept.
ASKED: dict[str, Cells] = {
    "year of birth": (["YOB", "Sex", "School"], [lambda r: _birth(r).year, _sex, _of(*_SCHOOLS)]),
    "initials and age": ([], [_initials, _age]),
    "initials, year, concern": (["Init", "Yr", "Concern"], [_initials, _year, _of(*_CONCERNS)]),
    "initials by month": (["Row Labels", "Apr", "May"], [_initials, lambda r: r.randrange(4), lambda r: r.randrange(4)]),
    "age, sex, heritage, ward": (["Age", "Gender", "Ethnicity", "Ward"], [_age, _sex, _of(*_HERITAGE), _of(*_WARDS)]),
    "age, sex, school, concern": (["Age", "Sex", "School", "Concern"], [_age, _sex, _of(*_SCHOOLS), _of(*_CONCERNS)]),
    "school year, district, sex": (["NCY", "PC", "M/F"], [_year, lambda r: f"LS{r.randrange(1, 29)}", _sex]),
    "one coded cell": (["Ref"], [lambda r: f"{_sex(r)}/{_age(r)}/{r.choice(['WBRI', 'APKN', 'BAFR'])}"]),
    "ages in two parts": (["Age", "Sex"], [lambda r: f"{_age(r)};{r.randrange(12)}", _sex]),
    "ages with parts of years": (["Age", "Sex"], [lambda r: round(0.05 + r.random() * 17, 2), _sex]),
    "days and stories": (["When", "What happened"], [_recent, _of(*_STORIES)]),
    "numbered children and stories": (["Child", "Story"], [lambda r: f"Child {r.randrange(60)}", _of(*_STORIES)]),
    "numbers and ticks": (["ID", "CP", "CIN"], [lambda r: r.randrange(1000, 9999), _of("Y", "N"), _of("Y", "N")]),
    "a pivot of ones": (["School", "Age", "Sex", "Count"], [_of(*_SCHOOLS), _age, _sex, lambda _: 1]),
    "births said to be registered": (["Registered"], [_birth]),
    "young people by number": (["Young person", "Status", "Lives"], [lambda r: f"YP {r.randrange(1, 400)}", _of("ICO", "FCO", "Voluntary"), _of("Kin", "Residential", "Remand")]),
    "ages without a space": (["How old", "Setting"], [lambda r: f"{r.randrange(1, 15)}y{r.randrange(1, 11)}m", _of(*_SCHOOLS)]),
    "exact ages": (["Age", "Harm"], [lambda r: round(r.random() * 16, 1), _of("Fall", "Scald", "Bite")]),
    "ages in weeks": (["Age (weeks)", "Harm"], [lambda r: r.randrange(1, 200), _of("Fall", "Scald", "Bite")]),
    "months of birth in words": (["Notes"], [lambda r: f"{r.choice(['CP', 'EH'])}, born {_birth(r):%b %Y}"]),
    "ticks": (["Ref", "Plan", "Looked after"], [lambda r: f"Z{r.randrange(1, 9000):04}", _of("\u2713", None), _of("\u2713", None)]),
    "noughts": (["Key", "A", "B"], [lambda r: r.randrange(20_001, 99_999), _of(0, 1), _of(0, 1)]),
    "handles": (["Account", "Where", "Worry"], [lambda r: f"@{r.choice(_FIRST).lower()}{r.randrange(9999)}", _of("Discord", "Kik"), _of("Gangs", "Grooming")]),
    "sectors": ([], [lambda r: f"LS{r.randrange(1, 28)} {r.randrange(1, 9)}", _sex, _age, _of("Open", "Shut")]),
    "several in a cell": (["Ward", "Number", "Who"], [_of(*_WARDS), lambda _: 2, lambda r: f"{_initials(r)} ({r.randrange(1, 17)}), {_initials(r)} ({r.randrange(1, 17)})"]),
    "a line of each": (["Cases"], [lambda r: f"{_initials(r)} {r.randrange(1, 17)} {r.choice(_SCHOOLS)} EHCP"]),
    "numbers of two lengths": (["Ref", "Step"], [lambda r: r.choice([r.randrange(700_000, 999_999), r.randrange(1_000_000, 1_300_000)]), _of("Up", "Down")]),
    "expected births": (["Setting", "Due"], [_of(*_SCHOOLS), lambda r: date(2026, 12, 1) + timedelta(days=r.randrange(190))]),
    "counts of one beside a three": (["Sex", "Age", "Where", "Number"], [_sex, _age, lambda r: f"Site {r.randrange(10**6)}", _of(1, 1, 1, 1, 1, 1, 3)]),
    "months of birth": (["Month", "School"], [lambda r: f"{_birth(r):%b-%y}", _of(*_SCHOOLS)]),
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
        "change log": [["Version", "Date", "What changed"], *([f"v{n}", _birth(r), "Measures changed"] for n in range(12))],
        "numbered change log": [["Version", "Changed on", "By"], *([1 + n / 10, _birth(r), "Analyst"] for n in range(12))],
        "policies": [["Policy", "Last changed"], *([name, _birth(r)] for name in policies)],
        "inspections": [["Inspection", "Date", "Grade"], *([name, _birth(r), "Good"] for name in ("ILACS", "SIF", "JTAI", "CQC", "Focused visit"))],
        "contracts": [["Contract", "Starts", "Ends"], *([f"C{r.randrange(100, 999)}", _birth(r), TODAY] for _ in range(10))],
        "birth weights": [["Birth weight", "Births"], *([f"{n}-{n + 499}g", r.randrange(60)] for n in range(500, 5000, 500))],
        "population": [["Age", "England"], *([n, r.randrange(600_000, 720_000)] for n in range(18))],
        "views by day": [["Day", "Views"], *([n, r.randrange(100_000, 999_999)] for n in range(1, 32))],
        "calls by week": [["Week", "Calls"], *([n, r.randrange(100_000, 999_999)] for n in range(1, 30))],
        "grid": [["Easting", "Northing", "Count"], *([r.randrange(420_000, 440_000), r.randrange(420_000, 445_000), 3] for _ in range(20))],
        "head teachers": [["School", "Headteacher"], *([f"{w} Primary School", who] for w, who in zip(_WARDS, staff, strict=False))],
        "coordinators": [["School", "SENCO"], *([f"{w} Primary School", who] for w, who in zip(_WARDS, staff, strict=False))],
        "audited files": [["Audit", "Voice heard", "Plan"], *([f"A{n}", r.choice(("Yes", "No")), r.choice(("Yes", "No"))] for n in range(1, 21))],
        "tickets": [["Ref", "Opened", "Stage"], *([f"INC{r.randrange(10**7):07}", _recent(r), r.choice("12")] for _ in range(14))],
        "requests": [["Request", "Received", "Answer"], *([f"FOI/{r.randrange(10**4, 10**5)}", _recent(r), r.choice(("Full", "Part"))] for _ in range(14))],
        "sums": [["\u00a3"], *([r.randrange(10**5, 10**6)] for _ in range(12))],
        "inspected, no headings": [[f"{w} {r.choice(('Academy', 'Primary School'))}", _birth(r), r.choice(("Good", "Inadequate"))] for w in _WARDS],
        "hidden small numbers": [["Ward", "Sex", "Age", "Count"], *([w, s, a, r.choice(("<5", 7, 12, "*"))] for w in _WARDS for s in "MF" for a in range(0, 18, 3))],
        "councillors": [["Ward", "Councillor"], *([w, who] for w, who in zip(_WARDS, staff, strict=False))],
        "nurses": [["Trust", "Named nurse"], *([w, who] for w, who in zip(("LTHT", "LCH", "LYPFT", "ICB"), staff, strict=True))],
        "sign-off": [["Prepared by", "Approved by"], *([who, staff[0]] for who in staff)],
        "meeting": [["Present", "Apologies"], *([who, staff[0]] for who in staff)],
        "practices": [["Practice code", "List"], *([f"B86{r.randrange(100, 999)}", r.randrange(2000, 20_000)] for _ in range(15))],
        "accounts": [["Code", "Amount"], *([r.randrange(100_000, 999_999), r.randrange(90_000)] for _ in range(20))],
        "companies": [["Companies House", "Contract value"], *([r.randrange(10**6, 10**7), r.randrange(10**5)] for _ in range(8))],
        "centres": [["Centre", "Address"], *([f"{w} Children's Centre", f"{r.randrange(1, 99)} {w} Road"] for w in _WARDS)],
        "boards": [[date(2018, 1, 9) + timedelta(days=63 * n + r.randrange(9))] for n in range(48)],
        "by ward, sex, age": [["Ward", "Sex", "Age", "Count"], *([w, s, a, r.randrange(12)] for w in _WARDS for s in "MF" for a in range(0, 18, 3))],
        "by school year and sex": [["NC year", "Sex", "Exclusions"], *([f"Year {n}", s, r.randrange(25)] for n in range(1, 12) for s in "MF")],
        "by heritage": [["Ethnicity", "Sex", "Children"], *([e, s, r.randrange(3, 90)] for e in _HERITAGE for s in ("Male", "Female"))],
        "ticks by school": [["School", "Policy", "Trained"], *([w, r.choice("YN"), r.choice("YN")] for w in _WARDS)],
    }  # fmt: skip


def harmless(seed: int) -> dict[str, Rows]:
    """Side sheets that tell nothing of a child, by name."""
    return _harmless(Random(f"harmless {seed}"))  # noqa: S311 - sheets to test with
