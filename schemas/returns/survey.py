"""The return of surveys: what practitioners, families and children answered, with how many were asked."""

from __future__ import annotations

from schemas.returns.kind import LOG_COVER, Column, Kind, SheetLayout

ANSWERS = SheetLayout(
    "Answers",
    (
        Column("survey_ref", "Survey reference", ("survey", "survey id", "round", "ref", "reference"),
               holds="reference", answer=True, needed=True, width=16, hint="One for each round, SV-2026-1"),
        Column("closed_on", "Closed on", ("date closed", "survey closed", "date"), holds="day", answer=True,
               needed=True, width=14, hint="The last day of answers"),
        Column("question", "Question", ("asked", "question asked"), holds="choice", choices="survey_question",
               answer=True, needed=True, width=40, hint="From the list"),
        Column("respondents", "Who answered", ("respondents", "group", "who"), holds="choice", choices="respondents",
               answer=True, needed=True, width=22, hint="Practitioners, parents and carers, children"),
        Column("sector", "Sector", ("agency", "organisation"), holds="choice", choices="agency_about", answer=True,
               width=24, hint="Practitioners only: where they work"),
        Column("asked", "People asked", ("asked n", "invited", "sent to"), holds="whole", answer=True, needed=True,
               width=12, hint="How many were asked"),
        Column("replied", "Replies", ("replied", "responses", "n"), holds="whole", answer=True, needed=True, width=12,
               hint="How many answered the question"),
        Column("agreed", "Of them yes", ("positive", "yes", "agreed"), holds="whole", answer=True, needed=True,
               width=12, hint="How many said yes, or agreed"),
        Column("standing", "Standing", ("record status", "state of record"), holds="choice", choices="standing",
               answer=True, width=12, hint="Withdrawn if it was entered by mistake"),
    ),
    required=(("survey_ref",), ("question",), ("replied",)),
    key=("survey_ref", "question", "respondents", "sector"),
    what_for="One row for each question and group, with how many were asked and how many replied.",
)  # fmt: skip

KIND = Kind(
    id="survey",
    title="Survey return",
    template_version="survey-1",
    identity=("agency_id", "period_id"),
    data=ANSWERS,
    cover=LOG_COVER,
    row_word=("row", "rows"),
    in_short=(
        "One row for each question and each group that was asked. Counts only, never what one person wrote.",
        "What you leave out stays as it is. To take something back, set its Standing to Withdrawn.",
    ),
    publication_tables=("survey_count",),
)  # fmt: skip
