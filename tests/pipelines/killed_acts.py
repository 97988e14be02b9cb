"""The acts that write, each small enough to be killed dozens of times; run as `python -m tests.pipelines.killed_acts FOLDER`."""

from __future__ import annotations

import hashlib
import json
import pickle
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.checking import Report
from pipelines.flows import backing_up, by_the_files, restoring, returns, tidying
from pipelines.flows.publication import brought_out, released
from pipelines.publishing import Made, alone, finish, made, secured
from pipelines.queries import frame, rows_held
from pipelines.queries.pointer import pointed
from pipelines.queries.reading import rows
from pipelines.store import backups, events, migrating, submissions, sweeping
from pipelines.store.opening import VAULT, transaction
from schemas.actors import Actor
from tests.pipelines.earlier_vaults import at_step, counted
from tests.pipelines.kill_points import of_each_kind
from tests.pipelines.killing import Act, apart, outcomes
from tests.pipelines.releases import figure, inputs, order

STEWARD = Actor("Steward", "business_unit")
AT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
AUDIENCES = ("partnership", "public")
# A little more than each of what a vault of a few rows, its log of changes, a publication and an original come to.
SIZES = (0, 200, 2_000, 5_000, 40_000, 270_000, 600_000, 1_100_000)
FILLED = ("publication", "figure", "finding", "agreement")
TORN = {"submit again": SIZES, "migrate": SIZES, "publish": (200, 600_000)}


def report(number: int, agency_id: str = "wyp_leeds", period_id: str = "2026-27-Q2") -> tuple[Report, bytes]:
    """A return of one figure as a check gives it, and the file it came in."""
    content = f"{agency_id},{period_id},{number}".encode()
    given = {
        "indicator_id": "PO01", "period_id": period_id, "agency_id": agency_id, "area_id": "E08000035", "breakdown": "all",
        "category": "all", "numerator": float(number), "denominator": None, "value": float(number), "marker": "",
        "reason": "", "definition_version": 1, "sheet": "Figures",
    }  # fmt: skip
    figures = pd.DataFrame([given]).astype({"numerator": float, "denominator": float, "value": float})
    found = Report(
        f"{number}.csv", hashlib.sha256(content).hexdigest(), "figures", agency_id, period_id, "accepted", 0, 1, 1, (),
        figures=figures.set_axis([2]), template_version="1",
    )  # fmt: skip
    return found, content


def receive(home: Path, number: int, agency_id: str = "wyp_leeds") -> None:
    """What `returns.submit` does once the file has been checked."""
    checked, content = report(number, agency_id)
    with transaction(home, write=True) as connection:
        submissions.receive(connection, home, STEWARD, checked, content, at=AT + timedelta(minutes=number))


def told(home: Path) -> dict[str, Any]:
    """What a person would notice of a home, and under `faults` what nobody should ever find."""
    if not (home / VAULT).exists():
        return {"faults": [], "log": [], "stands": [], "shown": {each: [] for each in AUDIENCES}}
    with transaction(home, write=False) as connection:
        faults = [*events.verify(connection, home), *(each.words for each in rows_held.held(home, connection).faults)]
        log = [f"{action} {subject}" for action, subject in connection.execute(_LOG).fetchall()]
        stands = [list(row) for row in connection.execute(_STANDS).fetchall()]
        kept = [sha256 for (sha256,) in connection.execute("select file_sha256 from submission").fetchall()]
    missing = [sha256 for sha256 in kept if not (home / "files" / sha256).exists()]
    shown = {}
    for audience in AUDIENCES:
        found = frame.served(home, STEWARD, audience)
        faults += [found.fault] if found.fault else []
        shown[audience] = rows(found.pointer, "select publication_id from publication") if found.pointer else []
    return {
        "faults": faults + missing, "log": log, "stands": stands, "shown": shown,
    }  # fmt: skip


_LOG = "select action, subject from event order by position"
_STANDS = """
select s.submission_id, s.state, o.numerator, t.until_at is null
from submission as s
left join observation as o using (submission_id)
left join stood as t using (submission_id)
order by all
"""


def orphans(home: Path) -> list[str]:
    """Files that are no part of the home."""
    kept = {f"files/{report(number)[0].file_sha256}" for number in range(1, 9)}
    places = [home, *(path for path in home.rglob("*") if path.is_dir())]
    lost = [path for place in places for path in sweeping.unfinished(place)]
    lost += [path for path in home.glob("files/*") if f"files/{path.name}" not in kept]
    return sorted(str(path) for path in [*lost, *home.glob("publications/*/.*"), *home.glob(".backup-*")])


def first(home: Path) -> None:
    receive(home, 1)


def two(home: Path) -> None:
    receive(home, 1)
    receive(home, 2)


def withdrawn(home: Path, _: Any) -> None:
    returns.withdraw(
        home, STEWARD, "wyp_leeds.figures.2026-27-Q2.v2", "The wrong file was sent", AT + timedelta(hours=1)
    )


def reverted(home: Path, _: Any) -> None:
    returns.revert(home, STEWARD, "wyp_leeds.figures.2026-27-Q2.v1", "The wrong file was sent", AT + timedelta(hours=1))


def prepared_releases(home: Path) -> str:
    """A home with releases for two audiences, and the next ones made and audited, which takes longer than to bring them out."""
    first(home)
    brought_out(home, next_releases(home, AT, 500), silent, by_the_files.noted(home))
    ready = next_releases(home, AT + timedelta(days=1), 600)
    return pickle.dumps(ready).hex()


def next_releases(home: Path, at: datetime, number: int) -> list[Made]:
    """Releases in which only a few tables have rows: a full one is written in the same steps, and takes three times as long."""
    moment = secured(home, inputs(figure("ED07", number)), {}, silent)
    orders = [replace(order("For a meeting", at), audience=audience) for audience in AUDIENCES]
    full = [made(home, moment, each, silent) for each in orders]
    return [replace(one, tables={**one.tables, **_empty(one.tables)}) for one in full]


def _empty(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: table.iloc[:0] for name, table in tables.items() if name not in FILLED}


def silent(_: str) -> None:
    """Progress nobody listens to."""


def release(home: Path, given: str) -> None:
    """Bring the releases out as `publish_each` does once they are made; where they are out already there is no more to do."""
    ready: list[Made] = pickle.loads(bytes.fromhex(given))  # noqa: S301 - our own
    with transaction(home, write=False) as connection:
        logged = released(connection)
    for one in ready:
        with alone(home, one.order.audience):
            finish(home, one.order.audience, logged)
    out = [pointed(home, one.order.audience) for one in ready]
    if [each.publication_id if each else "" for each in out] == [one.publication_id for one in ready]:
        return
    brought_out(home, ready, silent, by_the_files.noted(home))


def backed_up(home: Path, _: Any) -> None:
    out = home.parent / "out.tar"
    out.unlink(missing_ok=True)
    backing_up.back_up(home, STEWARD, out, AT)


def told_of_backup(home: Path) -> dict[str, Any]:
    """A backup that is there is whole; that one was begun stays in the log."""
    found = told(home)
    out = home.parent / "out.tar"
    return {
        "faults": found["faults"],
        "stands": found["stands"],
        "files": len(backups.read(out).files) if out.exists() else 0,
    }


def to_restore(home: Path) -> str:
    """A home that has gone on since it was backed up."""
    two(home)
    out = home.parent / "kept.tar"
    backing_up.back_up(home, STEWARD, out, AT)
    receive(home, 3)
    return str(out)


def restored(home: Path, backup: str) -> None:
    restoring.restore(home, STEWARD, Path(backup), AT, replace=True)


ACTS = {
    "submit first": Act(lambda _: None, lambda home, _: receive(home, 1), told, tidying.tidy),
    "submit again": Act(first, lambda home, _: receive(home, 2), told, tidying.tidy),
    "withdraw": Act(two, withdrawn, told, tidying.tidy),
    "revert": Act(two, reverted, told, tidying.tidy),
    "publish": Act(prepared_releases, release, told, tidying.tidy),
    "back up": Act(first, backed_up, told_of_backup, tidying.tidy),
    "restore": Act(to_restore, restored, told, tidying.tidy),
    "migrate": Act(lambda home: at_step(home, 1), lambda home, _: returns.begin(home), counted, lambda _: None),
}


def at_once(home: Path, count: int) -> dict[str, Any]:
    """So many processes submit at once, half of them versions of one return; what is there afterwards."""
    import os

    children: list[int] = []
    start = time.time() + 0.3
    for number in range(1, count + 1):
        child = os.fork()
        if not child:
            time.sleep(max(0.0, start - time.time()))
            code = 1
            try:
                receive(home, number, "wyp_leeds" if number % 2 else "lcc_cf")
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    return {"codes": codes, **apart(lambda: told(home))[1]}


if __name__ == "__main__":
    folder, wanted = Path(sys.argv[1]), sys.argv[2:] or list(ACTS)
    assert len(migrating.steps()) > 1
    answers: dict[str, Any] = {}
    for name in wanted:
        place = folder / name.replace(" ", "_")
        place.mkdir()
        (place / "first").mkdir()
        began = time.perf_counter()
        if name in ACTS:
            answers[name] = outcomes(ACTS[name], place, of_each_kind, TORN.get(name, ()))
            answers[name]["orphans"] = orphans(place / "there" / "home")
        else:
            answers[name] = at_once(place / "home", int(name))
        answers[name]["seconds"] = round(time.perf_counter() - began, 1)
    sys.stdout.write(json.dumps(answers))
