"""The scrutineer's record: what they say of each claim that learning has made a difference."""

from __future__ import annotations

from schemas.returns.kind import LOG_COVER, Column, Kind, SheetLayout

VIEWS = SheetLayout(
    "Views",
    (
        Column("recommendation_id", "Recommendation ID", ("recommendation", "recommendation ref"), holds="reference",
               answer=True, needed=True, width=13, hint="As R-14"),
        Column("viewed_on", "Date of the view", ("viewed on", "date"), holds="day", answer=True, needed=True, width=14,
               hint="When you looked"),
        Column("view", "View", ("opinion", "agrees"), holds="choice", choices="view", answer=True, needed=True,
               width=16, hint="Accept or challenge"),
        Column("reason", "Reason", ("why", "because"), holds="words", answer=True, needed=True, width=60,
               hint="What you saw, or would need to see. No names"),
        Column("of_level", "Level shown then", ("level", "of level"), holds="whole", answer=True, width=12,
               hint="The step of the ladder you looked at"),
        Column("of_publication", "Publication", ("publication id", "publication"), holds="reference", answer=True,
               width=30, hint="The publication you looked at"),
    ),
    required=(("recommendation_id",), ("view",), ("reason",)),
    key=("recommendation_id", "viewed_on", "view"),
    what_for="Accept or challenge each claim of impact, with the reason; it stands beside the claim.",
)  # fmt: skip

KIND = Kind(
    id="scrutiny",
    title="Record of the scrutineer's views",
    template_version="scrutiny-1",
    identity=("agency_id", "period_id"),
    data=VIEWS,
    cover=LOG_COVER,
    row_word=("view", "views"),
    in_short=(
        "One row for each claim you have looked at. A later view of the same recommendation stands beside the earlier one.",
    ),
    publication_tables=("claim_view",),
)  # fmt: skip
