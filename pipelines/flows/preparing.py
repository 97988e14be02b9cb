"""Publication as two people's act: one prepares it, nobody sees it, and another lets out exactly what was prepared."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from pipelines.flows import by_the_files, publication, replacing, retaining, texts_read
from pipelines.flows.agreed import assessed, left_out_words
from pipelines.publishing import alone, clear
from pipelines.publishing.citing import PUBLIC
from pipelines.publishing.prepared import Basis, check_all, drop, keep, let_out, show, take_in, told_by
from pipelines.queries import brought_back, prepared_held
from pipelines.queries.pointer import every
from pipelines.queries.prepared import needs_two_people, prepared, standing, waiting
from pipelines.queries.prepared_held import details, is_as_logged
from pipelines.store import agreements, events
from pipelines.store.opening import transaction
from pipelines.store.synthetic import is_synthetic
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.catalogue.under_agreements import under
from schemas.periods import day_words
from schemas.problems import HomeError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from pipelines.flows.by_the_files import Files
    from pipelines.flows.texts_read import Read
    from pipelines.publishing import Order
    from pipelines.queries.prepared import Prepared
    from schemas.actors import Actor

PREPARED, RELEASED = prepared_held.ACTION, "publication.released"
_AGAIN = "Nothing is released. Prepare it again."
_NOTHING = {PREPARED: "Nothing is prepared.", RELEASED: "Nothing is released."}


def prepare(home: Path, orders: Sequence[Order], say: Callable[[str], None] = lambda _: None) -> Iterator[str]:
    """Make and audit the releases and lay them by; a line for each, and until when they stand.

    What waited before is taken away with them, which is logged, and said in the first line.
    """
    require(orders[0].actor, "business_unit")
    files = by_the_files.noted(home)
    with _alone(home), publication.room():
        _finish(home, sorted({order.audience for order in orders}))
        with transaction(home, write=False) as connection:
            head = events.head(connection).position
        basis = Basis(
            _terms(home, orders[0].at.date()), agreements.digest(home), told_by(home, list(catalogue().audiences))
        )
        with publication.worked_out(home, orders, say) as ready:
            say("Writing what is prepared")
            waited = replacing.waits(home)
            record = keep(
                home,
                ready,
                basis,
                head,
                lambda one: _log(home, orders[0].actor, PREPARED, one, one.at, files, replaced=waited),
            )
    if waited is not None:
        yield replacing.words(waited)
    until = record.until(agreements.read(home).release.prepared_stands_days)
    for one in record.files:
        yield (
            f"Prepared {one.publication_id} for {one.audience}: {one.shown:,} figures shown, {one.hidden:,} hidden to "
            f"protect, {one.needs_attention} need attention."
        )
        yield from left_out_words(one.withheld, one.known_elsewhere)
    yield from texts_read.waiting_words(home, orders[0].actor)
    who = "another person releases it" if needs_two_people(home) else "it is released"
    yield f"Nobody sees it until {who}, by {day_words(until.date())}: “throughline release”."


def release(home: Path, actor: Actor, at: datetime, read: str = "") -> Iterator[str]:
    """Let out what is prepared, byte for byte; a line for each audience, and one for what came since and is not in it.

    `read`: the fingerprint of the texts that somebody wrote and `actor` has read over, or its first letters as they are typed;
    see `texts_read`. UserError where they are not the texts of this release, or real data has texts that were not read.

    UserError, before anything is let out, where the same person prepared it, it is too old, or what it rests on has
    changed: the agreements, the assessment, or what other publications tell. An attempt that was cut off is finished by
    the next. Originals whose time is over are removed once all is out, as by any release.
    """
    require(actor, "business_unit")
    files = by_the_files.noted(home)
    retaining.refuse_slips(home)
    with _alone(home), publication.room():
        record, is_out = _standing(home)
        if not is_out:
            _may_be_released(home, actor, record, at)
        found = waiting(home, actor)
        texts = texts_read.refuse_unread(home, actor, read) if not is_out else None
        with _each_alone(home, record):
            if is_out:
                publication.finish_cut_off(home, _audiences(record))
            else:
                _let_out(home, actor, record, at, texts, files)
            if any(one.audience != PUBLIC for one in record.files):
                clear(home)
            drop(home)
    for one in record.files:
        yield f"Published {one.publication_id} for {one.audience}, prepared by {record.prepared_by}."
    retaining.with_release(home, actor, at)
    if found is not None and found.since:
        many, are = (f"{found.since} submissions were", "are") if found.since != 1 else ("1 submission was", "is")
        yield f"{many} received or taken back since it was prepared, and {are} in the next release."


def discard(home: Path, actor: Actor, at: datetime) -> Iterator[str]:
    """Take what is prepared away, logged; UserError where nothing is."""
    require(actor, "business_unit")
    with _alone(home):
        record, is_out = _standing(home)
        if is_out:
            raise UserError(
                "What was prepared is released already; the release was cut off. Finish it with “throughline release”."
            )
        with transaction(home, write=True, wait=60) as connection:
            replacing.taken_away(connection, actor, record.files, at)
        drop(home)
    yield "What was prepared is taken away; nobody has seen it."


def why_not(home: Path, actor: Actor, at: datetime) -> str:
    """Why what is prepared cannot be released as things stand, by anybody; nothing where it can, or where nothing is prepared.

    It only looks, so that whoever reads it over is told before they press. Who may release it is another matter.
    """
    require(actor, "business_unit")
    record = standing(home)
    if record is None or replacing.is_out(home, record):
        return ""
    try:
        _is_as_logged(home, record)
        _rests_on_the_same(home, record, at)
    except HomeError:
        raise  # about the machine: its words are for its log, as at every other door
    except UserError as why:
        return str(why).replace(_AGAIN, "It cannot be released: prepare it again.")
    return ""


def settle(home: Path) -> None:
    """Clear away a prepared release that the log has as let out or taken away already: whoever did so was cut off.

    UserError where somebody prepares or lets out meanwhile.
    """
    record = prepared(home)
    if record is None:
        return
    with _alone(home):
        still = standing(home)
        with transaction(home, write=False) as connection:
            logged = publication.released(connection)
        seen = {one.audience: {each.publication_id for each in every(home, one.audience)} for one in record.files}
        is_out = all(
            logged.get(one.publication_id) == one.sha256 and one.publication_id in seen[one.audience]
            for one in record.files
        )
        if still is None or is_out:
            drop(home)


def _standing(home: Path) -> tuple[Prepared, bool]:
    """The prepared release, and whether the log has it as released already: then only its pointers are missing."""
    record = standing(home)
    if record is None:
        drop(home)  # of one that was taken away by somebody who was cut off, what is left
        raise UserError("Nothing is prepared. Prepare a release first, with “throughline publish --prepare”.")
    return record, replacing.is_out(home, record)


def _may_be_released(home: Path, actor: Actor, record: Prepared, at: datetime) -> None:
    _finish(home, _audiences(record))
    with transaction(home, write=False) as connection:
        brought_back.refuse(connection, "Nothing is released.")
    _is_as_logged(home, record)
    terms = agreements.read(home)
    if terms.release.two_people and (why := record.why_not_by(actor)):
        raise UserError(f"{why} Nothing is released.")
    _rests_on_the_same(home, record, at)
    check_all(home, record)


def _rests_on_the_same(home: Path, record: Prepared, at: datetime) -> None:
    """UserError where it is too old, or what it was made from is another by now."""
    terms = agreements.read(home)
    until = record.until(terms.release.prepared_stands_days)
    if at > until:
        raise UserError(
            f"What was prepared on {day_words(record.at.date())} stood until {day_words(until.date())}. {_AGAIN}"
        )
    if at < record.at:
        raise UserError(f"The clock of this machine is behind the time at which the release was prepared. {_AGAIN}")
    if not is_synthetic(home):
        assessed(terms, at.date())
    for one in record.files:
        publication.kept_label(one.label)  # an earlier version of Throughline took any
    own = frozenset(one.publication_id for one in record.files)
    if agreements.digest(home) != record.agreements or _terms(home, at.date()) != record.terms:
        raise UserError(f"The agreements are not what they were when it was prepared. {_AGAIN}")
    if told_by(home, list(catalogue().audiences), own) != record.told:
        raise UserError(f"Another publication was released or withdrawn since it was prepared. {_AGAIN}")


def _is_as_logged(home: Path, record: Prepared) -> None:
    """The record lies in the home and can be written by whoever can write there; the log has who prepared what."""
    with transaction(home, write=False) as connection:
        is_it = is_as_logged(connection, record)
    if not is_it:
        raise UserError(f"What is prepared is not what the event log says was prepared, or not by whom. {_AGAIN}")


def _let_out(  # noqa: PLR0913, PLR0917 - who lets out what, when, what they had read, and by which files
    home: Path, actor: Actor, record: Prepared, at: datetime, texts: Read | None, files: Files
) -> None:
    """All files among the publications, logged together, and only then before readers: all audiences or none."""
    try:
        for one in record.files:
            let_out(home, one)
        _log(home, actor, RELEASED, record, at, files, texts)
    except BaseException:
        take_in(home, record)
        raise
    for one in record.files:
        show(home, one)


def _log(  # noqa: PLR0913, PLR0917 - who did what to which, when, by which files, what they had read, in the place of what
    home: Path,
    actor: Actor,
    action: str,
    record: Prepared,
    at: datetime,
    files: Files,
    texts: Read | None = None,
    *,
    replaced: Prepared | None = None,
) -> None:
    """One transaction for all audiences, and for what they take the place of; UserError where what they go by was changed since the act began."""
    own, two = details(record), needs_two_people(home)
    with transaction(home, write=True, wait=60) as connection:
        if replaced is not None:
            replacing.taken_away(connection, actor, replaced.files, at, own)
        for publication_id, said in own.items():
            detail = said | {"two_people": two}
            if action == RELEASED:
                detail = {name: fact for name, fact in said.items() if name != "record_sha256"}
                audience = str(said["audience"])
                detail |= {"prepared_at": record.at.isoformat()} | (texts.facts(audience) if texts else {})
            events.append(connection, actor, action, publication_id, detail, at=at)
        files.refuse_changed(_NOTHING[action])


def _audiences(record: Prepared) -> list[str]:
    return sorted({one.audience for one in record.files})


def _finish(home: Path, audiences: Sequence[str]) -> None:
    """Releases that were cut off are finished first: what they tell is part of what a prepared one rests on."""
    with ExitStack() as locks:
        for audience in audiences:
            locks.enter_context(alone(home, audience))
        publication.finish_cut_off(home, audiences)


@contextmanager
def _each_alone(home: Path, record: Prepared) -> Generator[None]:
    with ExitStack() as locks:
        for audience in _audiences(record):
            locks.enter_context(alone(home, audience))
        yield


def _terms(home: Path, today: date) -> str:
    """Whose figures each audience may see on a day, in one spelling: a day that passes can change it as a hand can."""
    known = under(catalogue(), agreements.read(home), today, synthetic=is_synthetic(home))
    return json.dumps({a.id: [a.withheld_from, a.exact_totals_from] for a in known.audiences.values()})


@contextmanager
def _alone(home: Path) -> Generator[None]:
    """One person at a time prepares, lets out or takes away."""
    with alone(home / "prepared", "lock"):
        yield
