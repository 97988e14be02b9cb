"""The header line of every page, from the open publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.header import Earlier, Frame, header
from pipelines.queries import frame as frames
from pipelines.reports.marked import Marked, as_marked, of_contents, of_release
from schemas.catalogue import catalogue
from schemas.catalogue.marking import held_by
from schemas.periods import day_words

if TYPE_CHECKING:
    from app.pages import Held
    from app.session import Visit
    from app.widgets.html import Html
    from pipelines.queries.frame import Header
    from pipelines.queries.withdrawn import Withdrawn

PUBLIC = "public"


def framed(visit: Visit, held: Held) -> Html:
    """Whose data, to when, which publication, for whom, how marked by what the page holds, and whether it is real."""
    if visit.header is None:
        known = catalogue().partnership
        publication = "No publication can be opened" if visit.fault else ""
        level = _marked(visit, held).level
        return header(Frame(known.name, publication=publication, marking=level, synthetic=known.synthetic))
    taken_back = frames.withdrawn(visit.home, visit.actor, visit.audience)
    return header(_frame(visit.header, _marked(visit, held).level, taken_back))


def on_paper(visit: Visit, held: Held) -> str:
    """The style that puts the marking at the head, and how to handle it at the foot, of every page that is printed."""
    marked = _marked(visit, held)
    head, foot = (_quoted(text) for text in (marked.line, marked.handling))
    look = "font: 8.5pt sans-serif; text-align: left;"
    return (
        f"<style>@page {{ @top-left {{ content: {head}; {look} }} @bottom-left {{ content: {foot}; {look} }} }}</style>"
    )


def _marked(visit: Visit, held: Held) -> Marked:
    """By what the page says it holds; one that does not say is marked as the whole release is."""
    if visit.header is None:
        own = catalogue().partnership
        return of_contents(held.contents) if held.contents else as_marked(own.marking)
    if held.contents is None:
        return of_release(visit.header, held_by(catalogue().audiences[visit.header.audience]))
    return of_release(visit.header, held.contents, figures=held.figures)


def _quoted(text: str) -> str:
    r"""A text as CSS takes it, whatever is in it.

    >>> print(_quoted('He said "</style>"'))
    "He said \22 \3c /style>\22 "
    """
    return '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<\n\r\f' else sign for sign in text) + '"'


def _frame(head: Header, marking: str, withdrawn: tuple[Withdrawn, ...]) -> Frame:
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
        marking=marking,
        note=f"Counts of children and families rounded to the nearest {head.rounded_to}" if head.rounded_to else "",
        synthetic=head.synthetic,
        current="" if head.is_current or head.fault else links.to("", publication="current"),
        warning=_warning(head, withdrawn),
        band="Prepared, not released." if head.is_prepared else "",
        publication_id=head.publication_id,
    )


def _warning(head: Header, withdrawn: tuple[Withdrawn, ...]) -> str:
    """What the reader has to know of the publication before anything else: that it is not the one that was to be shown."""
    if head.is_prepared:
        whom = catalogue().audiences[head.audience].title
        return (
            f"Only the business unit sees this: the pages as the {whom} audience would see them once it is released. "
            "Until then nothing of it is quoted, printed or taken away."
        )
    if head.fault or head.is_current:
        return " ".join(filter(None, (head.fault, _withdrawn(head, withdrawn))))
    return (
        f"You are reading an earlier publication, of {day_words(head.made_at.date())}: the figures as they were then."
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
