"""The register of the partnership: the bodies that answer a self-assessment without being agencies of the data set."""

from __future__ import annotations

from schemas.returns.kind import LOG_COVER, Column, Kind, SheetLayout

RESPONDENTS = SheetLayout(
    "Respondents",
    (
        Column("respondent_id", "Respondent", ("respondent id", "reference", "ref"), holds="reference", answer=True,
               needed=True, width=14, hint="A number of your own, SCH-0142"),
        Column("instrument", "Instrument", ("self-assessment", "which self-assessment"), holds="choice",
               choices="instrument", answer=True, needed=True, width=24, hint="Which self-assessment it owes"),
        Column("name", "Name", ("organisation", "setting", "name of organisation"), holds="body", answer=True,
               needed=True, width=44, longest=120, hint="The body's name, never a person's"),
        Column("sector", "Sector", ("type",), holds="choice", choices="sector", answer=True, needed=True, width=26,
               hint="From the list"),
        Column("since", "Owes since", ("from", "since year"), holds="day", answer=True, width=14,
               hint="First day it owes one; empty: always"),
        Column("until", "Until", ("to", "closed on"), holds="day", answer=True, width=14,
               hint="Last day, where it has closed or left"),
        Column("standing", "Standing", ("record status", "state of record"), holds="choice", choices="standing",
               answer=True, width=12, hint="Withdrawn if it was entered by mistake"),
    ),
    required=(("respondent_id",), ("name",), ("sector",)),
    key=("respondent_id", "instrument"),
    what_for="One row for each body and each self-assessment it owes. Agencies of the data set need no row.",
)  # fmt: skip

KIND = Kind(
    id="register",
    title="Register of respondents",
    template_version="register-1",
    identity=("agency_id", "period_id"),
    data=RESPONDENTS,
    cover=LOG_COVER,
    row_word=("respondent", "respondents"),
    in_short=(
        "One row for each body that answers a self-assessment. Those you have entered are filled in already.",
        "What you leave out stays as it is. A body that has closed gets the day in Until.",
    ),
)  # fmt: skip
