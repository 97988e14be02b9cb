from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.docs.blocks import ROOT, pages
from tests.docs.markdown import slug

if TYPE_CHECKING:
    from pathlib import Path

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


@cache
def text(page: Path) -> str:
    return CODE.sub("", page.read_text(encoding="utf-8"))


@cache
def addresses(page: Path) -> set[str]:
    return {slug(heading) for heading in HEADING.findall(text(page))}


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    dead: list[str] = []
    for target in LINK.findall(text(page)):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        file, _, heading = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        if not there.exists() or (heading and heading not in addresses(there)):
            dead.append(target)
    assert dead == []


def test_every_decision_is_in_the_list_of_decisions():
    folder = ROOT / "docs" / "explanation" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in folder.glob("0*.md") if f"({page.name})" not in listed] == []


def test_no_page_speaks_of_rag_or_shouts():
    loud = [str(page.relative_to(ROOT)) for page in pages() if re.search(r"\bRAG\b|[a-z]!(\s|$)", text(page))]
    assert loud == ["GLOSSARY.md"]
