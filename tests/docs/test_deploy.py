"""The files of `deploy/` against the program: what they start, copy, allow and close is what there is."""

from __future__ import annotations

import re
import shlex

import pytest

from app import asgi
from app.web import health
from pipelines.cli import main
from tests.docs.blocks import HOW_TO, ROOT

DEPLOY = ROOT / "deploy"
PAGE = HOW_TO / "deploy.md"


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def parsed(arguments: list[str]) -> dict[str, object]:
    """What the command line makes of the arguments; it fails on any it does not know."""
    # Under the command above it: click remembers the words for help of whoever asks first.
    above = main.make_context("throughline", list(arguments))
    return main.commands[arguments[0]].make_context(arguments[0], arguments[1:], parent=above).params


def test_the_service_starts_what_the_command_line_knows_from_where_it_is_installed():
    started = re.search(r"^ExecStart=(.+)$", text("throughline.service"), re.MULTILINE)
    program, *arguments = shlex.split(started[1])
    assert program == "/opt/throughline/.venv/bin/throughline"
    assert parsed(arguments) == {
        "port": 8501, "address": "127.0.0.1", "public": "https://throughline.example", "proxies": ("127.0.0.1",),
    }  # fmt: skip


def test_the_backup_is_made_every_night_as_the_command_line_knows_it_and_where_it_may_write():
    unit = text("throughline-backup.service")
    program, *arguments = shlex.split(re.search(r"^ExecStart=(.+)$", unit, re.MULTILINE)[1])
    assert program == "/opt/throughline/.venv/bin/throughline"
    out = parsed(arguments)["out"]
    assert f"\nReadWritePaths=/var/lib/throughline {out}\n" in unit and f"\nRequiresMountsFor={out}\n" in unit
    home = re.search(r"THROUGHLINE_HOME=(\S+)", text("throughline.service"))[1]
    assert f"THROUGHLINE_HOME={home}\n" in unit and not out.is_relative_to(home)
    assert re.search(r"^OnCalendar=\*-\*-\* ", text("throughline-backup.timer"), re.MULTILINE)
    assert "throughline-backup.timer" in PAGE.read_text(encoding="utf-8")


def test_the_service_may_write_to_its_own_folder_only():
    unit = text("throughline.service")
    for line in (
        "ProtectSystem=strict",
        "NoNewPrivileges=yes",
        "ProtectHome=yes",
        "UMask=0077",
        "StateDirectoryMode=0700",
    ):
        assert f"\n{line}\n" in unit
    assert "ReadWritePaths" not in unit and "User=root" not in unit
    home = re.search(r"THROUGHLINE_HOME=/var/lib/(\w+)", unit)[1]
    assert f"\nStateDirectory={home}\n" in unit
    stops = int(re.search(r"TimeoutStopSec=(\d+)", unit)[1])
    assert stops > asgi.AT_THE_LATEST > asgi.TO_FINISH


def test_the_container_copies_what_there_is_and_installs_by_fingerprint():
    lines = text("Containerfile").replace("\\\n", " ")
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", lines, re.MULTILINE) for name in line.split()]
    assert {"app", "pipelines", "schemas", "sample_data", "requirements.lock", "pyproject.toml"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    installs = re.findall(r"pip install ([^&\n]+)", lines)
    assert len(installs) == 2
    assert all("--require-hashes" in each or "--no-index" in each for each in installs)
    assert re.findall(r"^FROM (.+)$", lines, re.MULTILINE) == ["${BASE} AS build", "${BASE}"]
    assert re.search(r"^ARG BASE$", lines, re.MULTILINE)
    assert "@sha256:" in PAGE.read_text("utf-8")


def test_the_container_runs_as_nobody_in_particular_and_serves():
    lines = text("Containerfile")
    assert re.search(r"^USER (\d+):(\d+)$", lines, re.MULTILINE)[1] != "0"
    command = re.search(r'^CMD \["(.+)"\]$', lines, re.MULTILINE)[1].split('", "')
    assert parsed(command)["address"] == "0.0.0.0"  # noqa: S104 - inside the container
    assert f"http://127.0.0.1:8501{health.LIVES}" in lines


@pytest.mark.parametrize(
    ("name", "limit"), [("nginx.conf", r"client_max_body_size (\d+)m;"), ("Caddyfile", r"max_size (\d+)MB")]
)
def test_a_proxy_lets_the_largest_file_through_and_closes_what_is_not_for_strangers(name, limit):
    lines = text(name)
    assert int(re.search(limit, lines)[1]) > asgi.MOST_MEGABYTES
    assert health.READY in lines and "/_stcore/metrics" in lines
    port = parsed(["serve"])["port"]
    assert set(re.findall(r"127\.0\.0\.1:(\d+)", lines)) == {str(port)}


def test_nginx_passes_sockets_keeps_no_file_and_logs_no_token():
    lines = text("nginx.conf")
    assert "proxy_set_header Upgrade $http_upgrade;" in lines and "proxy_request_buffering off;" in lines
    assert "proxy_max_temp_file_size 0;" in lines and "proxy_set_header X-Forwarded-For $remote_addr;" in lines
    logged = re.search(r"log_format throughline '(.+)';", lines)[1]
    assert not {"$request", "$request_uri", "$args", "$query_string", "$http_referer"} & set(
        re.findall(r"\$\w+", logged)
    )
    assert lines.count("{") == lines.count("}")


def test_the_page_says_what_the_server_says():
    page = " ".join(PAGE.read_text("utf-8").split())
    from app.web import gate, limits

    said = {words for words in vars(gate).values() if isinstance(words, str)}
    assert str(asgi.MOST_MEGABYTES) in page and "151 MB" in page
    assert limits.SLOWLY.split(".")[0] in page and said
    for option in ("--public-address", "--proxy", "--address", "--port"):
        assert f"`{option}" in page


def test_the_decision_gives_the_limits_there_are():
    from app.web.limits import Limits

    page = (ROOT / "docs/explanation/decisions/0042-what-stands-before-the-pages.md").read_text("utf-8")
    limits = Limits(None)
    files, megabytes = (bucket.at_once for bucket in limits.by_address)
    said = f"{files:,.0f} files or {megabytes / 1024 / 1024:,.0f} MB at once, {limits.sign_ins.at_once:.0f} sign-ins, {limits.windows.at_once:.0f} windows, {limits.open_at_once} of them open"
    assert said in " ".join(page.split())
