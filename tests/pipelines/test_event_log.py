"""What the event log says of each act, to whom, and that it says nothing it must not."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner

from pipelines.cli import HOME, main
from pipelines.flows import log, refusals, returns, taking_away, withdrawing
from pipelines.flows.taking_away import Taken
from pipelines.queries import event_log
from pipelines.queries.event_log import Wanted
from pipelines.reports import tables
from pipelines.store import events
from pipelines.store.opening import NotWritableError, transaction
from schemas.actors import Actor
from schemas.acts import of_group
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
AT = datetime(2026, 10, 20, 12, tzinfo=UTC)
STEWARD = Actor("Steward", "business_unit")
ANALYST = Actor("=Analyst", "analyst", "probation_wy")
HEAD = "Agency,Indicator ID,Indicator,Period,Area,Breakdown,Category,Number,Out of,Value,Marker,Nil,Reason\n"
CHILD = "Kayden Oddlysaid"
REASON = "These were the figures of another quarter"
ANY = Wanted()


@pytest.fixture(scope="module")
def acted(tmp_path_factory) -> tuple[Path, list[tuple[str, str]]]:
    """A home in which one thing after another was done, and after each the acts that were logged of it."""
    home = tmp_path_factory.mktemp("acted")
    sent = home / "probation.csv"
    said: list[tuple[str, str]] = []

    def figures(number: str) -> None:
        sent.write_text(f"{HEAD}probation_wy,PO05,,2026-27-Q2,,,,{number},,,,,\n", encoding="utf-8")
        returns.submit(home, ANALYST, sent, AT)

    def personal() -> None:
        path = home / f"{CHILD}.csv"
        path.write_text(f"Name,NHS number,Date of birth\n{CHILD},943 476 5919,01/02/2011\n", encoding="utf-8")
        report = returns.check_file(home, ANALYST, path, AT)
        refusals.note(home, ANALYST, report, AT)
        refusals.note(home, ANALYST, report, AT)

    first = "probation_wy.figures.2026-27-Q2.v1"
    taken = Taken("figures", "csv", 12, "OFFICIAL", "partnership", "20261020T120000Z-00000000")
    steps = {
        "sends": lambda: figures("41"),
        "sends the very same": lambda: figures("41"),
        "sends anew": lambda: figures("48"),
        "sends what is refused": lambda: figures("forty"),
        "goes back": lambda: withdrawing.revert(home, ANALYST, first, REASON, AT),
        "takes back": lambda: withdrawing.withdraw(home, STEWARD, first, REASON, AT),
        "drops a child's details": personal,
        "takes figures away": lambda: taking_away.note(home, ANALYST, taken, AT),
        "takes away what is public": lambda: taking_away.note(home, Actor("x", "public"), taken, AT),
        "takes the log away": lambda: log.export(home, STEWARD, ANY, home / "log.csv", AT),
    }
    for name, step in steps.items():
        before = len(entries_of(home))
        step()
        now = entries_of(home)
        said.append((name, " ".join(each.action for each in now[: len(now) - before])))
    return home, said


def entries_of(home: Path) -> tuple[event_log.Entry, ...]:
    return event_log.entries(home, STEWARD, ANY, limit=100).entries


def test_each_act_is_one_entry_and_what_changes_nothing_is_none(acted):
    assert acted[1] == [
        ("sends", "submission.received settings.noted"),
        ("sends the very same", ""),
        ("sends anew", "submission.received"),
        ("sends what is refused", "submission.refused"),
        ("goes back", "submission.reverted"),
        ("takes back", "submission.withdrawn"),
        ("drops a child's details", "file.refused"),
        ("takes figures away", "export.made"),
        ("takes away what is public", ""),
        ("takes the log away", "export.made"),
    ]


def test_each_entry_is_a_sentence_that_says_who_did_what(acted):
    words = [each.words for each in entries_of(acted[0])][::-1]
    assert words == [
        (
            "Throughline looked for the first time at files by which releases and removals go, so that a change of them by hand "
            "shows from here on: SYNTHETIC, agreements.toml, disclosure.toml, markings.toml, owners.toml, settings.toml."
        ),
        "Probation Service, West Yorkshire sent its quarterly return of figures for 2026-27 Q2: 1 of 1 rows taken.",
        "Probation Service, West Yorkshire sent its quarterly return of figures for 2026-27 Q2 (version 2): 1 of 1 rows taken.",
        "Probation Service, West Yorkshire sent its quarterly return of figures for 2026-27 Q2 (version 3), which was refused: number cannot be read.",
        "Probation Service, West Yorkshire went back to its quarterly return of figures for 2026-27 Q2.",
        "The business unit took back Probation Service, West Yorkshire’s quarterly return of figures for 2026-27 Q2.",
        "Probation Service, West Yorkshire dropped a file that was refused; nothing of it was kept: person level data.",
        "Probation Service, West Yorkshire took away the figures as a file, marked OFFICIAL.",
        "The business unit took away the event log as a file, marked OFFICIAL-SENSITIVE.",
    ]


def test_nothing_of_a_refused_file_and_no_reason_is_anywhere_in_the_log(acted):
    with transaction(acted[0], write=False) as connection:
        # Of the letters of a fingerprint any three may stand together.
        whole = re.sub(r"\b[0-9a-f]{64}\b", "", events.listing(connection).to_csv())
    for secret in ("Kayden", "Oddlysaid", "943", "2011", "forty", "another quarter"):
        assert secret not in whole


def test_the_reason_is_kept_where_it_can_be_taken_out(acted):
    with transaction(acted[0], write=False) as connection:
        kept = connection.execute("select reason from submission where state = 'withdrawn'").fetchall()
    assert kept == [(REASON,)]


@pytest.mark.parametrize(
    ("wanted", "many"),
    [
        (Wanted(since="2026-10-21", actor="Steward"), 0),
        (Wanted(since="2026-10-20", until="2026-10-20", actor="=Analyst"), 6),
        (Wanted(until="2026-10-19", actor="=Analyst"), 0),
        (Wanted(actions=of_group("Files taken away")), 2),
        (Wanted(agency_id="probation_wy"), 7),
        (Wanted(agency_id="probation"), 0),
        (Wanted(actor="Steward"), 2),
        (Wanted(actor="Throughline"), 1),
        (Wanted(actor="' or true --"), 0),
    ],
)
def test_entries_are_found_by_day_act_agency_and_person(acted, wanted, many):
    assert event_log.entries(acted[0], STEWARD, wanted, limit=1).many == many


def test_pages_of_the_log_are_each_entry_once(acted):
    seen: list[int] = []
    before = None
    while True:
        page = event_log.entries(acted[0], STEWARD, ANY, limit=3, before=before)
        seen += [each.position for each in page.entries]
        assert page.many == 9
        assert page.older == 9 - len(seen)
        if not page.older:
            break
        before = page.entries[-1].position
    assert seen == list(range(9, 0, -1))


@pytest.mark.parametrize("role", ["executive", "scrutineer", "analyst", "approver", "chair", "practitioner", "public"])
def test_nobody_but_the_business_unit_reads_the_log(acted, role):
    actor = Actor("x", role, "probation_wy")
    asked = (
        lambda: event_log.entries(acted[0], actor, ANY, limit=1),
        lambda: event_log.people(acted[0], actor),
        lambda: event_log.state(acted[0], actor),
        lambda: log.table(acted[0], actor, ANY),
        lambda: log.export(acted[0], actor, ANY, acted[0] / "no.csv", AT),
        lambda: list(log.listed(acted[0], actor, ANY, 1)),
        lambda: log.verify(acted[0], actor),
    )
    for each in asked:
        with pytest.raises(UserError, match="needs the role business unit"):
            each()
    assert not (acted[0] / "no.csv").exists()


def test_a_copy_runs_nothing_and_says_how_it_is_marked(acted, tmp_path):
    found = log.table(acted[0], STEWARD, Wanted(actor="=Analyst"))
    tables.write(tmp_path / "log.csv", found, title="Event log", marked=log.marking())
    rows = list(csv.DictReader((tmp_path / "log.csv").read_text("utf-8-sig").splitlines()))
    assert {row["who"] for row in rows} == {"'=Analyst"}
    about = json.loads((tmp_path / "log.csv.about.json").read_text("utf-8"))
    assert about["marking"] == "OFFICIAL-SENSITIVE"
    tables.write(tmp_path / "log.xlsx", found, title="Event log", marked=log.marking())
    sheet = openpyxl.load_workbook(tmp_path / "log.xlsx").worksheets[0]
    assert "OFFICIAL-SENSITIVE" in sheet["A1"].value
    assert "OFFICIAL-SENSITIVE" in sheet.oddHeader.left.text
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_file_that_cannot_be_logged_is_not_given(acted, monkeypatch, tmp_path):
    def full(*_args, **_options):
        raise NotWritableError("The disk is full.")

    monkeypatch.setattr(taking_away, "transaction", full)
    out = tmp_path / "log.csv"
    with pytest.raises(NotWritableError):
        log.export(acted[0], STEWARD, ANY, out, AT)
    assert list(tmp_path.iterdir()) == []


def test_the_command_lists_verifies_and_names_the_first_bad_entry(acted, monkeypatch, tmp_path):
    monkeypatch.setenv(HOME, str(acted[0]))
    shown = CliRunner().invoke(main, ["log", "list", "--last", "2", "--group", "returns"])
    assert shown.output.splitlines()[0].endswith(": person level data. [=Analyst]")
    assert shown.output.splitlines()[-1].startswith("4 older.")
    assert CliRunner().invoke(main, ["log", "verify"]).output.startswith("The event log is whole: 9 entries.\n")
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("vault.duckdb", events.HEAD):
        (copy / name).write_bytes((acted[0] / name).read_bytes())
    with transaction(copy, write=True) as connection:
        connection.execute("update event set actor = 'Somebody' where position in (3, 5)")
    monkeypatch.setenv(HOME, str(copy))
    bad = CliRunner().invoke(main, ["log", "verify"])
    assert bad.exit_code == 1
    assert "Entry 3 has been altered." in bad.output
    assert "The first bad entry is 3." in bad.output
    warned = "The event log is not whole: the first bad entry is 3. “throughline log verify” says more, and what to do."
    assert warned in CliRunner().invoke(main, ["status"]).output
    packed = CliRunner().invoke(main, ["backup", "-o", str(tmp_path / "one.tar")])
    assert (packed.exit_code, warned in packed.output, (tmp_path / "one.tar").exists()) == (0, True, True)
