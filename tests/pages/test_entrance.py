from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, datetime, timedelta

import duckdb
import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from app import pages, personas, reading
from pipelines.flows import access
from pipelines.queries import inbox
from pipelines.queries.pointer import current
from pipelines.store import submissions
from pipelines.store.opening import transaction
from pipelines.store.synthetic import MARK
from schemas.actors import AUDIENCE_OF_ROLE, ROLES
from schemas.periods import parse
from tests.pages.conftest import STEWARD, report, rows
from tests.pages.opening import MAIN, opened, words

pytestmark = pytest.mark.slow

ISSUER = "https://id.example/leeds"
ONLY = {"executive": "For the Executive alone", "public": "For anybody"}
EVERY = [view.url for view in pages.found()]
WHOSE = {
    "analyst": 'agency = "ltht"',
    "approver": 'agency = "ltht"',
    "respondent": 'agency = "SCH-0012"',
    "chair": 'group = "Audit"',
}
LIST = f'contact = "the business unit"\n[[provider]]\nissuer = "{ISSUER}"\n' + "".join(
    f'[[person]]\nname = "The {role}"\nemail = "{role}@leeds.example"\nrole = "{role}"\n{WHOSE.get(role, "")}\n'
    for role in ROLES
)
# The pages a role has not got, as the table of who sees what says.
_KEPT = {"event-log", "publish"}
_ABOVE = {*_KEPT, "returns", "reviews"}
CLOSED = {"practitioner": _ABOVE, "respondent": _ABOVE, "public": _ABOVE, "business_unit": set()}
# What the council has sent and not published: nobody of another agency may read it.
UNPUBLISHED, UNSEEN_FILE = "987,654", "2026-27-Q3.csv"


def release(home, audience: str, label: str) -> None:
    """What the agencies have, as if it had been released for another audience: only whose it is matters here."""
    one = current(home, "partnership")
    folder = home / "publications" / audience
    folder.mkdir()
    path = folder / f"20261118T093000Z-{'e' * 8 if audience == 'executive' else 'a' * 8}.duckdb"
    shutil.copy(one.path, path)
    with duckdb.connect(str(path)) as file:
        file.execute("update publication set audience = ?, label = ?, publication_id = ?", [audience, label, path.stem])
    said = {
        "id": path.stem,
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "previous": None,
    }
    (folder / "CURRENT").write_text(json.dumps(said), encoding="utf-8")


@pytest.fixture(scope="module")
def place(published, tmp_path_factory):
    """Releases for every audience, a list with somebody in each role, and a return of the council's after the release."""
    home = tmp_path_factory.mktemp("signed") / "home"
    shutil.copytree(published, home)
    (home / MARK).unlink(missing_ok=True)
    for audience, label in ONLY.items():
        release(home, audience, label)
    at = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
    quarter = parse("2026-27-Q3")
    with transaction(home, write=True) as connection:
        told = report(quarter, rows(quarter, 230, 50, 987654), b"later")
        submissions.receive(connection, home, STEWARD, told, b"later", at=at)
    (home / "access.toml").write_text(LIST, encoding="utf-8")
    return home


@pytest.fixture
def home(place, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(place))
    monkeypatch.delenv("THROUGHLINE_DEMO", raising=False)
    return place


def token(who: str, ago: timedelta = timedelta(0)) -> dict[str, object]:
    address = f"{who}@leeds.example"
    at = datetime.now(UTC) - ago
    facts = {"iss": ISSUER, "sub": who, "email": address, "email_verified": True, "iat": int(at.timestamp())}
    return {"is_logged_in": True, **facts}


def visit(url: str, user: dict[str, object] | None, **asked: str) -> AppTest:
    app = AppTest.from_file(MAIN, default_timeout=30)
    app.user = user if user is not None else {"is_logged_in": False}
    for name, value in asked.items():
        app.query_params[name] = value
    app._page_hash = calc_hash(url)  # noqa: SLF001 - there is no public way to a page that is a function
    app.run()
    assert not app.exception, app.exception
    return app


def said(url: str, who: str, **asked: str) -> str:
    return words(visit(url, token(who), **asked))


def test_nobody_sees_anything_before_they_sign_in(home):
    for url in ("overview", "returns", "publish"):
        app = visit(url, None, **{"as": "business_unit"})
        assert words(app) == (
            "Leeds Safeguarding Children Partnership Sign in to read and to send With the account of your own organisation. "
            "To be given access, ask: the business unit."
        )
        assert [button.label for button in app.button] == ["Sign in"]
        assert len(app.selectbox) == 0


def test_a_stranger_sees_whom_to_ask_and_their_own_address(home):
    shown = said("returns", "stranger", publication=current(home, "executive").publication_id)
    assert "You have no access here" in shown
    assert "Whom to ask the business unit Tell them the address you signed in with: stranger@leeds.example." in shown
    assert "Quarter to" not in shown


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_own_pages_and_no_others(home, role):
    marks = {"executive": ONLY["executive"], "partnership": "Published for the Executive", "public": ONLY["public"]}
    own = marks.pop(AUDIENCE_OF_ROLE[role])
    first = said(EVERY[0], role)
    assert own in first
    assert not [mark for mark in marks.values() if mark in first]
    for view in pages.found():
        if role not in view.roles:
            closed = said(view.url, role)
            assert (
                "This page is not for your role What to do The pages in the menu are yours. If you need this one, ask the "
                "business unit. Signed in as"
            ) in closed, view.url
    assert {view.url for view in pages.found() if role in view.roles} == set(EVERY) - CLOSED.get(role, _KEPT)


@pytest.mark.parametrize(("role", "above"), [("analyst", "executive"), ("practitioner", "partnership")])
def test_no_address_opens_a_file_of_a_higher_audience(home, role, above):
    higher = current(home, above)
    for asked in (higher.publication_id, f"../{above}/{higher.publication_id}"):
        shown = said("overview", role, publication=asked)
        assert "Published for the Executive, 17" in shown if role == "analyst" else ONLY["public"] in shown
        assert ONLY["executive"] not in shown


def test_no_address_shows_an_analyst_what_another_agency_has_not_published(home):
    assert UNSEEN_FILE in {each.file_name for each in inbox.history(home, STEWARD, "lcc_cf")}
    asked = {
        "as": "business_unit", "agency": "lcc_cf", "indicator": "FD04", "recommendation": "R-1", "audit": "A-1",
        "submission": "lcc_cf.figures.2026-27-Q3.v1", "link": "x", "persona": "Business unit", "year": "FY2026-27",
    }  # fmt: skip
    for url in ("returns", "indicator", "self-assessment"):
        shown = said(url, "analyst", **asked)
        assert "Signed in as The analyst" in shown
        assert UNPUBLISHED not in shown
        assert UNSEEN_FILE not in shown


def test_the_page_shows_who_is_signed_in_and_in_which_role(home):
    app = visit("overview", token("approver"))
    assert "Signed in as The approver, approver of Leeds Teaching Hospitals NHS Trust" in words(app)


def test_access_that_ends_while_a_page_is_open_ends_the_page(home):
    app = visit("data-set", token("analyst"))
    assert "headline" in words(app)
    before = (home / "access.toml").read_text(encoding="utf-8")
    access.revoke(home, STEWARD, "analyst@leeds.example", datetime.now(UTC))
    try:
        assert "You have no access here" in words(app.run())
        assert "headline" not in words(app)
    finally:
        (home / "access.toml").write_text(before, encoding="utf-8")


def test_signing_out_closes_what_another_tab_has_open(home):
    mine = token("chair")
    one, other = visit("overview", mine), visit("data-set", mine)
    one.button(key="sign_out").click().run()
    assert "You have signed out" in words(other.run())
    assert [button.label for button in other.button] == ["Sign in again"]


def test_a_sign_in_of_yesterday_asks_again(home):
    app = visit("overview", token("executive", timedelta(hours=9)))
    assert "Your sign-in has run out" in words(app)
    assert [button.label for button in app.button] == ["Sign in again"]


def test_a_window_forgets_everything_when_somebody_else_is_in_it(home):
    app = visit("overview", token("executive"))
    app.session_state["kept"] = "theirs"
    app.user = token("analyst")
    app.run()
    assert "kept" not in app.session_state


@pytest.mark.parametrize(
    ("text", "words_said"),
    [("", "Sign-in is not set up yet"), (LIST + "x = 1", "Nobody can sign in at the moment")],
)
def test_without_a_list_that_holds_nobody_gets_in(tmp_path, monkeypatch, text, words_said):
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path))
    if text:
        (tmp_path / "access.toml").write_text(text, encoding="utf-8")
    shown = words(visit("returns", token("business_unit")))
    assert words_said in shown
    assert "owes" not in shown
    assert "Tell the business unit." in shown if text else "Tell whoever runs this dashboard" in shown
    assert "throughline" not in shown.replace("Throughline", "")


def test_anybody_reads_the_public_s_pages_where_the_list_says_so_and_no_others(home, tmp_path, monkeypatch):
    shutil.copytree(home, tmp_path / "open")
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path / "open"))
    assert "no provider to tell who they are" in words(visit("overview", {}))
    (tmp_path / "open" / "access.toml").write_text("public = true\n" + LIST, encoding="utf-8")
    for user in ({}, None):
        app = visit("returns", user, publication=current(home, "executive").publication_id)
        assert ONLY["public"] in words(app)
        assert "Who has sent what" not in words(app)
        assert [button.label for button in app.button] == ([] if user == {} else ["Sign in"])


def test_no_persona_is_offered_over_a_home_that_demo_has_not_made(demonstration, home, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_DEMO", "1")
    app = visit("overview", None, **{"as": "business_unit"})
    assert len(app.selectbox) == 0
    assert "Sign in to read and to send" in words(app)


@pytest.mark.usefixtures("served")
def test_there_is_a_persona_for_every_role_and_the_page_says_what_it_is():
    assert sorted(personas._PEOPLE.values()) == sorted(ROLES)  # noqa: SLF001 - the list itself
    app = opened("overview", "approver")
    assert app.selectbox(key="persona").value == "Approver of an agency"
    assert "A demonstration, with made-up figures: nobody signs in." in words(app)
    assert config.get_option("server.address") == "127.0.0.1"


def test_a_page_opens_its_own_audience_s_files_alone_read_only_and_locked(home, monkeypatch):
    asked = "select current_setting('access_mode'), current_setting('enable_external_access'), current_setting('lock_configuration')"
    opened_files: dict[str, set[tuple[object, ...]]] = {}
    connect = duckdb.connect

    def watched(path: str, **how: object) -> duckdb.DuckDBPyConnection:
        connection = connect(path, **how)
        opened_files.setdefault(path, set()).add(connection.execute(asked).fetchone())
        return connection

    reader = token("analyst")
    visit("overview", reader)  # which is put in the event log, once
    monkeypatch.setattr(duckdb, "connect", watched)
    for each in (
        reading.header,
        reading.overview,
        reading.scorecard,
        reading.indicator,
        reading.learning,
        reading.audits,
    ):
        each.cache_clear()
    for url in (
        "overview",
        "data-set",
        "indicator",
        "self-assessment",
        "audits",
        "assurance",
        "learning",
        "reviews",
        "about",
    ):
        visit(url, reader, indicator="FD01")
    folder = home / "publications" / "partnership"
    assert set(opened_files) <= {str(path) for path in folder.glob("*.duckdb")}
    assert set().union(*opened_files.values()) == {("read_only", False, True)}


def test_a_stranger_reads_the_public_s_pages_where_anybody_does_and_hears_why_no_more(home, tmp_path, monkeypatch):
    shutil.copytree(home, tmp_path / "open")
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path / "open"))
    (tmp_path / "open" / "access.toml").write_text("public = true\n" + LIST, encoding="utf-8")
    app = visit("overview", token("stranger"), publication=current(home, "executive").publication_id)
    assert ONLY["public"] in words(app)
    assert "signed in as stranger@leeds.example, which opens no more here than what anybody reads" in words(app)
    assert "To be given access, ask: the business unit." in words(app)
    assert [button.label for button in app.button] == ["Sign in as somebody else"]
