"""A home whose publications hold a programme of audits: planned, under way, reported, repeated, one of a handful."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pages import logs_home
from tests.pages.opening import ODD
from tests.pipelines.audit_records import audit, cases, finding, given, grades, times
from tests.pipelines.log_book import RECOMMENDATION

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.publishing.assembling import Inputs

NEW, OLD, FEW = "AU-2026-1", "AU-2025-1", "AU-2026-4"
_LATER = {"reported_on": "", "conclusion": ""}


def built(home: Path) -> Path:
    """Publish them for every audience."""
    return logs_home.built(home, everything())


def everything() -> Inputs:
    """Six audits; the latest repeats the oldest."""
    audits = [
        audit(NEW, title="Notices of domestic abuse to schools, again", re_audit_of=OLD, re_audit_due="2027-09-30",
              period_from="2026-01-05", period_to="2026-06-30", why_chosen=f"Reviews found delays {ODD}",
              conclusion="Schools hear in time; what they do is seldom written down"),
        audit(OLD, title="Notices of domestic abuse to schools", reported_on="2025-09-12", re_audit_due="2026-09-30",
              families_heard="no", conclusion=""),
        audit(FEW, title="A first look at neglect", reported_on="2026-08-03", theme="neglect", re_audit_due="2026-10-31",
              agency_id="lcc_cf", conclusion=""),
        audit("AU-2026-2", title="Referrals by members of the public", theme="family_help", stage="planned",
              planned_for="2027-01-15", **_LATER),
        audit("AU-2026-3", title="Neglect over time", theme="neglect", stage="under_way", planned_for="2026-12-01", **_LATER),
        audit("AU-2026-5", title="Supervision", theme="practice", stage="cancelled", planned_for="2026-06-01", **_LATER),
    ]  # fmt: skip
    kinds = {"sex": {"girls": 13, "boys": 11}, "age_band": {"age_5_to_9": 9, "age_10_to_15": 15}}
    of_cases = [
        *cases(NEW, 24, voice_shaped={"yes": 10, "no": 14}, locality={"south_east": 22}, **kinds),
        *cases(OLD, 20, voice_shaped={"yes": 8, "no": 12}),
        *cases(FEW, 4, voice_shaped={"yes": 4}),
    ]
    lowered = grades(NEW, "impact", times(g4=2, g3=16, g2=4, g1=1, ne=1), times(g4=2, g3=14, g2=6, g1=1, ne=1))
    for graded in lowered:
        graded["reason"] = (
            "What was done is not on the record" if graded["self_grade"] != graded["moderated_grade"] else ""
        )
    of_grades = [
        *lowered,
        *grades(NEW, "voice", times(g3=9, g2=13, g1=2)),
        *grades(NEW, "information_sharing", times(g4=4, g3=16, g2=4)),
        *grades(NEW, "oversight", times(g3=6, g2=2)),
        *grades(NEW, "planning", times(g3=5)),
        *grades(NEW, "impact", times(g3=9, g2=5), times(g3=7, g2=7), whose="wyp_leeds", reason="Not on the record"),
        *grades(NEW, "voice", times(g3=5), whose="lcc_cf"),
        *grades(OLD, "impact", times(g3=6, g2=14)),
        *grades(OLD, "voice", times(g3=8, g2=12)),
        *grades(OLD, "information_sharing", times(g3=11, g2=9)),
        *grades(OLD, "oversight", times(g3=4, g2=4)),
        *grades(FEW, "impact", times(g3=4)),
    ]
    of_findings = [
        finding(NEW, 1, text=f"What schools do is seldom written down {ODD}", answer="recommendation",
                recommendation_id="R-01", whose="wyp_leeds"),
        finding(NEW, 2, kind="good_practice", text="Notices say who is on duty", answer="shared", whose="wyp_leeds"),
        finding(NEW, 3, answer="no_action", text="Forms ask the same twice", reason="The new form asks once", whose="lcc_cf"),
        finding(NEW, 4, answer="open", text="Nobody checks whether notices were read"),
        finding(OLD, 1, text="Notices lie over the weekend", answer="recommendation", recommendation_id="R-99"),
        finding(FEW, 1, kind="good_practice", text="Chronologies are kept", answer="open", theme="neglect"),
    ]  # fmt: skip
    told = dict(RECOMMENDATION, theme="domestic_abuse", source="audit", accountable="police")
    return given(audits, of_cases, of_grades, of_findings, recommendations=[told])
