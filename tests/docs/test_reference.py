from __future__ import annotations

import pytest

from schemas.catalogue import catalogue
from schemas.published.tables import TABLES
from schemas.returns import kinds
from schemas.rule import rules_of
from tests.docs.commands import every_command
from tests.docs.generate import PAGES, REFERENCE
from tests.docs.mistakes import in_words
from tests.docs.tables import without_words
from tests.pipelines.faults import FAULTS


def read(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


# Its examples are made by checking a spoilt return for each of 34 mistakes.
PATIENT = {"mistakes.md": pytest.mark.slow}


@pytest.mark.parametrize("name", [pytest.param(name, marks=PATIENT.get(name, ())) for name in PAGES])
def test_a_reference_page_says_what_the_code_says(name):
    page = REFERENCE / name
    is_current = page.exists() and page.read_text(encoding="utf-8") == PAGES[name]()
    assert is_current, f"docs/reference/{name} is out of date. Renew it with: make docs"


def test_every_column_of_a_publication_is_described_in_words():
    assert without_words() == [], "describe it in tests/docs/columns.toml, then: make docs"


def test_every_indicator_rule_table_and_command_has_its_heading():
    from pipelines.cli import main

    asked = {
        "indicators.md": [f"### {i.id} {i.title}" for i in catalogue().indicators.values()],
        "rules.md": [f"### {rule.name}" for kind in ("file", *kinds()) for rule in rules_of(kind)],
        "publication-tables.md": [f"## {name}" for name in TABLES],
        "commands.md": [f"## {name}" for name, _ in every_command(main, "throughline")],
    }
    missing = [f"{page}: {heading}" for page, all_of in asked.items() for heading in all_of
               if f"\n{heading}\n" not in read(page)]  # fmt: skip
    assert missing == []


def test_every_mistake_has_its_heading_and_every_way_it_happens_its_line():
    text = read("mistakes.md")
    assert [number for number in range(1, 35) if f"\n## {number}. " not in text] == []
    assert [fault.name for fault in FAULTS if f"\n| {in_words(fault)} |" not in text] == []


def test_every_rule_says_why_and_how_to_mend_it():
    silent = [rule.name for kind in ("file", *kinds()) for rule in rules_of(kind)
              if not rule.reason or (not rule.fix and rule.message != "{sentence}")]  # fmt: skip
    assert silent == []
