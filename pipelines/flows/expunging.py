"""Removing for good what must go: shown first, held against holds and a second person, done whole, and what remains said."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from pipelines.flows import by_the_files, tidying
from pipelines.flows.alone_with_backups import alone_with_backups
from pipelines.flows.backups_known import known
from pipelines.flows.cell_named import by_column
from pipelines.flows.expunging_words import Look, after, before, remains
from pipelines.flows.retaining import refuse_held
from pipelines.flows.themselves import as_oneself
from pipelines.flows.withdrawing import kept_reason
from pipelines.flows.withdrawing_publications import told
from pipelines.publishing import alone, clear
from pipelines.publishing.expunging import cites, redact, shows, shows_what_others_keep, withdrawn_with
from pipelines.queries import altered_before
from pipelines.queries.pointer import every, folder
from pipelines.queries.prepared import needs_two_people, prepared
from pipelines.queries.removals import stands_until, why_not_by
from pipelines.queries.withdrawn import is_withdrawn
from pipelines.store import events, expunged, expunging, expunging_asked, to_expunge
from pipelines.store.leftovers import refuse_put_aside
from pipelines.store.opening import VAULT, refuse_lost, transaction
from pipelines.store.to_expunge_named import Named
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.problems import UserError
from schemas.removals import WHYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from pipelines.flows.by_the_files import Files
    from pipelines.queries.pointer import Pointer
    from pipelines.store.to_expunge import Going
    from pipelines.store.to_expunge_named import Copies
    from schemas.actors import Actor

NOTHING = "Nothing was removed."
HOW = "Add --yes to remove it for good."
ASKED = (
    "It is asked for. Another person removes it: on the page Publish, or with the same command and without a reason."
)
_ITS_WORDS = "Something that it showed is removed for good."


def asked(  # noqa: PLR0913 - the command's options
    home: Path,
    actor: Actor,
    at: datetime,
    *,
    what: Sequence[str],
    records: Sequence[str],
    why: str,
    reason: str,
    yes: bool,
    withdraw: bool,
    rows: Sequence[str] = (),
    copies: Copies = "",
    by_another: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[str]:
    """Say what would go and what would remain; with `yes` ask for it, or do it; a line each.

    UserError, and nothing removed: where the reason will not do, nothing is named, a legal hold keeps it, the same person asked, or a publication
    that shows it is neither withdrawn nor to be (`withdraw`).
    """
    require(actor, "business_unit")
    home = home.resolve()
    refuse_lost(home)
    _refuse_words(home, why, reason, yes=yes)
    if yes:
        yield from tidying.tidy(home)  # what was cut off may hold it, and is no publication
    files = by_the_files.noted(home) if yes else None
    look = _looked(home, Named(tuple(what), tuple(records), tuple(rows), copies), say)
    yield from before(look)
    yield from remains(look)
    if files is None:
        yield f"{NOTHING} {HOW}"
        return
    act = _act(files, actor, at, look, (why, reason), by_another=by_another)
    if act is None:
        yield ASKED
        return
    yield from _removed(files, look, act, withdraw=withdraw, say=say)


def refuse(home: Path, actor: Actor, named: Named, at: datetime) -> str:
    """Take away what somebody asked for, so that it is not removed; a sentence. UserError where nobody asked for it."""
    require(actor, "business_unit")
    with transaction(home, write=True, wait=60) as connection:
        if not expunging_asked.refuse(connection, actor, named, at):
            raise UserError("Nobody asks for it any more.")
    return "It is asked for no longer. Nothing was removed."


def _looked(home: Path, named: Named, say: Callable[[str], None] = lambda _: None) -> Look:
    """What would go, which publications show it, and what the log knows of copies elsewhere. UserError as for `asked`."""
    if not (home / VAULT).exists():
        raise UserError(f"There is no vault in {home}, so there is nothing to remove. Set THROUGHLINE_HOME.")
    if not named.what and not named.records:
        raise UserError("Name a submission, a file by its SHA-256, or a record with --record.")
    named = by_column(home, named)
    with transaction(home, write=False) as connection:
        going = to_expunge.going(connection, named)
        refuse_held(home, connection, going.agencies, going.submissions)
        asked_before = expunging_asked.asked(connection, going)
        beside = (*to_expunge.refused_beside(connection, going.parts),)
        speaking = (*to_expunge.speaking_of(connection, going),)
        backups, taken = known(connection), events.of(connection, "export.made")
    refuse_put_aside(home, NOTHING)
    say("Looking through the publications")
    there = [each for audience in catalogue().audiences for each in every(home, audience) if each.path.exists()]
    showing = tuple(each for each in there if _shows(each, going))
    others = [each for each in there if each not in showing]
    # One that is written anew keeps what others keep: that is said of it, too.
    sharing = tuple(each for each in there if shows_what_others_keep(each, going))
    citing = tuple(each for each in others if each not in sharing and cites(each, going))
    if not (going.rows or going.files or going.worded or showing):
        raise UserError(f"Nothing of it is left here. {NOTHING}")
    return Look(going, showing, sharing, citing, beside, speaking, backups, tuple(taken), asked_before)


def _shows(publication: Pointer, going: Going) -> bool:
    try:
        return shows(publication, going)
    except UserError as why:
        raise UserError(f"{why} Until then nobody can say whether it shows it. {NOTHING}") from why


def _act(  # noqa: PLR0913 - who, when, what, why
    files: Files, actor: Actor, at: datetime, look: Look, said: tuple[str, str], *, by_another: bool
) -> expunging_asked.Act | None:
    """What is to be done, or None where it is now asked for and another person must do it."""
    home = files.home
    if not needs_two_people(home):
        return expunging_asked.Act(actor, *_said(*said), at)
    actor = as_oneself(home, actor, at, by_another=by_another)
    before = look.asked
    if before is not None and at <= stands_until(home, before):
        if not_by := why_not_by(before, actor):
            raise UserError(f"{not_by} {NOTHING}")
        return expunging_asked.Act(actor, before.why, before.reason, at, before.by)
    act = expunging_asked.Act(actor, *_said(*said), at)
    with transaction(home, write=True, wait=60) as connection:
        if to_expunge.going(connection, look.going.named) != look.going:
            raise UserError(f"What would be removed has changed meanwhile. {NOTHING} Look at it again.")
        expunging_asked.ask(connection, look.going, act)
        files.refuse_changed(NOTHING)
    return None


def _refuse_words(home: Path, why: str, reason: str, *, yes: bool) -> None:
    """UserError where what is said of it will not do, before anything is looked through; a second person says nothing."""
    if yes and not needs_two_people(home):
        _said(why, reason)
    elif reason:
        kept_reason(reason, NOTHING)


def _said(why: str, reason: str) -> tuple[str, str]:
    if why not in WHYS:
        raise UserError(f"Say why, with --why {' or '.join(WHYS)}. {NOTHING}")
    return why, kept_reason(reason, NOTHING)


def _removed(
    files: Files, look: Look, act: expunging_asked.Act, *, withdraw: bool, say: Callable[[str], None]
) -> Iterator[str]:
    home = files.home
    if prepared(home) is not None:
        raise UserError(
            f"A release is prepared, which may show it. Discard it first, with “throughline release --discard”. {NOTHING}"
        )
    with alone_with_backups(home), ExitStack() as releases:
        for audience in catalogue().audiences:
            if folder(home, audience).exists():
                releases.enter_context(alone(home, audience))
        shown = [each for each in look.showing if not is_withdrawn(each.path)]
        if shown and not withdraw:
            raise UserError(
                f"{shown[0].publication_id} ({shown[0].audience}) shows it, and is one of {len(shown)}. Add --withdraw, or "
                f"tick it on the page, to withdraw {'it' if len(shown) == 1 else 'them'} with it. {NOTHING}"
            )
        clear(home)
        say("Writing the vault anew")
        still, stands = _done(files, look, act, shown)
    for each in shown:
        yield told(home, act.actor, (each.audience, each), stands[each.audience])
    yield from after(look, still)


def _done(
    files: Files, look: Look, act: expunging_asked.Act, shown: Sequence[Pointer]
) -> tuple[list[str], dict[str, Pointer | None]]:
    """Everything made ready, withdrawals too, and put in place at one instant.

    Gives where the words still stand in the vault, and of each audience whose publications were withdrawn what stands.
    """
    home = files.home
    with transaction(home, write=False) as connection:
        showing = {(each.audience, each.publication_id) for each in look.showing}
        unlike = altered_before.publications(home, connection, showing)
    with expunging.prepared(home) as place:
        going = {each.publication_id for each in shown}
        anew = [
            expunging.Anew(
                each.publication_id,
                each.audience,
                redact(home, place, each, look.going),
                _ITS_WORDS if each.publication_id in going else "",
                (each.audience, each.publication_id) in unlike,
            )
            for each in look.showing
        ]
        stands = {
            audience: withdrawn_with(
                home,
                place,
                audience,
                [each for each in shown if each.audience == audience],
                reason=_ITS_WORDS,
                at=act.at,
            )
            for audience in sorted({each.audience for each in shown})
        }
        still = expunging.without(home, look.going, act, anew, altered_before.submissions)
        files.refuse_changed(NOTHING)  # the moment that decides: nothing is in its place before
        expunged.decide(home, look.going.files)
    with transaction(home, write=False):  # notes the last entry of the log
        return still, stands
