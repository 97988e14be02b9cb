"""A small home in which a name has slipped through, everywhere it can get: for tests of what is removed for good."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.publishing.releasing import release
from pipelines.store import events, invitations, submissions
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.returns import kinds
from schemas.returns.mends import Mend
from tests.pipelines.agreed import invented
from tests.pipelines.releases import figure, inputs, order
from tests.pipelines.test_store import FIRST, Return, figures

if TYPE_CHECKING:
    from pathlib import Path

STEWARD = Actor("a.steward", "business_unit")
CAME = datetime(2026, 10, 9, 12, tzinfo=UTC)
AT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
# Invented, and never to be found in any byte of a home once it is removed.
NAME = "Zebulon Quillfeather"
LOG, CLEAN = "bu.voice.2026-27-Q2.v1", "lcc_cf.figures.2026-27-Q2.v1"
SLIPPED, BETTER = "ltht.figures.2026-27-Q2.v1", "ltht.figures.2026-27-Q2.v2"
VOICE = {
    "voice_ref": "V-1", "heard_on": "2026-08-01", "who": "children", "directly": "yes", "people": "30", "agency_id": "lcc_cf",
    "theme": "being_heard", "asked": "How it was", "said": f"{NAME} told us", "response": "in_hand",
}  # fmt: skip


def filled(home: Path) -> None:
    """A clean return; one with the name in its reason, mends, cover and file name, replaced by a clean one; a log with it."""
    invented(home)
    rows = figures({"FD01": (813, None)}).assign(agency_id="ltht", reason=f"{NAME} moved away in the summer")
    slipped = replace(
        FIRST, content=f"original of {NAME}".encode(), figures=rows, agency_id="ltht", file=f"{NAME}.xlsx",
        cover={"prepared_by_role": f"For {NAME}", "approved_by_role": "Head"},
        mends=(Mend("Figures", "H8", "reason", f"{NAME} is in it"),),
    )  # fmt: skip
    better = Return(b"better", rows.assign(reason="Families moved away in the summer"), agency_id="ltht")
    sheet = kinds()["voice"].data
    voice = {sheet.name: pd.DataFrame([{c.name: VOICE.get(c.name, "") for c in sheet.columns}], index=[2], dtype="str")}
    log = Return(
        f"log with {NAME}".encode(), rows.iloc[:0], kind="voice", agency_id="bu", file="voice.xlsx", records=voice
    )
    with transaction(home, write=True) as vault:
        for number, each in enumerate((FIRST, slipped, better, log)):
            submissions.receive(vault, home, STEWARD, each, each.content, at=CAME.replace(minute=number))
        link = invitations.Invitation("0" * 64, "SCH-0142", "education", "2026-27", CAME, "bu", AT.date())
        invitations.add(vault, link)
        said = {"instrument": link.instrument, "period_id": link.period_id, "expires_on": link.expires_on.isoformat()}
        events.append(vault, Actor("bu", "business_unit"), "invitation.made", link.respondent_id, said, at=CAME)
        draft = invitations.Draft(
            {"S1": {"evidence_ref": f"{NAME} moved away in the summer"}}, {"S1": CAME.isoformat()}
        )
        invitations.keep_draft(vault, link.token_sha256, draft, at=CAME)
        events.append(vault, STEWARD, "backup.made", "backup.20261101T020000Z", {"files": 3}, at=CAME.replace(month=11))


def published(home: Path) -> str:
    """A release in which the name stands in what the agency wrote; its id."""
    said = pd.DataFrame([{
        "indicator_id": "FD01", "agency_id": "lcc_cf", "period_id": "2026-27-Q2", "what_happened": f"{NAME} moved away in the summer",
        "why": "One team", "what_we_are_doing": "Audit", "submission_id": SLIPPED,
    }])  # fmt: skip
    given = replace(inputs(figure("FD01", 813)), commentary=said)
    return release(home, given, order("For a meeting", AT), {}, lambda _: None).publication_id


WROTE = f"The clinic of {NAME} – “the old one” – was closed in August"


def corrected(home: Path) -> None:
    """A return whose comment names somebody, and its correction, which keeps the comment; a release made before, one since.

    The comment is of FD01, and stands in the release as well as the indicator's own id does.
    """
    invented(home)
    rows = figures({"FD01": (813, None)}).assign(agency_id="ltht", reason="")
    said = pd.DataFrame(
        [{"indicator_id": "FD01", "what_happened": WROTE, "why": "One team", "what_we_are_doing": "Audit"}]
    )
    shown = said.assign(agency_id="lcc_cf", period_id="2026-27-Q2", submission_id=SLIPPED)
    given = replace(inputs(figure("FD01", 813)), commentary=shown)
    with transaction(home, write=True) as vault:
        events.append(vault, STEWARD, "backup.made", "backup.20260901T020000Z", {"files": 1}, at=CAME.replace(month=9))
        before = events.head(vault)
        for number, content in enumerate((b"slipped", b"corrected")):
            sent = Return(content + WROTE.encode(), rows, agency_id="ltht", commentary=said)
            submissions.receive(vault, home, STEWARD, sent, sent.content, at=CAME.replace(minute=number))
        since = events.head(vault)
    for head, at in ((before, AT), (since, AT.replace(hour=10))):
        release(home, replace(given, log_head=head), order("For a meeting", at), {}, lambda _: None)


def holding(home: Path, words: str = NAME) -> list[str]:
    """The files of a home in any byte of which the words stand, in the spellings a file may have them."""
    spelt = [words.encode(), json.dumps(words).encode(), words.encode("utf-16-le")]
    every = [path for path in sorted(home.rglob("*")) if path.is_file()]
    return [path.relative_to(home).as_posix() for path in every if any(each in path.read_bytes() for each in spelt)]
