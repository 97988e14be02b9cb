"""After a restore nobody has more rights, no hold is lifted, and what was published since is still counted as told."""

from __future__ import annotations

import json
import os
import shutil
import signal
from dataclasses import replace
from datetime import timedelta

import pytest

from pipelines.flows import backing_up, log, restoring, retaining, settings, withdrawing_publications
from pipelines.publishing import release
from pipelines.publishing.prepared import told_by
from pipelines.queries import brought_back, event_log, frame
from pipelines.queries.pointer import every, file, folder, pointer_file, seal_of
from pipelines.queries.reading import rows as read
from pipelines.queries.withdrawn import is_withdrawn, mark_of, withdrawn_in
from pipelines.store import events, files, keys, opening, watched
from pipelines.store.opening import VAULT, transaction
from schemas.problems import UserError
from tests.attack.releasing import by
from tests.pipelines.forking import answers
from tests.pipelines.killed_acts import receive
from tests.pipelines.releases import AT, STEWARD, figure, inputs, order

pytestmark = pytest.mark.slow

YEAR = "FY2025-26"
LATER = AT + timedelta(days=2)
# Of these counts of girls, boys and children whose sex is not known each release alone hides another beside the girls.
BACKED_UP, SINCE = (40, 3, 50), (40, 3, 20)
BY_SEX = (
    "select category, numerator from figure where period_id = ? and breakdown in ('all', 'sex') and agency_id = 'all'"
)


def published(home, counts, at, audience="partnership"):
    """A release of one figure and its parts, logged as any."""
    rows = [figure("PO01", sum(counts), period_id=YEAR), *by("PO01", "sex", counts, period_id=YEAR)]
    stood = inputs(*rows, figure("ED07", 500))

    def logged(done):
        with transaction(home, write=True) as vault:
            detail = {"audience": audience, "sha256": done.sha256, "hidden": done.hidden, "shown": done.shown}
            events.append(vault, STEWARD, "publication.released", done.publication_id, detail, at=at)

    with transaction(home, write=False) as vault:
        stood = replace(stood, log_head=events.head(vault))
    asked = replace(order(at=at), audience=audience)
    return release(home, stood, asked, {}, lambda _: None, logged).publication_id


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A home, its backup, and what it was after a release that came since: made once, copied by each test."""
    place = tmp_path_factory.mktemp("restored")
    home = place / "home"
    receive(home, 1)
    (home / "access.toml").write_text("", encoding="utf-8")
    backing_up.back_up(home, STEWARD, place / "one.tar", AT)
    receive(home, 2)
    published(home, SINCE, AT + timedelta(days=1))
    return place


@pytest.fixture
def place(built, tmp_path):
    return shutil.copytree(built, tmp_path / "place")


def laid(home):
    """A publication that lies in a home and was released, as far as its folder tells."""
    path = file(home, "partnership", "20261118T093000Z-0000000a")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"a publication")
    seal_of(path).write_text("0" * 64, encoding="utf-8")


def restored(place, home="home", at=LATER):
    return restoring.restore(place / home, STEWARD, place / "one.tar", at, replace=True)


def since(place):
    [one] = every(place / "home", "partnership")
    return one.publication_id


def log_of(home):
    with transaction(home, write=False) as vault:
        return [(row["action"], row["subject"]) for row in events.listing(vault).to_dict("records")]


def shown(home):
    found = frame.served(home, STEWARD, "partnership").pointer
    assert found is not None
    return {row["category"]: row["numerator"] for row in read(found, BY_SEX, [YEAR])}


HOLD = '[retention]\noriginals_months = 1\nlegal_hold = ["wyp_leeds"]\n'


def test_a_legal_hold_set_since_the_backup_is_not_lifted_and_nobody_is_said_to_have_set_it_by_hand(place):
    home = place / "home"
    (home / "settings.toml").write_text(HOLD, encoding="utf-8")
    assert "settings.toml" in restored(place)
    kept = {path.name for path in files.every(home)}
    assert kept
    retaining.purge(home, STEWARD, LATER + timedelta(days=400))
    assert {path.name for path in files.every(home)} == kept
    assert watched.CHANGED not in [action for action, _ in log_of(home)]
    (home / "settings.toml").write_text(HOLD.replace('["wyp_leeds"]', "[]"), encoding="utf-8")
    retaining.purge(home, STEWARD, LATER + timedelta(days=400))
    assert files.every(home) == []
    assert (watched.CHANGED, "settings.toml") in log_of(home)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("settings.toml", "[retention\n", "settings.toml cannot be read as TOML"),
        (
            "settings.toml",
            '[retention]\noriginals_months = 1\nlegal_hold = ["wyp_leeds.figures.2026-27-Q2.v2"]\n',
            "Send that return again, or hold",
        ),
        ("access.toml", "[[person]\n", "Nobody can sign in until it is put right"),
        ("agreements.toml", "nobody = \n", "agreements.toml"),
    ],
)
def test_what_is_kept_and_cannot_be_followed_is_said_and_kept_all_the_same(place, name, text, said):
    (place / "home" / name).write_text(text, encoding="utf-8")
    told = restored(place)
    assert "Put right what is kept: " in told and said in told.partition("Put right what is kept: ")[2]
    assert (place / "home" / name).read_text(encoding="utf-8") == text
    if name == settings.FILE:
        with pytest.raises(UserError, match=r"settings\.toml"):
            retaining.purge(place / "home", STEWARD, LATER)


def test_what_only_the_backup_has_comes_back_and_is_named(place):
    (place / "home" / "access.toml").unlink()
    assert "There was no access.toml, so the backup’s holds" in restored(place)


def test_what_was_published_since_is_shown_to_nobody_and_counted_in_the_log_which_is_whole(place):
    home, name = place / "home", since(place)
    content = file(home, "partnership", name).read_bytes()
    told = restored(place)
    assert told.startswith("Restored ") and brought_back.waiting(home, STEWARD) == ()
    assert f"Carried over, as withdrawn, what was published since the backup: {name} (partnership)." in told
    assert "is not known here" not in told
    assert file(home, "partnership", name).read_bytes() == content
    assert frame.served(home, STEWARD, "partnership").pointer is None
    assert withdrawn_in(folder(home, "partnership"))[0].reason.startswith("The home was restored")
    assert log_of(home)[-2:] == [("publication.carried_over", name), ("publication.withdrawn", name)]
    found = log.verify(home, STEWARD)
    assert found.faults == () and found.aside == (name,)
    assert any("a restore put the log aside that it noted: 1 publication" in line for line in log.told(found))
    words = event_log.entries(home, STEWARD, event_log.Wanted(), limit=2).entries[1].words
    assert "kept a publication for the audience" in words and name in words


def test_the_log_says_where_a_carried_publication_is_shown_again_changed_or_gone(place):
    home, name = place / "home", since(place)
    restored(place)
    path = file(home, "partnership", name)
    mark, content = mark_of(path).read_bytes(), path.read_bytes()
    mark_of(path).unlink()
    faults = " ".join(fault.words for fault in log.verify(home, STEWARD).faults)
    assert "its mark is gone: it can be read" in faults and "noted" in faults
    mark_of(path).write_bytes(mark)
    path.unlink()
    assert "is missing" in log.verify(home, STEWARD).faults[0].words
    path.write_bytes(content)
    mark_of(path).write_bytes(mark.replace(b'"carried_over": true', b'"carried_over": false'))
    assert "does not say when and why it was withdrawn" in log.verify(home, STEWARD).faults[0].words
    mark_of(path).write_bytes(mark)
    assert log.verify(home, STEWARD).faults == ()
    seal_of(path).unlink()
    assert "The seal of the publication" in log.verify(home, STEWARD).faults[0].words


def test_the_next_release_hides_what_it_and_the_one_carried_over_would_give_away(place):
    home = place / "home"
    assert (shown(home)["all"], shown(home)["girls"]) == (63, 40)
    restored(place)
    # By itself it would show the total and the children whose sex is not known: less the girls told before, the boys.
    published(home, BACKED_UP, LATER)
    now = shown(home)
    assert None in {now["all"], now["not_known"]}
    assert now["boys"] is None
    assert log.verify(home, STEWARD).faults == ()


def test_a_hidden_count_whose_old_value_nobody_knows_is_not_told_by_its_rise(place):
    home = place / "home"
    restored(place)
    # One boy more than was told of: beside the total told before, the total now would say so.
    published(home, (40, 4, 20), LATER)
    assert shown(home)["all"] is None
    # Once the returns are sent again on which that one rested, there is nothing left to work out.
    published(home, SINCE, LATER + timedelta(days=1))
    assert (shown(home)["all"], shown(home)["boys"]) == (63, None)


def test_into_an_empty_folder_it_says_what_nobody_can_know_and_newer_publications_laid_there_count(place):
    told = restored(place, "empty")
    assert told.startswith(brought_back.NOT_KNOWN)
    assert brought_back.waiting(place / "empty", STEWARD) == (brought_back.NOT_KNOWN,)
    assert "What was published after 17 November 2026, 09:30 UTC, is not known here" in told
    assert every(place / "empty", "partnership") == []
    shutil.copytree(place / "home" / "publications", place / "laid" / "publications")
    told = restored(place, "laid")
    assert "Carried over, as withdrawn" in told and "is not known here, but for publications" in told
    assert [each.publication_id for each in every(place / "laid", "partnership")] == [since(place)]
    assert log.verify(place / "laid", STEWARD).faults == ()


def test_another_home_s_publications_are_not_taken_for_this_one_s(place):
    receive(place / "others", 7)
    laid(place / "others")
    told = restored(place, "others")
    assert "another home’s, so none of it was carried over" in told
    assert told.startswith(brought_back.NOT_KNOWN)
    assert brought_back.waiting(place / "others", STEWARD) == (brought_back.NOT_KNOWN,)
    assert every(place / "others", "partnership") == []
    with transaction(place / "others", write=True) as vault:
        events.append(vault, STEWARD, "publication.released", "x", {"audience": "partnership"}, at=LATER)
    assert brought_back.waiting(place / "others", STEWARD) == (), "whoever has released since has decided"


def test_what_was_published_and_is_damaged_or_gone_is_named_and_stops_nothing(place):
    home, name = place / "home", since(place)
    file(home, "partnership", name).write_bytes(b"no publication any more")
    pointer_file(home, "partnership").write_text("{", encoding="utf-8")
    told = restored(place)
    assert f"What it told cannot be counted, as the file is damaged: {name}." in told
    assert is_withdrawn(file(home, "partnership", name))
    again = shutil.copytree(place / "home" / "replaced-20261119T093000Z", place / "again")
    file(again, "partnership", name).unlink()
    told = restored(place, "again")
    assert f"its file is gone, so the next release is not protected against it: {name}." in told


def test_what_was_withdrawn_for_another_reason_keeps_it_and_restoring_twice_loses_nothing(place):
    home, name = place / "home", since(place)
    path = file(home, "partnership", name)
    mark_of(path).write_text(
        json.dumps({"id": name, "at": AT.isoformat(), "reason": "Its figures were wrong"}), encoding="utf-8"
    )
    restored(place)
    restored(place, at=LATER + timedelta(days=1))
    [mark] = withdrawn_in(folder(home, "partnership"))
    assert (mark.reason, mark.at) == ("Its figures were wrong", AT)
    assert log.verify(home, STEWARD).faults == ()
    assert log_of(home).count(("publication.carried_over", name)) == 1


def test_a_publication_withdrawn_since_stays_so_though_its_mark_is_gone(place):
    home, name = place / "home", since(place)
    backing_up.back_up(home, STEWARD, place / "two.tar", LATER)
    withdrawing_publications.withdraw(home, STEWARD, name, "Its figures were wrong", LATER)
    mark_of(file(home, "partnership", name)).unlink()
    told = restoring.restore(home, STEWARD, place / "two.tar", LATER + timedelta(days=1), replace=True)
    assert f"Withdrawn again, as the log has it as withdrawn and the mark was gone: {name} (partnership)." in told
    assert frame.served(home, STEWARD, "partnership").pointer is None
    assert "Why is not known any more" in withdrawn_in(folder(home, "partnership"))[0].reason
    assert log.verify(home, STEWARD).faults == ()


def test_what_was_prepared_before_the_backup_is_not_what_it_rested_on(place):
    """A prepared release is let out only while what other publications tell is what it was: a restore changes that."""
    restored(place, "empty")
    restored(place)
    assert told_by(place / "home", ["partnership"]) != told_by(place / "empty", ["partnership"])


def test_a_home_whose_key_was_changed_since_comes_back_with_the_key_of_the_backup(tmp_path, monkeypatch):
    from pipelines.flows import keys as flow

    monkeypatch.setenv("THROUGHLINE_KEY", keys.new())
    home = tmp_path / "home"
    receive(home, 1)
    backing_up.back_up(home, STEWARD, tmp_path / "one.tar", AT)
    monkeypatch.setenv("THROUGHLINE_KEY_NEW", keys.new())
    flow.rotate(home, STEWARD, AT, None)
    laid(home)
    told = restored(tmp_path)
    assert "The vault that was there cannot be opened.\nWhat was published after" in told
    assert told.startswith(brought_back.NOT_KNOWN)
    assert "Carried over, as withdrawn" in told
    with transaction(home, write=False) as vault:
        assert events.verify(vault, home) == []
    assert (home / "replaced-20261119T093000Z" / VAULT).exists()


def test_a_backup_from_before_a_home_was_encrypted_says_how_to_bring_it_back(place, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_KEY", keys.new())
    with pytest.raises(UserError, match="was made before the home was encrypted") as why:
        restored(place, "empty")
    assert ".restoring" not in str(why.value)
    assert opening.VAULT not in {path.name for path in (place / "empty").iterdir()}


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor SIGKILL")
def test_a_restore_that_is_killed_while_it_carries_publications_over_is_whole_or_never_was_and_the_log_fits(tmp_path):
    found = answers("killed_carrying", str(tmp_path))
    before = found.pop("before")
    assert (before["faults"], before["restored"], before["withdrawn"]) == ([], 0, [])
    assert {name: kill["left"]["restored"] for name, kill in found.items()} == {"not marked": 0, "half moved": 1}
    for kill in found.values():
        assert kill["ended"] == -signal.SIGKILL
        left, then = kill["left"], kill["then"]
        assert left == before or (left["withdrawn"], left["faults"]) == ([before["shown"]], [])
        assert (then["faults"], then["fault"], then["withdrawn"]) == ([], "", [before["shown"]])
        assert then["shown"] not in ("", before["shown"])
