from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.widgets.html import Html, hidden, join, plain, tag, words
from app.widgets.tables import Column, Row, table


def test_text_is_escaped_and_markup_is_not_escaped_twice():
    assert words("<b>") == "&lt;b&gt;"
    assert words(tag("b", "<")) == "<b>&lt;</b>"


def test_text_that_equals_markup_seen_before_is_still_escaped():
    words(Html("<i>x</i>"))
    assert words("<i>x</i>") == "&lt;i&gt;x&lt;/i&gt;"


def test_an_attribute_cannot_be_broken_out_of():
    assert tag("img", alt='"><script>') == '<img alt="&quot;&gt;&lt;script&gt;">'


def test_dates_periods_and_counts_stay_on_one_line():
    said = words("Due 30 September 2026 for 2026-27 Q2: 62 of 226, R-14, 17% to 25%, per 10,000.")
    for kept in ("30 September 2026", "2026-27 Q2", "62 of 226", "R-14", "17% to 25%", "per 10,000"):
        assert f'<span class="nb">{kept}</span>' in said


def test_none_and_false_leave_nothing_behind():
    assert tag("p", None, cls=None, hidden=False) == "<p></p>"
    assert join(None, "a", None) == "a"


def test_words_for_the_ear_are_kept_off_the_eye():
    assert hidden("Concern") == '<span class="sr">Concern</span>'


@given(st.text())
def test_any_text_comes_back_as_it_was_written(text):
    assert plain(words(text)) == text


@given(st.text())
def test_no_text_opens_an_element(text):
    assert words(text).replace('<span class="nb">', "").replace("</span>", "").count("<") == 0


def test_every_part_of_a_table_keeps_its_role_and_its_column_name():
    made = table("Agencies", [Column("Agency"), Column("Figures received", "Figures")], [Row("Police", ("3 of 4",))])
    for part in ('role="table"', 'role="rowheader"', 'role="cell" data-l="Figures"', "<caption", 'scope="row"'):
        assert part in made
