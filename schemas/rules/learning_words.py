"""Rules about the wording of a recommendation: what the public may read, and what could point at a child."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import labelled, worded
from schemas.returns.by_value import by_value, where_filled
from schemas.returns.identifying import tells_which_child
from schemas.returns.telling import reads_as_a_story
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext

# Sources with an entry of their own in the log of reviews.
_REVIEWED = ("rapid_review", "lcspr")
# A recommendation said in fewer words than this says a subject, not what is to be different.
_LEAST_WORDS = 3


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="public_wording",
    withheld=True,
    message="The wording for the public reads as one child's story ({where}).",
    fix="Say what is to be different, and nothing of the child, the family or what happened. Leave it empty if in doubt.",
    bad=[{"public_wording": "A baby aged 4 months was injured at home"}, {"public_wording": "What Child AB told her school"},
         {"public_wording": "Three children were not seen"}],
    good=[{"public_wording": "Core groups meet sooner after each conference"}, {"public_wording": ""},
          {"public_wording": "The child’s voice is in every plan"}],
)  # fmt: skip
def public_wording_tells_a_story(rows: pd.DataFrame) -> pd.Series:
    """Neighbours and newspapers read it too, and they know more of what happened than the page says."""
    return where_filled(rows["public_wording"], reads_as_a_story)


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="error",
    column="source_ref",
    withheld=True,
    message="The source reference could tell which child it is about ({where}); the row has been left out.",
    fix="Give the reference of the review in the log of reviews, as RV-2025-02: no case number, no initials.",
    bad=[{"source_ref": "80412277"}, {"source_ref": "Child AB"}, {"source_ref": "943 476 5919"}],
    good=[{"source_ref": "RV-2025-01"}, {"source_ref": "Audit 2025-02"}, {"source_ref": ""}],
)
def source_reference_could_tell_a_child(rows: pd.DataFrame) -> pd.Series:
    """The log is read by many; a case number or initials would let them find one child among all."""
    return by_value(rows["source_ref"], tells_which_child, "bool")


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="source_ref",
    message="{recommendation_id} comes from a {source_words}, but does not say which ({where}).",
    fix="Give its reference in the log of reviews, as RV-2025-02.",
    bad=[{"source_ref": ""}, {"source": "lcspr", "source_ref": ""}],
    good=[{"source_ref": "RV-2025-01"}, {"source": "inspection", "source_ref": ""}],
)
def source_has_no_reference(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The days from an incident to its learning can be counted only where the two are tied."""
    broken = rows["source_ref"].eq("") & rows["source"].isin(_REVIEWED)
    return worded(rows, broken, source_words=labelled(context, "source", rows["source"]).str.lower())


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="title",
    message="{recommendation_id}: “{title}” names a subject, not what is to be different ({where}).",
    fix="Say what will be done differently, and by whom, as “Core groups meet within ten working days”.",
    bad=[{"title": "Neglect"}, {"title": "Core groups"}],
    good=[{"title": "Core groups meet within ten working days"}],
)
def title_says_no_change(rows: pd.DataFrame) -> pd.Series:
    """What does not say how practice should differ can be neither done nor measured."""
    return where_filled(rows["title"], lambda text: len(text.split()) < _LEAST_WORDS)


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="note",
    column="theme",
    message="{recommendation_id} has the theme {theme_words} ({where}).",
    fix="Nothing to do, if no theme of the list fits.",
    bad=[{"theme": "other"}],
    good=[{"theme": "practice"}],
)
def theme_is_other(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The page counts learning by theme, and what stands under Other is found by nobody who looks for it."""
    words = by_value(labelled(context, "theme", rows["theme"]), lambda label: f"“{label}”")
    return worded(rows, rows["theme"].eq("other"), theme_words=words)
