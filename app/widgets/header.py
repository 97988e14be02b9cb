"""The line every page carries: whose data, which quarter, which publication, for whom, and whether it is real."""

from __future__ import annotations

from dataclasses import dataclass

from app import links
from app.widgets.html import Html, join, tag


@dataclass(frozen=True, slots=True)
class Earlier:
    """A publication that can be opened again; one without an address was withdrawn, and is named only."""

    title: str
    href: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What the header line says."""

    partnership: str
    period: str = ""
    publication: str = ""
    others: tuple[Earlier, ...] = ()
    marking: str = ""
    note: str = ""
    synthetic: bool = False
    warning: str = ""
    band: str = ""
    current: str = ""
    publication_id: str = ""


def header(frame: Frame) -> Html:
    """The header line, with the earlier publications under the name of the open one."""
    when = tag("div", tag("span", frame.period) if frame.period else None, _publications(frame), cls="when")
    tags = [
        tag("span", frame.marking, cls="tagged") if frame.marking else None,
        tag("span", frame.note, cls="tagged") if frame.note else None,
        tag("span", "SYNTHETIC", cls="tagged strong") if frame.synthetic else None,
    ]
    line = tag(
        "div",
        tag("div", tag("p", frame.partnership, cls="whose"), when),
        tag("div", tags, cls="tags"),
        cls="frame",
        data_publication=frame.publication_id or None,
    )
    return join(line, _warning(frame) if frame.warning else None)


def _warning(frame: Frame) -> Html:
    """What a reader must know before anything else; a `band` is put in front of it and stands out from every other."""
    back = tag("a", "Open the current one", href=frame.current) if frame.current else None
    if frame.band:
        decide = tag("a", "Back to Publish, to release it or not", href=links.to("publish"))
        words = join(tag("b", frame.band), " ", frame.warning, " ", decide, " ", back)
        return tag("p", words, cls="earlier prepared", role="note")
    return tag("p", frame.warning, " ", back, cls="earlier", role="note")


def _publications(frame: Frame) -> Html:
    if not frame.publication:
        return tag("span", "Nothing published yet")
    if not frame.others:
        return tag("span", frame.publication)
    items = [
        tag("li", tag("a", other.title, href=other.href, aria_current="true" if other.is_open else None))
        if other.href
        else tag("li", tag("span", other.title, cls="second"))
        for other in frame.others
    ]
    summary = tag("summary", tag("span", frame.publication, cls="go"))
    return tag("details", summary, tag("ul", items))
