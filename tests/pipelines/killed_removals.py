"""Removing originals and removing for good, killed at every step; run as `python -m tests.pipelines.killed_removals FOLDER`."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from pipelines.flows import by_the_files, expunging, retaining, tidying
from pipelines.queries import rows_held
from pipelines.queries.pointer import current, every, is_whole
from pipelines.queries.withdrawn import is_withdrawn
from pipelines.store import events
from pipelines.store.opening import transaction
from tests.pipelines.kill_points import of_each_kind
from tests.pipelines.killing import Act, outcomes
from tests.pipelines.removed_home import AT, SLIPPED, STEWARD, filled, holding, published

LATER = AT + timedelta(days=800)
_HELD = (
    "select table_name, estimated_size from duckdb_tables() where table_name not in ('event', 'migration') order by all"
)


def told(home: Path) -> dict[str, Any]:
    """What a person would notice: the log, how many rows there are, the originals, and where the name stands."""
    with transaction(home, write=False) as vault:
        faults = [*events.verify(vault, home), *(each.words for each in rows_held.held(home, vault).faults)]
        log = [
            f"{action} {subject}"
            for action, subject in vault.execute("select action, subject from event order by position").fetchall()
        ]
        tables = {name: len(vault.table(name)) for name, _ in vault.execute(_HELD).fetchall()}
    shown = every(home, "partnership")
    faults += [one.publication_id for one in shown if not is_whole(one)]
    return {
        "faults": faults,
        "log": log,
        "tables": tables,
        "files": sorted(p.name for p in (home / "files").iterdir()),
        "name": holding(home),
        "withdrawn": [one.publication_id for one in shown if is_withdrawn(one.path)],
        "shown": shows.publication_id if (shows := current(home, "partnership")) else "",
    }


def with_originals(home: Path) -> None:
    filled(home)
    (home / "settings.toml").write_text("[retention]\noriginals_months = 12\n", encoding="utf-8")
    by_the_files.noted(
        home
    )  # that a hand wrote it is in the log before the act, which has a transaction of its own for it


def shown(home: Path) -> None:
    """What is removed stands in a publication, which is withdrawn with it: all of it is one act."""
    filled(home)
    published(home)


def purged(home: Path, _: Any) -> None:
    retaining.purge(home, STEWARD, LATER)


def expunged(home: Path, _: Any) -> None:
    said = {"why": "slip", "reason": "What it said must not be kept", "yes": True, "withdraw": True}
    list(expunging.asked(home, STEWARD, AT, what=[SLIPPED], records=[], **said))


ACTS = {
    "purge": Act(with_originals, purged, told, tidying.tidy),
    "expunge": Act(shown, expunged, told, tidying.tidy),
}

if __name__ == "__main__":
    folder, answers = Path(sys.argv[1]), {}
    for name in sys.argv[2:] or ACTS:
        place = folder / name
        (place / "first").mkdir(parents=True)
        answers[name] = outcomes(ACTS[name], place, of_each_kind)
    sys.stdout.write(json.dumps(answers))
