"""Invented lists of children in every shape, and side sheets that look like them and are none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise, product
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Rows = list[list[Any]]
TODAY = date(2026, 11, 26)
EPOCH = date(1899, 12, 30)
# Every other name is invented, as half of a real list's are in no list of names.
_FIRST = [
    "Kayden",
    "Oriska",
    "Maisie",
    "Tavelin",
    "Zofia",
    "Brennick",
    "Aaliyah",
    "Jorvane",
    "Tyler",
    "Melisande",
    "Ayodele",
    "Quillon",
    "Imogen",
    "Zarvina",
]
_LAST = [
    "Okafor",
    "Thornleby",
    "Begum",
    "Vaskerton",
    "Nowak",
    "Ellerbrake",
    "Patel",
    "Drumlow",
    "Zielinska",
    "Hartigold",
    "Osei",
    "Penverrow",
]
_WARDS = ["Armley", "Bramley", "Harehills", "Morley", "Wetherby", "Seacroft", "Beeston", "Pudsey", "Otley", "Horsforth"]
_CODES = ["WBRI", "MWAS", "APKN", "BAFR", "AOTH"]


def _birth(random: Random) -> date:
    return TODAY - timedelta(days=random.randrange(30, 18 * 365))


def _recent(random: Random) -> date:
    return TODAY - timedelta(days=random.randrange(1, 500))


def _first(random: Random) -> str:
    return random.choice(_FIRST)


def _last(random: Random) -> str:
    return random.choice(_LAST)


def _case(random: Random) -> int:
    return random.randrange(4_100_000, 4_900_000)


def _initials(random: Random) -> str:
    return "".join(random.choice("ABDEFGHJKLMNPRST") for _ in "ab")


def _nhs(random: Random) -> str:
    while True:
        nine = [random.choice("467"), *(str(random.randrange(10)) for _ in range(8))]
        check = 11 - sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), nine, strict=True)) % 11
        if check != 10:
            return "".join(nine) + str(check % 11)


def _oddly(number: str, *groups: int) -> str:
    cuts = [sum(groups[:n]) for n in range(len(groups) + 1)]
    return " ".join(number[a:b] for a, b in pairwise(cuts))


def _upn(random: Random) -> str:
    digits = [random.randrange(10) for _ in range(12)]
    letter = "ABCDEFGHJKLMNPQRTUVWXYZ"[sum(place * digit for place, digit in enumerate(digits, 2)) % 23]
    return letter + "".join(map(str, digits))


# By name: the headings, or none, and what each child's cells hold.
CHILDREN: dict[str, tuple[list[str], list[Callable[[Random], Any]]]] = {
    "looked after, renamed": (["Ref", "M/F", "Birth", "Eth", "Started"],
                              [_case, lambda r: r.choice("12"), _birth, lambda r: r.choice(_CODES), _recent]),
    "looked after, no headings": ([], [_case, lambda r: r.choice("12"), lambda r: (_birth(r) - EPOCH).days,
                                       lambda r: r.choice(_CODES), lambda r: r.choice(["N1", "N2"])]),
    "names in two cells": (["A", "B", "C"], [_first, _last, lambda r: r.randrange(18)]),
    "surname first": ([], [_last, _first]),
    "surname comma first name": (["Case", "Note"], [lambda r: f"{_last(r)}, {_first(r)}", lambda _: "NFA"]),
    "whole names": (["Who"], [lambda r: f"{_first(r)} {_last(r)}"]),
    "only first names": (["Case", "Note"], [_first, lambda _: "NFA"]),
    "only surnames": (["Case"], [_last]),
    "small letters": ([], [lambda r: _first(r).lower()]),
    "capitals": ([], [lambda r: _last(r).upper(), lambda r: r.choice("MF")]),
    "case numbers": (["LAID", "Status"], [_case, lambda r: r.choice(["CP", "CIN"])]),
    "case numbers as text": (["Ident"], [lambda r: f"LCS-{_case(r)}"]),
    "initials and a day": (["Who", "When"], [_initials, _recent]),
    "births": (["When", "Count"], [_birth, lambda _: 1]),
    "births as at midnight": ([], [lambda r: datetime.combine(_birth(r), datetime.min.time())]),
    "births in ISO text": (["Key"], [lambda r: _birth(r).isoformat()]),
    "births in short text": (["Key"], [lambda r: f"{_birth(r):%d/%m/%y}"]),
    "births in words": (["Key"], [lambda r: f"{_birth(r):%d %B %Y}"]),
    "births with dots": ([], [lambda r: f"{_birth(r):%d.%m.%Y}"]),
    "births in eight digits": ([], [lambda r: f"{_birth(r):%Y%m%d}"]),
    "births as day numbers": (["Key"], [lambda r: (_birth(r) - EPOCH).days]),
    "births, year first": ([], [lambda r: f"{_birth(r):%Y/%m/%d}"]),
    "births in Polish": (["Data urodzenia", "Dzielnica"], [_birth, lambda r: r.choice(_WARDS)]),
    "births misspelt": (["Date of brith"], [lambda r: TODAY - timedelta(days=r.randrange(20, 700))]),
    "names in Spanish": (["Nombre", "Apellido"], [_first, _last]),
    "NHS numbers in odd groups": (["Ref"], [lambda r: _oddly(_nhs(r), 2, 2, 2, 2, 2)]),
    "NHS numbers as four three three": ([], [lambda r: _oddly(_nhs(r), 4, 3, 3)]),
    "pupil numbers in odd groups": ([], [lambda r: _oddly(_upn(r), 2, 5, 3, 3)]),
    "postcodes in two cells": ([], [lambda r: f"LS{r.randrange(1, 29)}", lambda r: f"{r.randrange(1, 10)}{r.choice(['AP', 'QT', 'HL'])}"]),
    "postcodes": ([], [lambda r: f"LS{r.randrange(1, 29)} {r.randrange(1, 10)}QT"]),
    "addresses": ([], [lambda r: f"{r.randrange(2, 90)} {r.choice(['Acacia', 'Laburnum', 'Thornfield'])} Avenue"]),
    "reference, sex, age": (["Ref", "M/F", "Age at referral", "Ward"],
                            [lambda r: f"C{r.randrange(900)}", lambda r: r.choice("MF"), lambda r: r.randrange(18),
                             lambda r: r.choice(_WARDS[:5])]),
    "initials, sex, age in words": ([], [_initials, lambda r: r.choice("MF"), lambda r: f"{r.randrange(2, 17)} yrs"]),
}  # fmt: skip


def children(name: str, seed: int, count: int = 16) -> Rows:
    """One list, its headings first where it has any."""
    random = Random(f"{name} {seed}")  # noqa: S311 - a list to test with
    headings, cells = CHILDREN[name]
    rows = [[cell(random) for cell in cells] for _ in range(count)]
    return [list(headings), *rows] if headings else rows


def _quarters(random: Random) -> Rows:
    ends = [
        date(year, month, day) for year in range(2014, 2027) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    ]
    return [["Quarter end", "Plans"], *([end, random.randrange(90, 800)] for end in ends)]


def _weeks(random: Random) -> Rows:
    first = date(2019, 1, 7)
    return [[first + timedelta(weeks=n), random.randrange(40)] for n in range(300)]


def _wide(random: Random) -> Rows:
    ends = [
        date(year, month, day) for year in range(2018, 2027) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    ]
    titles = ["Contacts", "Referrals", "Assessments", "Plans begun", "Plans ended", "Budget in pounds"]
    return [["Measure", *ends], *([title, *(random.randrange(1_000_000, 9_000_000) for _ in ends)] for title in titles)]


def _actions(random: Random) -> Rows:
    roles = ["Head of service", "Named nurse", "Detective inspector", "DSL lead"]
    return [["No", "Action", "Owner", "Due"], *(
        [n, f"Review the {_WARDS[n % 10]} pathway, part {n}", random.choice(roles), TODAY + timedelta(days=random.randrange(300))]
        for n in range(1, 15)
    )]  # fmt: skip


def _owned(random: Random) -> Rows:
    return [
        ["Action", "Owner", "Due date"],
        *([f"Write up step {n}", _first(random), _recent(random)] for n in range(12)),
    ]


def _agencies(random: Random) -> Rows:
    names = [
        "Leeds City Council",
        "West Yorkshire Police",
        "NHS West Yorkshire",
        "Probation",
        "Youth Justice",
        "Cafcass",
    ]
    return [["Agency", "Short", "Since"], *([n, n[:3].upper(), random.randrange(2009, 2024)] for n in names)]


def _wards(random: Random) -> Rows:
    return [
        ["Ward", "Code", "Children"],
        *([w, f"E0500{n:04}", random.randrange(36_000, 47_000)] for n, w in enumerate(_WARDS)),
    ]


def _schools(random: Random) -> Rows:
    kinds = ["Primary School", "Academy", "High School"]
    return [["School", "URN", "Last inspected", "Pupils"], *(
        [f"{w} {random.choice(kinds)}", random.randrange(107_000, 149_000), _birth(random), random.randrange(200, 1400)]
        for w in _WARDS
    )]  # fmt: skip


def _schools_bare(random: Random) -> Rows:
    return [[f"{w} Primary School", random.randrange(107_000, 149_000)] for w in _WARDS]


def _staff(random: Random) -> Rows:
    return [
        ["Team", "Posts", "Vacant", "Starters"],
        *([f"{w} team", random.randrange(30), random.randrange(5), random.randrange(9)] for w in _WARDS),
    ]


def _roll(random: Random) -> Rows:
    return [
        ["Name", "Job title", "Joined"],
        *([f"{_first(random)} {_last(random)}", "Social worker", _birth(random)] for _ in range(9)),
    ]


def _meetings(random: Random) -> Rows:
    return [["Meeting dates"], *([date(2025, 1, 8) + timedelta(days=random.randrange(600))] for _ in range(14))]


def _meetings_bare(random: Random) -> Rows:
    return [[date(2025, 1, 8) + timedelta(days=random.randrange(600))] for _ in range(14)]


def _audit(random: Random) -> Rows:
    bands, areas = ["Under 1", "1 to 4", "5 to 9", "10 to 15"], ["East", "South", "West"]
    return [["Audit reference", "Case", "Age", "Sex", "Ethnic group", "Locality"], *(
        ["AU-2026-01", n, random.choice(bands), random.choice(["Female", "Male"]), "White", random.choice(areas)]
        for n in range(1, 21)
    )]  # fmt: skip


def _ages(random: Random) -> Rows:
    return [["Age", "Girls", "Boys"], *([age, random.randrange(20), random.randrange(20)] for age in range(18))]


def _crossed(random: Random) -> Rows:
    pairs = product(_WARDS, ["Female", "Male"])
    return [
        ["Ward", "Sex", "Children", "Spend"],
        *([w, s, random.randrange(900), random.randrange(100_000, 999_999)] for w, s in pairs),
    ]


def _policies(random: Random) -> Rows:
    return [["Policy", "Approved"], *([f"Policy on {w.lower()} visits", _birth(random)] for w in _WARDS)]


def _budget(random: Random) -> Rows:
    return [
        ["Year", "Income", "Spend"],
        *([year, random.randrange(10**6, 9 * 10**6), random.randrange(10**6, 9 * 10**6)] for year in range(2015, 2027)),
    ]


def _months(random: Random) -> Rows:
    return [[f"{date(2025 + n // 12, n % 12 + 1, 1):%b-%y}", random.randrange(100_000, 999_999)] for n in range(20)]


def _days(random: Random) -> Rows:
    return [["Date", "Calls"], *([date(2026, 7, 1) + timedelta(days=n), random.randrange(90)] for n in range(92))]


def _units(random: Random) -> Rows:
    names = random.sample(["Willow", "Rowan", "Oak", "Hazel", "Holly", "Maple", "Daisy", "Poppy", "Beech", "Robin"], 8)
    return [["Unit", "Beds"], *([name, random.randrange(4, 30)] for name in names)]


def _small_areas(random: Random) -> Rows:
    return [["LSOA", "Rate"], *([f"E010{random.randrange(11_000, 12_000)}", random.random()] for _ in range(20))]


def _practices(random: Random) -> Rows:
    return [
        ["Practice", "ODS", "List size"],
        *([f"{w} Medical Practice", f"B86{n:03}", random.randrange(3000, 45_000)] for n, w in enumerate(_WARDS)),
    ]


def _codes(random: Random) -> Rows:
    return [
        ["Cost centre", "Amount"],
        *([random.randrange(310_000, 390_000), round(random.random() * 10**5, 2)] for _ in range(15)),
    ]


def _courses(random: Random) -> Rows:
    return [["Course", "Held on", "Trainer"], *([f"Course {w}", _birth(random), _first(random)] for w in _WARDS)]


def _answers(random: Random) -> Rows:
    return [
        ["Question", "Yes", "No"],
        *([f"Do you know about topic {n}?", random.randrange(300), random.randrange(90)] for n in range(12)),
    ]


def _districts(random: Random) -> Rows:
    return [[f"LS{n}", random.randrange(2000)] for n in range(1, 29)]


HARMLESS: tuple[Callable[[Random], Rows], ...] = (
    _quarters, _weeks, _wide, _actions, _owned, _agencies, _wards, _schools, _schools_bare, _staff, _roll, _meetings,
    _meetings_bare, _audit, _ages, _crossed, _policies, _budget, _months, _days, _units, _small_areas, _practices, _codes,
    _courses, _answers, _districts,
)  # fmt: skip


def harmless(kind: Callable[[Random], Rows], seed: int) -> Rows:
    """One side sheet that tells nothing of a child."""
    return kind(Random(f"{kind.__name__} {seed}"))  # noqa: S311 - a sheet to test with
