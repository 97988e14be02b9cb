"""A restore that carries a publication over, killed at a few of its steps; run as `python -m tests.pipelines.killed_carrying FOLDER`."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.flows import backing_up, by_the_files, carrying_over, restoring, tidying
from pipelines.flows.publication import brought_out
from pipelines.queries import event_log, frame
from pipelines.queries.pointer import folder
from pipelines.queries.withdrawn import withdrawn_in
from pipelines.store import events, swapping
from pipelines.store.opening import transaction
from tests.pipelines.killed_acts import AT, STEWARD, next_releases, receive, silent
from tests.pipelines.killing import apart

if TYPE_CHECKING:
    from types import ModuleType

AUDIENCE = "partnership"
# Before which step: the copy lies there and is not marked yet; all is decided, and half of it moved.
KILLS: dict[str, tuple[ModuleType, str]] = {
    "not marked": (carrying_over, "mark"),
    "half moved": (swapping, "_take_out"),
}


def built(place: Path) -> None:
    """A home, its backup, and a release that came since."""
    home = place / "home"
    receive(home, 1)
    for day in range(2):
        ready = next_releases(home, AT + timedelta(days=day), 500 + day)
        brought_out(home, [one for one in ready if one.order.audience == AUDIENCE], silent, by_the_files.noted(home))
        if not day:
            backing_up.back_up(home, STEWARD, place / "one.tar", AT)


def restored(place: Path) -> None:
    restoring.restore(place / "home", STEWARD, place / "one.tar", AT, replace=True)


def killed(place: Path, module: ModuleType, name: str) -> None:
    """Restore, and be killed before a step."""
    setattr(module, name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
    restored(place)


def told(place: Path) -> dict[str, Any]:
    """What a person finds of the home once what was cut off is tidied away or finished."""
    home = place / "home"
    tidying.tidy(home)
    shown = frame.served(home, STEWARD, AUDIENCE)
    with transaction(home, write=False) as vault:
        done = len(events.of(vault, "backup.restored"))
    return {
        "faults": [fault.words for fault in event_log.state(home, STEWARD).faults],
        "restored": done,
        "withdrawn": [each.publication_id for each in withdrawn_in(folder(home, AUDIENCE))],
        "shown": shown.pointer.publication_id if shown.pointer else "",
        "fault": shown.fault,
    }


def main(place: Path) -> dict[str, Any]:
    """Of the home before, and of each kill: how it ended, what was left, and what there is after another try."""
    apart(lambda: built(place / "built"))
    found: dict[str, Any] = {"before": apart(lambda: told(place / "built"))[1]}
    for name, (module, step) in KILLS.items():
        copy = Path(shutil.copytree(place / "built", place / step.strip("_")))
        ended = apart(lambda copy=copy, module=module, step=step: killed(copy, module, step))[0]
        left = apart(lambda copy=copy: told(copy))[1]
        apart(lambda copy=copy: restored(copy))
        found[name] = {"ended": ended, "left": left, "then": apart(lambda copy=copy: told(copy))[1]}
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]))))
