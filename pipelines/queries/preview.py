"""What the next release would say of an agency: its own sentences for it alone, before anybody else reads them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipelines.queries.pointer import current, digest
from pipelines.queries.preview_facts import Looked, Preview, Sentence
from pipelines.queries.reading import many, rows
from pipelines.queries.remembered import remembered
from pipelines.queries.vault import asked
from pipelines.store import events, records
from pipelines.store.chain import facts
from pipelines.store.opening import VAULT
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.catalogue.cycle import cycle
from schemas.periods import parse
from schemas.problems import UserError
from schemas.returns import kinds
from schemas.returns.account import account_words
from schemas.returns.records import standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipelines.queries.pointer import Pointer
    from pipelines.store.opening import Connection
    from schemas.actors import Actor

# Agencies read the partnership's releases, so theirs is the preview: what only the Executive sees is in none.
AUDIENCE = "partnership"
MADE, SEEN = "preview.made", "preview.seen"
_SECTIONS = {"needs": "Needs attention", "changed": "Has changed", "better": "Getting better"}
_MARKERS = {"improved": "improvement", "worse": "concern", "no_change": "usual"}
_VERDICT, _PLACE = "Verdict on learning", "Place among like services"
# Said of an agency from several returns at once: no one account could stand beside it.
_ASSURED, _EYES = "Assurance", "Several eyes on one thing"


def preview_folder(home: Path) -> Path:
    """Where the preview lies: beside the publications, not among them."""
    return home / "preview"


def preview(home: Path, actor: Actor, agency_id: str) -> Preview | None:
    """What the preview says of an agency; None where there is none. Nobody else's sentences are in it.

    For the agency's own analysts and approvers and for the business unit; UserError for anybody else.
    """
    require(actor, "analyst", "approver", "business_unit", agency_id=agency_id)
    pointer = _open(home, actor)
    if pointer is None:
        return None
    return _of(pointer, agency_id, asked(home, actor, _accounts, agency_id))


def _open(home: Path, actor: Actor) -> Pointer | None:
    """The preview, where there is one. A damaged one is none: it is no publication, and made again with one press.

    Nor is one that the event log does not have as made: whoever can write the folder can let its pointer fit any file.
    """
    try:
        found = current(preview_folder(home), AUDIENCE)
    except UserError:
        return None
    if found is None or not (home / VAULT).exists():
        return None
    is_one = asked(home, actor, is_as_made, found.publication_id, digest(found.path))
    return found if is_one else None


def is_as_made(connection: Connection, publication_id: str, sha256: str) -> bool:
    """Whether the log has that a preview of this id and this SHA-256 was made."""
    made = (facts(each["detail"]) for each in events.of(connection, MADE) if each["subject"] == publication_id)
    return any(said.get("sha256") == sha256 for said in made)


def has_preview(home: Path, actor: Actor) -> bool:
    """Whether a preview is open, for the business unit."""
    require(actor, "business_unit")
    return _open(home, actor) is not None


def period_of(home: Path, actor: Actor) -> str:
    """The quarter that the preview speaks of, for the business unit; UserError where there is none."""
    require(actor, "business_unit")
    pointer = _open(home, actor)
    if pointer is None:
        raise UserError("There is no preview open.")
    return str(rows(pointer, "select data_through from publication")[0]["data_through"])


def looked(home: Path, actor: Actor) -> tuple[Looked, ...]:
    """How far each agency that the preview speaks of is with it, for the business unit; nothing where there is none."""
    require(actor, "business_unit")
    pointer = _open(home, actor)
    if pointer is None:
        return ()
    given = asked(home, actor, _accounts, None)
    seen: dict[str, tuple[datetime, str]] = {}
    for agency_id, who, at in _looks(home, actor, pointer.publication_id):
        seen.setdefault(agency_id, (at, who))
    found: list[Looked] = []
    for agency in catalogue().reporting:
        mine = _of(pointer, agency.id, given)
        if mine.sentences:
            first = seen.get(agency.id, (None, ""))
            found.append(Looked(agency.id, agency.title, len(mine.sentences), mine.answered, mine.open, *first))
    return tuple(found)


def has_seen(home: Path, actor: Actor, preview_id: str) -> bool:
    """Whether the event log says already that this person has looked at this preview."""
    require(actor, "analyst", "approver", agency_id=actor.agency_id)
    mine = (who for agency_id, who, _ in _looks(home, actor, preview_id) if agency_id == actor.agency_id)
    return actor.name in mine


def _of(pointer: Pointer, agency_id: str, given: Iterable[_Account]) -> Preview:
    said = _told(pointer, agency_id)
    mine = [each for each in given if (each.agency_id, each.period_id) == (agency_id, said.period_id)]
    answered = _answered(said.sentences, mine, catalogue().agencies[agency_id].short)
    return replace(said, sentences=tuple(answered))


@remembered(maxsize=64)
def _told(pointer: Pointer, agency_id: str) -> Preview:
    """What the preview's file says of an agency, before the accounts that came since it was made."""
    about, *tables = many(pointer, [(_ABOUT, []), *((query, [agency_id] * query.count("?")) for query in _QUERIES)])
    quarter = parse(about[0]["data_through"])
    said = [sentence for found, make in zip(tables, _MAKERS, strict=True) for sentence in map(make, found)]
    return Preview(
        publication_id=pointer.publication_id,
        made_at=about[0]["made_at"],
        period_id=quarter.id,
        release_on=cycle(catalogue(), quarter).release,
        agency_id=agency_id,
        sentences=tuple(said),
    )


def _answered(said: Iterable[Sentence], given: Iterable[_Account], by: str) -> Iterable[Sentence]:
    """The sentences with the agency's accounts that came since the preview was made in the place of earlier ones."""
    latest = {each.key: each for each in given}
    for each in said:
        account = latest.get(each.key) if each.may_answer else None
        if account is None:
            yield each
        else:
            yield replace(each, account_by=by, account=account.words, account_at=account.at)


@dataclass(frozen=True, slots=True)
class _Account:
    """An agency's account of one sentence, or of its return as a whole, as it stands in the vault."""

    agency_id: str
    period_id: str
    key: str
    words: str
    at: datetime


def _accounts(connection: Connection, agency_id: str | None) -> tuple[_Account, ...]:
    """Every account of an agency that stands; with None everybody's."""
    kind = kinds()["account"]
    rows_ = standing(records.standing(connection, kind)[kind.data.name]).to_dict("records")
    return tuple(_account(row) for row in rows_ if agency_id in {None, row["agency_id"]})


def _account(row: dict[Any, Any]) -> _Account:
    key = row["indicator_id"] or row["recommendation_id"] or "return"
    return _Account(row["agency_id"], row["period_id"], key, account_words(row), row["received_at"].to_pydatetime())


def _looks(home: Path, actor: Actor, preview_id: str) -> tuple[tuple[str, str, datetime], ...]:
    """Who looked at a preview, the first look first: agency, name and moment."""
    return asked(home, actor, _looked_at, preview_id) if (home / VAULT).exists() else ()


def _looked_at(connection: Connection, preview_id: str) -> tuple[tuple[str, str, datetime], ...]:
    every = [row for row in events.of(connection, SEEN) if json.loads(row["detail"])["preview"] == preview_id]
    return tuple((row["agency_id"], row["actor"], datetime.fromisoformat(row["happened_at"])) for row in every)


def _finding(row: dict[str, Any]) -> Sentence:
    return Sentence(
        section=_SECTIONS[row["section"]],
        marker=row["marker"],
        lead=row["lead"],
        sentence=row["sentence"],
        owner=row["owner"],
        indicator_id=row["indicator_id"] or "",
        account_by=row["account_by"],
        account=row["account"],
    )


def _verdict(row: dict[str, Any]) -> Sentence:
    lead = f"{row['recommendation_id']} {row['title']}"
    said = f"{row['verdict_words']}. {row['finding']}"
    marker = _MARKERS.get(row["verdict"], "none")
    return Sentence(_VERDICT, marker, lead, said, row["owner_words"], recommendation_id=row["recommendation_id"])


def _place(row: dict[str, Any]) -> Sentence:
    return Sentence(_PLACE, "none", row["title"], row["words"], row["owner"], indicator_id=row["indicator_id"])


def _assured(row: dict[str, Any]) -> Sentence:
    return Sentence(
        _ASSURED, "none", row["aspect_words"], f"{row['state_words']}. {row['words']}", row["agency"], may_answer=False
    )


def _eyes(row: dict[str, Any]) -> Sentence:
    return Sentence(_EYES, "none", row["thread"], row["sentence"], row["agency"], may_answer=False)


_ABOUT = "select data_through, made_at from publication"
_FINDINGS = """
select f.*
from finding as f
left join indicator as i
    on i.indicator_id = f.indicator_id
where f.agency_id = ?
    or i.agency_id = ?
    or (f.reason in ('signal', 'target', 'neighbours') and list_contains(string_split(i.senders, ' '), ?))
order by f.position
"""
_VERDICTS = """
select recommendation_id, title, verdict, verdict_words, finding, owner_words
from recommendation
where agency_id = ?
order by position
"""
_PLACES = """
select f.indicator_id, i.title, f.words, i.owner
from funnel as f
join indicator as i
    on i.indicator_id = f.indicator_id
where f.kind = 'agency'
    and f.unit_id = ?
order by i.position
"""
_ASSURANCE = "select aspect_words, state_words, words, agency from assurance where agency_id = ? order by position"
_SEVERAL_EYES = """
select thread, sentence, agency
from triangulation
where agency_id = ?
    and sentence <> ''
order by position
"""
_QUERIES = (_FINDINGS, _VERDICTS, _PLACES, _ASSURANCE, _SEVERAL_EYES)
_MAKERS = (_finding, _verdict, _place, _assured, _eyes)
