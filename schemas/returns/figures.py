"""The return of figures: what an agency counted, for each indicator it owes, once a quarter."""

from __future__ import annotations

from types import MappingProxyType

from schemas.returns.kind import Column, Kind, OlderTemplate, SheetLayout

COLUMNS = (
    Column(
        "indicator_id",
        "Indicator ID",
        ("id", "ref", "reference", "indicator ref", "indicator reference", "indicator code", "measure id", "measure ref",
         "kpi", "kpi ref", "kpi id", "pi ref", "code"),
        width=11,
        hint="Leave as it is",
    ),
    Column(
        "indicator",
        "Indicator",
        ("indicator name", "indicator title", "measure", "measure name", "kpi name", "key performance indicator",
         "performance indicator", "description", "title", "indicator description"),
        width=46,
        hint="What is counted",
    ),
    Column(
        "agency_id",
        "Agency",
        ("organisation", "organization", "agency id", "agency name", "sent by", "submitted by", "sender", "partner"),
    ),
    Column(
        "period_id",
        "Period",
        ("quarter", "reporting period", "time period", "period id", "year and quarter", "reporting quarter"),
        holds="period",
        width=13,
        hint="Leave as it is",
    ),
    Column(
        "area_id",
        "Area",
        ("area code", "area name", "ward", "ward code", "ward name", "locality", "geography", "place", "area id",
         "local authority", "la code", "la name"),
        width=22,
        hint="City or ward",
    ),
    Column(
        "breakdown",
        "Breakdown",
        ("breakdown name", "split", "split by", "dimension", "characteristic", "disaggregation", "broken down by"),
        width=15,
        hint="What it is split by",
    ),
    Column(
        "category",
        "Category",
        ("category name", "group", "breakdown category", "breakdown value", "value of breakdown", "characteristic value"),
        width=20,
        hint="Which part",
    ),
    Column(
        "last_quarter",
        "Last quarter",
        ("previous", "previous quarter", "last time", "last period", "previous figure", "last figure"),
        width=13,
        hint="For reference",
    ),
    Column(
        "numerator",
        "Number",
        ("numerator", "count", "n", "num", "number of", "no", "no of", "figure", "total number", "top number"),
        holds="number",
        answer=True,
        width=12,
        hint="How many, whole number",
    ),
    Column(
        "denominator",
        "Out of",
        ("denominator", "denom", "den", "base", "cohort", "outof", "of", "bottom number", "out of total"),
        holds="number",
        answer=True,
        width=12,
        hint="Of how many",
    ),
    Column(
        "value",
        "Value",
        ("percent", "percentage", "rate", "result", "measure value", "performance", "outturn", "actual", "score"),
        holds="number",
        answer=True,
        width=12,
        hint="24.2 for 24.2%",
    ),
    Column(
        "marker",
        "Marker",
        ("marker code", "suppression", "symbol", "flag", "data marker", "status code", "why no number"),
        holds="marker",
        answer=True,
        width=9,
        hint="c k u x z",
    ),
    Column(
        "nil",
        "Nil",
        ("nil return", "nil figure", "true zero", "none to report", "zero return"),
        holds="tick",
        answer=True,
        width=6,
        hint="x if none",
    ),
    Column(
        "reason",
        "Reason",
        ("comment", "comments", "explanation", "note", "notes", "reason for change", "commentary", "remarks", "why"),
        width=46,
        hint="If the figure has moved: what happened, and why",
    ),
    Column("definition_version", "Definition version", ("definition", "version of definition"), holds="number"),
)  # fmt: skip

INDICATOR = (COLUMNS[0], COLUMNS[1])

COMMENTARY = SheetLayout(
    "Commentary",
    (
        *INDICATOR,
        Column("what_happened", "What happened", ("what happened this quarter", "performance", "headline"), answer=True,
               width=44, hint="One or two sentences. No names, no child's story"),
        Column("why", "Why", ("reason", "cause", "why it happened", "analysis"), answer=True, width=44,
               hint="What you think caused it"),
        Column("what_we_are_doing", "What we are doing", ("action", "actions", "next steps", "what next", "response"),
               answer=True, width=44, hint="Action, owner's role, by when"),
    ),
    required=(("indicator_id", "indicator"), ("what_happened", "why", "what_we_are_doing")),
)  # fmt: skip

NOT_HELD = SheetLayout(
    "Not held",
    (
        *INDICATOR,
        Column("reason", "Reason", ("why", "why not held", "why not supplied", "comment"), answer=True, width=60,
               hint="Why you cannot send it, and when you will be able to"),
    ),
    required=(("indicator_id", "indicator"), ("reason",)),
)  # fmt: skip

KIND = Kind(
    id="figures",
    title="Quarterly return of figures",
    template_version="figures-2",
    identity=("agency_id", "period_id"),
    data=SheetLayout(
        "Figures",
        COLUMNS,
        required=(("indicator_id", "indicator"), ("numerator", "value", "marker")),
    ),
    paste="Paste",
    notes=(COMMENTARY, NOT_HELD),
    cover=MappingProxyType(
        {
            "template_version": ("template version", "version", "template"),
            "kind": ("kind", "kind of return", "return", "return type", "type of return"),
            "agency": ("agency", "organisation", "agency id", "agency name", "sent by"),
            "period": ("period", "quarter", "reporting period", "period id"),
            "prepared_by_role": ("prepared by role", "prepared by", "completed by role", "completed by"),
            "approved_by_role": ("approved by role", "approved by", "signed off by", "sign off role"),
            "approved_on": ("approved on", "date approved", "sign off date", "approval date"),
            "nil_return": ("nil return", "is this a nil return", "nothing to report"),
        }
    ),
    older_templates=MappingProxyType(
        {
            "figures-1": OlderTemplate(
                differs="it called the columns Numerator and Denominator and had no Nil column", until="2025-26-Q4"
            )
        },
    ),
    protected_counts=("numerator", "denominator"),
    publication_tables=("figure", "series_point", "series", "coverage", "restatement", "commentary"),
)
