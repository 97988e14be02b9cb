"""Which records of a log still stand open: what a template fills in, so that only what has moved needs typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.records import EVERYBODYS, standing

if TYPE_CHECKING:
    from datetime import date

Log = Mapping[str, pd.DataFrame]
# A follow-up comes about three months after a course; after this it will not come any more.
_FOLLOW_UP_DAYS = 270


def still_open(kind_id: str, log: Log, agency_id: str, today: date) -> dict[str, pd.DataFrame]:
    """The open records of each sheet, those of one agency only unless it keeps the log for all; none for other kinds."""
    stands = {name: standing(frame) for name, frame in log.items()}
    if kind_id not in _OPEN:
        return {}
    found = _OPEN[kind_id](stands, pd.Timestamp(today))
    return found if agency_id in EVERYBODYS else _of_agency(found, agency_id)


def _learning(log: Log, today: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """Recommendations with anything still to do or to look at, with their measures and actions."""
    recommendations, measures, actions = (log[name] for name in ("Recommendations", "Measures", "Actions"))
    ids = recommendations["recommendation_id"]
    going = set(actions.loc[~actions["status"].isin(["done", "stopped"]), "recommendation_id"])
    unlooked = set(measures.loc[measures["review_on"] >= today, "recommendation_id"])
    without = set(ids) - set(actions["recommendation_id"])
    open_ids = going | unlooked | without
    return {name: frame[frame["recommendation_id"].isin(open_ids)] for name, frame in log.items() if name in _FILLED_IN}


_FILLED_IN = ("Recommendations", "Measures", "Actions")


def _reviews(log: Log, today: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """Reviews not decided, or decided and not published; incidents not notified, or whose review is open."""
    del today
    reviews, incidents = log["Reviews"], log["Incidents"]
    undecided = reviews["decided_on"].isna() | reviews["decision"].isin(["", "undecided"])
    unpublished = reviews["review_type"].eq("lcspr") & reviews["published_on"].isna()
    unsent = reviews["review_type"].eq("rapid_review") & reviews["sent_on"].isna()
    running = reviews[undecided | unpublished | unsent]
    waiting = incidents["notified_on"].isna() | incidents["incident_ref"].isin(set(running["incident_ref"]))
    return {"Reviews": running, "Incidents": incidents[waiting]}


def _concerns(log: Log, today: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """Concerns that are not settled."""
    del today
    return {"Concerns": log["Concerns"][log["Concerns"]["closed_on"].isna()]}


def _training(log: Log, today: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """Courses whose follow-up may still come."""
    courses = log["Courses"]
    recent = (today - courses["held_on"]).dt.days <= _FOLLOW_UP_DAYS
    return {"Courses": courses[courses["follow_up_replies"].isna() & recent]}


def _voice(log: Log, today: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """Themes without a completed response."""
    del today
    return {"Heard": log["Heard"][log["Heard"]["response"].isin(["none_yet", "in_hand"])]}


def _register(log: Log, today: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """Everybody on the register who has not left."""
    rows = log["Respondents"]
    return {"Respondents": rows[rows["until"].isna() | (rows["until"] >= today)]}


def _audit(log: Log, today: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """Audits planned or under way, reported ones without moderation or with learning undecided, re-audits due; all of each."""
    del today
    audits, grades, findings = (log[name] for name in ("Audits", "Grades", "Findings"))
    going, done = audits["stage"].isin(["planned", "under_way"]), audits["stage"].eq("reported")
    begun = set(audits.loc[audits["stage"].isin(["under_way", "reported"]), "re_audit_of"])
    due = audits["re_audit_due"].notna() & ~audits["audit_ref"].isin(begun) & done
    unmoderated = set(grades.loc[grades["moderated_grade"].eq(""), "audit_ref"])
    undecided = set(findings.loc[findings["answer"].eq("open"), "audit_ref"])
    left = done & audits["audit_ref"].isin(unmoderated | undecided)
    refs = set(audits.loc[going | due | left, "audit_ref"])
    return {name: frame[frame["audit_ref"].isin(refs)] for name, frame in log.items() if "audit_ref" in frame}


_OPEN: dict[str, Callable[[Log, pd.Timestamp], dict[str, pd.DataFrame]]] = {
    "learning": _learning,
    "reviews": _reviews,
    "concerns": _concerns,
    "training": _training,
    "voice": _voice,
    "register": _register,
    "audit": _audit,
}


def _of_agency(found: dict[str, pd.DataFrame], agency_id: str) -> dict[str, pd.DataFrame]:
    """What is the agency's own: its actions, whoever entered them, and what it sent itself."""
    return {name: _own(name, frame, agency_id) for name, frame in found.items()}


def _own(name: str, frame: pd.DataFrame, agency_id: str) -> pd.DataFrame:
    column = "agency_id" if name == "Actions" else "sent_by"
    return frame[frame[column].eq(agency_id)] if column in frame else frame.iloc[:0]
