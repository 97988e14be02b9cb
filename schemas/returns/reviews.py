"""The log of serious incidents and reviews: dates, decisions and reasons, and nothing by which a child can be told."""

from __future__ import annotations

from schemas.returns.kind import LOG_COVER, Column, Kind, SheetLayout

_STANDING = Column(
    "standing", "Standing", ("record status", "state of record"), holds="choice", choices="standing", answer=True,
    width=12, hint="Withdrawn if it was entered by mistake",
)  # fmt: skip

INCIDENTS = SheetLayout(
    "Incidents",
    (
        Column("incident_ref", "Incident reference", ("incident id", "incident ref", "reference", "ref"),
               holds="reference", answer=True, needed=True, width=16,
               hint="A number of your own, SI-2025-03; never a case number"),
        Column("happened_on", "Happened on", ("incident date", "date of incident", "happened"), holds="day",
               answer=True, width=14, hint="The day, or the day it came to light"),
        Column("known_on", "Known to the council on", ("known on", "date known", "aware on", "became aware on"),
               holds="day", answer=True, needed=True, width=16, hint="When the duty to notify was known"),
        Column("incident_type", "Type", ("incident type", "type of incident"), holds="choice", choices="incident_type",
               answer=True, needed=True, width=18, hint="From the list"),
        Column("context", "Context of harm", ("context",), holds="choice", choices="context_of_harm", answer=True,
               width=18, hint="Inside the home, outside it, online"),
        Column("notified_on", "Notified on", ("date notified", "notification date", "notified"), holds="day",
               answer=True, width=14, hint="When the national Panel was told"),
        Column("late_reason", "If late, why", ("reason if late", "why late"), holds="words", answer=True, width=40,
               hint="What kept it. No names, no child's story"),
        _STANDING,
    ),
    required=(("incident_ref",), ("known_on", "happened_on", "notified_on")),
    key=("incident_ref",),
    what_for="Incidents that had to be notified. Dates and type only: nothing by which a child can be told.",
)  # fmt: skip

REVIEWS = SheetLayout(
    "Reviews",
    (
        Column("review_ref", "Review reference", ("review id", "review ref", "ref", "reference"), holds="reference",
               answer=True, needed=True, width=16, hint="As RV-2025-02"),
        Column("incident_ref", "Incident reference", ("incident id", "incident ref", "incident"), holds="reference",
               refers="Incidents", answer=True, width=16, hint="Where it follows an incident"),
        Column("review_type", "Type of review", ("type", "review type"), holds="choice", choices="review_type",
               answer=True, needed=True, width=28, hint="From the list"),
        Column("started_on", "Started on", ("start date", "commissioned on", "started"), holds="day", answer=True,
               width=14, hint="When it was begun"),
        Column("sent_on", "Sent to the Panel on", ("sent on", "date sent", "submitted on"), holds="day", answer=True,
               width=16, hint="A rapid review only"),
        Column("decision", "Decision", ("outcome", "decision made"), holds="choice", choices="review_decision",
               answer=True, width=28, hint="What was decided"),
        Column("decided_on", "Decided on", ("decision date", "date decided", "date of decision"), holds="day",
               answer=True, width=14, hint="When"),
        Column("decision_reason", "Reason for the decision", ("reason", "why", "rationale"), holds="words",
               answer=True, width=50, hint="Why; no names, no child's story"),
        Column("legal_flag", "Legal adviser has raised a point", ("legal flag", "legal adviser", "legal adviser's flag"),
               holds="choice", choices="yes_no", answer=True, width=16, hint="Yes or no; the point itself is kept elsewhere"),
        Column("panel_reply_on", "Panel replied on", ("panel response date", "panel reply"), holds="day", answer=True,
               width=14, hint="When"),
        Column("panel_agrees", "Panel agrees", ("panel agreed", "panel agreement"), holds="choice", choices="yes_no",
               answer=True, width=12, hint="Yes or no"),
        Column("published_on", "Published on", ("publication date", "published"), holds="day", answer=True, width=14,
               hint="A local child safeguarding practice review"),
        Column("late_reason", "If late, why", ("reason if late", "why late"), holds="words", answer=True, width=40,
               hint="What kept it"),
        _STANDING,
    ),
    required=(("review_ref",), ("review_type",)),
    key=("review_ref",),
    what_for="Rapid reviews, local and national reviews, learning events: their dates, decisions and reasons.",
)  # fmt: skip

KIND = Kind(
    id="reviews",
    title="Log of serious incidents and reviews",
    template_version="reviews-1",
    identity=("agency_id", "period_id"),
    data=REVIEWS,
    more=(INCIDENTS,),
    cover=LOG_COVER,
    row_word=("record", "records"),
    in_short=(
        "What is still running is filled in already: add the dates that have come, and new rows below.",
        "Use numbers of your own as references. Never a name, a case number, a date of birth or a child's story.",
        "Reviews of child deaths are not entered here: the panel sends CD01 and CD02 with the return of figures.",
        "What you leave out stays as it is. To take something back, set its Standing to Withdrawn.",
    ),
    protected_counts=("incidents", "reviews"),
    publication_tables=("clock", "clock_count", "clock_setting", "review", "review_count", "review_measure"),
)  # fmt: skip
