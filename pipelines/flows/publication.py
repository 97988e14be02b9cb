"""Publish what stands in the vault, for one audience or several."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.checking.kept_words import may_tell_of_somebody
from pipelines.flows import by_the_files, retaining
from pipelines.flows.agreed import assessed, something_agreed
from pipelines.publishing import (
    Order,
    Published,
    alone,
    assemble,
    bring_out,
    clear,
    finish,
    made,
    place,
    remember,
    remembered,
    secured,
)
from pipelines.publishing.citing import PUBLIC
from pipelines.publishing.first_time import first_time
from pipelines.queries.prepared import needs_two_people
from pipelines.queries.preview import AUDIENCE, MADE
from pipelines.store import agreements, events, shape
from pipelines.store.opening import transaction
from pipelines.store.synthetic import is_synthetic
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.catalogue.under_agreements import under
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from pipelines.flows.by_the_files import Files
    from pipelines.publishing import Inputs, Made
    from pipelines.store.opening import Connection

LONGEST_LABEL = 120
RELEASED = "publication.released"
# The first step of a release, and the only long one during which nobody else can use the vault.
READING = "Reading the vault"
_NOTHING = "Nothing was published."


def publish(home: Path, order: Order, say: Callable[[str], None] = lambda _: None) -> Published:
    """Read what stands, protect, measure, write, swap the pointer, and log it."""
    return publish_each(home, [order], say)[0]


def publish_each(home: Path, orders: Sequence[Order], say: Callable[[str], None] = lambda _: None) -> list[Published]:
    """Several audiences' releases of one moment: all are audited before the first is written.

    The vault is open only to read at the start and to log at the end, so submissions are not kept waiting. Originals whose
    time is over are removed once all is out. UserError where the partnership has agreed that two people release: then it
    is prepared, and let out by another (preparing.py).
    """
    orders = [_checked(order) for order in orders]
    files = by_the_files.noted(home)
    if needs_two_people(home):
        raise UserError(
            "Two people release here: one prepares, with “throughline publish --prepare”, and another lets it out, with "
            "“throughline release”. Nothing was published."
        )
    with worked_out(home, orders, say) as ready:
        done = brought_out(home, ready, say, files)
    retaining.with_release(home, orders[0].actor, orders[0].at)
    return done


@contextmanager
def worked_out(home: Path, orders: Sequence[Order], say: Callable[[str], None]) -> Generator[list[Made]]:
    """The releases of one moment, made and audited and not yet written, while nobody else releases for their audiences."""
    orders = [_checked(order) for order in orders]
    retaining.refuse_slips(home)
    audiences = sorted({order.audience for order in orders})
    with ExitStack() as locks, room():
        for audience in audiences:
            locks.enter_context(alone(home, audience))
        say(READING)
        finish_cut_off(home, audiences)
        inputs = _gathered(home, orders)
        patterns = remembered(home)
        moment = secured(home, inputs, patterns, say)
        ready = [made(home, moment, order, say) for order in orders]
        remember(home, patterns)
        yield ready


def finish_cut_off(home: Path, audiences: Sequence[str]) -> list[str]:
    """Finish the logged releases of some audiences, and clear what was not logged away; for the one who is `alone`.

    A change of the agreements that was cut off is finished too: the next release must go by it. UserError where the vault is
    made of anything but its own tables, as what it then answers is no ground for a release.
    """
    with transaction(home, write=False) as connection:
        shape.refuse(connection)
        agreements.settle(connection, home)
        logged = released(connection)
    return [each for audience in audiences for each in finish(home, audience, logged)]


def brought_out(home: Path, ready: Sequence[Made], say: Callable[[str], None], files: Files) -> list[Published]:
    """Let the releases be seen, whole or not at all; the preview of what agencies now read is taken away.

    `files`: by which they were made. UserError where one was changed since, with nothing published.

    What somebody wrote in them is read by nobody before: the log says how many texts are new, and that none was read.
    """
    orders = [_checked(made.order) for made in ready]
    first = [first_time(home, each) for each in ready]
    texts = [{"sentences": many, "sentences_read": 0} for many in first]
    done = bring_out(home, ready, say, lambda all_done: _log(home, orders, all_done, files, texts=texts))
    if any(order.audience != PUBLIC for order in orders):
        clear(home)
    return [replace(each, first_time=many) for each, many in zip(done, first, strict=True)]


def preview(home: Path, order: Order, say: Callable[[str], None] = lambda _: None) -> Published:
    """Make what a release for the agencies would say, protected as the release is, for them to see before it.

    It stands until the next preview or release takes it away; it is no publication, and counts as told to nobody.
    """
    order = _checked(replace(order, audience=AUDIENCE))
    files = by_the_files.noted(home)
    with alone(home, order.audience), room():
        say(READING)
        inputs = _gathered(home, [order])
        patterns = remembered(home)
        one = made(home, secured(home, inputs, patterns, say), order, say)
        remember(home, patterns)
        return place(home, one, say, lambda done: _log(home, [order], [done], files, MADE))


def _gathered(home: Path, orders: Sequence[Order]) -> Inputs:
    """What stands, under the agreements of the day. UserError where they let nothing at all be released, or as `finish_cut_off`."""
    today, terms, synthetic = orders[0].at.date(), agreements.read(home), is_synthetic(home)
    known = under(catalogue(), terms, today, synthetic=synthetic)
    if not synthetic:
        assessed(terms, today)
    with transaction(home, write=False) as connection:
        shape.refuse(connection)
        inputs = assemble(connection, known, today, terms)
    for order in orders:
        something_agreed(inputs, known.audiences[order.audience])
    return inputs


def _checked(order: Order) -> Order:
    require(order.actor, "business_unit")
    known = catalogue().audiences
    if order.audience not in known:
        raise UserError(f"There is no audience “{order.audience[:20]}”. Use --audience {' or '.join(known)}.")
    return replace(order, label=kept_label(order.label))


def kept_label(label: str) -> str:
    """A label as a release has it, with single spaces and shortened; UserError where it may tell of a person.

    It heads every page and every file that is taken away, and no release is changed afterwards.
    """
    said = " ".join(label.split())[:LONGEST_LABEL]
    if may_tell_of_somebody(said):
        raise UserError(
            "The label may tell of a person, and it heads every page for good. Say what the release is for, without names, "
            "initials, case numbers or numbers of people, such as “Executive, 12 May 2026”. Nothing was published."
        )
    return said


def released(connection: Connection) -> dict[str, str]:
    """Of every release in the event log that says so, its id and the sha256 of its file."""
    said = {row["subject"]: json.loads(row["detail"]).get("sha256", "") for row in events.of(connection, RELEASED)}
    return {publication_id: sha256 for publication_id, sha256 in said.items() if sha256}


def _log(  # noqa: PLR0913, PLR0917 - what was made of what was asked, where, and by which files
    home: Path,
    orders: Sequence[Order],
    done: Sequence[Published],
    files: Files,
    action: str = RELEASED,
    texts: Sequence[dict[str, int]] | None = None,
) -> None:
    """One transaction for all of them: either each of the audiences gets its release or none does."""
    with transaction(home, write=True, wait=60) as connection:
        for order, published, of_texts in zip(orders, done, texts or [{}] * len(done), strict=True):
            detail = {"audience": order.audience, "sha256": published.sha256}
            detail |= {"hidden": published.hidden, "shown": published.shown}
            # The file can be changed by hand, which no entry tells of: the log says at least by which one was gone.
            detail |= {"agreements": agreements.digest(home)} | of_texts
            events.append(connection, order.actor, action, published.publication_id, detail, at=order.at)
        files.refuse_changed(_NOTHING)


@contextmanager
def room() -> Generator[None]:
    """A disk that takes nothing is said in a sentence, wherever in the release it is met."""
    try:
        yield
    except OSError as why:
        raise UserError(
            f"The release could not be finished ({why.strerror or why}). Make room on the disk, then publish again."
        ) from why
