"""Who is a second person: never one human under two names, and never a name that the environment gives."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipelines.commands import whose
from pipelines.flows import by_the_files, themselves
from pipelines.flows.themselves import as_oneself
from pipelines.queries.prepared import Prepared
from pipelines.store import access_changes, agreements, events, watched
from pipelines.store.opening import transaction
from schemas.access.parsing import parsed
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.agreed import SAMPLE, invented

AT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
PAGE, OTHER = Actor("J. Smith", "business_unit"), Actor("A. Steward", "business_unit")
LOGIN = Actor("jsmith", "business_unit", login="jsmith")
TIED = Actor("J. Smith", "business_unit", login="jsmith")
LIST = """
contact = "the business unit"

[[provider]]
issuer = "https://login.example"

[[person]]
name = "J. Smith"
email = "j@council.example"
role = "business_unit"
login = "jsmith"
"""


def by(actor: Actor) -> Prepared:
    return Prepared(actor.name, AT, 1, (), "", "", "", actor.login)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (PAGE, OTHER, ""),
        (PAGE, replace(PAGE, name=" j.  SMITH"), "You prepared this release yourself"),
        (LOGIN, LOGIN, "Where several people use one login, as with sudo, they cannot be told apart"),
        (LOGIN, replace(LOGIN, name="Another Name"), "You prepared this release yourself"),
        (LOGIN, Actor("asteward", "business_unit", login="asteward"), ""),
        (PAGE, TIED, "You prepared this release yourself"),
        (TIED, PAGE, "You prepared this release yourself"),
        (OTHER, TIED, ""),
        (TIED, OTHER, ""),
        (PAGE, LOGIN, "Release it on the page Publish, where each signs in; or, if one person alone uses that login"),
        (
            LOGIN,
            OTHER,
            "Prepare it again on the page Publish, where each signs in; or, if one person alone uses that login",
        ),
    ],
)
def test_one_human_is_not_two_people(first, second, why):
    found = by(first).why_not_by(second)
    assert why in found if why else found == ""


def test_the_command_line_acts_as_the_user_it_runs_as_whatever_the_environment_says(monkeypatch):
    before = whose.acting(None)
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME", "SUDO_USER"):
        monkeypatch.setenv(name, "second.person")
    assert whose.acting(None) == before and before.name == before.login != "second.person"
    named = whose.acting("Second Person")
    assert (named.name, named.login) == ("Second Person", before.login)
    monkeypatch.setattr(os, "getuid", lambda: 987_654_321)
    assert whose.acting(None).name == "user 987654321"


@pytest.fixture
def home(tmp_path):
    place = invented(tmp_path)
    two = SAMPLE.release.model_copy(update={"two_people": True})
    agreements.write(place, SAMPLE.model_copy(update={"release": two}))
    return place


def test_a_login_is_the_person_whose_it_is_on_the_list(home):
    assert as_oneself(home, LOGIN, AT, by_another=False) == LOGIN
    (home / "access.toml").write_text(LIST, encoding="utf-8")
    assert as_oneself(home, LOGIN, AT, by_another=False) == TIED
    other = Actor("asteward", "business_unit", login="asteward")
    assert as_oneself(home, other, AT, by_another=False) == other
    with pytest.raises(UserError, match="everybody acts as themselves: leave --by out"):
        as_oneself(home, LOGIN, AT, by_another=True)
    agreements.write(home, SAMPLE)
    assert as_oneself(home, LOGIN, AT, by_another=True) == LOGIN


def changes(home):
    """What the log has heard of the list: gained and lost, one after the other."""
    with transaction(home, write=False) as vault:
        said = [json.loads(each["detail"]) for each in events.of(vault, "access.changed")]
    return [(each["gained"], each["lost"]) for each in said]


def logged_home(home):
    (home / "access.toml").write_text(LIST, encoding="utf-8")
    with transaction(home, write=True):
        pass
    assert len(changes(home)) == 1
    return home


def test_whose_name_a_login_acts_under_is_in_the_log_before_it_acts(home):
    logged_home(home)
    (home / "access.toml").write_text(LIST.replace('login = "jsmith"', 'login = "asteward"'), encoding="utf-8")
    assert as_oneself(home, LOGIN, AT, by_another=False) == LOGIN
    (home / "access.toml").write_text(LIST, encoding="utf-8")
    assert as_oneself(home, LOGIN, AT, by_another=False) == TIED
    tied, other = (
        f"J. Smith (j@council.example, https://login.example): business unit, login {each}"
        for each in ("jsmith", "asteward")
    )
    assert changes(home)[1:] == [([other], [tied]), ([tied], [other])]


def test_a_login_given_to_another_between_two_acts_and_taken_back_is_two_entries_whoever_acts(home):
    """Also where nobody acts under it meanwhile: what stood in between is in the log by any act that writes."""
    path = logged_home(home) / "access.toml"
    for login in ("asteward", "jsmith"):
        path.write_text(LIST.replace('login = "jsmith"', f'login = "{login}"'), encoding="utf-8")
        with transaction(home, write=True) as vault:
            events.append(vault, PAGE, "preview.made", login, {}, at=AT)
    (gained, lost), (again, gone) = changes(home)[1:]
    assert (gained, lost) == (gone, again) and "login asteward" in gained[0]


@pytest.mark.parametrize("content", [None, "contact =", LIST.replace('"business_unit"', '"nobody"')])
def test_a_list_that_is_gone_or_cannot_be_used_and_comes_back_is_two_changes(home, content):
    path = logged_home(home) / "access.toml"
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    with transaction(home, write=True):
        pass
    path.write_text(LIST, encoding="utf-8")
    with transaction(home, write=True):
        pass
    (first, none), (nothing, gone), (back, nobody) = changes(home)
    assert (first, none, nothing) == (gone, [], []) and (back, nobody) == (first, [])


def test_the_login_of_somebody_whose_access_was_revoked_is_in_the_log_too(home):
    text = LIST.replace("login =", "revoked = 2026-11-16T09:00:00+00:00\nlogin =")
    (logged_home(home) / "access.toml").write_text(text, encoding="utf-8")
    assert as_oneself(home, LOGIN, AT, by_another=False) == TIED
    assert changes(home)[1][0] == ["The login jsmith is that of J. Smith, whose access was revoked"]


def test_a_list_that_changes_while_somebody_acts_by_it_stops_them(home, monkeypatch):
    logged_home(home)
    note = access_changes.note

    names = (f"{letter}. Smith" for letter in "KLMNO")  # another at every look

    def changing(connection, place, at, *rest):
        (place / "access.toml").write_text(LIST.replace("J. Smith", next(names)), encoding="utf-8")
        return note(connection, place, at, *rest)

    monkeypatch.setattr(access_changes, "note", changing)
    with pytest.raises(UserError, match=r"access\.toml is being changed\. Nothing was done"):
        as_oneself(home, LOGIN, AT, by_another=False)


def test_nobody_acts_in_another_name_because_two_people_were_not_needed_for_a_moment(home, monkeypatch):
    logged_home(home)
    place = home / agreements.FILE
    honest = place.read_bytes()
    agreements.write(home, SAMPLE)
    needs = themselves.needs_two_people

    def put_back(asked):
        answer = needs(asked)
        place.write_bytes(honest)
        return answer

    monkeypatch.setattr(themselves, "needs_two_people", put_back)
    with pytest.raises(UserError, match=r"agreements\.toml was changed while this was being done\. Nothing was done"):
        as_oneself(home, LOGIN, AT, by_another=True)
    with transaction(home, write=False) as vault:
        assert [each["subject"] for each in events.of(vault, watched.CHANGED)] == [agreements.FILE]


@pytest.mark.parametrize("name", [*watched.IN_THE_HOME])
def test_a_file_that_says_the_same_again_was_touched_all_the_same(home, name):
    """Written over and its time set back; moved away and back; put behind a link that led elsewhere meanwhile."""
    logged_home(home)
    place = home / name
    place.touch()
    at_first = place.stat()
    begun = by_the_files.noted(home)
    begun.refuse_changed("Nothing is released.")
    content = place.read_bytes()
    place.write_bytes(content + b" ")
    place.write_bytes(content)
    os.utime(place, ns=(at_first.st_atime_ns, at_first.st_mtime_ns))
    assert (place.stat().st_ino, place.stat().st_mtime_ns) == (at_first.st_ino, at_first.st_mtime_ns)
    with pytest.raises(UserError, match=rf"{name} was changed while .* Nothing is released\. Start again\."):
        begun.refuse_changed("Nothing is released.")
    honest, other = place.rename(home / "honest"), home / "other"
    other.write_bytes(b"[release]\n")
    place.symlink_to(honest)
    begun = by_the_files.noted(home)
    for leads_to in (other, honest):
        place.unlink()
        place.symlink_to(leads_to)
    with pytest.raises(UserError, match=f"{name} was changed while"):
        begun.refuse_changed("Nothing is released.")
    place.unlink()
    begun = by_the_files.noted(home)
    honest.rename(place)
    with pytest.raises(UserError, match=f"{name} was changed while"):
        begun.refuse_changed("Nothing is released.")


def test_nobody_goes_by_a_file_of_which_the_log_has_something_else(home, monkeypatch):
    """As it is where somebody changes it between the note and the look, within one tick of the clock of the disk."""
    logged_home(home)
    look = watched.seen

    def late(place):
        (place / "settings.toml").write_text("#", encoding="utf-8")
        found = look(place)
        (place / "settings.toml").unlink()
        return found

    monkeypatch.setattr(watched, "seen", late)
    with pytest.raises(UserError, match=r"settings\.toml is being changed\. Nothing was done"):
        by_the_files.noted(home)


def test_a_login_is_one_persons():
    again = LIST.partition("[[person]]")[2].replace("J. Smith", "K. Smith").replace("j@council", "k@council")
    with pytest.raises(UserError, match="have the same login: a login is one person's"):
        parsed(f"{LIST}\n[[person]]{again}", ["lch"])
    assert parsed(LIST, ["lch"]).person[0].login == "jsmith"
