"""What eyes see and what is known of agencies, as the tables of a publication: for the page Assurance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.publishing.assessments.aspects import Evidence
from pipelines.publishing.assessments.assured import assured
from pipelines.publishing.assessments.triangulated import triangulated
from tests.pages.learning_tables import ODD
from tests.pipelines.releases import figure, inputs
from tests.pipelines.seen_rows import BEFORE, TODAY, answer, answers, audit, card, grade, reply, seen_of

if TYPE_CHECKING:
    from pipelines.publishing.assessments.seen import Seen

Rows = dict[str, list[dict[str, Any]]]
ASC, POLICE, SIX = "lcc_asc", "wyp_leeds", ("lcc_cf", "lcc_asc", "lcc_yjs", "ltht", "lch", "cafcass")


def seen() -> Seen:
    """Adult Social Care's full marks contradicted, the police apart, six agencies with a middle, last year beside."""
    said = [each for agency in SIX for each in answers(agency, "OS6", *((3, 3) if agency == ASC else (2, 2)))]
    said += answers(POLICE, "OS9", 2, 3) + answers(POLICE, "OS1", 2, 2)
    said += [answer(ASC, "OS6.1", 1, year_id=BEFORE), answer(POLICE, "OS1.6", 1, is_critical_unmet=True)]
    return seen_of(
        *said,
        audits=[audit("AU-1")],
        grades=[
            grade("AU-1", "information_sharing", 3, 9, whose=ASC),
            grade("AU-1", "information_sharing", 12, 20),
            grade("AU-1", "impact", 2, 8, whose=POLICE),
        ],
        survey=[reply("confident_sharing", 80, 100)],
        card={"DA05": card("DA05", "81.2%", f"below its usual range {ODD}", variation="concern")},
    )


def tables() -> Rows:
    """The Executive's tables."""
    return {"triangulation": triangulated(seen(), with_agencies=True), "assurance": assured(_evidence())}


def of_all() -> Rows:
    """The partnership's."""
    coarse = replace(seen(), is_coarse=True)
    return {"triangulation": triangulated(coarse, with_agencies=False), "assurance": []}


def _evidence() -> Evidence:
    base = replace(inputs(figure("CP07", 60.0, 220.0)), today=TODAY)
    reply_of = {
        "agency_id": ASC, "instrument_id": "organisational", "year_id": "FY2026-27", "answered": 50, "asked": 50,
        "signed_off": True, "received_on": date(2026, 10, 30),
    }  # fmt: skip
    nothing: Rows = {name: [] for name in ("training_count", "coverage", "action", "recommendation")}
    return Evidence(base, seen(), nothing | {"agency_reply": [reply_of]})
