from __future__ import annotations

import io
import json
import shutil
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.flows import reminding, returns
from pipelines.queries import inbox
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines import log_book
from tests.pipelines.assessment_book import registered, school

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

STEWARD = Actor("Steward", "business_unit")
CAME, TODAY = datetime(2026, 10, 28, 16, 5, tzinfo=UTC), datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
HEAD = "Indicator ID,Agency,Period,Number,Out of"


def sent(home: Path, name: str, *lines: str, by: Actor = STEWARD) -> str:
    path = home.parent / name
    path.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    return returns.submit(home, by, path, CAME).words()


def _nil(home: Path, agency: str) -> None:
    """A return in which there was nothing to count, approved."""
    path = home.parent / f"{agency}.csv"
    cover = f"Kind,figures\nAgency,{agency}\nPeriod,2026-27-Q2\nNil return,Yes\n"
    path.write_text(f"{cover}Approved by (role),Head of service\nApproved on,2026-10-20\n\n{HEAD}\n", encoding="utf-8")
    returns.submit(home, STEWARD, path, CAME)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Police sent with an error, youth justice refused, learning log with an overdue action of the police's; two schools."""
    place = tmp_path_factory.mktemp("reminded") / "home"
    sent(place, "police.csv", "DA05,wyp_leeds,2026-27-Q2,911,1122", "DA01,wyp_leeds,2026-27-Q2,many,")
    _nil(place, "cafcass")
    sent(place, "youth.csv", "YJ01,lcc_yjs,2026-27-Q2,lots,")
    overdue = {**log_book.ACTION, "due_on": date(2026, 9, 30)}
    done = {**log_book.ACTION, "action_id": "R-01.2", "status": "Done", "done_on": date(2026, 4, 1)}
    log = log_book.write(
        place.parent / "log.xlsx", {"Recommendations": [log_book.RECOMMENDATION], "Actions": [overdue, done]}
    )
    returns.submit(place, STEWARD, log, CAME)
    nursery = school(respondent_id="EY-0031", instrument="Early years", name="Acorns Nursery", sector="Early years")
    registered(place, school(), nursery)
    return place


@pytest.fixture
def own(home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(home, tmp_path / "home")


def made(home: Path, **asked: str) -> dict[str, str]:
    done = reminding.remind(home, STEWARD, TODAY, **asked)  # type: ignore[arg-type]
    return {each.to: each.text for each in done.messages}


def test_each_agency_is_reminded_of_what_it_owes_and_of_nothing_else(own):
    found = made(own)
    police, youth, housing = found["wyp_leeds"], found["lcc_yjs"], found["lcc_housing"]
    assert "1 row is left out until mended." in police
    assert "R-01.1 of recommendation R-01: due 30 September 2026, 41 days ago." in police
    assert "R-01.2" not in police
    assert "Not yet there: 12 of 14 figures owed are not in the return:" in police
    assert "Return of figures for 2026-27 Q2 (" not in police
    assert "it was refused, and nothing of it has been taken." in youth
    assert "So far: refused, not yet replaced." in youth
    assert "it was due on 2 November 2026, 8 days ago." in housing
    assert "To mend or explain" not in housing
    assert "Learning log for 2026-27 Q2, version 1, received on 28 October 2026: it is taken" in found["bu"]
    assert "Learning log for 2026-27 Q2: it was due" not in found["bu"]
    assert "Concerns resolution log for 2026-27 Q2: it was due on 2 November 2026" in found["bu"]


def test_a_nil_return_that_came_is_no_debt(own):
    (state,) = inbox.returns_owed(own, STEWARD, "cafcass", TODAY.date(), last=1)
    found = made(own)
    assert state.state.startswith("received"), state
    assert "Return of figures for 2026-27 Q2 (" not in found.get("cafcass", "")


def test_a_reminder_names_cells_and_never_what_stands_in_them(own):
    every = " ".join(made(own).values())
    assert "police.csv" not in every
    for value in ("many", "911", "1122", "1,122"):
        assert f" {value}" not in every.replace("how many", "")


def test_schools_get_one_message_a_sector_or_one_each_or_none(own):
    assert {"schools", "early_years"} <= made(own).keys()
    each = made(own, respondents="each")
    assert {"SCH-0142", "EY-0031"} <= each.keys()
    assert "schools" not in each
    assert not {"schools", "early_years", "SCH-0142"} & made(own, respondents="none").keys()


@pytest.mark.parametrize("to", ["lcc_housing", "schools", "EY-0031"])
def test_one_alone_may_be_reminded(own, to):
    assert list(made(own, to=to, respondents="none")) == [to]


def test_whom_nobody_knows_is_said(own):
    with pytest.raises(UserError, match="“lcc_hosing” is no agency, sector or respondent"):
        reminding.remind(own, STEWARD, TODAY, to="lcc_hosing")


def test_whoever_owes_nothing_gets_no_message_and_that_is_said(own):
    done = reminding.remind(own, STEWARD, TODAY, period="2026-27-Q3", respondents="none")
    assert "Leeds City Council, Housing" not in done.nothing  # a quarter to come is owed, and not late yet
    housing = next(each for each in done.messages if each.to == "lcc_housing")
    assert "it is due on 1 February 2027, in 83 days." in housing.text
    police = reminding.remind(own, STEWARD, TODAY, to="bu")
    assert police.nothing == ()


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("FY2026-27", "is not a"),
        ("autumn", "is not a"),
        ("2026-27-Q4", "has not begun"),
        ("2098-99-Q3", "has not begun"),
    ],
)
def test_only_a_quarter_that_has_begun_can_be_reminded_of(own, period, said):
    with pytest.raises(UserError, match=said):
        reminding.remind(own, STEWARD, TODAY, period=period)


def test_who_was_reminded_of_what_by_whom_is_in_the_event_log(own):
    reminding.remind(own, STEWARD, TODAY, to="wyp_leeds")
    with transaction(own, write=False) as connection:
        (entry,) = events.of(connection, "reminder.made")
        assert events.verify(connection, own) == []
    detail = json.loads(entry["detail"])
    assert (entry["actor"], entry["subject"], entry["happened_at"]) == ("Steward", "wyp_leeds", TODAY.isoformat())
    assert (detail["actions"], detail["to_mend"]) == (["R-01.1"], ["Return of figures"])


@pytest.mark.parametrize(
    "address",
    [
        "https://x.example\nBcc: somebody@example.org",
        "https://x.example\rBcc: somebody@example.org",
        "https://x.example/\u202egnp",
        "javascript:alert(1)",
        "x.example",
        "https://",
        'https://x.example/"><b>',
    ],
)
def test_an_address_is_one_of_a_web_page_in_one_line_or_nothing_is_made(own, address):
    with pytest.raises(UserError, match=r"must begin with http:// or https://.* No message was made") as why:
        made(own, address=address)
    assert "\n" not in str(why.value) and "Bcc" not in str(why.value)
    with transaction(own, write=False) as vault:
        assert "reminder.made" not in set(events.listing(vault)["action"])


def test_the_address_stands_in_the_message(own):
    for text in made(own, address="https://throughline.example/ ").values():
        assert "https://throughline.example/" in text and "example//" not in text


def test_the_same_day_makes_the_same_files(own, tmp_path):
    first, again = (reminding.remind(own, STEWARD, TODAY) for _ in range(2))
    assert first == again
    assert reminding.zipped(first.messages) == reminding.zipped(again.messages)
    reminding.write(first.messages, tmp_path / "out")
    with zipfile.ZipFile(io.BytesIO(reminding.zipped(first.messages))) as box:
        held = {name: box.read(name) for name in box.namelist()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == held


@pytest.mark.parametrize("role", ["analyst", "approver", "executive", "scrutineer", "chair", "public"])
def test_nobody_but_the_business_unit_reminds(own, role):
    with pytest.raises(UserError, match="needs the role business unit"):
        reminding.remind(own, Actor("x", role, "wyp_leeds"), TODAY)


def test_the_command_writes_a_folder_or_prints(own, monkeypatch, tmp_path):
    monkeypatch.setenv("THROUGHLINE_HOME", str(own))
    printed = CliRunner().invoke(main, ["remind", "--to", "wyp_leeds"])
    assert printed.exit_code == 0
    assert printed.output.startswith("Subject: ")
    wrote = CliRunner().invoke(
        main, ["remind", "--to", "lcc_housing", "--period", "2026-27-Q2", "-o", str(tmp_path / "m")]
    )
    assert wrote.exit_code == 0
    assert wrote.output == f"Wrote 1 message to {tmp_path / 'm'}, each as .txt and as .eml.\n"
    assert sorted(path.name for path in (tmp_path / "m").iterdir()) == [
        "lcc_housing-2026-27-Q2.eml", "lcc_housing-2026-27-Q2.txt",
    ]  # fmt: skip
    assert CliRunner().invoke(main, ["remind", "--to", "nobody"]).exit_code == 2


def test_an_empty_home_has_nobody_to_remind(tmp_path):
    with pytest.raises(UserError, match="Nothing has been received yet"):
        reminding.remind(tmp_path, STEWARD, TODAY)
    assert list(tmp_path.iterdir()) == []


def test_what_the_business_unit_loads_for_an_agency_says_so(own):
    own_words = sent(own, "own.csv", "DA05,wyp_leeds,2026-27-Q2,912,1122", by=Actor("Pol", "analyst", "wyp_leeds"))
    assert "behalf" not in own_words
    assert sent(own, "for.csv", "DA05,wyp_leeds,2026-27-Q2,913,1122").endswith("loaded on behalf of wyp_leeds.")
    newest, before, *_ = inbox.history(own, STEWARD, "wyp_leeds")
    assert newest.entered_words == "Loaded by the business unit on behalf of West Yorkshire Police, Leeds District"
    assert (before.received_by, before.entered_words) == ("Pol", "")
    logs = inbox.history(own, STEWARD, "bu")
    assert [each.entered_words for each in logs] == [""] * len(logs)
    with transaction(own, write=False) as connection:
        received = [json.loads(each["detail"]) for each in events.of(connection, "submission.received")]
    assert [each["on_behalf_of"] for each in received[-2:]] == ["", "wyp_leeds"]


def test_an_analyst_cannot_load_for_another_agency_below_the_page(own):
    path = own.parent / "theirs.csv"
    path.write_text(f"{HEAD}\nDA05,wyp_leeds,2026-27-Q2,911,1122", encoding="utf-8")
    before = len(inbox.history(own, STEWARD, "wyp_leeds"))
    with pytest.raises(UserError, match="An analyst of ltht cannot act for wyp_leeds"):
        returns.submit(own, Actor("x", "analyst", "ltht"), path, CAME)
    assert len(inbox.history(own, STEWARD, "wyp_leeds")) == before
