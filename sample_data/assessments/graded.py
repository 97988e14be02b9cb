"""An audit as the rows of its workbook: the audit, its cases, their grades before and after moderation, the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_data.assessments.audits import Audit, Grade, audits
from sample_data.counts import seeded
from sample_data.logs.records import filled
from schemas.periods import of_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    import numpy as np

    from sample_data.logs.records import Cells

# Best first, as the counts are; then what could not be judged.
GRADES = ("g4", "g3", "g2", "g1", "ne")
_AGES = ("under_1", "age_1_to_4", "age_5_to_9", "age_10_to_15", "age_16_and_17")
_SHAPED = ("yes", "no", "not_looked_at")
_SEXES = {"female": 0.49, "male": 0.5, "not_known": 0.01}
_GROUPS = {"white": 0.6, "asian": 0.16, "mixed": 0.1, "black": 0.08, "other": 0.03, "not_known": 0.03}
_LOCALITIES = {"east_north_east": 0.42, "south_east": 0.33, "west_north_west": 0.25}
_TOLD_ELSEWHERE = ("ref", "begun_on", "sent_on", "ages", "plans", "shaped", "grade", "finding")
_KNOWN_BEFORE = ("title", "theme", "question", "method", "agency_id", "why_chosen", "planned_for", "re_audit_of")


def reported(audit: Audit) -> dict[str, list[Cells]]:
    """Every sheet of a reported audit's workbook."""
    row: Cells = {"audit_ref": audit.ref, "stage": "reported", "cases": audit.cases}
    return {
        "Audits": [row | filled(audit, without=_TOLD_ELSEWHERE)],
        "Cases": list(_cases(audit)),
        "Grades": [cells for grade in audit.grade for cells in _grades(audit, grade)],
        "Findings": list(_findings(audit)),
    }


def programme(on: date) -> list[Cells]:
    """The year's audits that are not reported by a day: planned, or under way where they have begun."""
    year = of_kind("financial_year", on)
    return [
        _planned(audit, on)
        for audit in audits().audit
        if year.start <= audit.planned_for <= year.end and (audit.comes_on is None or audit.comes_on > on)
    ]


def begun(on: date) -> list[Cells]:
    """The audits that began between the year's programme and a day."""
    found = (a for a in audits().audit if a.begun_on is not None and a.begun_on <= on and a.reported_on is None)
    return [_planned(audit, on) for audit in found]


def _planned(audit: Audit, on: date) -> Cells:
    is_under_way = audit.begun_on is not None and audit.begun_on <= on
    known = (*_KNOWN_BEFORE, *(("sample_basis", "period_from", "period_to") if is_under_way else ()))
    every = filled(audit, without=_TOLD_ELSEWHERE)
    stage: Cells = {"audit_ref": audit.ref, "stage": "under_way" if is_under_way else "planned"}
    return stage | {name: value for name, value in every.items() if name in known}


def _cases(audit: Audit) -> Iterator[Cells]:
    """Case by case what kind it was; where voice was graded, the plans it shaped are those graded best."""
    chance = seeded("cases", audit.ref)
    ages, plans = _spread(chance, _AGES, audit.ages), _spread(chance, tuple(audit.plans), tuple(audit.plans.values()))
    drawn = [_draw(chance, shares, audit.cases) for shares in (_SEXES, _GROUPS, _LOCALITIES)]
    voice = next((grade for grade in audit.grade if grade.domain == "voice" and not grade.whose), None)
    order = list(_moderated(audit, voice)) if voice else list(range(audit.cases))
    heard = [shaped for shaped, many in zip(_SHAPED, audit.shaped, strict=True) for _ in range(many)]
    shaped = dict(zip(order, heard, strict=True))
    for case, (age, plan, sex, group, locality) in enumerate(zip(ages, plans, *drawn, strict=True)):
        yield {
            "audit_ref": audit.ref,
            "case_no": case + 1,
            "age_band": age,
            "sex": sex,
            "ethnic_group": group,
            "locality": locality,
            "plan_type": plan,
            "voice_shaped": shaped[case],
        }


def _grades(audit: Audit, grade: Grade) -> Iterator[Cells]:
    moderated = _moderated(audit, grade)
    first = _before_moderation(audit, grade, moderated)
    for case in sorted(moderated):
        cells: Cells = {"audit_ref": audit.ref, "case_no": case + 1, "domain": grade.domain}
        cells |= {"whose": grade.whose} if grade.whose else {}
        cells |= {"self_grade": first.get(case, moderated[case]), "moderated_grade": moderated[case]}
        yield cells | ({"reason": _reason(grade, first[case], moderated[case])} if case in first else {})


def _moderated(audit: Audit, grade: Grade) -> dict[int, str]:
    """The grade of each case, best first: a case that went well in one domain mostly did so in others."""
    number = sum(grade.counts)
    took_part = seeded("took part", audit.ref, grade.whose).permutation(audit.cases)[:number]
    quality = seeded("quality", audit.ref).normal(size=audit.cases)
    quality = quality + 0.8 * seeded("quality", audit.ref, grade.domain, grade.whose).normal(size=audit.cases)
    best_first = sorted(map(int, took_part), key=lambda case: -quality[case])
    given = [name for name, many in zip(GRADES, grade.counts, strict=True) for _ in range(many)]
    return dict(zip(best_first, given, strict=True))


def _before_moderation(audit: Audit, grade: Grade, moderated: dict[int, str]) -> dict[int, str]:
    """What the cases whose grade was changed had been graded before: one higher, or one lower."""
    chance = seeded("moderation", audit.ref, grade.domain, grade.whose)
    first: dict[int, str] = {}
    for many, step, ends in ((grade.lowered, -1, ("g4", "ne")), (grade.raised, 1, ("g1", "ne"))):
        open_to = [case for case, name in moderated.items() if name not in ends and case not in first]
        for case in chance.permutation(open_to)[:many]:
            first[int(case)] = GRADES[GRADES.index(moderated[int(case)]) + step]
    return first


def _reason(grade: Grade, was: str, now: str) -> str:
    reasons = audits().lowered if GRADES.index(now) > GRADES.index(was) else audits().raised
    return reasons[grade.domain]


def _findings(audit: Audit) -> Iterator[Cells]:
    for number, finding in enumerate(audit.finding, 1):
        yield {"audit_ref": audit.ref, "finding_ref": f"{audit.ref}.{number}"} | filled(finding)


def _spread(chance: np.random.Generator, names: Sequence[str], counts: Sequence[int]) -> list[str]:
    every = [name for name, many in zip(names, counts, strict=True) for _ in range(many)]
    return [every[place] for place in chance.permutation(len(every))]


def _draw(chance: np.random.Generator, shares: dict[str, float], number: int) -> list[str]:
    return [list(shares)[int(place)] for place in chance.choice(len(shares), size=number, p=list(shares.values()))]
