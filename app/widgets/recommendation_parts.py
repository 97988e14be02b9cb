"""One recommendation's tables: its actions, its evidence, who was told, and what the scrutineer says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.findings import not_said, said
from app.widgets.html import Child, Html, tag
from app.widgets.icons import mark
from app.widgets.page import empty, section
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.queries.learning_facts import STEPS
from schemas.periods import day_words, parse

if TYPE_CHECKING:
    from pipelines.queries.learning_facts import Action, ClaimView, Evidence, Share
    from pipelines.queries.recommendation import Whole


def actions(found: Whole) -> Html | None:
    """What is being done, by whom, by when, and whether something shows it done."""
    if not found.actions and found.is_public:
        return None
    if not found.actions:
        return section("Actions", empty("No action yet", f"Owed by {found.one.owner_words}."))
    done, late = sum(each.status == "done" for each in found.actions), sum(a.overdue_days > 0 for a in found.actions)
    note = f"{done} of {len(found.actions)} done" + (f"; {late} overdue." if late else "; none overdue.")
    columns = [
        Column("Action", width="40%"),
        Column("Owner", width="20%"),
        Column("Due by", "Due", width="16%"),
        Column("Status"),
    ]
    return section(
        "Actions",
        table(
            "Actions of this recommendation",
            columns,
            [_action(each) for each in found.actions],
            cls="pairs",
            hide_caption=True,
        ),
        note=note,
    )


def evidence(found: Whole) -> Html | None:
    """What shows something, the day it is true of, and what it counts for, with why not more."""
    if not found.evidence and found.is_public:
        return None
    if not found.evidence:
        said = f"Nothing has come that shows a difference. Owed by {found.one.owner_words}."
        return section("Evidence", empty("No evidence yet", said))
    columns = [
        Column("What it shows", width="38%"),
        Column("True of", width="17%"),
        Column("Counts for", width="14%"),
        Column("Why"),
    ]
    note = (
        "The newest first. What a piece of evidence counts for is decided by its kind, not by what is claimed for it."
    )
    rows = [_evidence(each) for each in found.evidence]
    return section(
        "Evidence", table("Evidence, the newest first", columns, rows, cls="pairs", hide_caption=True), note=note
    )


def shared(found: Whole) -> Html | None:
    """Who has been told of the learning, how, and how many."""
    if not found.shares and found.is_public:
        return None
    if not found.shares:
        return section("Who has been told", empty("Nobody yet", "The log names no occasion on which this was shared."))
    columns = [
        Column("Shared on", width="22%"),
        Column("How", width="28%"),
        Column("Sector"),
        Column("People", right=True),
    ]
    rows = [_share(each) for each in found.shares]
    return section("Who has been told", table("Who has been told", columns, rows, cls="pairs", hide_caption=True))


def accounts(found: Whole) -> Html | None:
    """What the owner says of the verdict, the newest quarter first."""
    if not found.accounts:
        return None
    words = [said(f"{each.by_words}, {parse(each.period_id).short}", each.account) for each in found.accounts]
    return section("The owner’s account", words, anchor="accounts")


def views(found: Whole) -> Html | None:
    """What the scrutineer says of the claim, the newest first."""
    if not found.views and found.is_public:
        return None
    if not found.views:
        return section("The scrutineer’s view", not_said("No view has been placed on the record yet."), anchor="views")
    return section("The scrutineer’s view", [_view(each) for each in found.views], anchor="views")


def _action(each: Action) -> Row:
    due: Child = day_words(each.due_on) if each.due_on else "No date"
    late = (
        f"Overdue by {each.overdue_days:,} day{'' if each.overdue_days == 1 else 's'}" if each.overdue_days > 0 else ""
    )
    shown = f"On {day_words(each.done_on)}" if each.done_on else ""
    proof = "Evidence shows it" if each.has_evidence else "No evidence shows it yet"
    state = f"{shown}. {proof}" if shown else proof if each.status == "done" else late
    icon = "missing" if late else "done" if each.status == "done" else "usual"
    return Row(
        two_lines(f"{each.action_id} {each.action}", each.note),
        (
            two_lines(each.owner_words, each.owner_role),
            two_lines(due, each.due_reason),
            two_lines(mark(icon, each.status_words), state),
        ),
    )


def _evidence(each: Evidence) -> Row:
    kept = f"{each.evidence_id}, kept as: {each.reference}" if each.reference else each.evidence_id
    received = f"Received {day_words(each.received_on)}" if each.received_on else "Day received not given"
    counted = STEPS[each.level_counted].capitalize() if each.level_counted else "Nothing yet"
    found = f": {each.finding}" if each.finding else None
    claimed = "" if each.level_claimed is None else f"Claimed: {_step(each.level_claimed)}"
    return Row(
        two_lines(tag("span", tag("b", each.kind_words), found), kept),
        (two_lines(day_words(each.true_of), received), two_lines(counted, claimed), each.counted_words or "–"),
    )


def _step(level: int) -> str:
    return STEPS[level] if 0 <= level < len(STEPS) else str(level)


def _share(each: Share) -> Row:
    people = "Not counted" if each.people is None else f"{each.people:,}"
    return Row(day_words(each.shared_on), (each.how_words, each.sector_words, people))


def _view(each: ClaimView) -> Html:
    of = "" if each.of_level is None else f", of “{_step(each.of_level)}”"
    return tag(
        "p",
        tag("b", f"{each.view_words}{of}, {day_words(each.viewed_on)}. "),
        each.reason,
        tag("span", each.by_words, cls="under"),
        cls="said",
    )
