"""Two acts on one prepared release in the same moment; run as `python -m tests.pipelines.released_together FOLDER`."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.flows import backing_up, retaining, tidying
from pipelines.store import keys, rekeying
from schemas.problems import UserError
from tests.pipelines import killing
from tests.pipelines.killed_acts import STEWARD
from tests.pipelines.killed_decisions import (
    AT,
    KEY,
    both_prepared,
    discarded,
    let_out,
    log,
    told_of_encryption,
    told_of_prepared,
    withdrawn_newest,
)

if TYPE_CHECKING:
    from collections.abc import Callable

LATER = AT + timedelta(days=2)


def backed_up(home: Path, _: Any) -> None:
    backing_up.back_up(home, STEWARD, home.parent / "pair.tar", LATER)


def purged(home: Path, _: Any) -> None:
    retaining.purge(home, STEWARD, LATER)


def encrypted(home: Path, _: Any) -> None:
    rekeying.change(home, None, keys.of(KEY, "new"), STEWARD, at=LATER)


PAIRS: dict[str, Callable[[Path, Any], None]] = {
    "another release": let_out,
    "taking it away": discarded,
    "a withdrawal": withdrawn_newest,
    "a backup": backed_up,
    "a purge": purged,
    "a change of key": encrypted,
}


def together(home: Path, other: Callable[[Path, Any], None]) -> dict[str, Any]:
    """Both acts at once, each in a process of its own: what each said, and what is there afterwards."""
    start = time.time() + 0.1
    files = [home.parent / f"said-{number}" for number in range(2)]
    children: list[int] = []
    for said, act in zip(files, (let_out, other), strict=True):
        child = os.fork()
        if not child:
            time.sleep(max(0.0, start - time.time()))
            _said(said, lambda act=act: act(home, None))
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    return {"said": [each.read_text() for each in files], **killing.apart(lambda: _after(home))[1]}


def _said(out: Path, act: Callable[[], None]) -> None:
    try:
        act()
        out.write_text("done")
    except UserError as why:
        out.write_text(str(why))
    except BaseException as why:  # noqa: BLE001 - the process ends here, and says why
        out.write_text(f"FAULT {type(why).__name__}: {why}")
    finally:
        os._exit(0)


def _after(home: Path) -> dict[str, Any]:
    is_encrypted = told_of_encryption(home)["encrypted"]  # leaves the key that opens it in the environment
    tidying.tidy(home)
    return {"encrypted": is_encrypted, "acts": log(home)[0], **told_of_prepared(home)}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    answers: dict[str, Any] = {}
    for name, act in PAIRS.items():
        place = folder / name.replace(" ", "_")
        (place / "home").mkdir(parents=True)
        code, why = killing.apart(lambda place=place: both_prepared(place / "home"))
        assert not code, why
        answers[name] = together(place / "home", act)
        shutil.rmtree(place)
    sys.stdout.write(json.dumps(answers))
