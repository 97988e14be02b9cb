"""A release in a process of its own, so that pages keep answering while numbers are protected and measured.

Started as `python -m app.releasing` with the order as JSON on its input, as the event log has it from the page: no other order is
followed, as whoever starts a process can put any name in one. It writes one line a step, and last either
`done: …`, `to be read: …` or `not done: …` in words. Where readers would be shown sentences for the first time, a release is prepared
and waits until a person has read them.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.refusing import on_page
from app.widgets.pressed import pressed
from schemas.actors import Actor, require
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.session import Visit
    from pipelines.flows.holding import Outcome

Act = Literal["publish", "prepare", "preview"]
_GIVES_WAY = 10  # of nice's twenty steps: a tenth of the time where readers want all of it
DONE, HELD, NOT_DONE = "done: ", "to be read: ", "not done: "
LAST = (DONE, HELD, NOT_DONE)
FOR_THE_EXECUTIVE, FOR_ANYBODY = "Published for the Executive", "Published for anybody to read"


@dataclass
class Running:
    """One release on its way: its process and the steps it tells of, in a file that is gone once all of them are known."""

    process: subprocess.Popen[bytes]
    told: Path
    label: str
    act: Act = "publish"
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    _all: list[str] | None = None
    _one_reads: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_preview(self) -> bool:
        """Whether it is no release, but what agencies see before one."""
        return self.act == "preview"

    @property
    def steps(self) -> list[str]:
        """What it has done so far, oldest first."""
        with self._one_reads:  # two people may look at the moment it ends
            if self._all is not None:
                return self._all
            has_ended = not self.is_going  # asked first, so that its last words are among what is read
            said = self.told.read_text(encoding="utf-8").splitlines()
            if has_ended:
                self._all = said
                shutil.rmtree(self.told.parent, ignore_errors=True)
            return said

    @property
    def is_going(self) -> bool:
        """Whether it still works."""
        return self.process.poll() is None

    @property
    def outcome(self) -> str:
        """Its last words, once it has ended."""
        said = [step for step in self.steps if step.startswith(LAST)]
        return said[-1] if said else f"{NOT_DONE}the release stopped before it was finished. Try again."


# One release at a time for each vault, whoever started it and on whichever page.
_RUNNING: dict[Path, Running] = {}


def running(home: Path) -> Running | None:
    """The release that is going on, or the last one."""
    return _RUNNING.get(home.resolve())


def forget(home: Path) -> None:
    """Clear the last release away once its outcome has been read."""
    _RUNNING.pop(home.resolve(), None)


def start(visit: Visit, audiences: list[str], label: str, *, act: Act = "publish") -> Running:
    """Begin a release for one audience or several, prepare it, or make the preview of one; the page asks how far it is."""
    from pipelines.flows import publication

    require(visit.actor, "business_unit")
    label = publication.kept_label(label)
    now = running(visit.home)
    if now is not None and now.is_going:
        raise UserError("A release is already being made. Wait until it is done.")
    order = ordered(visit.home, visit.actor, audiences, label, act)
    told = Path(tempfile.mkdtemp(prefix="throughline-release-")) / "steps.txt"
    atexit.register(shutil.rmtree, told.parent, ignore_errors=True)  # where nobody looks how it ended
    with told.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.releasing"], stdin=subprocess.PIPE, stdout=out, stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[1], env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
    if process.stdin is not None:
        process.stdin.write(order)
        process.stdin.close()
    _RUNNING[visit.home.resolve()] = Running(process, told, label, act)
    return _RUNNING[visit.home.resolve()]


def ordered(home: Path, actor: Actor, audiences: Sequence[str], label: str, act: Act) -> bytes:
    """An order for the process, put in the event log as asked for by whoever is signed in. UserError where it cannot be.

    Nobody can make it again from what the log holds: it has a random word that only the process is told.
    """
    from pipelines.flows import asked_on_page

    order = {"home": str(home.resolve()), "audiences": list(audiences), "label": label, "name": actor.name, "act": act}
    said = json.dumps(order | {"random": secrets.token_hex(32)}).encode()
    asked_on_page.note(home, actor, _sha256(said), datetime.now(UTC), act=act, audiences=audiences)
    return said


def _sha256(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()


def release(said: bytes) -> str:
    """Make the release this process was started for, and say what became of it; none that nobody asked for on a page."""
    from pipelines.flows import asked_on_page, holding, preparing, previewing, publication
    from pipelines.queries.agreements import review_due

    order = json.loads(said)
    actor, at = Actor(order["name"], "business_unit"), datetime.now(UTC)
    asked = [publication.Order(each, _label(each, order["label"]), actor, at) for each in order["audiences"]]
    try:
        asked_on_page.refuse_unasked(Path(order["home"]), actor, _sha256(said))
        if order["act"] == "prepare":
            told = [line.strip() for line in preparing.prepare(Path(order["home"]), asked, _stepped)]
            return DONE + pressed(" ".join([*told, *review_due(Path(order["home"]), actor, at.date())]))
        if order["act"] == "preview":
            return DONE + " ".join(previewing.make(Path(order["home"]), actor, order["label"], at, _stepped))
        outcome = holding.release_or_hold(Path(order["home"]), asked, _stepped)
        return _told(outcome, review_due(Path(order["home"]), actor, at.date()))
    except UserError as why:
        return f"{NOT_DONE}{on_page(why)}"


def _told(outcome: Outcome, due: Iterable[str]) -> str:
    """What became of a release, in the words that the page shows; of one that is held, that it is to be read."""
    if outcome.is_held:
        return HELD + pressed(" ".join([*outcome.said, *due]))
    told = [
        f"{catalogue().audiences[one.audience].title}: {one.shown:,} figures shown, {one.hidden:,} hidden to protect, "
        f"{one.needs_attention} need attention.{_left_out(one.withheld)}{''.join(f' {each}' for each in one.known_elsewhere)}"
        for one in outcome.files
    ]
    return DONE + " ".join([*outcome.replaced, *told, *due])


def _left_out(withheld: tuple[tuple[str, int], ...]) -> str:
    """How much a release left out under agreements, and of whom; nothing where it left nothing out."""
    named = [f"{title} ({many:,})" for title, many in withheld if many]
    return f" Left out, as no agreement covers it: {', '.join(named)}." if named else ""


def _label(audience: str, label: str) -> str:
    """The label given; where none was thought of, the public is not told that its release is somebody else's."""
    return FOR_ANYBODY if audience == "public" and label == FOR_THE_EXECUTIVE else label


def _stepped(step: str) -> None:
    """Tell of a step. From the second on readers come first: the release takes what time they leave.

    Not before: while it reads the vault they may be waiting for just that, and a release that gives way keeps them longer.
    """
    from pipelines.flows.publication import READING

    if step != READING:
        _give_way()
    _say(step)


@cache
def _give_way() -> None:
    if hasattr(os, "nice"):
        os.nice(_GIVES_WAY)


def _say(step: str) -> None:
    sys.stdout.write(step + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _say(release(sys.stdin.buffer.read()))
