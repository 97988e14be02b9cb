"""The log of the Concerns Resolution Process: one professional's challenge of another's decision, step by step."""

from __future__ import annotations

from schemas.returns.kind import LOG_COVER, Column, Kind, SheetLayout

CONCERNS = SheetLayout(
    "Concerns",
    (
        Column("concern_ref", "Concern reference", ("concern id", "concern ref", "ref", "reference"),
               holds="reference", answer=True, needed=True, width=16, hint="A number of your own, CR-2026-07"),
        Column("raised_on", "Raised on", ("date raised", "step 1 on", "raised"), holds="day", answer=True,
               needed=True, width=14, hint="Step 1: worker to worker"),
        Column("raised_by", "Raised by", ("raising agency", "raising sector", "from"), holds="choice",
               choices="agency_about", answer=True, needed=True, width=24, hint="Which sector"),
        Column("raised_with", "Raised with", ("receiving agency", "receiving sector", "to"), holds="choice",
               choices="agency_about", answer=True, needed=True, width=24, hint="Which sector"),
        Column("issue", "Issue", ("about", "reason", "subject"), holds="choice", choices="concern_issue", answer=True,
               needed=True, width=28, hint="From the list"),
        Column("step_2_on", "Step 2 on", ("step 2", "step two"), holds="day", answer=True, width=14,
               hint="When it went to the next step"),
        Column("step_3_on", "Step 3 on", ("step 3", "step three"), holds="day", answer=True, width=14, hint=""),
        Column("step_4_on", "Step 4 on", ("step 4", "step four"), holds="day", answer=True, width=14, hint=""),
        Column("closed_on", "Closed on", ("date closed", "resolved on", "closed"), holds="day", answer=True,
               width=14, hint="When it was settled"),
        Column("outcome", "Outcome", ("result", "resolution"), holds="choice", choices="concern_outcome", answer=True,
               width=28, hint="From the list"),
        Column("standing", "Standing", ("record status", "state of record"), holds="choice", choices="standing",
               answer=True, width=12, hint="Withdrawn if it was entered by mistake"),
    ),
    required=(("concern_ref",), ("raised_on",)),
    key=("concern_ref",),
    what_for="One row a concern. Sectors and dates only: nothing of the child or the people who disagreed.",
)  # fmt: skip

KIND = Kind(
    id="concerns",
    title="Concerns resolution log",
    template_version="concerns-1",
    identity=("agency_id", "period_id"),
    data=CONCERNS,
    cover=LOG_COVER,
    row_word=("concern", "concerns"),
    in_short=(
        "Concerns still open are filled in already: add the steps that have come, and new rows below.",
        "What you leave out stays as it is. To take something back, set its Standing to Withdrawn.",
    ),
    protected_counts=("concerns",),
    publication_tables=("concern_count", "concern_step"),
)  # fmt: skip
