"""Whole records of every log from the few cells an example names, and a small good log for them to stand in.

An example row names the cells that matter; the rest is the unremarkable record of its sheet in `GOOD`. Cells whose name
starts with an underscore are not of the row: `_held` gives further records that stand in the vault, by sheet (one with
the key of a good record takes its place), `_without` the sheets of which nothing stands at all, `_cover` what the cover
answers, and `_moderating` says that the business unit sends what it has moderated.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from schemas.catalogue import catalogue
from schemas.returns import kinds
from schemas.returns.records import LogContext, overlaid, typed
from tests.rules.rows import QUARTER, TODAY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from schemas.periods import Period
    from schemas.rule import Rule

GOOD: dict[str, dict[str, dict[str, str]]] = {
    "account": {
        "Accounts": {
            "agency_id": "lcc_cf",
            "period_id": "2026-27-Q2",
            "indicator_id": "CP07",
            "what_happened": "More children came back onto plans after their last plan had ended within a year",
            "why": "Step-down reviews were shortened over the summer while posts were vacant",
            "what_we_are_doing": "The head of service reviews every second plan by December",
        },
    },
    "learning": {
        "Recommendations": {
            "recommendation_id": "R-01",
            "title": "Core groups meet within ten working days of the conference",
            "text": "Every core group is to meet within ten working days of the conference and to record who came",
            "source": "rapid_review",
            "source_ref": "RV-2025-01",
            "theme": "practice",
            "context": "inside_the_home",
            "accountable": "council",
            "owner_partner": "council",
            "agency_id": "lcc_cf",
            "owner_role": "Head of Service",
            "agreed_on": "2025-05-12",
            "due_on": "2026-03-31",
        },
        "Measures": {
            "recommendation_id": "R-01",
            "indicator_id": "CP05",
            "expected": "higher",
            "changed_on": "2025-07-01",
            "review_on": "2026-09-30",
            "registered_on": "2025-05-12",
        },
        "Actions": {
            "action_id": "R-01.1",
            "recommendation_id": "R-01",
            "action": "Teams book the first core group at the conference",
            "agency_id": "lcc_cf",
            "owner_role": "Service Manager",
            "due_on": "2025-09-30",
            "status": "done",
            "done_on": "2025-06-30",
            "note": "All teams book it at the conference since July",
        },
        "Evidence": {
            "evidence_id": "E-01",
            "recommendation_id": "R-01",
            "action_id": "R-01.1",
            "kind": "audit",
            "true_of": "2025-11-14",
            "received_on": "2025-11-20",
            "reference": "Audit report 2025-07",
            "finding": "36 of 40 core groups met within ten working days",
            "level_claimed": "3",
        },
        "Dissemination": {
            "share_id": "D-01",
            "recommendation_id": "R-01",
            "shared_on": "2025-05-20",
            "how": "briefing",
            "sector": "council",
            "people": "140",
        },
    },
    "scrutiny": {
        "Views": {
            "recommendation_id": "R-01",
            "viewed_on": "2026-09-14",
            "view": "accept",
            "reason": "I read twelve records and saw the core groups dated as the audit says",
            "of_level": "3",
            "of_publication": "20260812T093011Z-1a2b3c4d",
        }
    },
    "reviews": {
        "Reviews": {
            "review_ref": "RV-2025-01",
            "incident_ref": "SI-2025-01",
            "review_type": "rapid_review",
            "started_on": "2025-02-10",
            "sent_on": "2025-02-26",
            "decision": "no_further_review",
            "decided_on": "2025-02-25",
            "decision_reason": "The rapid review found the learning, and partners have agreed what follows from it",
            "legal_flag": "no",
            "panel_reply_on": "2025-03-20",
            "panel_agrees": "yes",
        },
        "Incidents": {
            "incident_ref": "SI-2025-01",
            "happened_on": "2025-02-03",
            "known_on": "2025-02-03",
            "incident_type": "serious_harm",
            "context": "inside_the_home",
            "notified_on": "2025-02-07",
        },
    },
    "concerns": {
        "Concerns": {
            "concern_ref": "CR-2026-01",
            "raised_on": "2026-08-03",
            "raised_by": "education",
            "raised_with": "council",
            "issue": "threshold",
            "step_2_on": "2026-08-05",
            "closed_on": "2026-08-11",
            "outcome": "changed",
        }
    },
    "training": {
        "Courses": {
            "course_ref": "T-2026-01",
            "course": "Working together on neglect",
            "course_level": "core",
            "topic": "neglect",
            "held_on": "2026-05-06",
            "sector": "education",
            "places": "30",
            "attended": "28",
            "paired": "24",
            "before_mean": "3.1",
            "after_mean": "4.2",
            "follow_up_on": "2026-08-10",
            "follow_up_replies": "15",
            "follow_up_changed": "11",
        }
    },
    "survey": {
        "Answers": {
            "survey_ref": "SV-2026-1",
            "closed_on": "2026-09-18",
            "question": "knows_partnership",
            "respondents": "practitioners",
            "sector": "health",
            "asked": "200",
            "replied": "88",
            "agreed": "61",
        }
    },
    "voice": {
        "Heard": {
            "voice_ref": "V-2026-01",
            "heard_on": "2026-07-08",
            "who": "care_experienced",
            "directly": "yes",
            "people": "24",
            "agency_id": "lcc_cf",
            "theme": "childs_voice",
            "asked": "What would make reviews better?",
            "said": "Reviews are held at times that suit adults rather than the school day",
            "response": "completed",
            "changed": "Reviews are booked after school unless the child asks for another time",
            "responded_on": "2026-09-10",
            "told_on": "2026-09-15",
        }
    },
    "register": {
        "Respondents": {
            "respondent_id": "SCH-0142",
            "instrument": "education",
            "name": "Moor Side Primary",
            "sector": "schools",
            "since": "2025-04-01",
        }
    },
    "self_assessment": {
        "Statements": {
            "respondent_id": "lcc_cf",
            "year_id": "FY2026-27",
            "statement_id": "OS1.1",
            "self_score": "s2",
            "evidence_ref": "Board paper on safeguarding",
            "evidence_date": "2026-06-01",
        },
        "Event": {
            "respondent_id": "bu",
            "year_id": "FY2026-27",
            "respondent_group": "practitioners",
            "theme": "pt1",
            "position": "Children are heard in audits, and seldom by the Executive",
        },
    },
    "audit": {
        "Audits": {
            "audit_ref": "AU-2026-1",
            "title": "Notices of domestic abuse to schools",
            "theme": "domestic_abuse",
            "question": "Do schools hear before the next school day, and do they act on it?",
            "method": "case_file",
            "stage": "reported",
            "agency_id": "wyp_leeds",
            "why_chosen": "Three reviews in two years found that notices reached schools late",
            "sample_basis": "Drawn at random from all notices of the spring term",
            "cases": "1",
            "period_from": "2026-01-05",
            "period_to": "2026-03-27",
            "reported_on": "2026-09-14",
            "families_heard": "yes",
            "conclusion": "Schools hear in time; what they do with it is seldom written down",
        },
        "Cases": {
            "audit_ref": "AU-2026-1",
            "case_no": "1",
            "age_band": "age_5_to_9",
            "sex": "girls",
            "ethnic_group": "white",
            "locality": "south_east",
            "plan_type": "child_in_need",
            "voice_shaped": "yes",
        },
        "Grades": {
            "audit_ref": "AU-2026-1",
            "case_no": "1",
            "domain": "information_sharing",
            "self_grade": "g3",
            "moderated_grade": "g3",
        },
        "Findings": {
            "audit_ref": "AU-2026-1",
            "finding_ref": "AU-2026-1.1",
            "kind": "learning",
            "text": "What schools do with a notice is seldom written down",
            "strength": "most",
            "domain": "information_sharing",
            "answer": "agency_action",
        },
    },
}


def text(kind: str, sheet: str, examples: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Example rows as a submission stores them: every column as text, what an example leaves out unremarkable."""
    layout = kinds()[kind].sheet(sheet)
    names = [column.name for column in layout.columns]
    unknown = {name for example in examples for name in example if not name.startswith("_")} - set(names)
    assert not unknown, f"{sheet} has no {unknown}"
    rows = [{**dict.fromkeys(names, ""), **GOOD[kind][sheet], **example} for example in examples]
    cells = [{name: "" if row[name] is None else str(row[name]) for name in names} for row in rows]
    return pd.DataFrame(cells, columns=names, dtype="object")  # as the check has them


def rows(rule: Rule, example: Mapping[str, Any]) -> pd.DataFrame:
    """One example of a rule as the typed row it judges; its index is the sheet's row."""
    return _row(rule.kind, rule.sheet, tuple((name, example[name]) for name in example if not name.startswith("_")))


_BROKEN: dict[tuple[str, str], list[pd.DataFrame]] = {}


def bad_rows(rule: Rule) -> list[tuple[Mapping[str, Any], pd.DataFrame]]:
    """Each bad example of a rule with what the rule found in it: judged once, for all the promises that are asked of it."""
    mine = (rule.kind, rule.name)
    if mine not in _BROKEN:
        _BROKEN[mine] = [rule.broken(rows(rule, each), context(rule, each)) for each in rule.bad]
    return list(zip(rule.bad, _BROKEN[mine], strict=True))


def together(rule: Rule) -> pd.DataFrame:
    """All the examples of a rule that need nothing beside them, as the rows of one sheet; their index is not in order."""
    plain = [each for each in (*rule.bad, *rule.good) if not any(name.startswith("_") for name in each)]
    found = typed(kinds()[rule.kind].sheet(rule.sheet), text(rule.kind, rule.sheet, plain))
    return found.set_axis(range(4 + len(plain), 4, -1))


def context(rule: Rule, example: Mapping[str, Any]) -> LogContext:
    """The good log with what an example wants to stand in it, and the example coming in."""
    kind = kinds()[rule.kind]
    held = {layout.name: _held(rule.kind, layout.name, example) for layout in kind.sheets}
    for sheet in set(example.get("_held", {})) - set(held):
        held[sheet] = _held("learning", sheet, example)
    return LogContext(
        catalogue(),
        kind,
        kind_sender(rule.kind),
        _period(rule.kind),
        TODAY,
        held,
        {rule.sheet: rows(rule, example)},
        cover=example.get("_cover", {}),
        moderating=example.get("_moderating", False),
    )


def good_log(kind: str) -> LogContext:
    """The context of a return that says again what stands already: the small good log."""
    held = {layout.name: _held(kind, layout.name, {}) for layout in kinds()[kind].sheets}
    return LogContext(catalogue(), kinds()[kind], kind_sender(kind), _period(kind), TODAY, held, held)


def kind_sender(kind: str) -> str:
    """Who sends the log; of one that many send, the agency of its good records."""
    return next(iter(catalogue().calendar[kind].senders), "lcc_cf")


def _period(kind: str) -> Period:
    return QUARTER.financial_year if kinds()[kind].every == "year" else QUARTER


def _held(kind: str, sheet: str, example: Mapping[str, Any]) -> pd.DataFrame:
    layout = kinds()[kind].sheet(sheet)
    good = _good(kind, sheet)
    if sheet in example.get("_without", ()):
        good = good.iloc[:0]
    further = example.get("_held", {}).get(sheet, [])
    return overlaid(layout, good, typed(layout, text(kind, sheet, further))) if further else good


@cache
def _good(kind: str, sheet: str) -> pd.DataFrame:
    return typed(kinds()[kind].sheet(sheet), text(kind, sheet, [{}]))


@cache
def _row(kind: str, sheet: str, cells: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    return typed(kinds()[kind].sheet(sheet), text(kind, sheet, [dict(cells)])).set_axis([5])
