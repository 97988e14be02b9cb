"""Originals go when their time is over, and nothing else does; a legal hold keeps them, and a slip in it stops everything."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.flows import publication, retaining, settings
from pipelines.flows.log import verify
from pipelines.publishing import Order
from pipelines.queries.receipts import receipt
from pipelines.store import events, files, retention, submissions
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.agreed import invented
from tests.pipelines.test_store import FIRST, Return, figures

pytestmark = pytest.mark.slow

STEWARD = Actor("a.steward", "business_unit")
SECOND = Return(b"second", figures({"FD01": (813, None), "FD04": (2494, 10304)}))
OLD, NEW = "lcc_cf.figures.2026-27-Q2.v1", "lcc_cf.figures.2026-27-Q2.v2"
CAME, LATER = datetime(2026, 10, 9, 12, tzinfo=UTC), datetime(2027, 1, 9, 12, tzinfo=UTC)
DUE = datetime(2028, 10, 9, 12, 1, tzinfo=UTC)


@pytest.fixture
def home(tmp_path):
    """Two versions of a return, three months apart."""
    invented(tmp_path)
    with transaction(tmp_path, write=True) as vault:
        submissions.receive(vault, tmp_path, STEWARD, FIRST, FIRST.content, at=CAME)
        submissions.receive(vault, tmp_path, STEWARD, SECOND, SECOND.content, at=LATER)
    return tmp_path


def agreed(home, text):
    (home / "settings.toml").write_text(text, encoding="utf-8")
    return home


def names(home):
    return {path.name for path in files.every(home)}


BOTH = {FIRST.file_sha256, SECOND.file_sha256}


@pytest.mark.parametrize(
    "text",
    [None, "", "[retention]\n", '[retention]\nlegal_hold = ["lcc_cf"]\n', "[retention]\noriginals_months = 240\n"],
)
def test_nothing_is_removed_before_its_time_or_where_no_time_is_set(home, text):
    if text is not None:
        agreed(home, text)
    retaining.purge(home, STEWARD, DUE)
    assert names(home) == BOTH


def test_what_came_longer_ago_is_removed_and_its_rows_stay(home):
    agreed(home, "[retention]\noriginals_months = 24\n")
    assert retaining.purge(home, STEWARD, datetime(2028, 10, 9, 12, tzinfo=UTC))[-1].startswith("0 originals")
    said = retaining.purge(home, STEWARD, DUE)
    assert said[0] == f"{OLD}, received 09 October 2026" and said[-1].startswith("1 original removed")
    assert names(home) == {SECOND.file_sha256}
    with transaction(home, write=False) as vault:
        log = events.listing(vault)
        assert vault.execute("select count(*) from observation where submission_id = ?", [OLD]).fetchone()[0] > 0
        assert vault.execute("select file_sha256 from submission").fetchall() == [
            (FIRST.file_sha256,),
            (SECOND.file_sha256,),
        ]
        assert events.verify(vault, home) == []
    last = log.iloc[-1]
    assert (last["action"], last["subject"]) == ("original.removed", OLD)
    assert json.loads(last["detail"]) == {"file_sha256": FIRST.file_sha256, "months": 24}
    assert retaining.purge(home, STEWARD, DUE)[-1].startswith("0 originals")
    with transaction(home, write=True) as vault:
        vault.execute("delete from original_removed")
    assert [each.words for each in verify(home, STEWARD).faults] == [
        f"The original of {OLD} was removed by the log, and the vault does not note it so."
    ]


def test_a_dry_run_names_them_and_changes_nothing(home):
    agreed(home, "[retention]\noriginals_months = 1\n")
    with transaction(home, write=False) as vault:
        before = events.head(vault)
    said = retaining.purge(home, STEWARD, DUE, dry_run=True)
    assert [line.split(",")[0] for line in said[:-1]] == [OLD, NEW] and said[-1].startswith(
        "2 originals would be removed"
    )
    with transaction(home, write=False) as vault:
        assert events.head(vault) == before
    assert names(home) == BOTH


@pytest.mark.parametrize("hold", ["true", '["lcc_cf"]', f'["{OLD}", "{NEW}"]'])
def test_a_legal_hold_keeps_what_it_names(home, hold):
    agreed(home, f"[retention]\noriginals_months = 1\nlegal_hold = {hold}\n")
    retaining.purge(home, STEWARD, DUE)
    assert names(home) == BOTH


def test_a_hold_on_one_submission_keeps_no_other(home):
    agreed(home, f'[retention]\noriginals_months = 1\nlegal_hold = ["{OLD}"]\n')
    retaining.purge(home, STEWARD, DUE)
    assert names(home) == {FIRST.file_sha256}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[retention]\noriginals_months = 1\nlegal_hold = ["lcc_fc"]\n', "names “lcc_fc”, which is no agency"),
        ("[retention]\noriginals_months = 0\n", "a whole number of months"),
        ("[retention]\noriginals_months = true\n", "a whole number of months"),
        ('[retention]\noriginals_months = "24"\n', "a whole number of months"),
        ("[retention]\noriginal_months = 24\n", "and not “original_months”"),
        ('[retention]\nlegal_hold = "lcc_cf"\n', "legal_hold is true, or a list"),
        ("retention = 24\n", "is a heading"),
        ("legal_hold = true\n[retention]\noriginals_months = 1\n", "legal_hold stands outside"),
        ("[retention\n", "cannot be read as TOML"),
    ],
)
def test_a_slip_in_the_settings_removes_nothing_and_is_said(home, text, said):
    agreed(home, text)
    with pytest.raises(UserError, match=said):
        retaining.purge(home, STEWARD, DUE)
    assert names(home) == BOTH


@pytest.mark.slow
def test_a_release_removes_them_too_and_a_slip_stops_it_before_anything_is_made(home):
    agreed(home, "[retention]\noriginals_month = 24\n")
    order = Order("partnership", "", STEWARD, DUE)
    with pytest.raises(UserError, match="originals_month"):
        publication.publish(home, order)
    assert not list((home / "publications").rglob("*.duckdb"))
    agreed(home, "[retention]\noriginals_months = 24\n")
    publication.publish(home, order)
    assert names(home) == {SECOND.file_sha256}


def test_a_file_that_a_later_submission_names_stays_until_that_ones_time_is_over(home):
    agreed(home, "[retention]\noriginals_months = 24\n")
    again = replace(FIRST, agency_id="ltht")
    with transaction(home, write=True) as vault:
        submissions.receive(vault, home, STEWARD, again, again.content, at=LATER)
    retaining.purge(home, STEWARD, DUE)
    assert names(home) == BOTH
    retaining.purge(home, STEWARD, datetime(2029, 2, 1, tzinfo=UTC))
    assert names(home) == set()


def test_a_removal_that_was_cut_off_between_note_and_file_is_finished_by_the_next(home, monkeypatch):
    agreed(home, "[retention]\noriginals_months = 24\n")
    monkeypatch.setattr("pipelines.store.retention.sweep", lambda *_: 0)
    retaining.purge(home, STEWARD, DUE)
    assert names(home) == BOTH
    monkeypatch.undo()
    retaining.purge(home, STEWARD, DUE)
    assert names(home) == {SECOND.file_sha256}


def test_a_hold_put_back_while_originals_are_removed_keeps_them(home, monkeypatch):
    agreed(home, "[retention]\noriginals_months = 24\n")
    note = retention.note

    def put_back(*given, **said):
        note(*given, **said)
        agreed(home, '[retention]\noriginals_months = 24\nlegal_hold = ["lcc_cf"]\n')

    monkeypatch.setattr(retention, "note", put_back)
    with pytest.raises(UserError, match=r"settings\.toml was changed while .* Nothing was removed\. Start again"):
        retaining.purge(home, STEWARD, DUE)
    monkeypatch.undo()
    retaining.purge(home, STEWARD, DUE)
    assert names(home) == BOTH


def test_the_receipt_says_when_the_original_was_removed(home):
    agreed(home, "[retention]\noriginals_months = 24\n")
    retaining.purge(home, STEWARD, DUE)
    assert receipt(home, STEWARD, OLD).original == "The original was removed on 9 October 2028 as agreed."
    assert "Original:    The original was removed on 9 October 2028 as agreed." in receipt(home, STEWARD, OLD).as_text()
    assert receipt(home, STEWARD, NEW).original == "" and "Original:" not in receipt(home, STEWARD, NEW).as_text()


def test_the_command_removes_and_nobody_but_the_business_unit_may(home):
    agreed(home, "[retention]\noriginals_months = 1\n")
    for role in ("analyst", "executive", "scrutineer", "public"):
        with pytest.raises(UserError, match="needs the role business unit"):
            retaining.purge(home, Actor("x", role, "lcc_cf"), DUE)
    done = CliRunner(env={"THROUGHLINE_HOME": str(home)}).invoke(main, ["purge", "--dry-run"])
    assert done.exit_code == 0 and "would be removed" in done.output


def test_settings_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "settings.toml").write_text("[retention]\noriginals_months = 24\n", encoding="utf-16")
    with pytest.raises(UserError, match="saved as UTF-16, which some editors call Unicode; save it as UTF-8") as why:
        settings.retention(tmp_path)
    assert str(tmp_path) not in str(why.value)
    (tmp_path / "settings.toml").write_text("[retention]\noriginals_months = 24\n", encoding="utf-8-sig")
    assert settings.retention(tmp_path).originals_months == 24


def test_a_hold_that_names_nobody_stops_a_release_before_it_is_made_and_says_so(home):
    agreed(home, '[retention]\noriginals_months = 1\nlegal_hold = ["lcc_fc"]\n')
    with pytest.raises(
        UserError, match=r"names “lcc_fc”, which is no agency and no submission\. Nothing was published"
    ):
        retaining.refuse_slips(home)
