from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.flows import log, previewing, publication, returns, status
from pipelines.flows.previewing import Account
from pipelines.publishing import Order
from pipelines.publishing.writing import point
from pipelines.queries import pointer, preview
from pipelines.queries.learning import learning
from pipelines.queries.log_stamp import stamp as stamped
from pipelines.queries.overview import overview
from pipelines.queries.reading import rows
from pipelines.store import events, submissions
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.catalogue.cycle import cycle
from schemas.periods import parse, quarters
from schemas.problems import UserError
from schemas.published.tables import TABLES
from tests.pages.conftest import report
from tests.pages.conftest import rows as figures
from tests.pipelines import log_book
from tests.pipelines.agreed import invented

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
STEWARD = Actor("Steward", "business_unit")
COUNCIL, POLICE = Actor("Ana", "analyst", "lcc_cf"), Actor("Pol", "approver", "wyp_leeds")
PREVIEWED, LOOKED, RELEASED = (datetime(2026, 11, day, 9, 30, tzinfo=UTC) for day in (12, 13, 17))
SAID = Account(
    "CP07", "", "More plans ended early over the summer", "Reviews were shortened while posts were vacant",
    "The head of service reviews every second plan by December",
)  # fmt: skip
R_07 = {**log_book.RECOMMENDATION, "recommendation_id": "R-07", "agency_id": "lcc_cf", "accountable": "Council",
        "title": "Agree a family plan before a second plan starts"}  # fmt: skip


@dataclass
class Story:
    """A home with a preview, one where accounts came before the release, and one where nobody said anything."""

    previewed: Path
    answered: Path
    silent: Path
    seen: dict[str, Any]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    home = tmp_path_factory.mktemp("previewed") / "home"
    every = quarters(parse("2023-24-Q2"), parse("2026-27-Q2"))
    invented(home)
    with transaction(home, write=True) as connection:
        for number, period in enumerate(every):
            repeats = 96 if period == every[-1] else 44 + number % 3
            found = figures(period, 220 + number, repeats, 500 + number % 4)
            told = report(period, found, period.id.encode(), "Plans ended early" if period == every[-1] else "")
            at = datetime(period.next.start.year, period.next.start.month, 20, 9, tzinfo=UTC)
            submissions.receive(connection, home, STEWARD, told, period.id.encode(), at=at)
    log = log_book.write(home.parent / "log.xlsx", {"Recommendations": [R_07]})
    returns.submit(home, STEWARD, log, datetime(2026, 10, 20, tzinfo=UTC))
    publication.preview(home, Order("partnership", "Preview", STEWARD, PREVIEWED))
    silent, answered = home.parent / "silent", home.parent / "answered"
    shutil.copytree(home, silent)
    shutil.copytree(home, answered)
    before = previewing.look(answered, COUNCIL, "lcc_cf", LOOKED)
    receipts = [
        previewing.give_account(answered, COUNCIL, "lcc_cf", SAID, LOOKED),
        previewing.give_account(answered, STEWARD, "lcc_cf", Account("", "R-07", "Two teams began in May"), LOOKED),
        previewing.give_account(answered, POLICE, "wyp_leeds", Account("", "", "Our system was replaced"), LOOKED),
    ]
    after = previewing.look(answered, COUNCIL, "lcc_cf", LOOKED)
    looked = preview.looked(answered, STEWARD)
    publication.publish(answered, Order("public", "November", STEWARD, RELEASED))
    still = previewing.look(answered, COUNCIL, "lcc_cf", RELEASED)
    for place in (silent, answered):
        publication.publish(place, Order("partnership", "November", STEWARD, RELEASED))
    seen = {"before": before, "after": after, "receipts": receipts, "looked": looked, "after a public release": still}
    return Story(home, answered, silent, seen)


def current(home: Path, audience: str = "partnership") -> pointer.Pointer:
    found = pointer.current(home, audience)
    assert found is not None
    return found


def test_a_preview_shows_and_hides_what_the_release_does(story):
    before, after = current(preview.preview_folder(story.previewed)), current(story.silent)
    for table in ("figure", "series_point", "scorecard", "benchmark", "coverage", "recommendation", "commentary"):
        key = ", ".join(TABLES[table].key)
        columns = ", ".join(f'"{c.name}"' for c in TABLES[table].columns)
        query = f"select {columns} from {table} order by {key}"  # noqa: S608 - our own names
        assert str(rows(before, query)) == str(rows(after, query)), table


def test_a_preview_is_no_publication_and_counts_as_told_to_nobody(story):
    for audience in ("executive", "partnership", "public"):
        assert pointer.every(story.previewed, audience) == []
        assert pointer.current(story.previewed, audience) is None
        assert pointer.latest_whole(story.previewed, audience) is None
    assert rows(current(story.silent), "select previous_id from publication") == [{"previous_id": None}]


def test_the_next_preview_takes_the_place_of_the_one_before_and_is_for_the_agencies_alone(story, tmp_path):
    home = shutil.copytree(story.previewed, tmp_path / "home")
    folder = preview.preview_folder(home)
    first = current(folder)
    publication.preview(home, Order("executive", "Again", STEWARD, LOOKED))
    assert [path.stem for path in first.path.parent.glob("*.duckdb")] == [current(folder).publication_id]
    assert current(folder).publication_id != first.publication_id
    assert rows(current(folder), "select audience from publication") == [{"audience": "partnership"}]
    assert [path.name for path in (folder / "publications").iterdir()] == ["partnership"]


def test_a_preview_is_gone_once_the_release_is_made_but_not_for_the_public_alone(story):
    assert story.seen["after a public release"] is not None
    assert not preview.preview_folder(story.silent).exists()
    assert previewing.look(story.silent, COUNCIL, "lcc_cf", RELEASED) is None


def test_a_preview_that_cannot_be_logged_is_not_shown(story, tmp_path, monkeypatch):
    home = shutil.copytree(story.previewed, tmp_path / "home")
    before = current(preview.preview_folder(home)).publication_id

    def fails(*_: Any, **__: Any) -> None:
        raise UserError("The vault is in use.")

    monkeypatch.setattr(publication.events, "append", fails)
    with pytest.raises(UserError, match="in use"):
        publication.preview(home, Order("partnership", "Again", STEWARD, LOOKED))
    assert current(preview.preview_folder(home)).publication_id == before


def test_a_preview_that_was_not_made_so_is_shown_to_nobody_and_is_a_fault(story, tmp_path):
    """The file and its pointer changed alike, as whoever can write the folder would; the log says what was made."""
    home = shutil.copytree(story.previewed, tmp_path / "home")
    folder = preview.preview_folder(home)
    made, stamp = current(folder), stamped(home)
    assert log.verify(home, STEWARD).faults == ()
    with duckdb.connect(made.path) as forged:
        forged.execute("update finding set sentence = 'Forged'")
    sha256 = hashlib.sha256(made.path.read_bytes()).hexdigest()
    point(folder, "partnership", made.publication_id, sha256, None)
    assert current(folder).sha256 == sha256, "the pointer fits"
    assert previewing.look(home, COUNCIL, "lcc_cf", LOOKED) is None and preview.looked(home, STEWARD) == ()
    assert not preview.has_preview(home, STEWARD) and stamped(home) != stamp
    [fault] = log.verify(home, STEWARD).faults
    assert fault.words == (
        f"The preview for agencies, {made.publication_id}, is not a file that was logged as made, so nobody is shown it. Make "
        "the preview again."
    )
    pointer.pointer_file(folder, "partnership").write_text("{", encoding="utf-8")
    assert "pointer to the preview for agencies cannot be read" in log.verify(home, STEWARD).faults[0].words
    shutil.rmtree(folder)
    assert log.verify(home, STEWARD).faults == (), "one that is gone is made again with one press"


def test_an_agency_sees_the_sentences_about_it_and_no_others(story):
    council = story.seen["before"]
    assert {"CP07", "R-07"} <= {each.key for each in council.sentences}
    assert "rose to" in next(each.sentence for each in council.sentences if each.key == "CP07")
    (police,) = [each for each in story.seen["looked"] if each.agency_id == "wyp_leeds"]
    assert police.sentences == 1
    everything = " ".join(f"{each.lead} {each.sentence}" for each in council.sentences)
    assert "West Yorkshire Police" not in everything
    assert council.release_on == RELEASED.date()


@pytest.mark.parametrize(
    ("actor", "said"),
    [
        (Actor("x", "analyst", "ltht"), "cannot act for lcc_cf"),
        (Actor("x", "executive"), "needs the role"),
        (Actor("x", "scrutineer"), "needs the role"),
        (Actor("x", "chair"), "needs the role"),
        (Actor("x", "respondent", "lcc_cf"), "needs the role"),
        (Actor("x", "public"), "needs the role"),
    ],
)
def test_nobody_else_sees_an_agencys_sentences_or_speaks_for_it(story, actor, said):
    with pytest.raises(UserError, match=said):
        previewing.look(story.previewed, actor, "lcc_cf", LOOKED)
    with pytest.raises(UserError, match=said):
        previewing.give_account(story.previewed, actor, "lcc_cf", SAID, LOOKED)
    with pytest.raises(UserError, match="needs the role business unit"):
        preview.looked(story.previewed, actor)
    with pytest.raises(UserError, match="needs the role business unit"):
        publication.preview(story.previewed, Order("partnership", "", actor, LOOKED))


def test_the_account_stands_beside_the_sentence_and_the_sentence_is_as_it_was(story):
    told = {each.indicator_id: each for each in overview(current(story.answered), None).needs}
    silent = {each.indicator_id: each for each in overview(current(story.silent), None).needs}
    assert told["CP07"].account == (
        "More plans ended early over the summer. Reviews were shortened while posts were vacant. "
        "The head of service reviews every second plan by December"
    )
    assert told["CP07"].account_by == "Children and Families"
    assert silent["CP07"].account == "Plans ended early"  # that of the Commentary sheet, which came earlier
    assert [each.sentence for each in told.values()] == [each.sentence for each in silent.values()]


def test_an_account_of_a_return_that_has_not_come_stands_beside_that_sentence(story):
    query = "select account_by, account from finding where reason = 'return missing' and agency_id = 'wyp_leeds'"
    assert rows(current(story.answered), query) == [{"account_by": "Police", "account": "Our system was replaced"}]
    assert rows(current(story.silent), query) == [{"account_by": "", "account": ""}]


def test_an_account_of_a_verdict_stands_with_the_recommendation(story):
    (found,) = learning(current(story.answered)).accounts
    assert (found.recommendation_id, found.agency_id, found.account) == ("R-07", "lcc_cf", "Two teams began in May")
    assert learning(current(story.silent)).accounts == ()


def test_no_account_reaches_the_public(story):
    public = current(story.answered, "public")
    for query in ("select account from finding where account <> ''", "select * from recommendation_account"):
        assert rows(public, query) == []
    assert rows(public, "select * from commentary") == []


def test_a_release_goes_ahead_where_nobody_has_said_anything(story):
    assert rows(current(story.silent), "select label from publication") == [{"label": "November"}]


def test_an_account_given_is_shown_to_its_agency_at_once(story):
    before, after = story.seen["before"], story.seen["after"]
    assert next(each.account for each in before.sentences if each.key == "CP07") == "Plans ended early"
    (now,) = [each for each in after.sentences if each.key == "CP07" and each.account_at]
    assert now.account.startswith("More plans ended early over the summer.")
    assert now.account_at == LOOKED


def test_an_account_is_a_submission_and_says_on_whose_behalf_it_came(story):
    own, behalf, police = story.seen["receipts"]
    assert own == "lcc_cf.account.2026-27-Q2.v1: accepted."
    assert behalf == (
        "lcc_cf.account.2026-27-Q2.v2: accepted, loaded by the business unit on behalf of lcc_cf; "
        "1 record is new or changed."
    )
    assert police.startswith("wyp_leeds.account.2026-27-Q2.v1: accepted")


def test_who_looked_and_when_is_in_the_event_log_once(story):
    with transaction(story.answered, write=False) as connection:
        seen = events.of(connection, preview.SEEN)
        faults = events.verify(connection, story.answered)
    assert [(each["actor"], each["agency_id"], each["happened_at"]) for each in seen] == [
        ("Ana", "lcc_cf", LOOKED.isoformat())
    ]
    assert json.loads(seen[0]["detail"])["sentences"] == len(story.seen["before"].sentences)
    assert faults == []


def test_the_business_unit_sees_who_has_looked_and_answered(story):
    found = {each.agency_id: each for each in story.seen["looked"]}
    assert (found["lcc_cf"].seen_by, found["lcc_cf"].seen_at) == ("Ana", LOOKED)
    assert found["lcc_cf"].answered >= 2
    assert (found["wyp_leeds"].seen_at, found["wyp_leeds"].answered, found["wyp_leeds"].open) == (None, 1, 0)


def test_the_business_units_own_look_is_not_taken_for_the_agencys(story, tmp_path):
    home = shutil.copytree(story.previewed, tmp_path / "home")
    assert previewing.look(home, STEWARD, "lcc_cf", LOOKED) is not None
    assert all(each.seen_at is None for each in preview.looked(home, STEWARD))


@pytest.mark.parametrize(
    ("account", "said"),
    [
        (Account("DA01", "", "Not ours to explain at all"), "says nothing of DA01"),
        (Account("", "R-99", "Not ours to explain at all"), "says nothing of R-99"),
        (Account("CP07", "", ""), "What happened is empty"),
        (Account("CP07", "", "Kayden Smith, aged 9, was seen at home"), "may name somebody"),
        (Account("CP07", "", "Ring 07700 900123 about it"), "may name somebody"),
    ],
)
def test_an_account_that_cannot_be_taken_is_refused_in_words(story, tmp_path, account, said):
    home = shutil.copytree(story.previewed, tmp_path / "home")
    with pytest.raises(UserError, match=said) as refused:
        previewing.give_account(home, COUNCIL, "lcc_cf", account, LOOKED)
    held = (home / "vault.duckdb").read_bytes()
    for word in (b"Kayden", b"900123"):
        assert word not in held
        assert word.decode() not in str(refused.value)


def test_without_a_preview_no_account_is_taken(story):
    with pytest.raises(UserError, match="There is no preview open"):
        previewing.give_account(story.silent, COUNCIL, "lcc_cf", SAID, RELEASED)


def test_the_status_says_how_far_agencies_are_with_the_preview(story):
    said = list(status.lines(story.previewed, STEWARD, LOOKED))
    (line,) = [each for each in said if each.startswith("Preview: ")]
    assert line.startswith("Preview: 0 of ")
    assert "Preview for agencies: 12 November 2026" in " ".join(said)
    assert "  Release: 17 November 2026 (next)" in said
    assert not [each for each in status.lines(story.silent, STEWARD, LOOKED) if each.startswith("Preview: ")]


def test_a_preview_for_the_executive_cannot_be_asked_for(story, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(story.previewed))
    refused = CliRunner().invoke(main, ["publish", "--preview", "--audience", "executive"])
    assert refused.exit_code == 2
    assert "Leave --audience out." in refused.output


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (12, ""),
        (13, "They have 2 working days of the 3 agreed: the preview was due on 12 November 2026."),
        (16, "They have 1 working day of the 3 agreed: the preview was due on 12 November 2026."),
        (18, "That day has passed: agree another with the agencies before you release."),
    ],
)
def test_making_a_preview_late_says_how_long_agencies_have(day, said):
    days = cycle(catalogue(), parse("2026-27-Q2"))
    assert " ".join(previewing.short_of_time(days, date(2026, 11, day))) == said
