from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.layouts import Label, Layout, LeftOut, Place, SheetMap, loaded, written
from schemas.layouts.when import period_named, years_in
from schemas.periods import parse
from schemas.problems import UserError

GOOD = """\
id = "police-scorecard"
title = "Scorecard of the district"
agency_id = "wyp_leeds"
labels = [
    { words = "DV notifications with a child", indicator_id = "DA01" },
    { words = "of which repeats", indicator_id = "DA01", breakdown = "repeat", category = "repeat" },
]
left_out = [{ words = "Target", reason = "Not a figure" }]

[[sheets]]
names = { indicator = "Measure" }
places = [{ heading = "Q1", period = "Q1" }, { heading = "Q2", period = "Q2" }]
year_total = "Year"
"""
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def test_a_layout_is_read_from_its_text():
    layout = loaded(GOOD)
    assert layout.labels[1].category == "repeat"
    assert [place.period for place in layout.sheets[0].places] == ["Q1", "Q2"]
    assert not layout.is_confirmed


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('"DA01" }', '"DA1" }', "labels 1 (“DV notifications with a child”): “DA1” is no indicator; perhaps “DA01”"),
        ('"wyp_leeds"', '"wyp_leds"', "“wyp_leds”, which is no agency; perhaps “wyp_leeds”"),
        ('breakdown = "repeat"', 'breakdown = "repeats"', "“repeats” is no breakdown; perhaps “repeat”"),
        ('breakdown = "repeat"', 'breakdown = "sex"', "“repeat” is no category of sex; it has girls, boys, not_known"),
        ('breakdown = "repeat", category = "repeat"', 'breakdown = "repeat"', "stands without a category"),
        ('breakdown = "repeat", category = "repeat"', 'area = "Leeds"', "Leeds is E08000035"),
        ('breakdown = "repeat", category = "repeat"', 'answer = "denominator"', "is a count and has no out of"),
        ('"of which repeats"', '"dv notifications  with a child"', "stands 2 times"),
        ('"Target"', '"DV notifications with a child"', "stands 2 times"),
        ('{ heading = "Q2"', '{ heading = "q1"', "sheets 1, places: “q1” stands 2 times"),
        ('period = "Q2"', 'period = "Q7"', "sheets 1, places 2, period: period “Q7” is none of Q1 to Q4"),
        ("indicator = ", "measure = ", "sheets 1, names: names has measure, which is none of indicator_id"),
        ('{ indicator = "Measure" }', '{ category = "Part" }', "names has neither indicator_id nor indicator"),
        ("year_total", "year_totals", "sheets 1, year_totals is not a field here"),
        ('title = "Scorecard of the district"', "", "title is missing, Add it"),
        ('id = "police-scorecard"', 'id = "police-scorecard', "cannot be read as TOML"),
    ],
)
def test_a_fault_is_one_sentence_that_says_where_and_what(was, becomes, said):
    assert was in GOOD
    with pytest.raises(UserError) as why:
        loaded(GOOD.replace(was, becomes, 1))
    assert said in str(why.value)
    assert "\n" not in str(why.value)


def test_an_indicator_worked_out_here_is_not_sent():
    with pytest.raises(UserError, match="PA05 is worked out here and not sent"):
        loaded(GOOD.replace('"DA01" }', '"PA05" }', 1))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5_000,
        "a = " + "[" * 2_000 + "]" * 2_000,
        "a = " + "{a = " * 9 + "1" + "}" * 9,
        "x" * 256_001,
        f"{'a.' * 50_000}a = 1",
        f"{'a . ' * 50_000}a = 1",
        f"""{"'a'." * 50_000}a = 1""",
        f'x = ["""a"""", {{{"a." * 50_000}a = 1}}]',
        f"title = {'1' * 5_000}",
        f"title = 0x{'f' * 5_000}",
        '"""' + '\\"""' * 40_000,
        "",
        "\0",
    ],
)
def test_what_is_no_layout_at_all_is_refused(text):
    begun = time.process_time()
    with pytest.raises(UserError, match="The layout"):
        loaded(text)
    assert time.process_time() - begun < 2  # fifty thousand parts of one key took a minute


def test_what_a_parser_says_is_repeated_by_its_place_alone():
    with pytest.raises(UserError, match="cannot be read as TOML at line 2, column") as why:
        loaded("'Kayden Example' = {}\n['Kayden Example']\n")
    assert "Kayden" not in str(why.value)


def test_dots_and_brackets_within_words_are_words():
    words = "a.b.c.d.e.f.g.h.i.j (" + "[{" * 9
    text = GOOD.replace("Target", words).replace("[[sheets]]", f"# {words}\n[[sheets]]")
    assert loaded(text).left_out[0].words == words


@given(WORDS, WORDS, WORDS, st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_what_is_written_reads_back_as_it_was(title, words, heading, day):
    layout = Layout(
        id="a-1",
        title=title,
        sheets=(
            SheetMap(names={"indicator": heading, "category": ""}, places=(Place(heading=heading, period="Q1"),)),
            SheetMap(sheet=title, names={"indicator_id": words}, places=(Place(heading=words, answer="value"),)),
        ),
        labels=(Label(words=f"a{words}", indicator_id="DA01", breakdown="repeat", category="repeat"),),
        left_out=(LeftOut(words=f"b{words}", reason=title),),
        not_supplied=("-", title),
        confirmed_by="Data steward",
        confirmed_on=day,
    )
    assert loaded(written(layout)) == layout


def test_a_word_for_a_period_counts_within_the_year_it_is_given():
    financial, calendar = parse("FY2026-27"), parse("CY2026")
    assert [period_named(word, financial).id for word in ("Q1", "quarter 4", "Apr", "March", "year")] == [
        "2026-27-Q1", "2026-27-Q4", "2026-04", "2027-03", "FY2026-27",
    ]  # fmt: skip
    assert [period_named(word, calendar).id for word in ("Q1", "Q4", "Jan", "Year")] == [
        "2025-26-Q4", "2026-27-Q3", "2026-01", "CY2026",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "financial", "calendar"),
    [
        ("Q2 2026/27", ["FY2026-27"], []),
        ("Performance scorecard 26-27", ["FY2026-27"], []),
        ("Apr-26", ["FY2026-27"], ["CY2026"]),
        ("Sept 2026", ["FY2026-27"], ["CY2026"]),
        ("March '27", ["FY2026-27"], ["CY2027"]),
        ("2026-04-01", ["FY2026-27"], ["CY2026"]),
        ("01/03/2027", ["FY2026-27"], ["CY2027"]),
        ("Scorecard 2026", [], ["CY2026"]),
        ("16-17 year olds", [], []),
        ("Children aged 10-11, 2019-21", [], []),
        ("2025/26 and 2026/27", ["FY2025-26", "FY2026-27"], []),
    ],
)
def test_a_year_is_known_from_the_words_of_a_heading(text, financial, calendar):
    assert sorted(year.id for year in years_in(text, calendar=False)) == financial
    assert sorted(year.id for year in years_in(text, calendar=True)) == calendar
