"""Files of a load that were received before, and whose sender has a later file in it which stands already."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.checking.stated import NOTHING_STATED
from pipelines.flows import returns
from pipelines.reading import guard
from pipelines.store import submissions
from pipelines.store.opening import VAULT, transaction
from pipelines.store.received import Receipt
from schemas.actors import SENDERS, may_act_for, require
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pipelines.checking.stated import Stated
    from schemas.actors import Actor
    from schemas.layouts import Layout

# `taken_back`: withdrawn, or gone back from to an earlier version that stands now.
_RECEIVED = """
select s.file_sha256, s.identity, s.version, s.submission_id, s.state, s.verdict,
    s.state = 'withdrawn' or (s.state = 'superseded' and coalesce(s.version > last.version, false)) as taken_back
from submission as s
left join (
    select identity, max(version) as version
    from submission
    where state in ('accepted', 'accepted_with_queries')
    group by identity
) as last using (identity)
where s.state in ('accepted', 'accepted_with_queries', 'superseded', 'withdrawn')
order by s.version
"""


@dataclass(frozen=True, slots=True)
class Version:
    """What a file's very content made when it was last received."""

    identity: str
    number: int
    submission_id: str
    state: str
    verdict: str
    taken_back: bool


@dataclass(frozen=True, slots=True)
class Known:
    """The files not to be stored again: a folder loaded twice must not put an older file over the newer one, and back.

    `taken_back`: those that were taken back since; none of them is put in place again because it still lies in the folder.
    """

    actor: Actor
    older: Mapping[Path, Version]
    taken_back: Mapping[Path, Version] = field(default_factory=dict["Path", Version])

    def has(self, path: Path) -> bool:
        """Whether a file is one of them."""
        return path in self.older or path in self.taken_back

    def refuse(self, path: Path) -> None:
        """Stop a file that was taken back, with how to send it all the same; nothing of any other file."""
        version = self.taken_back.get(path)
        if version is not None:
            raise UserError(
                f"It was received as {version.submission_id} and taken back since, so it was not put in place again. If it is to "
                "stand after all, load it by itself."
            )

    def receipt(self, path: Path, report: returns.Report) -> Receipt | None:
        """The receipt of what such a file made before; None for any other file, and where rules say otherwise of it now."""
        version = self.older.get(path)
        if version is None or version.verdict != report.verdict:
            return None
        require(self.actor, *SENDERS, agency_id=report.agency_id)
        return Receipt(version.submission_id, version.number, version.state, unchanged=True, changes=pd.DataFrame())


def known(  # noqa: PLR0913 - where, who, what, when, and how it is read
    home: Path,
    actor: Actor,
    paths: Sequence[Path],
    now: Callable[[], datetime],
    *,
    moderating: bool,
    layouts: Sequence[Layout] = (),
    stated: Stated = NOTHING_STATED,
) -> Known:
    """What of a load was received before, in the order of the load, where its sender's last file in it stands.

    One spreadsheet holds several senders' figures: where a layout reads it or its sender is stated, the same content says
    nothing of what was received before.
    """
    if layouts or stated != NOTHING_STATED:
        return Known(actor, {})
    by_sender: dict[str, list[tuple[Path, Version]]] = {}
    received = _received(home, paths)
    # A file that is named alone is meant.
    taken_back = {path: version for path, version in received.items() if version.taken_back and len(paths) > 1}
    for path, version in received.items():
        if version.taken_back:
            continue
        by_sender.setdefault(version.identity, []).append((path, version))
    older: dict[Path, Version] = {}
    for *before, (last, newest) in by_sender.values():
        if before and _stands(home, actor, last, now(), moderating=moderating):
            older |= {path: version for path, version in before if version.number < newest.number}
    return Known(actor, older, taken_back)


def _received(home: Path, paths: Sequence[Path]) -> dict[Path, Version]:
    """The files whose very content was received before, in their order. One that cannot be read is said in its turn."""
    if not (home / VAULT).exists():
        return {}
    with transaction(home, write=False) as connection:
        rows = connection.execute(_RECEIVED).fetchall()
    by_hash = {str(sha): Version(*facts) for sha, *facts in rows}
    hashes = {path: _hash(path) for path in paths}
    return {path: by_hash[sha] for path, sha in hashes.items() if sha in by_hash}


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(guard.contents(path)).hexdigest()
    except UserError:
        return ""


def _stands(home: Path, actor: Actor, path: Path, at: datetime, *, moderating: bool) -> bool:
    """Whether a file would change nothing. One that is refused, or not this sender's to send, is said in its turn."""
    try:
        report = returns.check_file(home, actor, path, at, moderating=moderating)
    except UserError:
        return False
    if report.agency_id is None or not may_act_for(actor, report.agency_id):
        return False
    with transaction(home, write=False) as connection:
        return submissions.is_known(connection, report)
