"""The self-assessment: what an organisation says of itself, statement by statement, once a year."""

from __future__ import annotations

from types import MappingProxyType

from schemas.returns.kind import LOG_COVER, Column, Kind, SheetLayout

# Whose answer it is and of which year: every row takes them from the cover.
_WHOSE = (
    Column("respondent_id", "Answered by", from_cover="agency", printed=False),
    Column("year_id", "Year", from_cover="period", printed=False),
)
STATEMENTS = SheetLayout(
    "Statements",
    (
        *_WHOSE,
        Column("statement_id", "Statement ID", ("statement", "id", "ref"), holds="statement", needed=True, width=12,
               hint="As printed"),
        Column("standard_title", "Standard", given=True, width=24),
        Column("statement_text", "What is asked", given=True, width=54),
        Column("evidence_prompt", "What would show it", given=True, width=30),
        Column("self_score", "Score", ("self score", "self-assessment", "rating"), holds="choice", choices="score",
               answer=True, width=24, hint="0 to 3, or that it does not apply"),
        Column("na_reason", "Why it does not apply", ("n/a reason", "reason"), holds="words", answer=True, width=28,
               longest=300, hint="Only where it does not"),
        Column("evidence_ref", "Evidence", ("evidence ref", "evidence reference"), holds="words", answer=True,
               width=34, longest=300, hint="What shows it: the document, report or survey"),
        Column("evidence_date", "Evidence is of", ("evidence date", "date of evidence"), holds="day", answer=True,
               width=14, hint="The day it was true"),
        Column("impact_evidence", "Difference it makes", ("impact", "impact evidence"), holds="words", answer=True,
               width=34, longest=400, hint="Needed for a 3: what is better for children, and how you know"),
        Column("good_practice", "Good practice", ("what works well",), holds="words", answer=True, width=34,
               longest=400, hint="Worth telling others"),
        Column("area_for_improvement", "Area for improvement", ("gap", "improvement"), holds="words", answer=True,
               width=34, longest=400, hint="What is not there yet"),
        Column("action", "Action", ("development action", "what we will do"), holds="words", answer=True, width=34,
               longest=300, hint="Needed for a 0 or 1"),
        Column("owner_role", "Owner (role)", ("owner role", "owner", "lead"), holds="words", answer=True, width=22,
               longest=80, hint="A role, never a name"),
        Column("due_date", "Due by", ("due date", "due"), holds="day", answer=True, width=14, hint=""),
        Column("done_on", "Done on", ("completed on", "date done"), holds="day", answer=True, width=14, hint=""),
        Column("carried_from", "Carried forward from", given=True, width=14),
        Column("moderated_score", "Moderated score", ("moderated",), holds="choice", choices="score", answer=True,
               width=22, keeper=True, hint="The business unit's"),
        Column("moderator_comment", "Moderator's comment", ("moderator comment",), holds="words", answer=True,
               width=34, longest=400, keeper=True, hint="The business unit's"),
        Column("moderated_from", "Score when moderated", holds="choice", choices="score", printed=False, keeper=True,
               notes="self_score"),
    ),
    required=(("statement_id",), ("self_score", "moderated_score")),
    key=("respondent_id", "year_id", "statement_id"),
    what_for="One row a statement. What you answered last year is filled in and marked: change what has changed.",
    rows_given=True,
)  # fmt: skip
EVENT = SheetLayout(
    "Event",
    (
        *_WHOSE,
        Column("respondent_group", "Group", ("respondent group", "table"), holds="choice", choices="sector", answer=True,
               needed=True, width=24, hint="Whose view it is"),
        Column("theme", "Theme", ("standard", "theme id"), holds="choice", choices="partnership_theme", answer=True,
               needed=True, width=30, hint="From the list"),
        Column("position", "Where we are", ("position", "performance"), holds="words", answer=True, width=40,
               longest=500, hint="In a sentence or two"),
        Column("impact", "What difference it makes", ("impact",), holds="words", answer=True, width=40, longest=500,
               hint=""),
        Column("gap", "What is missing", ("gap", "gaps"), holds="words", answer=True, width=40, longest=500, hint=""),
        Column("opportunity", "What we could do", ("opportunity", "opportunities"), holds="words", answer=True,
               width=40, longest=500, hint=""),
    ),
    required=(("respondent_group",), ("theme",)),
    key=("respondent_id", "year_id", "respondent_group", "theme"),
    what_for="The partnership's own self-assessment only: what each group said of each theme. No names.",
    only_for="partnership",
)  # fmt: skip

KIND = Kind(
    id="self_assessment",
    title="Self-assessment",
    template_version="self-assessment-1",
    identity=("agency_id", "period_id"),
    data=STATEMENTS,
    more=(EVENT,),
    cover=MappingProxyType(
        {
            **LOG_COVER,
            "agency": (*LOG_COVER["agency"], "answered by", "respondent"),
            "period": (*LOG_COVER["period"], "year", "financial year"),
            "instrument": ("instrument", "self-assessment", "which self-assessment"),
            "approved_by_role": (*LOG_COVER["approved_by_role"], "signed off by (role)", "sign off by role"),
            "approved_on": (*LOG_COVER["approved_on"], "signed off on", "date"),
        }
    ),
    row_word=("answer", "answers"),
    in_short=(
        "Score every statement: 0 not in place, 1 started, 2 in place, 3 in place and shown to make a difference.",
        "A 3 needs what shows the difference, or it counts as a 2. A 0 or 1 needs an action with an owner and a date.",
        "You may send it more than once: what you leave out stays as you sent it.",
    ),
    publication_tables=("statement", "reply", "agency_reply", "answer", "standard_score", "sector_score"),
    every="year",
    from_respondents=True,
)  # fmt: skip
