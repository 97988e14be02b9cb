"""What is guessed of a spreadsheet nobody has described, and that no guess called likely is wrong."""

from __future__ import annotations

import csv
import random
import re
from datetime import date
from pathlib import Path

import pytest

from pipelines.checking.guessing import names as named
from pipelines.checking.guessing import tables, whole
from pipelines.checking.guessing.columns import Use
from pipelines.checking.guessing.labels import meant
from pipelines.checking.guessing.names import Names
from pipelines.checking.guessing.wording import telling
from pipelines.reading import Sheet, Workbook
from schemas.catalogue import catalogue
from schemas.returns.meaning import meaning

PUBLISHED = Path(__file__).parents[3] / "shared" / "realdata" / "published_scorecard.csv"
SHORT = {
    "children looked after": "CLA", "child protection plans": "CPPs", "child protection plan": "CPP", "section 47": "S47",
    "child protection": "CP", "children in need": "CIN", "domestic abuse": "DV", "return interviews": "RHIs",
    "early help": "EH", "family help": "FH", "elective home education": "EHE", "children missing education": "CME",
    "percentage": "%", "working days": "WD", "social worker": "SW", "sexual exploitation": "CSE", "EHC plans": "EHCPs",
    "was not brought": "WNB", "health visitor": "HV", "initial conference": "ICPC", "children": "YP",
}  # fmt: skip
# What the published scorecard's rows are in the catalogue, as somebody who knows both reads them. Most are not in it.
RIGHT = {
    "% Children living in poverty": "CX01",
    "Number of children / YP living in the area who are the responsibility of other LA's": "LA10",
    "Number of DV notifications from police where a child is present": "DA01",
    "Number of children Missing from Home": "EX08",
    "Number of children Missing from Education": "ED07",
    "% of children who had an independent return interview": "EX09",
    "Number of Early Help assessments authorised": "EH02",
}


@pytest.fixture(scope="module")
def known():
    return named.names(catalogue())


def sent():
    return [each for each in catalogue().indicators.values() if not each.computed_from]


def shortened(words: str) -> str:
    for whole_words, short in SHORT.items():
        words = re.sub(re.escape(whole_words), short, words, flags=re.IGNORECASE)
    return words


def judged(known, wordings):
    """How many of the wordings are guessed right, and those whose guess is called likely and is wrong."""
    right, wrong = 0, []
    for indicator_id, words in wordings:
        found = meant(words, known(indicator_id, words) if callable(known) else known)
        right += found.best is not None and found.best.indicator_id == indicator_id
        if found.certainty == "likely" and found.best.indicator_id != indicator_id:
            wrong.append((words, found.best))
    return right, wrong


def test_titles_shuffled_and_abbreviated_are_found_and_none_is_surely_wrong(known):
    dice = random.Random(7)  # noqa: S311 - the same order every time

    def mixed(words):
        return " ".join(dice.sample(words.split(), len(words.split())))

    titles = [(each.id, mixed(shortened(each.title))) for each in sent()]
    aliases = [(each.id, mixed(shortened(alias))) for each in sent() for alias in each.aliases]
    right, wrong = judged(known, titles)
    assert right >= 0.95 * len(titles) and wrong == []
    right, wrong = judged(known, aliases)
    assert right >= 0.95 * len(aliases) and wrong == []


def test_a_name_never_seen_is_often_found_and_never_surely_wrong(known):
    def without(indicator_id, words):
        every = [n for n in known.every if n.indicator_id != indicator_id or n.answer or n.words != telling(words)]
        return Names(known.catalogue, tuple(every), {k: v for k, v in known.exact.items() if k != meaning(words)})

    wordings = [(each.id, words) for each in sent() for words in (each.title, *each.aliases)]
    right, wrong = judged(without, wordings)
    assert right >= 0.65 * len(wordings) and wrong == []


def test_a_measure_the_catalogue_does_not_have_is_never_surely_found(known):
    def absent(indicator_id, _):
        exact = {words: ids - {indicator_id} for words, ids in known.exact.items() if ids - {indicator_id}}
        return Names(known.catalogue, tuple(n for n in known.every if n.indicator_id != indicator_id), exact)

    _, wrong = judged(absent, [(each.id, words) for each in sent() for words in (each.title, *each.aliases)])
    assert wrong == []


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published scorecard is not beside this repository")
def test_a_published_scorecard_is_mostly_found_and_never_surely_wrong(known):
    with PUBLISHED.open(encoding="utf-8-sig", newline="") as file:
        words = [row["Key Performance Indicator"] for row in csv.DictReader(file)]
    assert set(RIGHT) <= set(words)
    found = {each: meant(each, known) for each in words}
    likely = {each: f.best.indicator_id for each, f in found.items() if f.certainty == "likely"}
    assert {each: indicator_id for each, indicator_id in likely.items() if RIGHT.get(each) != indicator_id} == {}
    offered = [each for each, right in RIGHT.items() if right in {m.indicator_id for m in found[each].matches}]
    assert len(offered) == len(RIGHT)  # each can be chosen from the first few
    first = [each for each, right in RIGHT.items() if found[each].best and found[each].best.indicator_id == right]
    assert len(first) >= 5


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("Single assessments in 15 days", "FD08"),  # 45 is meant by the indicator
        ("Number of re-referrals within 12 months", "FD04"),  # the number, not the share
        ("% contacts to the Front Door", "FD01"),  # the share, not the number
        ("Children not missing education", "ED07"),
    ],
)
def test_what_speaks_against_a_match_keeps_it_from_being_likely(known, words, other):
    found = meant(words, known)
    assert other in {match.indicator_id for match in found.matches}
    assert found.certainty != "likely"


def test_of_two_as_alike_the_agencys_own_comes_first(known):
    for agency_id, first in (("lcc_cf", "LA04"), ("lch", "LA09")):
        assert meant("Health assessments", known, agency_id).matches[0].indicator_id == first, agency_id


def sheet(*rows, name="Sheet1", merged=(), percent=()):
    wide = max(map(len, rows))
    return Sheet(
        name,
        visible=True,
        rows=[[*row, *[None] * (wide - len(row))] for row in rows],
        percent=frozenset(percent),
        merged=merged,
    )


def book(*sheets):
    return Workbook(Path("own.xlsx"), "own.xlsx", "0" * 64, "xlsx", sheets)


def uses(table):
    return {each.heading: (each.use.role, each.use.period, each.use.answer) for each in table.columns}


WIDE = sheet(
    ["Children and Families: quarterly performance"],
    [None],
    [None, None, "2026/27", None, None, None],
    ["No", "What we count", "Qtr 1", "Qtr 2", "Qtr 3", "Qtr 4", "Outturn", "Target"],
    [None, "Contacts and referrals"],
    [1, "Contacts to front door", 2500, 2600, None, None, 5100, 5000],
    [2, "Re-referrals in 12 mths", 0.24, 0.25, None, None, 0.245, 0.2],
    [None, "Total", 2500, 2600],
    merged=((2, 2, 2, 5),),
    percent=((6, 2), (6, 3)),
)


def test_a_title_block_merged_years_and_a_year_total_are_read_as_what_they_are(known):
    table = tables.guessed(WIDE, known, "lcc_cf")
    assert (table.head.first, table.head.last) == (3, 3)
    assert uses(table) == {
        "No": ("unread", "", "numerator"), "What we count": ("indicator", "", "numerator"),
        **{f"Qtr {n}": ("figures", f"Q{n}", "numerator") for n in (1, 2, 3, 4)},
        "Outturn": ("year_total", "", "numerator"), "Target": ("unread", "", "numerator"),
    }  # fmt: skip
    rows = {
        row.words: (row.left_out, row.meant.best and (row.meant.best.indicator_id, row.meant.best.answer))
        for row in table.rows
    }
    assert rows["Contacts and referrals"][0] == tables.HEADING
    assert rows["Total"][0] == tables.TOTAL
    assert rows["Contacts to front door"] == ("", ("FD01", ""))
    assert rows["Re-referrals in 12 mths"] == ("", ("FD04", "value"))  # 24 % is no number of children


def test_two_lines_say_the_quarter_and_the_part(known):
    table = tables.guessed(
        sheet(
            ["Measure", "Q1", None, "Q2", None],
            [None, "Number", "Out of", "Number", "Out of"],
            ["Repeat CP plans", 20, 90, 21, 95],
            merged=((0, 1, 0, 2), (0, 3, 0, 4)),
        ),
        known,
        "lcc_cf",
    )
    assert uses(table) == {
        "Measure": ("indicator", "", "numerator"),
        "Q1 Number": ("figures", "Q1", "numerator"), "Q1 Out of": ("figures", "Q1", "denominator"),
        "Q2 Number": ("figures", "Q2", "numerator"), "Q2 Out of": ("figures", "Q2", "denominator"),
    }  # fmt: skip
    assert table.rows[0].meant.best.answer == ""  # the columns say which part it is


@pytest.mark.parametrize("words", ["Re-referrals in 12 mths", "% re-referrals within 12 months"])
@pytest.mark.parametrize(
    ("cells", "answer", "is_filled_in"),
    [
        ((938, 1127), "numerator", False),  # no percentage, whatever the words say
        (("938", "1,127"), "numerator", False),
        ((24, 101), "numerator", False),
        ((24.5, 101), "value", True),  # a percentage mistyped is for the check to say
        (("24%", "22%"), "value", True),
    ],
)
def test_whole_numbers_above_a_hundred_are_no_percentage(known, words, cells, answer, is_filled_in):
    table = tables.guessed(
        sheet(["Measure", "Q1", "Q2"], [words, *cells], ["Overnight custody", 4, 5]), known, "lcc_cf"
    )
    best = table.rows[0].meant.best
    assert (best.indicator_id, best.answer) == ("FD04", answer)
    assert (table.rows[0].meant.certainty == "likely") is is_filled_in


def test_dates_at_the_head_are_months_and_a_column_without_heading_may_name_the_rows(known):
    table = tables.guessed(
        sheet(
            [None, date(2026, 7, 1), date(2026, 8, 1)],
            ["Contacts to Duty and Advice", 100, 90],
            ["Overnight custody", 1, 2],
        ),
        known,
        "",
    )
    assert [each.use.period for each in table.figures] == ["Jul", "Aug"]
    assert [each.heading for each in table.figures] == ["July 2026", "August 2026"]
    assert table.having("indicator").column == 0


def test_a_column_of_numbers_that_nothing_names_is_not_read_and_not_surely_so(known):
    # 2025 could be the calendar or the financial year; “Total” alone may be the figure itself.
    table = tables.guessed(
        sheet(["Measure", "Q1 2025", "This quarter", "Total"], ["Overnight custody", 4, 5, 9]), known, "wyp_leeds"
    )
    sure = {each.heading: (each.use.role, each.use.confidence) for each in table.columns}
    assert sure["Q1 2025"] == ("unread", 0.0)
    assert sure["This quarter"][0] == "figures"
    assert sure["Total"] == ("year_total", 45.0)


@pytest.mark.parametrize(
    ("quarters", "told"), [(["Q1 2026/27", "Q2 2026/27"], "When"), (["Q1 2026/27", "Q1 2026/27"], "")]
)
def test_quarters_down_the_rows_are_noticed(known, quarters, told):
    rows = [
        [words, quarter, 9] for quarter in quarters for words in ("Contacts to the front door", "Overnight custody")
    ]
    assert tables.guessed(sheet(["What", "When", "Num"], *rows), known, "").quarters_down == told


def test_prose_and_hidden_sheets_are_no_tables(known):
    hidden = Sheet("Hidden", visible=False, rows=WIDE.rows)
    prose = sheet(["Notes on the figures"], ["See Q1 for the method"], ["2025 was a year"], name="Notes")
    assert whole.guess(book(hidden, prose), known).tables == ()


def test_what_a_person_says_goes_before_what_is_guessed(known):
    said = tables.Said(head=4, uses={6: Use("unread"), 5: Use("figures", "2026-27-Q4", "value")})
    table = tables.guessed(WIDE, known, "lcc_cf", said)
    assert uses(table)["Outturn"][0] == "unread"
    assert uses(table)["Qtr 4"] == ("figures", "2026-27-Q4", "value")
    assert tables.guessed(WIDE, known, "lcc_cf", tables.Said(head=1)).figures == ()


def test_the_layout_holds_the_answers_given_and_nothing_else(known):
    second = sheet(*WIDE.rows[3:], name="Another")
    guess = whole.guess(book(WIDE, second), known, "lcc_cf")
    chosen = {
        meaning("Contacts to front door"): whole.Chosen("FD01"),
        meaning("Total"): whole.Chosen(left_out=tables.TOTAL),
    }
    made = whole.layout(guess, chosen, id="own", title="Our scorecard", agency_id="lcc_cf")
    assert [(label.words, label.indicator_id) for label in made.labels] == [("Contacts to front door", "FD01")]
    assert [(left.words, left.reason) for left in made.left_out] == [
        ("Total", tables.TOTAL), ("No", tables.NO_FIGURES), ("Target", tables.NO_FIGURES),
    ]  # fmt: skip
    (only,) = made.sheets  # two sheets of one shape
    assert only.names == {"indicator": "What we count"}
    assert [(place.heading, place.period) for place in only.places] == [(f"Qtr {n}", f"Q{n}") for n in (1, 2, 3, 4)]
    assert only.year_total == "Outturn"
    assert not made.is_confirmed


def test_no_more_labels_are_guessed_than_a_person_can_answer_for(known):
    many = [[f"Measure of something {n:04} else", n] for n in range(5_000)]
    table = tables.guessed(sheet(["Measure", "Q1"], *many), known, "")
    assert len(table.rows) == tables.MOST_LABELS + 1
