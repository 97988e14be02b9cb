"""Removes submissions and records for good: from every table, from the originals, and from the vault's own free pages.

Deleting a row leaves its bytes in the file until something else is written over them. So the rows are deleted in a copy, and
what is left there is copied into a new file, which takes the vault's place; the first copy is thrown away.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

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
    shape,
    taking_back,
)
from pipelines.store.expunging_asked import fingerprint, utc, why_of
from pipelines.store.sought import REMOVED, sought
from pipelines.store.to_expunge import ROWS_GO, going
from pipelines.store.to_expunge_named import spot
from pipelines.store.to_expunge_words import left, standing
from pipelines.store.versions import version_named
from pipelines.store.written import in_row
from schemas.problems import UserError
from schemas.removals import said_of_it

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from pipelines.store.expunging_asked import Act
    from pipelines.store.sought import Sought
    from pipelines.store.to_expunge import Going
    from pipelines.store.written import Place

_FIRST = "first.duckdb"
_CHANGED = "What would be removed is no longer what was shown. Nothing was removed; look at it again."


@contextmanager
def prepared(home: Path) -> Generator[Path]:
    """The home with nobody else in its vault, and an empty folder for what takes the place of files in it.

    At the end what was decided is put in place; what was not is thrown away.
    """
    with opening.locked(home, 60):
        private.folder(expunged.new(home))
        try:
            yield expunged.new(home)
        except (OSError, *copying.FAULTS) as why:
            raise opening.not_possible(home) from why
        finally:
            expunged.settle(home)


@dataclass(frozen=True, slots=True)
class Anew:
    """A publication that is written anew: its id, audience and new SHA-256, and the reason where it is withdrawn with it.

    `was_altered`: that its file was not the one that was released.
    """

    publication_id: str
    audience: str
    sha256: str
    withdrawn: str = ""
    was_altered: bool = False


def without(
    home: Path, shown: Going, act: Act, anew: Sequence[Anew], altered: Callable[[opening.Connection], Collection[str]]
) -> list[str]:
    """Make the vault that takes this one's place: without what goes, with an entry for each submission that loses something.

    Which publications are written anew, and which withdrawn with it, is in its log. Gives where the texts still stand.
    `altered` gives the submissions of which the vault holds something else than was logged: what is left of those that get a
    new fingerprint here would else count as logged, so the entry names them.
    UserError where what goes is no longer what was shown.
    """
    key = keys.configured(home)
    first, made = home / expunged.FOLDER / _FIRST, expunged.new(home) / opening.VAULT
    copying.copy(home, (home / opening.VAULT, first), key, key)
    with connecting.opened(first, key) as connection:
        migrating.migrate(connection)
        connection.begin()
        with shape.explained(connection):
            still = _taken_out(connection, shown, act, anew, altered(connection))
        connection.commit()
    copying.copy(home, (first, made), key, key)
    for each in first.parent.glob(f"{_FIRST}*"):
        each.unlink()
    private.tighten(made)
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    return still


def _taken_out(
    connection: opening.Connection, shown: Going, act: Act, anew: Sequence[Anew], altered: Collection[str]
) -> list[str]:
    """Take everything that goes out of the open copy, with its entries, and give where the texts still stand."""
    if going(connection, shown.named) != shown:
        raise UserError(_CHANGED)
    for each in anew:
        _log_publication(connection, each, act)
    _take_back(connection, shown, act)
    before = fingerprints.every_beside(connection)
    _delete(connection, shown)
    _blank(connection, shown)
    _blank_rows(connection, shown)
    _note(connection, shown, act)
    _log(connection, shown, act, _others(before, fingerprints.every_beside(connection), shown), altered)
    return left(connection, shown.words)


def _log_publication(connection: opening.Connection, each: Anew, act: Act) -> None:
    """That it was withdrawn with what it shows, where it was, and that it was written anew."""
    if each.withdrawn:
        told = {"audience": each.audience, "reason_sha256": fingerprint(each.withdrawn)}
        events.append(connection, act.actor, "publication.withdrawn", each.publication_id, told, at=act.at)
    detail: dict[str, Any] = {"audience": each.audience, "sha256": each.sha256}
    detail |= {"was_altered": True} if each.was_altered else {}
    events.append(connection, act.actor, "publication.rewritten", each.publication_id, detail, at=act.at)


def _take_back(connection: opening.Connection, shown: Going, act: Act) -> None:
    """An entry of those that stand or stood, that they no longer do, as with any that is taken back."""
    for submission_id in shown.whole:
        version = version_named(connection, submission_id)
        if version is not None and version.state not in ("withdrawn", "refused"):
            taking_back.withdraw(connection, act.actor, submission_id, act.reason, at=act.at)


def _others(before: Mapping[str, str], after: Mapping[str, str], shown: Going) -> dict[str, str]:
    """The new fingerprints of other submissions in which something said of a row, or mended in it, held the same words."""
    changed = {name: sha256 for name, sha256 in after.items() if before.get(name) != sha256}
    return {name: changed[name] for name in sorted(changed.keys() - {*shown.submissions})}


def _log(
    connection: opening.Connection, shown: Going, act: Act, others: Mapping[str, str], altered: Collection[str]
) -> None:
    """An entry for each submission, with the fingerprints of what is left of it; the first also has those of `others`.

    Of these it names those that were `altered` before anything was removed.
    """
    for number, submission_id in enumerate(shown.submissions):
        unlike = [name for name in (submission_id, *(others if not number else ())) if name in altered]
        detail: dict[str, Any] = why_of(act) | {"whole": submission_id in shown.whole}
        detail |= {"rows_sha256": fingerprints.of(connection, submission_id)}
        detail |= {"beside_sha256": fingerprints.beside(connection, submission_id)}
        detail |= {"others": dict(others)} if others and not number else {}
        detail |= {"was_altered": unlike} if unlike else {}
        detail |= {"asked_by": act.asked_by} if act.asked_by else {}
        events.append(connection, act.actor, "submission.expunged", submission_id, detail, at=act.at)


def _delete(connection: opening.Connection, shown: Going) -> None:
    given = {"whole": list(shown.whole), "records": list(shown.records)}
    for table in ("problem", "mend"):
        connection.execute(_BESIDE_RECORDS.format(table=table, cell=_CELLS[table]), given)
        for at in map(spot, shown.named.rows):
            of_row = {"named": list(shown.named.what), "sheet": at.sheet, "row": str(at.row)}
            connection.execute(_BESIDE_ROW.format(table=table, row=_ROWS[table]), of_row)
    words = shown.words
    _delete_saying(connection, words.nowhere_else, ("problem", "mend"))
    _delete_saying(connection, [text for text in words.texts if text not in words.phrases], ("draft",))
    for submission_id, texts in words.taken:
        _delete_saying(connection, texts, ("problem", "mend"), submission_id)
    connection.execute(f"delete from record as r where {ROWS_GO}", given)  # noqa: S608 - our own words
    for table in ("observation", "problem", "mend"):
        connection.execute(f"delete from {table} where list_contains(?, submission_id)", [given["whole"]])  # noqa: S608


def _delete_saying(connection: opening.Connection, texts: Sequence[str], tables: tuple[str, ...], of: str = "") -> None:
    """Take the rows of these tables away in which any of the texts stands; of one submission only where it is named."""
    beside = " and submission_id = $of" if of else ""
    for (table, column), values in standing(connection, texts, tables, of).items():
        given: dict[str, object] = {"values": values}
        given |= {"of": of} if of else {}
        connection.execute(f'delete from {table} where list_contains($values, "{column}"){beside}', given)  # noqa: S608


# What was said of a record's row, and what was mended in it.
_BESIDE_RECORDS = f"""
delete from {{table}} as t
where exists (select 1 from record as r
    where r.submission_id = t.submission_id and r.sheet = t.sheet and {{cell}} and {ROWS_GO})
"""  # noqa: S608 - our own words
_CELLS = {"problem": "r.row = t.row", "mend": "regexp_extract(t.cell, '[0-9]+$') = r.row::varchar"}
_ROWS = {"problem": "row::varchar", "mend": "regexp_extract(cell, '[0-9]+$')"}
_BESIDE_ROW = "delete from {table} where list_contains($named, submission_id) and sheet = $sheet and {row} = $row"


def _blank(connection: opening.Connection, shown: Going) -> None:
    """Take the words, and nothing else, out of the places they go from in submissions that lose no more, and out of their covers."""
    _blank_places(connection, shown.words.copies)
    for submission_id, texts in shown.words.taken:
        looked_for = sought(texts)
        for (raw,) in connection.execute(
            "select cover from submission where submission_id = ?", [submission_id]
        ).fetchall():
            said = json.loads(raw)
            if (without_it := _without(said, looked_for)) != said:
                connection.execute(
                    "update submission set cover = ? where submission_id = ?", [json.dumps(without_it), submission_id]
                )


def _blank_rows(connection: opening.Connection, shown: Going) -> None:
    """Take everything that is written in words out of the rows or cells that are named, however short, and whoever else holds it."""
    for submission_id, at in product(shown.named.what, map(spot, shown.named.rows)):
        found = in_row(connection, submission_id, at.sheet, at.row)
        _blank_places(connection, [each._replace(submission_id=submission_id) for each in found if at.holds(each.name)])


def _blank_places(connection: opening.Connection, places: Iterable[Place]) -> None:
    """Put “Removed for good” in the place of each of these texts of figures and records."""
    bodies: dict[tuple[str, str, int, str], set[str]] = {}
    for each in places:
        where = (each.submission_id, each.sheet, each.row, each.raw)
        if each.table == "record":
            bodies.setdefault(where, set()).add(each.name)
            continue
        connection.execute(
            "update observation set reason = ? where submission_id = ? and sheet = ? and row = ? and reason = ?",
            [REMOVED, *where],
        )
    for where, names in bodies.items():
        said = json.loads(where[-1]) | dict.fromkeys(names, REMOVED)
        connection.execute(
            "update record set body = ? where submission_id = ? and sheet = ? and row = ? and body = ?",
            [json.dumps(said), *where],
        )


def _without(said: dict[str, Any], looked_for: Sought) -> dict[str, Any]:
    return {name: REMOVED if looked_for.stands_in(value) else value for name, value in said.items()}


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
            "at": utc(act.at),
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
        [said_of_it(act.why), list(shown.whole)],
    )
    connection.execute("delete from expunging_asked where target = ?", [shown.target])
