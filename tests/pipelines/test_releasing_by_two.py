"""Real data are released only under agreements; a release may be two people's act; a publication can be taken back."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest

from pipelines.flows import (
    agreements,
    before_release,
    log,
    preparing,
    publication,
    releasing,
    returns,
    withdrawing_publications,
)
from pipelines.publishing import Order, alone
from pipelines.queries import prepared_held
from pipelines.queries.frame import served, withdrawn
from pipelines.queries.log_stamp import stamp as stamped
from pipelines.queries.pointer import current, every
from pipelines.queries.reading import rows
from pipelines.store import agreements as stored
from pipelines.store import events, synthetic, watched
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.agreed import SAMPLE, invented

pytestmark = pytest.mark.slow
ONE, OTHER = Actor("Steward One", "business_unit"), Actor("Steward Two", "business_unit")
AT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
HEAD = "agency_id,indicator_id,area_id,period,breakdown,category,numerator,denominator,value\n"
REASON = "The wrong quarter was shown for one indicator"
TWO = SAMPLE.model_copy(update={"release": SAMPLE.release.model_copy(update={"two_people": True})})


def later(days: float) -> datetime:
    return AT + timedelta(days=days)


def send(home, number: int, at=AT):
    path = home / "return.csv"
    path.write_text(f"{HEAD}wyp_leeds,PO01,,2026-27-Q2,,,{number},,\n", encoding="utf-8")
    returns.submit(home, ONE, path, at)


def asked(audience="partnership", by=ONE, at=AT) -> Order:
    return Order(audience, "November", by, at)


def logged(home) -> list[str]:
    with transaction(home, write=False) as connection:
        return events.listing(connection)["action"].tolist()


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A home of invented data in which the police have sent one figure."""
    home = invented(tmp_path_factory.mktemp("filled") / "home")
    send(home, 41)
    return home


@pytest.fixture
def home(filled, tmp_path):
    shutil.copytree(filled, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def real(home):
    """The same data as if they were real: without the mark, and with nothing agreed."""
    (home / synthetic.MARK).unlink()
    (home / stored.FILE).unlink()
    return home


def test_real_data_wait_for_the_assessment_then_for_an_agreement(real):
    with pytest.raises(UserError, match="no signed data protection impact assessment is recorded"):
        publication.publish(real, asked())
    signed = SAMPLE.impact_assessment.model_copy(update={"signed_on": date(2026, 11, 18)})
    stored.write(real, SAMPLE.model_copy(update={"impact_assessment": signed, "agency": {}}))
    with pytest.raises(UserError, match="signed on 18 November 2026, which is still to come"):
        publication.publish(real, asked())
    with pytest.raises(UserError, match="no agency that has sent figures has an agreement in force"):
        publication.publish(real, asked(at=later(2)))
    assert every(real, "partnership") == []
    terms = {"purpose": "To see", "onward_use": "None", "basis": "Clause 4", "audiences": ("partnership", "executive")}
    days = {"signed_on": date(2026, 4, 1), "review_on": date(2028, 3, 31)}
    said = agreements.record(real, ONE, "wyp_leeds", later(2), **terms, **days)
    assert "released for executive, partnership; to be reviewed on 31 March 2028" in said
    publication.publish(real, asked(at=later(2)))
    shown = current(real, "partnership")
    assert rows(shown, "select synthetic from publication") == [{"synthetic": False}]
    assert rows(shown, "select value from figure where indicator_id = 'PO01'")[0]["value"] == 41
    with pytest.raises(UserError, match="Not released for public"):
        publication.publish(real, asked("public", at=later(2)))
    agreements.end(real, ONE, "wyp_leeds", date(2026, 11, 20), later(3))
    with pytest.raises(UserError, match="no agency that has sent figures"):
        publication.publish(real, asked(at=later(3)))
    assert [a for a in logged(real) if a.startswith("agreement.")] == ["agreement.recorded", "agreement.ended"]


def test_a_home_with_returns_in_it_is_never_taken_for_invented(real):
    with pytest.raises(UserError, match="not taken for invented data"):
        synthetic.mark(real)
    assert not synthetic.is_synthetic(real)


def test_a_faulty_file_stops_the_release_and_a_faulty_change_leaves_it_as_it_was(home):
    before = (home / stored.FILE).read_text()
    with pytest.raises(UserError, match="review_on is not after signed_on"):
        agreements.record(home, ONE, "ltht", AT, review_on=date(2020, 1, 1))
    with pytest.raises(UserError, match="signed in as analyst"):
        agreements.record(home, Actor("a", "analyst", "ltht"), "ltht", AT, review_on=date(2032, 1, 1))
    assert (home / stored.FILE).read_text() == before
    (home / stored.FILE).write_text(before + "[agency.nobody]\n")
    with pytest.raises(UserError, match="nothing is released"):
        publication.publish(home, asked())


def test_one_prepares_another_releases_byte_for_byte_what_was_prepared(home, monkeypatch):
    stored.write(home, TWO)
    with pytest.raises(UserError, match="Two people release here"):
        publication.publish(home, asked())
    told = list(preparing.prepare(home, [asked(), asked("public")]))
    assert "by 1 December 2026" in told[-1]
    assert current(home, "partnership") is None and every(home, "partnership") == []
    files = {path.name: path.read_bytes() for path in home.glob("prepared/publications/*/*.duckdb")}
    for who in (ONE, Actor(" steward  ONE", "business_unit")):
        with pytest.raises(UserError, match="You prepared this release yourself"):
            list(preparing.release(home, who, later(1)))
    with pytest.raises(UserError, match="signed in as analyst"):
        list(preparing.release(home, Actor("a", "analyst", "ltht"), later(1)))
    assert every(home, "partnership") == []
    send(home, 44, later(1))
    let_out = preparing.let_out
    monkeypatch.setattr(preparing, "let_out", lambda *given: [let_out(*given), stored.write(home, TWO)])
    with pytest.raises(UserError, match=r"agreements\.toml was changed while .* Nothing is released\. Start again"):
        list(preparing.release(home, OTHER, later(2)))
    monkeypatch.undo()
    assert every(home, "partnership") == [] and "publication.released" not in logged(home)
    said = list(preparing.release(home, OTHER, later(2)))
    assert said[-1].startswith("1 submission was received or taken back since")
    for audience in ("partnership", "public"):
        now = current(home, audience)
        assert now.path.read_bytes() == files[now.path.name]
    assert rows(current(home, "partnership"), "select value from figure where indicator_id = 'PO01'")[0]["value"] == 41
    with pytest.raises(UserError, match="Nothing is prepared"):
        list(preparing.release(home, OTHER, later(2)))
    acts = [a for a in logged(home) if a.startswith("publication.")]
    assert acts == ["publication.prepared"] * 2 + ["publication.released"] * 2
    assert log.verify(home, ONE).faults == ()


def put_back(place, content):
    """What somebody does who had put another file there before the act: as it was, at a step of it."""

    def at(step: str) -> None:
        if step.startswith("Writing"):
            place.write_bytes(content)

    return at


def test_a_file_changed_before_a_release_and_put_back_while_it_runs_stops_it_and_shows_in_the_log(home):
    stored.write(home, TWO)
    with transaction(home, write=True):
        pass
    place = home / stored.FILE
    honest = place.read_bytes()
    stored.write(home, SAMPLE)
    loose = hashlib.sha256(place.read_bytes()).hexdigest()
    with pytest.raises(UserError, match=r"agreements\.toml was changed while .* Nothing was published\. Start again"):
        publication.publish_each(home, [asked()], put_back(place, honest))
    assert every(home, "partnership") == [] and current(home, "partnership") is None
    with transaction(home, write=False) as vault:
        assert json.loads(events.of(vault, watched.CHANGED)[-1]["detail"])["after"] == loose
    mark = home / synthetic.MARK
    with pytest.raises(UserError, match=r"SYNTHETIC was changed while .* Nothing is prepared\."):
        list(preparing.prepare(home, [asked()], put_back(mark, mark.read_bytes())))
    assert preparing.standing(home) is None
    assert "publication.released" not in logged(home) and log.verify(home, ONE).faults == ()


def gone(home, monkeypatch) -> None:
    """While all that is prepared is moved away, the log says so as long as it could still be released."""
    stamp = stamped(home)
    lies = (home / "prepared").rename(home.parent / "lies")
    assert stamped(home) != stamp
    monkeypatch.setattr(prepared_held, "today", lambda: later(13).date())
    [fault] = log.verify(home, ONE).faults
    assert fault.words.startswith("What was prepared in entry ")
    assert fault.words.endswith(
        "is gone, though it was neither released nor taken away by the log: somebody removed it, or preparing it was cut off. "
        "Prepare it again."
    )
    with alone(home / "prepared", "lock"):
        assert log.verify(home, ONE).faults == (), "somebody prepares, and the record comes after the entries"
    assert log.verify(home, ONE).faults == (fault,)
    monkeypatch.setattr(prepared_held, "today", lambda: later(14).date())
    assert log.verify(home, ONE).faults == (), "its time is over"
    monkeypatch.setattr(prepared_held, "today", lambda: later(1).date())
    shutil.rmtree(home / "prepared")
    lies.rename(home / "prepared")
    assert log.verify(home, ONE).faults == ()


def looked_at_in_vain(home) -> None:
    """Both commands that look say at once that another is out, and give no code to release by."""
    for look in (before_release.look, before_release.texts):
        said = list(look(home, OTHER, later(1)))
        assert any(line.startswith("Another publication was released or withdrawn since") for line in said[:2])
        assert not [line for line in said if "--texts-read" in line]


def test_what_a_prepared_release_rests_on_may_not_change_nor_go(home, monkeypatch):
    stored.write(home, TWO)
    list(preparing.prepare(home, [asked()]))
    gone(home, monkeypatch)
    with pytest.raises(UserError, match="stood until 1 December 2026"):
        list(preparing.release(home, OTHER, later(14.1)))
    with pytest.raises(UserError, match="clock of this machine"):
        list(preparing.release(home, OTHER, later(-1)))
    agreements.record(home, ONE, "ltht", later(1), audiences=("executive",))
    with pytest.raises(UserError, match="agreements are not what they were"):
        list(preparing.release(home, OTHER, later(1)))
    stored.write(home, TWO)
    (prepared,) = home.glob("prepared/publications/partnership/*.duckdb")
    whole = prepared.read_bytes()
    prepared.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(UserError, match="is not the file that was prepared"):
        list(preparing.release(home, OTHER, later(1)))
    assert every(home, "partnership") == [] and current(home, "partnership") is None
    [altered] = log.verify(home, ONE).faults
    assert altered.words.startswith("What is prepared for Partnership, ")
    assert altered.words.endswith(" is not the file that was prepared. It cannot be released: prepare it again.")
    record = home / "prepared" / "PREPARED"
    said = record.read_text(encoding="utf-8")
    for forged in (
        json.loads(said) | {"prepared_by": "Somebody else"},
        json.loads(said) | {"login": "somebody"},
        json.loads(said) | {"agreements": "0" * 64},
        json.loads(said) | {"terms": "{}"},
        json.loads(said) | {"told": "0" * 64},
        json.loads(said) | {"files": [json.loads(said)["files"][0] | {"label": "Another"}]},
        json.loads(said) | {"files": [json.loads(said)["files"][0] | {"previous": "20200101T000000Z-00000000"}]},
        json.loads(said) | {"at": (datetime.fromisoformat(json.loads(said)["at"]) + timedelta(days=9)).isoformat()},
        json.loads(said) | {"files": [json.loads(said)["files"][0] | {"shown": 1}]},
        {
            **json.loads(said),
            "files": [json.loads(said)["files"][0] | {"sha256": hashlib.sha256(prepared.read_bytes()).hexdigest()}],
        },
    ):
        record.write_text(json.dumps(forged), encoding="utf-8")
        with pytest.raises(UserError, match="is not what the event log says was prepared"):
            list(preparing.release(home, OTHER, later(1)))
        assert "not what the log says was prepared" in log.verify(home, ONE).faults[-1].words
    record.write_text("{", encoding="utf-8")
    assert "cannot be read" in log.verify(home, ONE).faults[-1].words
    record.unlink()
    record.mkdir()
    assert "cannot be read" in log.verify(home, ONE).faults[-1].words
    record.rmdir()
    record.write_text(said, encoding="utf-8")
    prepared.unlink()
    [missing] = log.verify(home, ONE).faults
    assert missing.words.endswith(" is missing. It cannot be released: prepare it again.")
    prepared.write_bytes(whole)
    assert log.verify(home, ONE).faults == ()
    assert preparing.why_not(home, ONE, later(1)) == "", "and who asks is no matter"
    assert "stood until 1 December 2026" in preparing.why_not(home, OTHER, later(14.1))
    stored.write(home, SAMPLE)
    *_, told = releasing.asked(
        home, ONE, lambda: later(1), lambda _: None, audiences=["public"], label="", preview=False
    )
    assert told.startswith("A release that is prepared still waits. ") and told.endswith(
        "It cannot be released: prepare it again."
    )
    stored.write(home, TWO)
    looked_at_in_vain(home)
    with pytest.raises(UserError, match="Another publication was released or withdrawn"):
        list(preparing.release(home, OTHER, later(1)))
    list(preparing.discard(home, OTHER, later(1)))
    assert not list(home.glob("prepared/publications/partnership/*.duckdb"))
    assert log.verify(home, ONE).faults == (), "what was taken away is gone, as it should be"


def test_a_release_that_was_cut_off_is_finished_by_the_next_try(home, monkeypatch):
    stored.write(home, TWO)
    list(preparing.prepare(home, [asked(), asked("public")]))
    show = preparing.show

    def cut_off(place, one):
        if one.audience == "public":
            raise KeyboardInterrupt
        show(place, one)

    monkeypatch.setattr(preparing, "show", cut_off)
    with pytest.raises(KeyboardInterrupt):
        list(preparing.release(home, OTHER, later(1)))
    assert current(home, "partnership") is not None and current(home, "public") is None
    [unfinished] = log.verify(home, ONE).faults
    assert unfinished.words.startswith("Public: the pointer is missing")
    monkeypatch.setattr(preparing, "show", show)
    list(preparing.release(home, OTHER, later(1)))
    assert current(home, "public") is not None
    assert logged(home).count("publication.released") == 2 and log.verify(home, ONE).faults == ()


def test_a_withdrawn_publication_stays_marked_is_shown_to_nobody_and_still_counts_as_told(home):
    first = publication.publish(home, asked())
    send(home, 3, later(1))
    second = publication.publish(home, asked(at=later(1)))
    for reason, why in (
        ("no", "at least 10 letters"),
        ("Mrs Oddlysaid asked us to take it out", "may tell of a person"),
    ):
        with pytest.raises(UserError, match=why):
            withdrawing_publications.withdraw(home, ONE, second.publication_id, reason, later(2))
    with pytest.raises(UserError, match="signed in as executive"):
        withdrawing_publications.withdraw(home, Actor("a", "executive"), second.publication_id, REASON, later(2))
    with pytest.raises(UserError, match="There is no publication"):
        withdrawing_publications.withdraw(home, ONE, "../" + second.publication_id, REASON, later(2))
    said = withdrawing_publications.withdraw(home, ONE, second.publication_id, REASON, later(2))
    assert said.startswith("Partnership: “November, 18 November 2026”, 09:30, is withdrawn; its file stays, marked.")
    assert "Its readers have “November, 17 November 2026”, 09:30." in said and "still stands" not in said
    assert second.path.exists() and [each.reason for each in withdrawn(home, ONE, "partnership")] == [REASON]
    for wanted in (None, second.publication_id):
        assert served(home, ONE, "partnership", wanted).pointer.publication_id == first.publication_id
    assert second.publication_id in {each.publication_id for each in every(home, "partnership")}
    again = withdrawing_publications.withdraw(home, ONE, second.publication_id, REASON, later(2))
    assert "was withdrawn already" in again and logged(home).count("publication.withdrawn") == 1
    # The pointer is the last to change: one that still names the withdrawn file changes nothing for readers.
    pointer = home / "publications/partnership/CURRENT"
    pointer.write_text(
        json.dumps(json.loads(pointer.read_text()) | {"id": second.publication_id, "file": second.path.name})
    )
    assert current(home, "partnership").publication_id == first.publication_id
    third = publication.publish(home, asked(at=later(3)))
    assert rows(current(home, "partnership"), "select previous_id from publication") == [
        {"previous_id": first.publication_id}
    ]
    assert third.publication_id != second.publication_id
    withdrawing_publications.withdraw(home, ONE, third.publication_id, REASON, later(4))
    said = withdrawing_publications.withdraw(home, ONE, first.publication_id, REASON, later(4))
    assert "readers have none until you publish again" in said and current(home, "partnership") is None


def test_the_same_release_is_withdrawn_for_one_audience_or_for_all_of_them(home):
    first = publication.publish(home, asked("public"))
    send(home, 44, later(1))
    orders = [asked(audience, at=later(1)) for audience in ("executive", "partnership", "public")]
    executive, partnership, public = publication.publish_each(home, orders)
    said = withdrawing_publications.withdraw(home, ONE, executive.publication_id, REASON, later(2))
    assert "The same release still stands for Partnership and Public: " in said
    assert current(home, "public").publication_id == public.publication_id
    said = withdrawing_publications.withdraw(home, ONE, executive.publication_id, REASON, later(2), all_audiences=True)
    assert said.index("Public: “") < said.index("Partnership: “") < said.index("was withdrawn already")
    assert "still stands" not in said and said.count("is withdrawn;") == 2
    assert current(home, "public").publication_id == first.publication_id
    assert current(home, "partnership") is None
    assert [each.publication_id for each in every(home, "partnership")] == [partnership.publication_id]
    assert logged(home).count("publication.withdrawn") == 3
    last = withdrawing_publications.withdraw(home, ONE, first.publication_id, REASON, later(3))
    assert "still stands" not in last


def test_a_release_of_real_data_warns_where_the_impact_assessment_is_past_its_review(home):
    (home / synthetic.MARK).unlink()
    due = SAMPLE.impact_assessment.model_copy(update={"review_on": date(2026, 11, 16)})
    stored.write(home, SAMPLE.model_copy(update={"impact_assessment": due}))
    how = {"audiences": ["partnership"], "label": "November", "preview": False}
    *_, last = releasing.asked(home, ONE, lambda: AT, lambda _: None, **how)
    assert last.startswith("Warning: the data protection impact assessment was to be reviewed by 16 November 2026.")
    stored.write(home, SAMPLE.model_copy(update={"impact_assessment": due.model_copy(update={"review_on": AT.date()})}))
    assert not [
        line for line in releasing.asked(home, ONE, lambda: later(0.1), lambda _: None, **how) if "Warning" in line
    ]
