"""Removes submissions and records for good: from every table, from the originals, and from the vault's own free pages.

Deleting a row leaves its bytes in the file until something else is written over them. So the rows are deleted in a copy, and
what is left there is copied into a new file, which takes the vault's place; the first copy is thrown away.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from pipelines.store import (
    connecting,
    copying,
    events,
    expunged,
    fingerprints,
    keys,
    migrating,
    opening,
    private,
    taking_back,
)
from pipelines.store.chain import facts
from pipelines.store.to_expunge import ROWS_GO, going, left
from pipelines.store.versions import version_named
from schemas.acts import LOGIN
from schemas.problems import UserError
from schemas.removals import WHYS

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from pipelines.store.to_expunge import Going
    from schemas.actors import Actor

# A full disk, or a block of the vault that was changed or cut short.
_FAULTS = (duckdb.IOException, duckdb.FatalException, duckdb.InvalidInputException, connecting.DamagedError)
_FIRST = "first.duckdb"
_ASKED = "submission.expunging"
_CHANGED = "What would be removed is no longer what was shown. Nothing was removed; look at it again."


@dataclass(frozen=True, slots=True)
class Act:
    """Who removes something for good, why (a code and a checked reason), when, and who asked for it; empty where nobody did."""

    actor: Actor
    why: str
    reason: str
    at: datetime
    asked_by: str = ""


class Asked(NamedTuple):
    """Who asked that something go, when (UTC), with which code and reason; `login`: as whom the machine knew them."""

    by: str
    at: datetime
    why: str
    reason: str
    login: str


@contextmanager
def prepared(home: Path) -> Generator[Path]:
    """The home with nobody else in its vault, and an empty folder for what takes the place of files in it.

    At the end what was decided is put in place; what was not is thrown away.
    """
    with opening.locked(home, 60):
        private.folder(expunged.new(home))
        try:
            yield expunged.new(home)
        except (OSError, *_FAULTS) as why:
            raise opening.not_possible(home) from why
        finally:
            expunged.settle(home)


def without(home: Path, shown: Going, act: Act, anew: Sequence[tuple[str, str, str]] = ()) -> list[str]:
    """Make the vault that takes this one's place: without what goes, with an entry for each submission that loses something.

    `anew`: the publications that are written anew, each with its id, audience and SHA-256, which the log is to know.
    Gives where the texts still stand. UserError where what goes is no longer what was shown.
    """
    key = keys.configured(home)
    first, made = home / expunged.FOLDER / _FIRST, expunged.new(home) / opening.VAULT
    copying.copy(home, (home / opening.VAULT, first), key, key)
    with connecting.opened(first, key) as connection:
        migrating.migrate(connection)
        connection.begin()
        if going(connection, shown.whole, shown.records) != shown:
            raise UserError(_CHANGED)
        for publication_id, audience, sha256 in anew:
            detail = {"audience": audience, "sha256": sha256}
            events.append(connection, act.actor, "publication.rewritten", publication_id, detail, at=act.at)
        _take_back(connection, shown, act)
        _delete(connection, shown)
        _note(connection, shown, act)
        _log(connection, shown, act)
        still = left(connection, shown.texts)
        connection.commit()
    copying.copy(home, (first, made), key, key)
    for each in first.parent.glob(f"{_FIRST}*"):
        each.unlink()
    private.tighten(made)
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    return still


def ask(connection: opening.Connection, target: Going, act: Act) -> None:
    """Keep that somebody asks for it, for another to do; what was asked of the same before is replaced."""
    connection.execute("delete from expunging_asked where target = ?", [target.target])
    row = [target.target, _utc(act.at), act.actor.name, act.why, act.reason]
    connection.execute("insert into expunging_asked values (?, ?, ?, ?, ?)", row)
    for submission_id in target.submissions:
        events.append(connection, act.actor, _ASKED, submission_id, _why(act), at=act.at)


def asked(connection: opening.Connection, target: Going) -> Asked | None:
    """Who asked for it, when, and why; None where nobody did.

    Nor where the event log has it otherwise: what is asked lies in a table that can be written past the log, and one human
    who asks as one person and does it as another would be two.
    """
    row = connection.execute(
        "select asked_by, asked_at, why, reason from expunging_asked where target = ?", [target.target]
    ).fetchone()
    if row is None:
        return None
    by, at, why, reason = row[0], row[1].replace(tzinfo=UTC), row[2], row[3]
    detail = {"why": why, "reason_sha256": _sha256(reason)}
    for entry in reversed(events.of(connection, _ASKED)):
        said = facts(entry["detail"])
        is_it = (entry["subject"] in target.submissions, entry["happened_at"]) == (True, at.isoformat())
        if is_it and entry["actor"] == by and detail.items() <= said.items():
            return Asked(by, at, why, reason, str(said.get(LOGIN, "")))
    return None


def _why(act: Act) -> dict[str, str]:
    return {"why": act.why, "reason_sha256": _sha256(act.reason)}


def _sha256(reason: str) -> str:
    return hashlib.sha256(reason.encode()).hexdigest()


def _take_back(connection: opening.Connection, shown: Going, act: Act) -> None:
    """An entry of those that stand or stood, that they no longer do, as with any that is taken back."""
    for submission_id in shown.whole:
        version = version_named(connection, submission_id)
        if version is not None and version.state not in ("withdrawn", "refused"):
            taking_back.withdraw(connection, act.actor, submission_id, act.reason, at=act.at)


def _log(connection: opening.Connection, shown: Going, act: Act) -> None:
    """An entry for each submission, with the fingerprint of what is left of it."""
    for submission_id in shown.submissions:
        detail = _why(act) | {"whole": submission_id in shown.whole}
        detail |= {"rows_sha256": fingerprints.of(connection, submission_id)}
        detail |= {"asked_by": act.asked_by} if act.asked_by else {}
        events.append(connection, act.actor, "submission.expunged", submission_id, detail, at=act.at)


def _delete(connection: opening.Connection, shown: Going) -> None:
    given = {"whole": list(shown.whole), "records": list(shown.records)}
    texts = {"texts": list(shown.texts)}
    for table in ("problem", "mend"):
        connection.execute(_BESIDE_RECORDS.format(table=table, cell=_CELLS[table]), given)
        connection.execute(_HOLDS_TEXT.format(table=table, column="value"), texts)
    connection.execute(_HOLDS_TEXT.format(table="problem", column="message"), texts)
    connection.execute(_HOLDS_TEXT.format(table="draft", column="body"), texts)
    connection.execute(f"delete from record as r where {ROWS_GO}", given)  # noqa: S608 - our own words
    for table in ("observation", "problem", "mend"):
        connection.execute(f"delete from {table} where list_contains(?, submission_id)", [given["whole"]])  # noqa: S608


# What was said of a record's row, and what was mended in it.
_BESIDE_RECORDS = f"""
delete from {{table}} as t
where exists (select 1 from record as r
    where r.submission_id = t.submission_id and r.sheet = t.sheet and {{cell}} and {ROWS_GO})
"""  # noqa: S608 - our own words
_CELLS = {"problem": "r.row = t.row", "mend": "regexp_extract(t.cell, '[0-9]+$') = r.row::varchar"}
_HOLDS_TEXT = """
delete from {table} as t
where exists (select 1 from unnest($texts::varchar[]) as p(text)
    where contains(regexp_replace(t.{column}, '\\s+', ' ', 'g'), p.text))
"""


def _note(connection: opening.Connection, shown: Going, act: Act) -> None:
    """Blank what was typed with the submissions, keep their fingerprints, and take away what was asked."""
    every = list(shown.submissions)
    connection.execute(
        """
        insert into expunged
        select submission_id, file_sha256, list_contains($whole, submission_id), $at, $by, $why, $reason
        from submission where list_contains($every, submission_id)
        """,
        {
            "whole": list(shown.whole),
            "every": every,
            "at": _utc(act.at),
            "by": act.actor.name,
            "why": act.why,
            "reason": act.reason,
        },
    )
    connection.execute(
        "update submission set file_name = '', original_kept = false where list_contains(?, submission_id)", [every]
    )
    connection.execute(
        """
        update submission
        set cover = '{}', prepared_by_role = '', approved_by_role = '', template_version = '', reason = ?
        where list_contains(?, submission_id)
        """,
        [f"Removed for good. {WHYS[act.why]}.", list(shown.whole)],
    )
    connection.execute("delete from expunging_asked where target = ?", [shown.target])


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)
