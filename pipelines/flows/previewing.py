"""The agency's look at what the next release says of it, and the account it may add; it has no veto."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.flows import one_record, publication
from pipelines.publishing import Order
from pipelines.queries import preview as previews
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.catalogue.cycle import cycle
from schemas.periods import day_words, parse
from schemas.problems import UserError
from schemas.working_days import working_days_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from pathlib import Path

    from pipelines.queries.preview import Preview
    from schemas.actors import Actor
    from schemas.catalogue.cycle import Days


@dataclass(frozen=True, slots=True)
class Account:
    """What an agency says of one sentence: of an indicator, of a recommendation, or of its return where both are empty."""

    indicator_id: str
    recommendation_id: str
    what_happened: str
    why: str = ""
    what_we_are_doing: str = ""


def make(
    home: Path, actor: Actor, label: str, at: datetime, say: Callable[[str], None] = lambda _: None
) -> Iterator[str]:
    """Make the preview of the next release, and say what it speaks of and until when accounts can be added."""
    done = publication.preview(home, Order(previews.AUDIENCE, label, actor, at), say)
    found = previews.looked(home, actor)
    days = cycle(catalogue(), parse(previews.period_of(home, actor)))
    yield (
        f"Made the preview {done.publication_id}: {done.shown:,} figures shown, {done.hidden:,} hidden to protect. "
        "It is no publication."
    )
    many = sum(each.sentences for each in found)
    yield (
        f"{many} sentences about {len(found)} agencies. Each sees its own on the page Returns, and can add its account "
        f"until the release, which is due on {day_words(days.release)}."
    )
    yield from short_of_time(days, at.date())


def short_of_time(days: Days, today: date) -> Iterator[str]:
    """That agencies have fewer working days than agreed, where a preview is made on a day; nothing where it is in time."""
    left, agreed = working_days_between(today, days.release), catalogue().cycle.preview_before
    if left < 0:
        yield "That day has passed: agree another with the agencies before you release."
    elif left < agreed:
        yield (
            f"They have {left} working {'day' if left == 1 else 'days'} of the {agreed} agreed: the preview was due on "
            f"{day_words(days.preview)}."
        )


def look(home: Path, actor: Actor, agency_id: str, at: datetime) -> Preview | None:
    """What the preview says of the agency; that one of its own people has looked is put in the event log, once each.

    None where there is no preview. UserError for whoever does not belong to the agency or the business unit.
    """
    found = previews.preview(home, actor, agency_id)
    if found is None or actor.agency_id != agency_id or previews.has_seen(home, actor, found.publication_id):
        return found
    detail = {"preview": found.publication_id, "period_id": found.period_id, "sentences": len(found.sentences)}
    with transaction(home, write=True) as connection:
        events.append(connection, actor, previews.SEEN, agency_id, detail, at=at)
    return found


def give_account(home: Path, actor: Actor, agency_id: str, account: Account, at: datetime) -> str:
    """Store the account as a submission of the agency and give the receipt in words.

    The release shows it beside the sentence, which it does not change. UserError where there is no preview, where the
    preview says nothing of the agency that it is of, or where the check refuses it.
    """
    require(actor, "analyst", "approver", "business_unit", agency_id=agency_id)
    found = previews.preview(home, actor, agency_id)
    if found is None:
        raise UserError("There is no preview open. Send what you want to say with your next return.")
    of = account.indicator_id or account.recommendation_id or "return"
    if of not in {each.key for each in found.sentences if each.may_answer}:
        raise UserError(f"The preview says nothing of {of} that is yours to speak to.")
    role = actor.role.replace("_", " ").capitalize()
    cover = {"Agency": agency_id, "Period": found.period_id, "Prepared by (role)": role}
    if actor.role == "approver":
        cover |= {"Approved by (role)": role, "Approved on": at.date().isoformat()}
    answers = {
        "indicator_id": account.indicator_id,
        "recommendation_id": account.recommendation_id,
        "what_happened": " ".join(account.what_happened.split()),
        "why": " ".join(account.why.split()),
        "what_we_are_doing": " ".join(account.what_we_are_doing.split()),
    }
    return one_record.send(home, actor, "account", cover, answers, at)
