"""Who has replied: what is asked, how many of each sector have replied, and each agency by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.assessments.bodies import sectors_of
from pipelines.publishing.assessments.rounds import BEGUN, DUE, LATE, REPLIED
from schemas.periods import day_words, of_kind, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.rounds import Reply, Round

ALL = "all"
_ALL_WORDS = "Everybody asked"


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


def reply_rows(inputs: Inputs, every: Sequence[Round]) -> Iterator[dict[str, Any]]:
    """How many owe a round and how many have replied: of all, then by sector. No body is named."""
    sectors = sectors_of(inputs.catalogue)
    for one in every:
        groups = {ALL: (0, _ALL_WORDS, all(sectors[r.body.sector][2] for r in one.replies))}
        groups |= {s: facts for s, facts in sectors.items() if any(r.body.sector == s for r in one.replies)}
        for sector, (position, label, is_group) in groups.items():
            mine = [reply for reply in one.replies if sector in (ALL, reply.body.sector)]
            yield {
                "instrument_id": one.instrument.id,
                "year_id": one.year.id,
                "sector": sector,
                "position": position,
                "sector_words": label,
                "is_group": is_group,
                "owed": len(mine),
                "replied": count(mine, REPLIED),
                "begun": count(mine, BEGUN),
                "late": count(mine, LATE),
                "due_on": one.due_on,
                "words": _words(inputs, one, mine),
            }


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
    said = [f"{replied:,} of {len(replies):,} replied"]
    said += [f"{begun:,} begun and not whole"] if begun else []
    if nothing:
        said.append(f"{nothing:,} {'have' if nothing != 1 else 'has'} sent nothing")
    when = "were" if inputs.today > one.due_on else "are"
    due = f" Replies {when} due by {day_words(one.due_on)}." if replied < len(replies) else ""
    return f"{'; '.join(said)}.{due}"


def _state_words(inputs: Inputs, one: Round, reply: Reply) -> str:
    due = f"{'was' if inputs.today > one.due_on else 'is'} due by {day_words(one.due_on)}"
    if reply.state == REPLIED:
        return "Replied"
    if reply.state in (LATE, DUE):
        return f"Nothing received; it {due}"
    if reply.answered == reply.asked:
        return f"Answered, not signed off; it {due}"
    return f"Begun: {reply.answered} of {reply.asked} statements answered; it {due}"
