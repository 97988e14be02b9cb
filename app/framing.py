"""The header line of every page, from the open publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.header import Earlier, Frame, header
from schemas.catalogue import catalogue
from schemas.periods import day_words

if TYPE_CHECKING:
    from app.session import Visit
    from app.widgets.html import Html
    from pipelines.queries.frame import Header


def framed(visit: Visit) -> Html:
    """Whose data, to when, which publication, for whom, and whether it is real."""
    if visit.header is None:
        known = catalogue().partnership
        return header(Frame(partnership=known.name, marking=known.marking, synthetic=known.synthetic))
    return header(_frame(visit.header))


def _frame(head: Header) -> Frame:
    others = tuple(
        Earlier(
            release.words,
            links.to("", publication=release.publication_id),
            release.publication_id == head.publication_id,
        )
        for release in head.earlier
    )
    return Frame(
        partnership=head.partnership,
        period=head.period_label,
        publication=_published(head),
        others=others if len(others) > 1 else (),
        marking=head.marking,
        note=f"Counts of children and families rounded to the nearest {head.rounded_to}" if head.rounded_to else "",
        synthetic=head.synthetic,
        current="" if head.is_current or head.fault else links.to("", publication="current"),
        warning=_warning(head),
        publication_id=head.publication_id,
    )


def _warning(head: Header) -> str:
    """What the reader has to know of the publication before anything else: that it is not the one that was to be shown."""
    if head.fault or head.is_current:
        return head.fault
    return (
        f"You are reading an earlier publication, of {day_words(head.made_at.date())}: the figures as they were then."
    )


def _published(head: Header) -> str:
    return head.published_words if head.label else f"Published {day_words(head.made_at.date())}"
