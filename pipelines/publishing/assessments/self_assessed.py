"""Who has replied to a self-assessment and what they said of themselves, as one audience may have it.

Agencies' answers and scores are for the Executive; which agencies have replied, for the partnership too. Bodies of the
register are counted and never named, to anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.assessments.development import development_action_rows
from pipelines.publishing.assessments.group_views import group_view_rows
from pipelines.publishing.assessments.replies import agency_reply_rows, reply_rows, statement_rows
from pipelines.publishing.assessments.rounds import rounds
from pipelines.publishing.assessments.scores import answer_rows, standard_score_rows
from pipelines.publishing.assessments.sectors import sector_score_rows
from pipelines.publishing.logs.splits_before import Earlier

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Audience

Rows = dict[str, list[dict[str, Any]]]
_EXECUTIVE, _PUBLIC = "executive", "public"


def self_assessed_rows(inputs: Inputs, audience: Audience, earlier: Earlier | None = None) -> Rows:
    """The rows of each table, by its name; `earlier` is what publications before it told."""
    every = rounds(inputs)
    made: Rows = {
        "statement": list(statement_rows(inputs, every)),
        "reply": list(reply_rows(inputs, every, audience)),
        "sector_score": list(sector_score_rows(inputs, audience, every, earlier or Earlier())),
        "group_view": group_view_rows(inputs, audience),
    }
    if audience.id != _PUBLIC:
        made["agency_reply"] = list(agency_reply_rows(inputs, every))
    if audience.id == _EXECUTIVE:
        made["answer"] = list(answer_rows(inputs, every))
        made["standard_score"] = list(standard_score_rows(inputs, every))
        made["development_action"] = development_action_rows(inputs, every)
    return made
