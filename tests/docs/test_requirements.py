from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from schemas.catalogue import catalogue
from tests.docs.blocks import ROOT
from tests.docs.generate import REFERENCE

ROW = re.compile(r"^\| (\d+) \| (.+?) \| (now|in part|later|outside) \| (.+) \|$", re.MULTILINE)
TALLY = re.compile(r"^\| (now|in part|later|outside) \| (\d+) \|", re.MULTILINE)
WORK = re.compile(r"^\| ([a-z-]+) \| [^|]+ \|$", re.MULTILINE)


def page() -> str:
    return (REFERENCE / "requirements.md").read_text(encoding="utf-8")


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall(page())


def test_every_requirement_has_one_answer():
    assert [int(number) for number, *_ in rows()] == list(range(1, len(rows()) + 1))


def test_the_tally_is_that_of_the_table():
    assert {state: int(many) for state, many in TALLY.findall(page())} == Counter(state for _, _, state, _ in rows())


def test_what_is_answered_is_answered_by_something_that_exists():
    known = catalogue().indicators
    ids = {found for *_, where in rows() for found in re.findall(r"\b[A-Z]{2}\d{2}\b", where)}
    paths = {found for *_, where in rows() for found in re.findall(r"`([a-z_\-/0-9.]+/[a-z_\-/0-9.]*)`", where)}
    assert sorted(ids - known.keys()) == []
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_what_is_left_for_later_names_work_that_is_listed():
    listed = set(WORK.findall(page()))
    later = {word.strip() for _, _, state, where in rows() if state == "later" for word in
             re.split(r"[;:]", where)[0].split(",")}  # fmt: skip
    assert sorted(later - listed) == []


def test_no_requirement_of_the_founding_documents_is_left_out():
    asked = ROOT.parent / "shared" / "domain" / "seed_requirements.csv"
    if not asked.exists():
        pytest.skip("the list drawn from the founding documents is kept outside the project")
    with asked.open(encoding="utf-8", newline="") as file:
        assert len(rows()) == sum(1 for _ in csv.DictReader(file))
