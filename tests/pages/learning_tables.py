"""Eight recommendations, one of each fate, as the tables of a publication: for pages that show what came of learning."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from pipelines.publishing import releasing, writing
from pipelines.queries.pointer import digest, latest_whole
from schemas.periods import parse, quarters
from schemas.published.tables import TABLES
from tests.pipelines.releases import STEWARD, figure, inputs

AT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
EVERY = quarters(parse("2022-23-Q3"), parse("2026-27-Q2"))
COUNCIL = ("lcc_cf", "Leeds City Council, Children and Families")
POLICE = ("wyp", "West Yorkshire Police, Leeds District")
# What somebody might write into a cell: it must come out as words wherever it stands.
ODD = "<img src=x onerror=alert(1)>"
_VERDICT_WORDS = {
    "improved": "Improved", "worse": "Got worse", "no_change": "No change", "too_early": "Too early",
    "not_measurable": "Not measurable",
}  # fmt: skip
_LEVELS = ("Agreed", "Done", "Learned", "Practised", "Difference", "Sustained")


def recommendation(number: int, title: str, level: int, verdict: str, **own: Any) -> dict[str, Any]:
    """One row of the table `recommendation`; `own` overrides any column."""
    agency_id, owner = own.pop("agency", COUNCIL)
    return {
        "recommendation_id": f"R-{number:02}", "position": number, "title": title,
        "text": f"{title}, in every team, and check after a year that it is done.",
        "source": "audit", "source_words": "Multi-agency audit", "source_ref": "A-2025-01", "theme": "family_help",
        "theme_words": "Family help", "context_words": "Inside the home", "accountable": "council",
        "accountable_words": "Council", "owner_partner": "council", "owner_partner_words": "Council",
        "owner_words": owner, "agency_id": agency_id, "owner_role": "Head of service",
        "agreed_on": date(2025, 4, 10), "agreed_year": "FY2025-26", "due_on": date(2026, 3, 31), "due_reason": "",
        "state": "done" if level else "open", "state_words": "Done" if level else "Open", "level": level, "level_words": _LEVELS[level],
        "level_why": "By the furthest step that evidence shows.", "verdict": verdict,
        "verdict_words": _VERDICT_WORDS[verdict], "finding": f"{title}: {_VERDICT_WORDS[verdict].lower()}.",
        "changed_on": None, "review_on": None, "settles_words": "", "not_measurable": "", "actions": 1,
        "actions_done": int(level > 0), "overdue_actions": 0, "evidence_count": 0, "progress": "",
        "progress_words": "", "progress_rank": 0, "incident_on": None, "reviewed_on": None, "first_shared_on": None,
        "closed_on": None, "repeats_id": None, "repeats_words": "",
    } | own  # fmt: skip


def recommendations() -> list[dict[str, Any]]:
    """Improved twice, worse, no change, overdue, without evidence, too early, not measurable."""
    july, october, january = date(2025, 7, 14), date(2025, 10, 1), date(2025, 1, 6)
    review = date(2026, 9, 30)
    return [
        recommendation(3, "End training with a task in the practitioner’s own team", 4, "improved", changed_on=july,
                       review_on=review, source="rapid_review", source_words="Rapid review", source_ref="RV-2024-01",
                       incident_on=date(2024, 9, 2), reviewed_on=date(2024, 11, 4), first_shared_on=date(2024, 12, 2),
                       closed_on=date(2025, 7, 14), evidence_count=3,
                       finding="Practice changed three months on rose from a mean of 47.3% to 61.0% (122 of 200), "
                               "consistent with the recommendation."),
        recommendation(5, "Book the first review at the conference", 5, "improved", changed_on=date(2025, 4, 7),
                       review_on=date(2026, 3, 31), theme="neglect", theme_words="Neglect", evidence_count=1,
                       agreed_on=date(2024, 6, 3), agreed_year="FY2024-25",
                       finding="Plan reviews on time rose from a mean of 82.0% to 88.4% (548 of 620), consistent with "
                               "the recommendation."),
        recommendation(7, "Tell schools before the next school day", 1, "worse", changed_on=october, review_on=review,
                       agency=POLICE, accountable="police", accountable_words="Police", theme="domestic_abuse",
                       theme_words="Domestic abuse", progress="worse", progress_words="Got worse", progress_rank=1,
                       evidence_count=1,
                       finding="School told before next school day fell from a mean of 88.6% to 81.2% (911 of 1,122), "
                               "the opposite of what was expected."),
        recommendation(11, "Ask about family history before a plan ends", 2, "no_change", changed_on=january,
                       review_on=review, progress="no_change", progress_words="No change", progress_rank=2,
                       finding="Plans repeated within two years stayed at 22.0% (41 of 186), within the usual range."),
        recommendation(12, "Name one worker for each child who goes missing", 0, "too_early", agency=POLICE,
                       theme="exploitation", theme_words="Teenagers and exploitation", overdue_actions=1,
                       progress="overdue", progress_words="Overdue", progress_rank=3,
                       settles_words="Once its action is done"),
        recommendation(13, "Put the threshold document in every induction", 1, "not_measurable", evidence_count=1,
                       not_measurable="no indicator speaks of inductions", progress="no_evidence",
                       progress_words="No evidence", progress_rank=4, repeats_id="R-05",
                       repeats_words="The same gap came up 14 months after R-05 was complete."),
        recommendation(14, "Agree a family plan before a second plan starts", 1, "too_early",
                       changed_on=date(2026, 7, 1), review_on=date(2027, 6, 30), evidence_count=1,
                       settles_words="Second or subsequent plans, from June 2027"),
        recommendation(22, "Joint visits after a pre-birth concern", 3, "not_measurable",
                       not_measurable="too few a year", settles_words="Re-audit in May 2027", evidence_count=1),
    ]  # fmt: skip


def actions() -> list[dict[str, Any]]:
    """One action a recommendation; the police's is 231 days late."""
    made: list[dict[str, Any]] = []
    for row in recommendations():
        done = row["level"] > 0
        late = 231 if row["overdue_actions"] else 0
        made.append({
            "action_id": f"{row['recommendation_id']}.1", "recommendation_id": row["recommendation_id"], "position": 0,
            "action": "Write the step into the procedure", "agency_id": row["agency_id"],
            "owner_words": row["owner_words"], "owner_role": "Service manager", "due_on": row["due_on"],
            "due_reason": "", "status": "done" if done else "in_progress",
            "status_words": "Done" if done else "In progress", "done_on": row["changed_on"] if done else None,
            "overdue_days": late, "has_evidence": bool(row["evidence_count"]), "note": "",
        })  # fmt: skip
    return made


def evidence() -> list[dict[str, Any]]:
    """Three pieces for the first recommendation and one for others."""
    kinds = {
        "document": "Policy, procedure or form", "practitioner_survey": "Survey of practitioners",
        "audit": "Audit or dip sample", "figures": "Figures of the data set",
        "family_voice": "What children and families say",
    }  # fmt: skip
    pieces = (
        (3, "practitioner_survey", date(2026, 11, 2), "122 of 200 describe a change", 2),
        (3, "audit", date(2026, 7, 14), "Seen in 11 of 14 cases", 3),
        (3, "figures", date(2026, 9, 30), "Seven quarters above the old mean", 4),
        (5, "family_voice", date(2026, 5, 20), "Dates known beforehand", 4),
        (7, "document", date(2026, 3, 31), "New notice form in use", 1),
        (13, "document", date(2026, 1, 12), "The induction pack", 1),
        (14, "document", date(2026, 7, 1), "The new form", 1),
        (22, "audit", date(2026, 6, 2), "9 of 11 visits were joint", 3),
    )
    return [
        {
            "evidence_id": f"E-{number:03}", "recommendation_id": f"R-{of:02}", "action_id": "", "kind": kind,
            "kind_words": kinds[kind], "true_of": true_of, "received_on": date(2026, 11, 9), "reference": "Report 12",
            "finding": finding, "level_claimed": 4, "level_counted": counted,
            "counted_words": "Counts for what its kind can show.",
        }
        for number, (of, kind, true_of, finding, counted) in enumerate(pieces, 1)
    ]  # fmt: skip


def impacts() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The linked indicators of five recommendations, and their points."""
    shown = [
        impact(3, "TR05", "Practice changed three months on", "improved", (47.3, 41, 54), (61.0, "122 of 200"), "higher"),
        impact(5, "CP11", "Plan reviews on time", "improved", (82.0, 78, 86), (88.4, "548 of 620"), "higher"),
        impact(7, "DA05", "School told before next school day", "worse", (88.6, 84, 93), (81.2, "911 of 1,122"), "higher"),
        impact(11, "CP09", "Plans repeated within two years", "no_change", (21.5, 16, 27), (22.0, "41 of 186"), "lower"),
        impact(14, "CP07", "Second or subsequent plans", "too_early", (21.0, 17, 25), (27.4, "62 of 226"), "lower"),
    ]  # fmt: skip
    return [row for row, _ in shown], [point for _, points in shown for point in points]


def impact(  # noqa: PLR0913, PLR0917 - a row has this many facts of its own
    of: int, indicator_id: str, title: str, verdict: str, usual: tuple[float, float, float], latest: tuple[float, str],
    expected: str,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:  # fmt: skip
    """One linked indicator with its sixteen quarters; the third of them is hidden to protect."""
    own = next(row for row in recommendations() if row["recommendation_id"] == f"R-{of:02}")
    mean, lower, upper = usual
    points = [_point(own, indicator_id, place, usual, latest[0], verdict) for place in range(len(EVERY))]
    after = sum(point["part"] == "after" for point in points)
    row = {
        "recommendation_id": own["recommendation_id"], "indicator_id": indicator_id, "position": 0, "title": title,
        "unit_words": "% of those asked", "expected": expected,
        "expected_words": f"Expected: {expected} by {own['review_on']:%B %Y}", "changed_on": own["changed_on"],
        "review_on": own["review_on"], "registered_on": own["agreed_on"], "after_the_fact": of == 11,
        "verdict": verdict, "verdict_words": _VERDICT_WORDS[verdict], "basis": "quarters", "reason": "",
        "chart": "p_prime", "sentence": own["finding"], "because_words": "Seven points in a row on one side.",
        "effect_kind": "difference", "effect": latest[0] - mean, "effect_lower": latest[0] - mean - 5,
        "effect_upper": latest[0] - mean + 5, "effect_words": "A difference of points, with its interval.",
        "baseline_points": len(EVERY) - after, "after_points": after, "needed": 4, "mean": mean, "lower": lower,
        "upper": upper, "usual_words": f"Usual: {lower:.0f}–{upper:.0f}%", "since_period": "2026-27-Q1",
        "latest_period": EVERY[-1].id, "latest_value": latest[0], "latest_words": f"{latest[0]:.1f}%",
        "n_words": latest[1], "beside_words": "R-05 touches it too.", "settles_words": own["settles_words"],
        "segmented_words": "",
    }  # fmt: skip
    return row, points


def _point(  # noqa: PLR0913, PLR0917 - as above
    own: dict[str, Any], indicator_id: str, place: int, usual: tuple[float, float, float], latest: float, verdict: str
) -> dict[str, Any]:
    period, (mean, lower, upper) = EVERY[place], usual
    part = "after" if period.start > own["changed_on"] else "before" if period.end < own["changed_on"] else "straddling"
    since = sum(other.start > own["changed_on"] for other in EVERY)
    gone = place - (len(EVERY) - since) + 1
    wobble = (0.1, -0.5, 0.3, -0.4, 0.5, -0.2)[place % 6] * (upper - mean) * 0.7
    drift = (latest - mean) * gone / since if part == "after" else 0.0
    hidden = place == 2
    kind = {"improved": "special_cause_improvement", "worse": "special_cause_concern"}.get(verdict, "common_cause")
    value = latest if place == len(EVERY) - 1 else mean + wobble * (0.3 if drift else 1) + drift
    return {
        "recommendation_id": own["recommendation_id"], "indicator_id": indicator_id, "period_id": period.id,
        "position": place, "value": None if hidden else round(value, 1), "numerator": None if hidden else 100.0,
        "denominator": None if hidden else 200.0, "marker": "c" if hidden else "", "part": part, "mean": mean,
        "lower": lower, "upper": upper, "special_cause": "Shift" if gone > 1 and kind != "common_cause" else "",
        "point_type": kind if gone > 1 else "common_cause",
    }  # fmt: skip


def counts() -> list[dict[str, Any]]:
    """All, and each split; what an incident could be told from is hidden, and so is what would give it away."""

    def one(dimension: str, category: str, label: str, numbers: tuple[int | None, ...]) -> dict[str, Any]:
        steps = ("agreed", "done", "learned", "practised", "difference", "sustained")
        fates = ("improved", "no_change", "worse", "too_early", "not_measurable")
        known = dict(zip((*steps, *fates), numbers, strict=True))
        marker = "c" if None in numbers else ""
        return {"dimension": dimension, "category": category, "position": 0, "label": label, "marker": marker} | known

    hidden = (None,) * 11
    return [
        one("all", "all", "All", (8, 7, 4, 3, 2, 1, 2, 1, 1, 2, 2)),
        one("source", "audit", "Multi-agency audit", hidden),
        one("source", "rapid_review", "Rapid review", hidden),
        one("theme", "family_help", "Family help", (5, 5, 3, 2, 1, 0, 1, 1, 0, 1, 2)),
        one("theme", "domestic_abuse", "Domestic abuse", (1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0)),
        one("theme", "exploitation", "Teenagers and exploitation", hidden),
        one("theme", "neglect", "Neglect", hidden),
        one("agency", COUNCIL[0], COUNCIL[1], (6, 6, 4, 3, 2, 1, 2, 1, 0, 1, 2)),
        one("agency", POLICE[0], POLICE[1], (2, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0)),
        one("year", "FY2024-25", "2024-25", (1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0)),
        one("year", "FY2025-26", "2025-26", (7, 6, 3, 2, 1, 0, 1, 1, 1, 2, 2)),
    ]  # fmt: skip


def measures() -> list[dict[str, Any]]:
    """The ten, one of them hidden."""
    known: tuple[tuple[str, str, str, str, tuple[int, int] | None], ...] = (
        ("measured", "Recommendations with a measure", "percent", "62.5%", (5, 8)),
        ("on_time", "Actions done on time", "percent", "85.7%", (6, 7)),
        ("days", "From incident to first learning", "days", "91 days", None),
        ("reached_impact", "Reached “practised” and “difference”", "percent", "37.5% and 25.0%", (3, 8)),
        ("again", "Same learning found again within 24 months", "count", "1", (1, 8)),
        ("re_audit", "Shift at re-audit", "points", "", None),
        ("good_practice", "Learning from good practice", "percent", "0.0%", (0, 8)),
        ("reach", "Sectors reached", "count", "3 of 5", (3, 5)),
        ("recall", "Practitioners who can say what is different", "percent", "61.0%", (122, 200)),
        ("agreement", "Claims the scrutineer accepts", "percent", "50.0%", (1, 2)),
    )
    return [
        {
            "measure_id": measure_id, "position": position, "title": title, "value": 1.0 if words else None,
            "numerator": float(n[0]) if n else None, "denominator": float(n[1]) if n else None, "unit": unit,
            "words": words, "detail": f"How {title.lower()} is counted.", "marker": "" if words else "c",
        }
        for position, (measure_id, title, unit, words, n) in enumerate(known, 1)
    ]  # fmt: skip


def reach() -> list[dict[str, Any]]:
    """Two sectors reached, schools once, the third sector never."""

    def one(position: int, sector: str, label: str, shares: int, people: int | None) -> dict[str, Any]:
        words = f"{people} people, {shares} times." if shares else "Nobody in this sector has been told."
        return {"sector": sector, "position": position, "label": label, "shares": shares, "people": people,
                "recommendations": min(shares, 2), "words": words}  # fmt: skip

    return [
        one(0, "council", "Council", 4, 212), one(1, "police", "Police", 2, 40),
        one(2, "education", "Schools and education", 1, 30), one(3, "third_sector", "Third sector", 0, None),
        one(4, "early_years", "Early years", 0, None),
    ]  # fmt: skip


def shares() -> list[dict[str, Any]]:
    """The first recommendation was told twice."""
    told = (("council", "Council", 120), ("education", "Schools and education", 30))
    return [
        {"share_id": f"D-{number:03}", "recommendation_id": "R-03", "shared_on": date(2024, 12, 2 + number),
         "how_words": "Learning briefing", "sector": sector, "sector_words": label, "people": people}
        for number, (sector, label, people) in enumerate(told)
    ]  # fmt: skip


def views() -> list[dict[str, Any]]:
    """Accepted, and challenged."""

    def one(of: int, view: str, reason: str, level: int) -> dict[str, Any]:
        return {
            "recommendation_id": f"R-{of:02}", "viewed_on": date(2026, 11, 10), "view": view,
            "view_words": view.capitalize(), "reason": reason, "of_level": level, "of_publication": "",
            "by_words": "Independent scrutineer",
        }  # fmt: skip

    return [
        one(3, "accept", "Ask again in a year.", 4),
        one(7, "challenge", "This should not be closed. Reopen it.", 1),
    ]


def tables() -> dict[str, list[dict[str, Any]]]:
    """All tables of learning, as rows."""
    linked, points = impacts()
    return {
        "recommendation": recommendations(), "action": actions(), "evidence": evidence(), "dissemination": shares(),
        "impact": linked, "impact_point": points, "claim_view": views(), "learning_count": counts(),
        "learning_measure": measures(), "learning_reach": reach(),
    }  # fmt: skip


def hostile(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The same rows with markup in every cell that holds words; what pages look things up by stays as it is."""
    kept = {
        "recommendation_id", "indicator_id", "period_id", "verdict", "progress", "part", "marker", "point_type",
        "dimension", "sector", "status", "expected", "unit", "repeats_id",
    }  # fmt: skip
    odd: dict[str, list[dict[str, Any]]] = {}
    for name, those in rows.items():
        texts = {column.name for column in TABLES[name].columns if column.type in ("text", "prose")} - kept
        odd[name] = [row | {text: f"{ODD}{row[text]}" for text in texts if row[text] is not None} for row in those]
    return odd


def _of_figures(home: Path, audience: str, at: datetime) -> dict[str, pd.DataFrame]:
    """What is published of the figures. Worked out once for all homes in which nothing stands before it, for it is the same in each."""
    made = _made(home, audience, at) if (home / "publications").exists() else _first(audience, at)
    return {name: frame.copy() for name, frame in made.items()}


@cache
def _first(audience: str, at: datetime) -> dict[str, pd.DataFrame]:
    with TemporaryDirectory() as empty:
        return _made(Path(empty), audience, at)


def _made(home: Path, audience: str, at: datetime) -> dict[str, pd.DataFrame]:
    figures = [figure("CP07", 46 + n % 3, 220 + n, period_id=period.id) for n, period in enumerate(EVERY)]
    order = releasing.Order(audience, "Published for the Executive", STEWARD, at)
    moment = releasing.secured(home, inputs(*figures), {}, lambda _: None)
    return releasing.made(home, moment, order, lambda _: None).tables


def publish(
    home: Path, learning: dict[str, list[dict[str, Any]]] | None, *, audience: str = "partnership", at: datetime = AT
) -> str:
    """A publication of one indicator's sixteen quarters and of this learning, written as every publication is."""
    told = {name: pd.DataFrame(rows) for name, rows in (learning or {}).items()}
    frames = _of_figures(home, audience, at) | told
    publication_id = writing.identity(at, {k: v for k, v in frames.items() if k != "publication"})
    frames["publication"] = frames["publication"].assign(publication_id=publication_id)
    before = latest_whole(home, audience)
    path = writing.write(home, audience, publication_id, frames)
    writing.seal(home, audience, publication_id, digest(path))
    writing.point(home, audience, publication_id, digest(path), before.publication_id if before else None)
    return publication_id
