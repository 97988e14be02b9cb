"""The return of training: who came, how confident they were before and after, what changed three months on."""

from __future__ import annotations

from schemas.returns.kind import LOG_COVER, Column, Kind, SheetLayout

COURSES = SheetLayout(
    "Courses",
    (
        Column("course_ref", "Course reference", ("course id", "course ref", "ref", "reference", "session"),
               holds="reference", answer=True, needed=True, width=16, hint="One for each time it was held, T-2026-14"),
        Column("course", "Course", ("title", "course title", "name of course"), holds="words", answer=True,
               needed=True, width=36, longest=120, hint="Its title"),
        Column("course_level", "Level", ("course level",), holds="choice", choices="course_level", answer=True,
               width=16, hint="From the list"),
        Column("topic", "Topic", ("theme", "subject"), holds="choice", choices="theme", answer=True, width=24,
               hint="From the list"),
        Column("recommendation_id", "Recommendation ID", ("recommendation", "recommendation ref"), holds="reference",
               answer=True, width=13, hint="Where it carries learning, as R-14"),
        Column("held_on", "Held on", ("date", "course date", "held"), holds="day", answer=True, needed=True, width=14,
               hint="The day it was held"),
        Column("sector", "Sector", ("agency", "who came", "organisation"), holds="choice", choices="agency_about",
               answer=True, needed=True, width=24, hint="One row a sector"),
        Column("places", "Places offered", ("places", "places available"), holds="whole", answer=True, width=12,
               hint="Places kept for the sector"),
        Column("attended", "Places attended", ("attended", "attendances", "number attended"), holds="whole",
               answer=True, needed=True, width=12, hint="People who came"),
        Column("paired", "Answered before and after", ("paired", "paired evaluations", "evaluations"), holds="whole",
               answer=True, width=14, hint="People who rated both"),
        Column("before_mean", "Confidence before", ("before", "mean before", "before mean"), holds="number",
               answer=True, width=12, hint="Mean, 1 to 5"),
        Column("after_mean", "Confidence after", ("after", "mean after", "after mean"), holds="number", answer=True,
               width=12, hint="Mean, 1 to 5"),
        Column("follow_up_on", "Follow-up closed on", ("follow up on", "three months on", "follow-up date"),
               holds="day", answer=True, width=16, hint="About three months later"),
        Column("follow_up_replies", "Follow-up replies", ("follow up replies", "replies"), holds="whole", answer=True,
               width=12, hint="Replies received"),
        Column("follow_up_changed", "Changed practice", ("follow up changed", "practice changed", "changed"),
               holds="whole", answer=True, width=12, hint="Replies with a specific change, manager confirmed"),
        Column("standing", "Standing", ("record status", "state of record"), holds="choice", choices="standing",
               answer=True, width=12, hint="Withdrawn if it was entered by mistake"),
    ),
    required=(("course_ref",), ("held_on",), ("attended",)),
    key=("course_ref", "sector"),
    what_for="One row for each course and sector: who came, what they felt, and what they did differently later.",
)  # fmt: skip

KIND = Kind(
    id="training",
    title="Training return",
    template_version="training-1",
    identity=("agency_id", "period_id"),
    data=COURSES,
    cover=LOG_COVER,
    row_word=("row", "rows"),
    in_short=(
        "One row for each course and each sector that came. Courses whose follow-up is not in yet are filled in already.",
        "What you leave out stays as it is. To take something back, set its Standing to Withdrawn.",
    ),
    publication_tables=("training_count",),
)  # fmt: skip
