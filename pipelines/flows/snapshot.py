"""Checks a self-assessment ahead of its turn, against what stood when the load began, read once for all of them."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from pipelines.flows import returns
from pipelines.store import records, submissions
from pipelines.store.opening import transaction
from schemas.problems import UserError
from schemas.returns import kinds
from schemas.returns.register import RESPONDENTS

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pandas as pd

    from pipelines.store.opening import Connection
    from schemas.actors import Actor

# What changes whenever anything that a sender's return rests on does.
Mark = tuple[str, str]


def checked(home: Path, actor: Actor, at: datetime, moderating: bool, path: Path) -> returns.Report | None:  # noqa: FBT001 - given to another process, place by place
    """The report of a return that rests on nothing but its own sender's records and the register; None for any other."""
    try:
        report = returns.check_file(
            home, actor, path, at, moderating=moderating, standing=partial(_beside, home, at.isoformat())
        )
    except UserError:
        return None  # said in its turn, where the file is checked and stored in one
    kind = kinds().get(report.kind or "")
    return report if kind is not None and kind.from_respondents and report.agency_id else None


def marks(connection: Connection) -> Counter[Mark]:
    """How many submissions of each kind and sender have come, and in which states: the same as long as nothing has changed."""
    listing = submissions.listing(connection)
    named = zip(listing["kind"], listing["agency_id"], listing["state"], strict=True)
    found: Counter[Mark] = Counter()
    for kind, sender, state in named:
        found[kind, sender] += 1
        found[f"{kind} {state}", sender] += 1
    return found


def rests_on(report: returns.Report) -> list[Mark]:
    """The marks of everything a report was held against."""
    states = ("", " accepted", " accepted_with_queries", " withdrawn")
    sender = report.agency_id or ""
    return [(f"{report.kind}{state}", sender) for state in states] + [(f"register{state}", "bu") for state in states]


def _beside(home: Path, load: str, kind_id: str, sender_id: str) -> dict[str, pd.DataFrame]:
    if not kinds()[kind_id].from_respondents:
        return {}
    return {
        sheet: by_sender.get(sender_id, nothing)
        for sheet, (by_sender, nothing) in _standing(home, load, kind_id).items()
    }


@lru_cache(maxsize=2)
def _standing(home: Path, load: str, kind_id: str) -> dict[str, tuple[dict[str, pd.DataFrame], pd.DataFrame]]:
    """By sheet: what stands of each sender, and what is said of one that has nothing. Read anew for each load."""
    del load
    with transaction(home, write=False) as connection:
        found = records.standing(connection, kinds()["register"]) | records.standing(connection, kinds()[kind_id])
    by = {name: "respondent_id" if name == RESPONDENTS.name else "sent_by" for name in found}
    return {
        name: ({str(sender): mine for sender, mine in frame.groupby(by[name], sort=False)}, frame.iloc[:0])
        for name, frame in found.items()
    }
