"""The return of voice: who was heard, whether directly, what they said in short, and what changed because of it."""

from __future__ import annotations

from schemas.returns.kind import LOG_COVER, Column, Kind, SheetLayout

HEARD = SheetLayout(
    "Heard",
    (
        Column("voice_ref", "Reference", ("voice ref", "voice id", "ref", "theme reference"), holds="reference",
               answer=True, needed=True, width=14, hint="As V-2026-05"),
        Column("heard_on", "Heard on", ("date", "date heard", "heard"), holds="day", answer=True, needed=True,
               width=14, hint="When"),
        Column("who", "Who was heard", ("group", "who"), holds="choice", choices="heard", answer=True, needed=True,
               width=26, hint="From the list"),
        Column("directly", "Heard directly", ("direct", "in person"), holds="choice", choices="yes_no", answer=True,
               needed=True, width=12, hint="No where somebody spoke for them"),
        Column("people", "How many", ("number", "number heard"), holds="whole", answer=True, width=10,
               hint="People heard"),
        Column("agency_id", "Agency", ("organisation", "asked by", "agency id"), holds="agency", answer=True, width=24,
               hint="Who asked"),
        Column("theme", "Theme", ("topic", "subject"), holds="choice", choices="theme", answer=True, needed=True,
               width=24, hint="From the list"),
        Column("asked", "What was asked", ("question",), holds="words", answer=True, width=36, longest=300,
               hint="In a few words"),
        Column("said", "What they told us", ("what was said", "feedback"), holds="words", answer=True, needed=True,
               width=44, longest=400, hint="The theme in your words. No names, no quotation that tells who it was"),
        Column("response", "Response", ("status", "response status"), holds="choice", choices="response",
               answer=True, needed=True, width=22, hint="From the list"),
        Column("changed", "What changed", ("what we did", "change", "you said we did"), holds="words", answer=True,
               width=44, longest=400, hint="What is different now, or why nothing will be"),
        Column("responded_on", "Responded on", ("date of response", "completed on"), holds="day", answer=True,
               width=14, hint="When the response was complete"),
        Column("told_on", "Told them on", ("fed back on", "told back on"), holds="day", answer=True, width=14,
               hint="When those who raised it were told"),
        Column("recommendation_id", "Recommendation ID", ("recommendation", "recommendation ref"), holds="reference",
               answer=True, width=13, hint="Where it led to one, or bears on one"),
        Column("standing", "Standing", ("record status", "state of record"), holds="choice", choices="standing",
               answer=True, width=12, hint="Withdrawn if it was entered by mistake"),
    ),
    required=(("voice_ref",), ("heard_on",), ("said", "theme")),
    key=("voice_ref",),
    what_for="One row for each theme heard from children, parents or carers, and what became of it.",
)  # fmt: skip

KIND = Kind(
    id="voice",
    title="Voice return",
    template_version="voice-1",
    identity=("agency_id", "period_id"),
    data=HEARD,
    cover=LOG_COVER,
    row_word=("theme", "themes"),
    in_short=(
        "One row for each theme. Themes without a completed response are filled in already.",
        "What you leave out stays as it is. To take something back, set its Standing to Withdrawn.",
    ),
    publication_tables=("voice_count", "voice_theme"),
)  # fmt: skip
