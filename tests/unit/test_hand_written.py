"""A file that somebody wrote by hand is read as editors save it, and a slip in it is said without a word of jargon."""

from __future__ import annotations

import pytest

from schemas.catalogue.agreements import parsed
from schemas.hand_written import SlipError, text_of, toml
from schemas.problems import UserError


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('a = "x\nb = 1\n', "in line 1 a quotation mark is missing at the end of the line"),
        ("a = 1\na = 2\n", "in line 2 the name before the “=” is there twice"),
        ("[release]\n[release]\n", "in line 2 the heading [release] is there twice"),
        ("[agency.ltht]\n[agency.ltht]\n", "in line 2 the heading [agency.ltht] is there twice"),
        ("\na 1\n", "in line 2 after the name there is no “=”"),
        ("a = x\n", 'in line 1 words need straight quotation marks, as "these"'),
        ("a = “x”\n", 'in line 1 words need straight quotation marks, as "these"'),
        ("a = 2026-13-01\n", "a day is written as 2026-04-01"),
        ("a = [1\n", "at the end of the file a bracket is not closed"),
        ("[a\n", "in line 1 a square bracket is not closed"),
        ('a = """x', "at the end of the file a quotation mark is missing"),
        ("= 1\n", "in line 1 there is neither a name with “=” and a value"),
        ('a = "c:\\d"\n', "in line 1 a backslash in quotation marks is written twice"),
    ],
)
def test_a_slip_names_its_line_and_what_is_wrong(text, said):
    with pytest.raises(SlipError) as told:
        toml(text)
    assert said in str(told.value)
    assert not [
        each for each in ("Illegal", "Cannot", "Expected", "statement", "\\n", "column") if each in str(told.value)
    ]


def test_the_mark_of_utf_8_is_no_part_of_the_text_and_another_coding_is_named():
    assert text_of("é = 1".encode("utf-8-sig")) == text_of("é = 1".encode()) == "é = 1"
    for coding in ("utf-16", "utf-16-be"):
        content = "a = 1".encode(coding)
        content = content if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else b"\xfe\xff" + content
        with pytest.raises(SlipError, match="UTF-16"):
            text_of(content)
    with pytest.raises(SlipError, match="save it as UTF-8"):
        text_of("é".encode("latin-1"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[release]\nprepared_stands_days = "soon"', "is “soon”; it must be a whole number"),
        ("[release]\nprepared_stands_days = 0", "is “0”; it must be 1 or more"),
        ("[release]\ntwo_people = 3", "is “3”; it must be true or false"),
        ("release = 3", "must be a part of its own, under a heading in square brackets"),
    ],
)
def test_a_value_of_another_kind_is_said_plainly(text, said):
    with pytest.raises(UserError) as told:
        parsed(text, ["ltht"])
    assert said in str(told.value)
