"""A home whose publications hold two years of self-assessments, for the page that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.catalogue import catalogue
from schemas.periods import parse
from tests.pages import logs_home
from tests.pages.opening import ODD
from tests.pipelines.assessed import LAST, NOW, Given, assessed, event, registered

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.publishing.assembling import Inputs

_SCORES = ("s2", "s3", "s2", "s1", "s2", "s3", "s2")
_IMPACT = {"impact_evidence": "Children waited less, by the audit of May", "evidence_ref": "Audit of referrals",
           "evidence_date": "2026-05-31"}  # fmt: skip


def built(home: Path, inputs: Inputs | None = None) -> Path:
    """Publish these inputs for every audience; those of `everything` where none are given."""
    return logs_home.built(home, everything() if inputs is None else inputs)


def everything() -> Inputs:
    """Agencies with and without answers, charities, schools of which few replied, and a partnership that met."""
    agencies = ("lcc_cf", "lcc_asc", "wyp_leeds", "ltht", "lch", "icb_leeds", "probation_wy")
    given = [_agency(agency, n) for n, agency in enumerate(agencies)]
    promised = {
        "OS9.2": {"self_score": "s1", "action": "Ask the board", "owner_role": "Chair", "due_date": "2026-02-01"}
    }
    given += [Given(agency, LAST, "s1", but=promised if agency == "ltht" else {}) for agency in agencies[:4]]
    given.append(Given("lypft", but={"OS9.1": None}))
    charities = [f"TS-{n:04}" for n in range(1, 9)]
    given += [Given(each, score=_SCORES[n % 7]) for n, each in enumerate(charities[:7])]
    schools = [f"SCH-{n:04}" for n in range(1, 12)]
    given += [Given(each, score=_SCORES[n % 7], instrument="education") for n, each in enumerate(schools[:4])]
    groups = {"practitioners": 7, "subgroup_chairs": 6, "lscp_executive": 4}
    views = {f"PA-{100 * n + one:04}": group for n, (group, many) in enumerate(groups.items()) for one in range(many)}
    given += [
        Given(each, score=_SCORES[n % 7], instrument="partnership", but=every("partnership", "PT3", "s3"))
        for n, each in enumerate(views)
    ]
    register = [registered(each) for each in charities]
    register += [registered(each, "schools", instrument="education") for each in schools]
    register += [registered(each, group, instrument="partnership") for each, group in views.items()]
    events = (
        event("practitioners", "pt1", position="Children speak at two meetings a year", impact="The threshold guide was redrawn",
              gap=f"Nobody tells them what came of it {ODD}", opportunity="Answer in writing within a month"),
        event("lscp_executive", "pt1", position="Heard at the take-over day", gap="Little from the youngest"),
    )  # fmt: skip
    return assessed(*given, register=tuple(register), events=events)


def every(instrument: str, standard: str, score: str, **said: str) -> dict[str, dict[str, str] | None]:
    """The same answer to every statement of a standard."""
    asked = catalogue().instruments[instrument].asked_in(parse(NOW))
    return {each.id: {"self_score": score} | said for each in asked if each.standard == standard}


def _agency(agency: str, number: int) -> Given:
    """Every agency differs: what it shows impact for, one critical statement here and there, some moderated."""
    but = every("organisational", f"OS{1 + number}", "s3") | every("organisational", f"OS{2 + number}", "s3", **_IMPACT)
    but["OS1.4"] = {"self_score": "na", "na_reason": "Nobody is employed"}
    if number in (1, 3):
        but["OS1.1"] = {
            "self_score": "s1", "action": f"Name a lead at board level {ODD}", "owner_role": "Chief nurse",
            "due_date": "2026-09-30" if number == 1 else "2027-01-31", "area_for_improvement": "No lead since spring",
        }  # fmt: skip
    if number == 0:
        but["OS6.1"] = {"self_score": "s2", "moderated_score": "s1", "moderated_from": "s2",
                        "moderator_comment": "The log shows delays"}  # fmt: skip
        but["OS6.2"] = {"self_score": "s2", "moderated_score": "s2", "moderated_from": "s2",
                        "action": "Teach it again", "owner_role": "Head of learning", "due_date": "2026-05-01",
                        "done_on": "2026-04-20"}  # fmt: skip
        but["OS6.3"] = {"self_score": "s2", "moderated_score": "s1", "moderated_from": "s0"}
    return Given(agency, but=but)
