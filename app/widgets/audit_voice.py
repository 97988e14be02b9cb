"""The voice of children in audited work: whether it shaped the plan, and whether the audit asked families itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.audit_programme import title_of
from app.widgets.html import Html, tag
from app.widgets.page import section
from app.widgets.tables import Column, Row, table

if TYPE_CHECKING:
    from pipelines.queries.audit_facts import Audit
    from pipelines.queries.audits import Audits


def voice(found: Audits) -> Html | None:
    """Each reported audit: in how many cases the child's voice shaped the plan, and whether families were heard."""
    if not found.reported:
        return None
    columns = [Column("Audit", width="40%"), Column("In the cases"), Column("In the audit itself", width="24%")]
    rows = [Row(title_of(one), (said(one), heard(one))) for one in found.reported]
    by_case = sum(one.voice_shaped is not None or bool(one.voice_marker) for one in found.reported)
    title = "Voice of children in audited work"
    note = "Whether the child’s voice shaped the plan in the cases read, and whether the audit heard children or families itself."
    more = tag(
        "p",
        "In the data set: ",
        tag("a", "child’s voice evident in audited work", href=links.to_indicator("VO01")),
        ".",
        cls="second on",
    )
    shown = table(title, columns, rows, cls="pairs", hide_caption=True)
    silent = sum(one.families_heard == "no" for one in found.reported)
    unheard = f" {silent} of {len(found.reported)} audits heard no child and no family." if silent else ""
    return section(title, shown, more if by_case or found.is_public else None, note=f"{note}{unheard}", anchor="voice")


def said(one: Audit) -> str:
    """What an audit says of the child's voice in its cases."""
    if one.voice_words:
        return (
            one.voice_words
            if one.voice_marker != "c" or one.voice_shaped is not None
            else f"{one.voice_words}: the counts are small"
        )
    if one.cases_marker:
        return "Hidden to protect: the counts are small"
    return "Counted in the data set only" if one.cases else "No case was looked at for it"


def heard(one: Audit) -> str:
    """Whether children or families were asked by the audit itself."""
    return {"yes": "Children or families were heard", "no": "Nobody was heard"}.get(one.families_heard, "Not said")
