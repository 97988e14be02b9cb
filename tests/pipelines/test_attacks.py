from __future__ import annotations

import json
import shutil
import threading
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.flows import publication, returns
from pipelines.publishing.releasing import release
from pipelines.publishing.writing import alone
from pipelines.queries.pointer import current
from pipelines.queries.reading import rows
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.agreed import invented
from tests.pipelines.releases import AT, figure, inputs, order

pytestmark = pytest.mark.slow

STEWARD = Actor("Steward", "business_unit")
STRANGER = Actor("Analyst", "analyst", "ltht")
HEAD = "Agency,Indicator ID,Period,Area,Breakdown,Category,Number,Out of\n"


def sent(tmp_path, quarter: str, number: int):
    path = tmp_path / f"{quarter}.csv"
    path.write_text(f"{HEAD}wyp_leeds,PO01,{quarter},,,,{number},\n", encoding="utf-8")
    return path


def silent(_: str) -> None:
    """Progress nobody listens to."""


@pytest.fixture
def vault(tmp_path):
    home = invented(tmp_path / "home")
    quarters = ("2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4", "2026-27-Q1")
    for quarter, number in zip(quarters, (3, 3, 4, 3, 3), strict=True):
        returns.submit(home, STEWARD, sent(tmp_path, quarter, number), AT)
    return home


def test_a_made_up_file_tells_nobody_what_another_agency_once_sent(vault, tmp_path):
    probe = sent(tmp_path, "2026-27-Q2", 4000)
    told = returns.check_file(vault, STRANGER, probe, AT)
    assert {p.rule for p in told.problems}.isdisjoint({"number_is_of_another_size", "swing_has_no_reason"})
    known = returns.check_file(vault, STEWARD, probe, AT)
    assert {"number_is_of_another_size", "swing_has_no_reason"} & {p.rule for p in known.problems}


def test_an_analyst_gets_no_template_with_anothers_figures(vault, tmp_path):
    with pytest.raises(UserError, match="cannot act for"):
        returns.write_template(vault, STRANGER, "figures", "wyp_leeds", "2026-27-Q2", tmp_path / "t.xlsx", at=AT)


def test_a_damaged_pointer_is_mended_by_publishing_again(vault):
    publication.publish(vault, order())
    (vault / "publications/partnership/CURRENT").write_text("garbage")
    done = publication.publish(vault, order("Again", datetime(2026, 11, 18, tzinfo=UTC)))
    assert current(vault, "partnership").publication_id == done.publication_id


def test_a_damaged_old_publication_does_not_stop_the_next(vault):
    first = publication.publish(vault, order())
    first.path.write_bytes(b"garbage")
    done = publication.publish(vault, order("Again", datetime(2026, 11, 18, tzinfo=UTC)))
    assert current(vault, "partnership").publication_id == done.publication_id


def test_a_pointer_cannot_lead_out_of_its_folder(vault):
    publication.publish(vault, order())
    pointer = vault / "publications/partnership/CURRENT"
    pointer.write_text('{"id": "x", "file": "../../vault.duckdb", "sha256": "", "previous": null}')
    with pytest.raises(UserError, match="names no publication"):
        current(vault, "partnership")


def test_another_audiences_file_is_never_served(vault):
    publication.publish(vault, order())
    place = vault / "publications"
    shutil.copytree(place / "partnership", place / "public")
    with pytest.raises(UserError, match="was made for another audience"):
        rows(current(vault, "public"), "select * from figure")
    pointer = place / "public" / "CURRENT"
    said = json.loads(pointer.read_text())
    pointer.write_text(json.dumps(said | {"file": f"../partnership/{said['file']}"}))
    with pytest.raises(UserError, match="names no publication"):
        current(vault, "public")


def test_a_file_that_is_not_the_one_published_is_not_served(vault):
    publication.publish(vault, order())
    shown = current(vault, "partnership")
    with shown.path.open("ab") as file:
        file.write(b"more")
    with pytest.raises(UserError, match="is not the file that was published"):
        current(vault, "partnership")


def test_what_cannot_be_logged_does_not_go_live(tmp_path):
    def refuses(_: object) -> None:
        raise UserError("The vault is in use.")

    with pytest.raises(UserError, match="in use"):
        release(tmp_path, inputs(figure("CP07", 62, 226)), order(), {}, silent, refuses)
    assert current(tmp_path, "partnership") is None
    assert list((tmp_path / "publications/partnership").glob("*.duckdb")) == []


def test_two_releases_at_once_do_not_meet(vault):
    held, go = threading.Event(), threading.Event()

    def hold() -> None:
        with alone(vault, "partnership"):
            held.set()
            go.wait(30)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    with pytest.raises(UserError, match="Another release"):
        publication.publish(vault, order())
    go.set()
    other.join(10)


@pytest.mark.parametrize(
    "words",
    [
        ["load", "nothere.csv"],
        ["load", "."],
        ["check", "/dev/zero"],
        ["template", "figures", "--agency", "nobody", "--period", "2026-27-Q2", "-o", "t.xlsx"],
        ["template", "figures", "--agency", "ltht", "--period", "2026-27-Q9", "-o", "t.xlsx"],
        ["template", "figures", "--agency", "ltht", "--period", "2026-27-Q2", "-o", "t.txt"],
        ["template", "figures", "--agency", "ltht", "--period", "2026-27-Q2", "-o", "no/such/folder/t.xlsx"],
        ["export", "figures", "-o", "out.csv"],
        ["publish"],
        ["publish", "--audience", "public"],
        ["serve", "--port", "99999"],
        ["log", "verify"],
        ["benchmarks", "nothere.csv"],
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_one_sentence_and_exit_code_two(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path / "home"))
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_the_marked_copy_never_takes_the_place_of_the_return(tmp_path, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path / "home"))
    path = sent(tmp_path, "2026-27-Q2", 4)
    before = path.read_bytes()
    done = CliRunner().invoke(main, ["check", str(path), "--annotate", str(path)])
    assert done.exit_code == 2
    assert path.read_bytes() == before


def test_a_nil_return_after_figures_is_asked_about(vault, tmp_path):
    path = tmp_path / "nil.csv"
    cover = "Kind,figures\nAgency,wyp_leeds\nPeriod,2026-27-Q2\nNil return,Yes\n\n"
    path.write_text(f"{cover}{HEAD}", encoding="utf-8")
    told = returns.check_file(vault, STEWARD, path, AT)
    assert "nil_return_after_figures" in {p.rule for p in told.problems}
    assert told.verdict == "accepted_with_queries"
