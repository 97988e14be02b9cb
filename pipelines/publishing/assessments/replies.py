"""Who has replied: what is asked, how many of each sector have replied, and each agency by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.assessments.bodies import AGENCIES, ALL, sectors_of, untold
from pipelines.publishing.assessments.rounds import BEGUN, DUE, LATE, REPLIED
from schemas.periods import day_words, of_kind, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.rounds import Reply, Round
    from schemas.catalogue import Audience

_ALL_WORDS, _AGENCIES_WORDS = "Everybody asked", "Agencies of the partnership"
# A sector with agencies in it and fewer than this would say of one of them whether it has replied.
_FEWEST = 6
_PUBLIC = "public"


def statement_rows(inputs: Inputs, every: Sequence[Round]) -> Iterator[dict[str, Any]]:
    """What is asked in the year under way and in every year with a round."""
    years = {of_kind("financial_year", inputs.today).id, *(one.year.id for one in every)}
    for year_id in sorted(years, reverse=True):
        asked = ((i, s) for i in inputs.catalogue.instruments.values() for s in i.asked_in(parse(year_id)))
        for position, (instrument, statement) in enumerate(asked):
            yield {
                "statement_id": statement.id,
                "year_id": year_id,
                "position": position,
                "instrument_id": instrument.id,
                "instrument": instrument.title,
                "standard_id": statement.standard,
                "standard": instrument.standards[statement.standard].title,
                "text": statement.text,
                "critical": statement.critical,
            }


def reply_rows(inputs: Inputs, every: Sequence[Round], audience: Audience) -> Iterator[dict[str, Any]]:
    """How many owe a round and how many have replied: of all, then by sector. No body is named.

    The public is not told whether an agency has replied: sectors of agencies are one row, and what is begun or late is
    told of all together only.
    """
    sectors = sectors_of(inputs.catalogue)
    for one in every:
        groups = sectors | {ALL: (0, _ALL_WORDS, all(sectors[r.body.sector][2] for r in one.replies))}
        for sector, mine in _by_sector(one, audience).items():
            if sector in untold(inputs, one.instrument.id):
                continue
            first = min(sectors[reply.body.sector][0] for reply in mine)
            position, label, is_group = (groups | {AGENCIES: (first, _AGENCIES_WORDS, False)})[sector]
            in_full = sector == ALL or audience.id != _PUBLIC
            yield {
                "instrument_id": one.instrument.id,
                "year_id": one.year.id,
                "sector": sector,
                "position": position,
                "sector_words": label,
                "is_group": is_group,
                "owed": len(mine),
                "replied": count(mine, REPLIED),
                "begun": count(mine, BEGUN) if in_full else None,
                "late": count(mine, LATE) if in_full else None,
                "due_on": one.due_on,
                "words": _words(inputs, one, mine) if in_full else f"{_replied_words(mine)}.",
            }


def told_to(audience: Audience, one: Round) -> frozenset[str]:
    """The sectors of a round that an audience is told of; the public of none that would say of an agency what it did."""
    return frozenset(_by_sector(one, audience))


def _by_sector(one: Round, audience: Audience) -> dict[str, list[Reply]]:
    """Everybody who owes a round, then by sector in the order of the list; to the public the agencies' sectors as one."""
    found: dict[str, list[Reply]] = {ALL: list(one.replies)}
    for reply in sorted(one.replies, key=lambda each: each.body.sector):
        found.setdefault(reply.body.sector, []).append(reply)
    if audience.id != _PUBLIC:
        return found
    small = [sector for sector, mine in found.items() if sector != ALL and _tells_of_agencies(mine)]
    together = [reply for sector in small for reply in found.pop(sector)]
    return {ALL: found.pop(ALL)} | ({AGENCIES: together} if together else {}) | found


def _tells_of_agencies(replies: list[Reply]) -> bool:
    """Whether a sector is of named agencies alone, or of so few that it would say of one whether it has replied."""
    named = [reply.body.agency is not None for reply in replies]
    return any(named) and (all(named) or len(replies) < _FEWEST)


def agency_reply_rows(inputs: Inputs, every: Sequence[Round]) -> Iterator[dict[str, Any]]:
    """How far each agency has come, by sector and then by the alphabet."""
    sectors = sectors_of(inputs.catalogue)
    for one in every:
        for position, reply in enumerate(agencies_of(inputs, one)):
            agency = reply.body.agency
            if agency is None:
                continue
            yield {
                "agency_id": agency.id,
                "instrument_id": one.instrument.id,
                "year_id": one.year.id,
                "position": position,
                "agency": agency.title,
                "sector": reply.body.sector,
                "sector_words": sectors[reply.body.sector][1],
                "partner": agency.partner,
                "state": reply.state,
                "state_words": _state_words(inputs, one, reply),
                "answered": reply.answered,
                "asked": reply.asked,
                "received_on": reply.received_on,
                "signed_off": reply.signed_off,
            }


def agencies_of(inputs: Inputs, one: Round) -> list[Reply]:
    """The replies of agencies, in the order a page lists them: by sector, in it by the alphabet. Never by score."""
    sectors = sectors_of(inputs.catalogue)
    mine = [(reply, reply.body.agency) for reply in one.replies]
    named = [(sectors[reply.body.sector][0], agency.title, reply) for reply, agency in mine if agency]
    return [reply for _, _, reply in sorted(named, key=lambda each: each[:2])]


def count(replies: list[Reply], state: str) -> int:
    """How many are in a state."""
    return sum(reply.state == state for reply in replies)


def _words(inputs: Inputs, one: Round, replies: list[Reply]) -> str:
    replied, begun = count(replies, REPLIED), count(replies, BEGUN)
    nothing = len(replies) - replied - begun
    said = [_replied_words(replies)]
    said += [f"{begun:,} begun and not whole"] if begun else []
    if nothing:
        said.append(f"{nothing:,} {'have' if nothing != 1 else 'has'} sent nothing")
    when = "were" if inputs.today > one.due_on else "are"
    due = f" Replies {when} due by {day_words(one.due_on)}." if replied < len(replies) else ""
    return f"{'; '.join(said)}.{due}"


def _replied_words(replies: list[Reply]) -> str:
    return f"{count(replies, REPLIED):,} of {len(replies):,} replied"


def _state_words(inputs: Inputs, one: Round, reply: Reply) -> str:
    due = f"{'was' if inputs.today > one.due_on else 'is'} due by {day_words(one.due_on)}"
    if reply.state == REPLIED:
        return "Replied"
    if reply.state in (LATE, DUE):
        return f"Nothing received; it {due}"
    if reply.answered == reply.asked:
        return f"Answered, not signed off; it {due}"
    return f"Begun: {reply.answered} of {reply.asked} statements answered; it {due}"
