"""Where in a publication somebody's words may stand, and where one record is spoken of by its reference: both are closed lists.

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
