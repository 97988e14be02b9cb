"""The gate, the limits and the headers as a network sees them, before any page runs."""

from __future__ import annotations

import asyncio
import logging
import math
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from urllib.parse import quote

import pytest
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from streamlit import file_util

from app import links
from app.web import faults, media, uploaders
from app.web.answers import peer
from app.web.gate import CLOSED, Gate
from app.web.headers import Headers, policy
from app.web.landing import Landing, asked_for
from app.web.limits import Bucket, Limits
from app.web.pacing import Pacing
from app.web.served import Served
from app.web.turned_back import TurnedBack
from app.web.uploaders import Uploaders
from app.widgets import scripts

HERE = Served(Path("home"))
OUTSIDE = Served(Path("home"), "0.0.0.0", 8501, "https://throughline.example", ("10.0.0.1",))  # noqa: S104 - behind a proxy
INDEX = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
MEGABYTE = 1024 * 1024


def asked(app, path="/", method="GET", kind="http", peer="127.0.0.1", **headers):
    """Status, headers and words of the answer; a socket that is let in has status 101."""
    headers = {"host": "127.0.0.1:8501"} | {name.replace("_", "-"): value for name, value in headers.items()}
    said = []

    async def receive():
        return (
            {"type": f"{kind}.connect"}
            if kind == "websocket"
            else {"type": "http.request", "body": b"", "more_body": False}
        )

    async def send(message):
        said.append(message)

    scope = {
        "type": kind, "path": path, "method": method, "query_string": b"", "client": (peer, 1),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items() if value],
    }  # fmt: skip
    with ThreadPoolExecutor(1) as own:  # another test of this process may have a loop of its own going
        own.submit(asyncio.run, app(scope, receive, send)).result()
    if kind == "websocket":
        return {"websocket.close": 403, "websocket.accept": 101}[said[0]["type"]], {}, ""
    words = b"".join(each.get("body", b"") for each in said[1:]).decode()
    return said[0]["status"], {k.decode().lower(): v.decode() for k, v in said[0]["headers"]}, words


async def pages(scope, receive, send):
    """What is behind: it lets everybody in and keeps to itself who asked."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    answer = PlainTextResponse("a page", headers={"cache-control": "public"})
    answer.set_cookie("_streamlit_user", "x", samesite="lax")
    await answer(scope, receive, send)


def test_only_our_own_names_lead_here():
    gate, outside = Gate(pages, HERE), Gate(pages, OUTSIDE)
    assert [asked(gate, host=host)[0] for host in ("localhost:8501", "[::1]:8501", "127.0.0.1")] == [200, 200, 200]
    strange = (
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8501",
        "a@127.0.0.1",
        "127.0.0.1/x",
        "127.0.0.1:x",
        "",
    )
    assert [asked(gate, host=host)[0] for host in strange] == [421] * len(strange)
    assert asked(outside, host="throughline.example")[0] == 200
    assert asked(outside, host="throughline.example.evil.example")[0] == 421


def test_a_socket_opens_for_our_own_pages_only():
    gate, outside = Gate(pages, HERE), Gate(pages, OUTSIDE)

    def socket(app, **headers):
        return asked(app, "/_stcore/stream", kind="websocket", **headers)[0]

    assert socket(gate, origin="http://127.0.0.1:8501") == 101
    others = (
        "",
        "null",
        "http://evil.example",
        "http://127.0.0.1:9999",
        "http://127.0.0.1:8501.evil.example",
        "file://",
    )
    assert [socket(gate, origin=origin) for origin in others] == [403] * len(others)
    assert socket(outside, host="throughline.example", origin="https://throughline.example") == 101
    assert socket(outside, host="throughline.example", origin="http://throughline.example") == 403
    assert socket(outside, host="throughline.example", origin="https://throughline.example.evil.example") == 403
    assert asked(gate, origin="http://evil.example")[0] == 403


def test_what_is_no_page_of_ours_is_not_there():
    gate = Gate(pages, HERE)
    assert [asked(gate, path)[0] for path in CLOSED] == [404] * len(CLOSED)
    assert asked(gate, "/_stcore/agent/interact", "POST")[0] == 404
    assert [asked(gate, "/", method)[0] for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE")] == [405] * 5
    assert asked(gate, "/_stcore/upload_file/s/f", "PUT")[0] == 200


@pytest.mark.parametrize("path", ["/", "/media/a.svg", "/_stcore/metrics", "/static/js/x.js"])
def test_every_answer_carries_the_headers(path):
    _, here, _ = asked(Headers(Gate(pages, HERE), HERE, INDEX), path)
    assert here["x-content-type-options"] == "nosniff" and here["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in here["content-security-policy"]
    assert here["cross-origin-opener-policy"] == here["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in here["permissions-policy"] and "strict-transport-security" not in here
    assert here["cache-control"] == ("public" if path.startswith("/static/") else "no-store")
    _, outside, _ = asked(Headers(Gate(pages, OUTSIDE), OUTSIDE, INDEX), path, host="throughline.example")
    assert int(outside["strict-transport-security"].removeprefix("max-age=")) >= 31_536_000


def test_a_cookie_is_kept_from_scripts_and_from_the_open_network():
    async def both(scope, receive, send):
        answer = PlainTextResponse("x")
        answer.set_cookie("_streamlit_user", "x", httponly=True, samesite="lax")
        answer.raw_headers.append((b"set-cookie", b"_streamlit_xsrf=2|a|b|c; Path=/; SameSite=Lax"))
        await answer(scope, receive, send)

    def cookies(served, **headers):
        found = []

        async def kept(scope, receive, send):
            async def sent(message):
                found.extend(v.decode() for k, v in message.get("headers", []) if k == b"set-cookie")
                await send(message)

            await Headers(both, served, INDEX)(scope, receive, sent)

        asked(kept, **headers)
        return found

    assert cookies(HERE) == [
        "_streamlit_user=x; HttpOnly; Path=/; SameSite=lax",
        "_streamlit_xsrf=2|a|b|c; Path=/; SameSite=Lax",
    ]
    assert [each.endswith("; Secure") for each in cookies(OUTSIDE)] == [True, True]
    bare = Headers(pages, OUTSIDE, INDEX)
    assert asked(bare)[1]["set-cookie"].endswith("; HttpOnly; Secure")


def test_the_policy_names_every_script_and_lets_no_other_run():
    said = dict(part.split(" ", 1) for part in policy(INDEX).split("; "))
    allowed = set(said["script-src"].split())
    assert {scripts.fingerprint(each) for each in scripts.EVERY} < allowed
    assert len(allowed) == len(scripts.EVERY) + INDEX.count("<script>") + 2
    assert allowed.isdisjoint({"'unsafe-inline'", "'unsafe-eval'", "data:", "blob:", "*"})
    assert said["default-src"] == "'none'" and "http" not in policy(INDEX)
    assert scripts.fingerprint("alert(1)") not in allowed


def test_no_module_but_one_runs_a_script():
    root = Path(__file__).parents[2] / "app"
    running = [path.name for path in root.rglob("*.py") if "unsafe_allow" in path.read_text("utf-8")]
    assert running == ["scripts.py"]
    with pytest.raises(ValueError, match="Only a script of this module"):
        scripts.run("alert(1)")


def test_too_many_uploads_of_a_window_are_told_to_wait():
    limits = Limits(pages, by_window=(Bucket(2, 0.5, now=lambda: 0), Bucket(10 * MEGABYTE, 1, now=lambda: 0)))

    def upload(window, size="10", peer="192.0.2.1", **headers):
        return asked(limits, f"/_stcore/upload_file/{window}/f", "PUT", peer=peer, content_length=size, **headers)

    assert [upload("a")[0] for _ in range(3)] == [200, 200, 429]
    status, headers, words = upload("a")
    assert (status, headers["retry-after"]) == (429, "2")
    assert words == "That is more than one reader may ask for at a time. Wait 2 seconds, then try again.\n"
    assert upload("b")[0] == 200
    assert upload("c", str(11 * MEGABYTE))[0] == 413
    assert [upload("c", size)[0] for size in ("", "-1", "1e3", "٣")] == [411] * 4
    assert asked(limits, "/_stcore/upload_file/a/f", "DELETE")[0] == 200


def test_one_address_cannot_get_round_the_limit_by_new_windows():
    limits = Limits(pages, by_address=(Bucket(3, 0.1, now=lambda: 0), Bucket(math.inf, 1, now=lambda: 0)))
    sent = [
        asked(limits, f"/_stcore/upload_file/{n}/f", "PUT", peer=f"2001:db8::{n}", content_length="1")[0]
        for n in range(4)
    ]
    assert sent == [200, 200, 200, 429]


def test_signing_in_and_new_windows_are_limited_by_address():
    limits = Limits(pages, sign_ins=Bucket(2, 0.1, now=lambda: 0), windows=Bucket(1, 0.1, now=lambda: 0))
    assert [asked(limits, path)[0] for path in ("/auth/login", "/oauth2callback", "/auth/login")] == [200, 200, 429]
    assert asked(limits, "/auth/login", peer="192.0.2.9")[0] == 200
    assert [asked(limits, "/_stcore/stream", kind="websocket")[0] for _ in range(2)] == [101, 403]
    assert asked(limits, "/")[0] == 200


def test_one_address_holds_so_many_windows_open_and_no_more():
    seen = []

    async def holds(scope, receive, send):
        await send({"type": "websocket.accept"})
        if len(seen) < 2:
            seen.append(asked_within(limits))

    def asked_within(app):
        with ThreadPoolExecutor(1) as another:
            return another.submit(asked, app, "/_stcore/stream", kind="websocket").result()[0]

    limits = Limits(holds, open_at_once=2)
    assert asked(limits, "/_stcore/stream", kind="websocket")[0] == 101
    assert seen == [403, 101]  # the third while two are open, then the second
    assert asked(limits, "/_stcore/stream", kind="websocket")[0] == 101
    assert limits._open == {}  # noqa: SLF001 - that nothing is kept of whoever has gone is the promise


def test_a_bucket_fills_again_and_forgets_the_one_seen_longest_ago():
    now = [0.0]
    bucket = Bucket(2, 0.5, remembered=2, now=lambda: now[0])
    bucket.take("a", 2)
    assert bucket.wait("a") == 2
    now[0] = 2
    assert bucket.wait("a") == 0 and bucket.wait("a", 2) == 2
    now[0] = 1000
    assert bucket.wait("a", 2) == 0  # never more than at once
    for who in "xyz":
        bucket.take(who)
    assert len(bucket._left) == 2  # noqa: SLF001 - that memory is bounded is the promise


def test_a_fault_is_told_by_its_place_and_never_by_its_words(caplog):
    def read(cell):
        try:
            return int(cell)
        except ValueError as why:
            raise RuntimeError(f"cannot read {cell}") from why

    name, before = "Jane Example", logging.getLogRecordFactory()
    logging.setLogRecordFactory(faults._record)  # noqa: SLF001 - as begin_log sets it
    try:
        try:
            read(name)
        except RuntimeError as why:
            fault = why
            faults.LOG.error("Fault %s", "abcd", exc_info=why)
            faults.LOG.warning("It said %s", why)
    finally:
        logging.setLogRecordFactory(before)
    assert name not in caplog.text and name not in faults.place(fault)
    assert "RuntimeError at" in caplog.text and "after builtins.ValueError at" in caplog.text
    assert 'test_web.py", line' in caplog.text and "Fault abcd" in caplog.text


def test_of_an_address_that_anybody_may_make_up_nothing_stands_in_the_log(caplog):
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(faults._record)  # noqa: SLF001 - as begin_log sets it
    try:
        of_sign_in = logging.getLogger("streamlit.web.server.starlette.starlette_auth_routes")
        of_sign_in.error("Error during authentication: %s. Error description: %s", "\x1b[2J", "Jane Example")
    finally:
        logging.setLogRecordFactory(before)
    assert "Error during authentication: (left out)" in caplog.text
    assert "\x1b" not in caplog.text and "Jane" not in caplog.text


def test_streamlit_still_says_under_that_name_what_a_stranger_put_into_an_address():
    from streamlit.web.server.starlette import starlette_auth_routes

    assert starlette_auth_routes._LOGGER.name == faults._OF_STRANGERS  # noqa: SLF001 - another name would let it through


def test_who_asks_is_the_address_of_the_connection():
    assert peer({"client": ("192.0.2.1", 5)}) == "192.0.2.1"
    assert peer({}) == ""


def cookie(address: str) -> str:
    return f"a=b; throughline_asked={quote(address, safe='')}"


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/returns", "/returns"),
        ("/indicator?indicator=CP07&publication=20261117T093000Z-00000000", "/indicator?indicator=CP07&publication=20261117T093000Z-00000000"),
        ("/indicator?indicator=CP07&link=token&next=%2F%2Fevil.example", "/indicator?indicator=CP07"),
        ("/indicator?indicator=%0d%0aSet-Cookie:x", "/indicator"),
        ("/indicator?indicator=//evil.example", "/indicator?indicator=%2F%2Fevil.example"),
    ],
)  # fmt: skip
def test_after_signing_in_one_lands_on_a_page_of_ours_with_what_our_pages_ask(asked, led):
    assert asked_for(cookie(asked)) == led


@pytest.mark.parametrize(
    "asked",
    [
        "", "/", "//evil.example/returns", "https://evil.example/returns", "/\\evil.example", "/returns/..//evil.example",
        "javascript:alert(1)", "/answer?link=token", "/_stcore/metrics", "returns", "/returns\r\nx: y", "/" + "a" * 2000,
        "http://[", "//evil.example", "///evil.example/returns", "/%2Fevil.example",
    ],
)  # fmt: skip
def test_an_address_that_is_no_page_of_ours_leads_nowhere(asked):
    assert asked_for(cookie(asked)) == ""


def test_only_the_way_back_from_the_provider_leads_on_and_the_cookie_is_gone_with_it():
    def answering(place):
        async def back(scope, receive, send):
            await RedirectResponse(place, 302)(scope, receive, send)

        return Landing(back)

    kept = cookie("/returns?agency=lcc_cf")
    status, headers, _ = asked(answering("/"), "/oauth2callback", cookie=kept)
    assert (status, headers["location"]) == (302, "/returns?agency=lcc_cf")
    assert headers["set-cookie"].startswith("throughline_asked=; Path=/oauth2callback; Max-Age=0")
    assert (
        asked(answering("https://id.example/"), "/oauth2callback", cookie=kept)[1]["location"] == "https://id.example/"
    )
    assert asked(answering("/"), "/auth/logout", cookie=kept)[1]["location"] == "/"


def test_the_first_page_is_led_to_where_it_is_asked_for_by_its_name():
    status, headers, _ = asked(Landing(pages), "/overview")
    assert (status, headers["location"]) == (302, "/")
    assert asked(Landing(pages), "/returns")[0] == 200


@pytest.mark.parametrize(
    ("path", "query", "status", "cookie_said", "turned"),
    [
        ("/auth/login", "provider=x", 400, "", True),
        ("/auth/login", "provider=x", 302, "", False),
        ("/oauth2callback", "error=access_denied&error_description=%3Cb%3E", 302, "", True),
        ("/oauth2callback", "code=1&state=2", 302, '_streamlit_user=""; Max-Age=0; Path=/', True),
        ("/oauth2callback", "code=1&state=2", 302, "_streamlit_user=x; Path=/", False),
        ("/oauth2callback", "state=2", 302, '_streamlit_user=""; Max-Age=0; Path=/', False),
        ("/returns", "error=1", 404, "", False),
    ],
)
def test_who_could_not_be_signed_in_reads_so_and_finds_the_way_back(path, query, status, cookie_said, turned):
    async def inner(scope, receive, send):
        answer = Response("Authentication error", status)
        if cookie_said:
            answer.headers["set-cookie"] = cookie_said
        await answer(scope, receive, send)

    async def with_query(scope, receive, send):
        await TurnedBack(inner)({**scope, "query_string": query.encode()}, receive, send)

    found, headers, said = asked(with_query, path)
    assert ("You are not signed in" in said) is turned
    assert ('<a href="/">' in said) is turned
    assert found == (400 if turned else status)
    assert headers.get("set-cookie", "") == cookie_said
    assert "<b>" not in said
    if turned:
        assert int(headers["content-length"]) == len(said.encode())


def test_every_name_that_an_address_of_ours_asks_is_known_but_for_tokens_and_personas():
    said = "\n".join(path.read_text("utf-8") for path in Path("app").rglob("*.py"))
    used = set(re.findall(r"query_params(?:\.get\(|\[)\"(\w+)\"", said))
    used |= {name for call in re.findall(r"links\.to\(([^()]*)\)", said) for name in re.findall(r"(\w+)=", call)}
    assert used - {"link", "as"} <= links.KNOWN
    assert {"indicator", "agency", "year"} <= used


def test_a_sign_in_or_a_word_makes_two_tabs_one_browser_and_nothing_else_does():
    same = media.is_same
    assert same({"throughline_browser": "a"}, {"throughline_browser": "a"})
    assert same(
        {"throughline_browser": "a", "_streamlit_user": "s"}, {"throughline_browser": "b", "_streamlit_user": "s"}
    )
    for asking, holding in (
        ({}, {}),
        ({"throughline_browser": ""}, {"throughline_browser": ""}),
        ({"x": "a"}, {"x": "a"}),
    ):
        assert not same(asking, holding)
    assert not same({"_streamlit_user": "s"}, {"throughline_browser": "s"})


def test_a_file_is_taken_only_where_a_page_has_asked_for_one(monkeypatch):
    app = Uploaders(pages)
    monkeypatch.setattr(uploaders, "_window", lambda: "a")
    assert asked(app, "/_stcore/upload_file/a/f", "PUT")[0] == 403
    uploaders.show()
    assert asked(app, "/_stcore/upload_file/a/f", "PUT")[0] == 200
    assert asked(app, "/_stcore/upload_file/b/f", "PUT")[0] == 403
    assert asked(app, "/_stcore/upload_file/a/f", "DELETE")[0] == 200
    uploaders.hide()
    assert asked(app, "/_stcore/upload_file/a/f", "PUT")[0] == 403


def test_a_message_of_text_closes_the_window_without_a_fault():
    heard: list[object] = []
    sent: list[object] = []

    async def window(scope, receive, send):
        heard.append(await receive())

    async def receive():
        return {"type": "websocket.receive", "text": "hello"}

    async def send(message):
        sent.append(message)

    scope = {"type": "websocket", "path": "/", "client": ("192.0.2.1", 1), "headers": []}
    with ThreadPoolExecutor(1) as own:
        own.submit(asyncio.run, Pacing(window)(scope, receive, send)).result()
    assert heard == [{"type": "websocket.disconnect", "code": 1003}]
    assert sent == [{"type": "websocket.close", "code": 1003, "reason": ""}]


def test_a_windows_messages_are_handed_on_no_faster_than_a_reader_sends_them():
    handed: list[float] = []

    async def window(scope, receive, send):
        for _ in range(5):
            await receive()
            handed.append(monotonic())

    async def receive():
        return {"type": "websocket.receive", "bytes": b"x"}

    pacing = Pacing(window, by_window=Bucket(3, 20))
    scope = {"type": "websocket", "path": "/", "client": ("192.0.2.1", 1), "headers": []}
    begun = monotonic()
    with ThreadPoolExecutor(1) as own:
        own.submit(asyncio.run, pacing(scope, receive, None)).result()
        own.submit(asyncio.run, pacing(scope, receive, None)).result()
    # Three at once, two a twentieth of a second apart; and another window has a measure of its own.
    assert handed[4] - begun >= 0.099
    assert handed[3] - begun >= 0.049
    by_address = Pacing(window, by_address=Bucket(6, 20))
    begun = monotonic()
    with ThreadPoolExecutor(1) as own:
        own.submit(asyncio.run, by_address(scope, receive, None)).result()
        own.submit(asyncio.run, by_address(scope, receive, None)).result()
    assert handed[-1] - begun >= 0.199
