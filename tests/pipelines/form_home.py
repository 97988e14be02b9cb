"""A vault with a small register, and a link to the form of one nursery on it, for tests of what is answered by link."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from pipelines.flows import inviting, returns
from pipelines.flows.inviting import Link, Whom
from pipelines.store import events, invitations
from pipelines.store.opening import transaction
from schemas.actors import Actor
from tests.pipelines.log_book import write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    import pandas as pd

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
STEWARD = Actor("Steward", "business_unit")
YEAR = "2026-27"
NURSERY, SECOND, SCHOOL, CLOSED = "EY-0031", "EY-0032", "SCH-0142", "EY-0033"
RESPONDENTS: Sequence[Mapping[str, Any]] = (
    {"respondent_id": NURSERY, "instrument": "Early years", "name": "Example Nursery One", "sector": "Early years settings"},
    {"respondent_id": SECOND, "instrument": "Early years", "name": "Example Nursery Two", "sector": "Early years settings"},
    {"respondent_id": CLOSED, "instrument": "Early years", "name": "Example Nursery Three",
     "sector": "Early years settings", "until": date(2025, 7, 31)},
    {"respondent_id": SCHOOL, "instrument": "Education", "name": "Example School", "sector": "Schools and academies"},
    {"respondent_id": SCHOOL, "instrument": "Organisational", "name": "Example School", "sector": "Schools and academies"},
)  # fmt: skip


def registered(home: Path, folder: Path) -> Path:
    """The home with the register in its vault."""
    sheet = write(folder / "register.xlsx", {"Respondents": RESPONDENTS}, kind="register")
    loaded = returns.submit(home, STEWARD, sheet, AT)
    assert loaded.receipt.state.startswith("accepted"), loaded.report.as_text()
    return home


def invited(home: Path, respondent: str = NURSERY, at: datetime = AT, instrument: str = "") -> str:
    """The token of a new link for one respondent."""
    (link,) = inviting.invite(home, STEWARD, Whom((respondent,), instrument=instrument), YEAR, at)
    return token_of(link)


def token_of(link: Link) -> str:
    """The token in a link's address."""
    return parse_qs(urlsplit(link.url).query)["link"][0]


def kept(home: Path, token: str) -> invitations.Draft:
    """The draft as the vault has it."""
    with transaction(home, write=False) as connection:
        return invitations.draft(connection, invitations.digest(token))


def logged(home: Path) -> pd.DataFrame:
    """The event log."""
    with transaction(home, write=False) as connection:
        return events.listing(connection)
