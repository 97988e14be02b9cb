"""Where in a publication somebody's words may stand, and where one record is spoken of by its reference: closed lists.

What is removed for good is looked for and taken out there and nowhere else: an indicator's id is a word too, and a figure whose
key was rewritten would be another's.
"""

from __future__ import annotations

from schemas.published.tables import TABLES

# The columns of text in which words may be rewritten, by table. No key is among them.
PROSE: dict[str, tuple[str, ...]] = {
    table.name: columns
    for table in TABLES.values()
    if (columns := tuple(column.name for column in table.columns if column.type == "prose"))
}
# The sentences this software makes itself, of figures and of the catalogue's words; a text in one that somebody wrote stands in a
# column of `WRITTEN` as well. A column that is not named here counts as written, so a new one is read until somebody says otherwise.
_OURS: dict[str, frozenset[str]] = {
    "action": frozenset({"owner_words"}),
    "answer": frozenset({"evidence_words"}),
    "assurance": frozenset({"words"}),
    "audit": frozenset({"families_words", "voice_words", "words"}),
    "audit_finding": frozenset({"answer_words", "recommendation_words"}),
    "clock": frozenset({"title", "words"}),
    "dissemination": frozenset({"how_words"}),
    "evidence": frozenset({"counted_words"}),
    "figure": frozenset({"note"}),
    "finding": frozenset({"reason", "lead", "sentence", "note"}),
    "impact": frozenset({"reason", "sentence", "because_words", "beside_words", "settles_words", "segmented_words"}),
    "learning_measure": frozenset({"words", "detail"}),
    "recommendation": frozenset({
        "owner_words", "level_why", "finding", "progress_words", "repeats_words", "settles_words",
    }),
    "review": frozenset({"panel_words"}),
    "review_measure": frozenset({"words"}),
    "scorecard": frozenset({"finding"}),
    "series": frozenset({"note"}),
    "triangulation": frozenset({
        "self_words", "moderated_words", "audit_words", "indicator_words", "survey_words", "disagreement_words",
        "contrary_words", "sentence",
    }),
    "voice_theme": frozenset({"response_words"}),
}  # fmt: skip
# The columns in which somebody's own words stand: what a person reads over before a release.
WRITTEN: dict[str, tuple[str, ...]] = {
    name: columns
    for name, every in PROSE.items()
    if (columns := tuple(each for each in every if each not in _OURS.get(name, frozenset())))
}
# What the references of a log's records are called, in whichever table: never an indicator's, an agency's or an area's id.
_REFERENCES = frozenset({
    "action_id", "audit_ref", "before_ref", "evidence_id", "finding_ref", "incident_ref", "re_audit_of", "recommendation_id",
    "reference", "repeats_id", "review_ref", "share_id", "source_ref", "voice_ref",
})  # fmt: skip
REFERENCES: dict[str, tuple[str, ...]] = {
    table.name: columns
    for table in TABLES.values()
    if (columns := tuple(c.name for c in table.columns if c.name in _REFERENCES and c.type == "text"))
}
