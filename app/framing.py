"""The header line of every page, from the open publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.header import Earlier, Frame, header
from pipelines.queries import frame as frames
from schemas.catalogue import catalogue
from schemas.periods import day_words

if TYPE_CHECKING:
    from app.session import Visit
    from app.widgets.html import Html
    from pipelines.queries.frame import Header
    from pipelines.queries.withdrawn import Withdrawn

PUBLIC = "public"


def framed(visit: Visit) -> Html:
    """Whose data, to when, which publication, for whom, and whether it is real."""
    if visit.header is None:
        known = catalogue().partnership
        return header(Frame(partnership=known.name, marking=known.marking, synthetic=known.synthetic))
    return header(_frame(visit.header, frames.withdrawn(visit.home, visit.audience)))


def _frame(head: Header, withdrawn: tuple[Withdrawn, ...]) -> Frame:
    taken_back = {each.publication_id for each in withdrawn}
    others = tuple(
        Earlier(
            f"{release.words}: withdrawn",
            "",
        )
        if release.publication_id in taken_back
        else Earlier(
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
        current="" if head.is_current else links.to("", publication="current"),
        warning=_withdrawn(head, withdrawn)
        if head.is_current
        else f"You are reading an earlier publication, of {day_words(head.made_at.date())}: the figures as they were then.",
    )


def _withdrawn(head: Header, withdrawn: tuple[Withdrawn, ...]) -> str:
    """That a later publication than the one open was taken back, and why; the public is not told the reason."""
    later = next((each for each in withdrawn if each.publication_id > head.publication_id), None)
    if later is None:
        return ""
    why = "" if head.audience == PUBLIC else f" The reason: {later.reason.rstrip('.')}."
    return (
        f"A later publication was withdrawn on {day_words(later.at.date())}.{why} These are the figures of the one before "
        "it; do not use any you kept of the other."
    )


def _published(head: Header) -> str:
    return head.published_words if head.label else f"Published {day_words(head.made_at.date())}"
