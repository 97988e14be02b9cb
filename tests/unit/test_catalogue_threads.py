from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from schemas.catalogue import CatalogueError, catalogue, load
from schemas.catalogue.loading import FOLDER
from schemas.published.assuring import RULES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def said(tmp_path: Path):
    """What loading a copy of the catalogue says once a word of one file is another."""

    def faults(file: str, old: str, new: str) -> list[str]:
        folder = shutil.copytree(FOLDER, tmp_path / "c", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(CatalogueError) as refused:
            load(folder)
        return [str(fault) for fault in refused.value.faults]

    return faults


def test_every_domain_an_audit_grades_is_the_eye_of_one_thread():
    domains = [thread.audit_domain for thread in catalogue().threads.values() if thread.audit_domain]
    assert sorted(domains) == sorted(catalogue().choices["audit_domain"])


def test_every_standard_but_policies_belongs_to_a_thread_whole():
    whole = {name for thread in catalogue().threads.values() for name in thread.standards}
    assert set(catalogue().instruments["organisational"].standards) - whole == {"OS2"}


def test_every_aspect_has_its_rule_and_front_line_quality_looks_at_all_domains():
    assert list(catalogue().aspects) and set(catalogue().aspects) == set(RULES)
    assert set(catalogue().aspects["front_line"].audit_domains) == set(catalogue().choices["audit_domain"])


@pytest.mark.slow
def test_an_eye_nobody_knows_is_named_with_the_nearest(said):
    (fault,) = said("triangulation.toml", 'audit_domain = "oversight"', 'audit_domain = "oversigt"')
    assert fault == (
        "triangulation.toml, training_supervision, audit_domain: “oversigt” is not in choices/. "
        "Did you mean “oversight”? Mend it, or add it there."
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("indicator", "whose"), [("SV02", "surveys"), ("VO01", "audits"), ("PA06", "self-assessments")]
)
def test_an_indicator_that_is_one_of_the_other_eyes_is_refused(said, indicator, whose):
    (fault,) = said("triangulation.toml", '"PO06"', f'"{indicator}"')
    assert f"“{indicator}” is what {whose} say, which would count one eye twice." in fault


@pytest.mark.slow
def test_a_thread_with_one_eye_is_refused(said):
    (fault,) = said("triangulation.toml", 'statements = ["OS3.4", "OS5.5", "OS9.5"]\n', "")
    assert fault.startswith("triangulation.toml, equality: only one eye sees it")


@pytest.mark.slow
def test_a_statement_of_a_standard_that_is_there_whole_is_refused(said):
    (fault,) = said("triangulation.toml", 'standards = ["OS6"]', 'standards = ["OS6"]\nstatements = ["OS6.1"]')
    assert "OS6.1 is already in a standard it names" in fault


@pytest.mark.slow
def test_an_aspect_that_asks_a_statement_nobody_wrote_is_refused(said):
    (fault,) = said("assurance.toml", '"OS1.6"', '"OS1.9"')
    assert fault.startswith("assurance.toml, roles, statements: “OS1.9” is not in instruments/organisational.toml.")
