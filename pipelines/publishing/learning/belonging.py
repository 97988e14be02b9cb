"""The rows of what belongs to a recommendation: its actions, its evidence, whom it reached, what the scrutineer says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.learning.lines import Line, day
from pipelines.publishing.learning.rungs import Standing, counted_words, shown_done
from pipelines.publishing.rows import number
from schemas.returns.account import account_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.publishing.assembling import Inputs


def agency_words(inputs: Inputs, agency_id: str) -> str:
    """An agency by its title; the id itself where it is no longer one."""
    agency = inputs.catalogue.agencies.get(agency_id)
    return agency.title if agency else agency_id


def actions(inputs: Inputs, line: Line) -> Iterator[dict[str, Any]]:
    """Every action, with how long it is overdue and whether anything shows it done."""
    for position, row in enumerate(line.actions):
        due = day(row["due_on"])
        late = row["status"] not in ("done", "stopped") and due is not None and due < inputs.today
        yield {
            **{name: row[name] for name in ("action_id", "recommendation_id", "action", "agency_id", "owner_role")},
            **{name: row[name] for name in ("due_reason", "status", "note")},
            "position": position,
            "owner_words": agency_words(inputs, row["agency_id"]),
            "due_on": due,
            "status_words": inputs.catalogue.label("action_status", row["status"]),
            "done_on": day(row["done_on"]),
            "overdue_days": (inputs.today - due).days if late and due else 0,
            "has_evidence": bool(line.proofs_of(row)),
        }


def evidence(inputs: Inputs, one: Standing) -> Iterator[dict[str, Any]]:
    """Every piece, with what it counts for; what is true of a day to come counts for nothing yet."""
    known = [row for row in one.line.evidence if row["true_of"].date() <= inputs.today]
    judged_ = dict(
        zip((row["evidence_id"] for row in known), zip(one.rung.counted, one.rung.why_not, strict=True), strict=True)
    )
    for row in one.line.evidence:
        level, why_not = judged_.get(row["evidence_id"], (0, "in_the_future"))
        level = max(level, shown_done(inputs.catalogue, row, why_not))
        claimed = number(row["level_claimed"])
        yield {
            **{
                name: row[name]
                for name in ("evidence_id", "recommendation_id", "action_id", "kind", "reference", "finding")
            },
            "kind_words": inputs.catalogue.label("evidence_kind", row["kind"]),
            "true_of": day(row["true_of"]),
            "received_on": day(row["received_on"]) or row["first_received_at"].date(),
            "level_claimed": None if claimed is None else int(claimed),
            "level_counted": level,
            "counted_words": counted_words(inputs.catalogue, row, level, why_not),
        }


def shares(inputs: Inputs, line: Line) -> Iterator[dict[str, Any]]:
    """Every time it was shared."""
    for row in line.shares:
        people = number(row["people"])
        yield {
            **{name: row[name] for name in ("share_id", "recommendation_id", "sector")},
            "shared_on": day(row["shared_on"]),
            "how_words": inputs.catalogue.label("dissemination", row["how"]),
            "sector_words": inputs.catalogue.label("agency_about", row["sector"]),
            "people": None if people is None else int(people),
        }


def accounts(inputs: Inputs, line: Line) -> Iterator[dict[str, Any]]:
    """What its owner said of it before each release, the oldest first."""
    for row in line.accounts:
        yield {
            **{name: row[name] for name in ("recommendation_id", "agency_id", "period_id")},
            "by_words": agency_words(inputs, row["agency_id"]),
            "account": account_words(row),
        }


def views(inputs: Inputs, line: Line) -> Iterator[dict[str, Any]]:
    """Every view of the scrutineer, the earliest first."""
    for row in line.views:
        level = number(row["of_level"])
        yield {
            **{name: row[name] for name in ("recommendation_id", "view", "reason", "of_publication")},
            "viewed_on": day(row["viewed_on"]),
            "view_words": inputs.catalogue.label("view", row["view"]),
            "of_level": None if level is None else int(level),
            "by_words": agency_words(inputs, row["sent_by"]),
        }
