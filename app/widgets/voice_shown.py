"""Voice as a page shows it: who was heard and whether directly, what became of it, you told us and we did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Html, join, tag
from app.widgets.page import more, section
from app.widgets.tables import Column, Row, table, two_lines

if TYPE_CHECKING:
    from pipelines.queries.heard import Heard, Theme, Voices

AT_FIRST = 5
# What was changed first, then what is in hand, then what will not be, then what nobody has answered.
_ORDER = ("completed", "in_hand", "decided_against", "none_yet")


def voice_shown(found: Voices) -> Html | None:
    """Who was heard, what became of it, and what was said, where enough people said it."""
    families = found.families
    if families is None:
        return None
    return section(
        finding(families),
        _counts("Who was heard", "Who", found.by("who")),
        more("By theme", _counts("What it was about", "Theme", found.by("theme"))),
        _told(found),
        tag(
            "p",
            "In the data set: ",
            tag("a", "feedback acted on", href=links.to_indicator("VO03")),
            ".",
            cls="second on",
        ),
        note=f"Themes heard in the {families.period[0].lower()}{families.period[1:]}. One theme may stand for many people.",
        anchor="voice",
    )


def finding(families: Heard) -> str:
    """What became of what children and families said, in a sentence."""
    if not families.heard:
        return "Nothing was heard from children and families in twelve months"
    many = f"{families.completed} of {families.heard} themes from children and families"
    return f"{many} {'has' if families.completed == 1 else 'have'} had a complete response"


def _counts(caption: str, name: str, counts: tuple[Heard, ...]) -> Html:
    columns = [
        Column(name, width="28%"),
        Column("Themes heard"),
        Column("Directly"),
        Column("Response complete"),
        Column("Told them so"),
    ]
    rows = [
        Row(c.label, (f"{c.heard:,}", _directly(c), _response(c), f"{c.told_back:,}" if c.heard else "–"))
        for c in counts
    ]
    return table(caption, columns, rows, cls="pairs")


def _directly(count: Heard) -> str:
    if not count.heard:
        return "Not heard"
    return f"{count.directly} of {count.heard}"


def _response(count: Heard) -> Html | str:
    if not count.heard:
        return "–"
    rest = ((count.in_hand, "in hand"), (count.decided_against, "decided against"), (count.unanswered, "none yet"))
    return two_lines(f"{count.completed} of {count.heard}", ", ".join(f"{n} {words}" for n, words in rest if n) or None)


def _told(found: Voices) -> Html | None:
    everybody = next(iter(found.by("all")), None)
    if everybody is None or not everybody.heard:
        return None
    untold = everybody.heard - everybody.told_here
    why = (
        f"{untold} more {'theme is' if untold == 1 else 'themes are'} counted above and not told here: a handful of people said "
        "it, or it is not known how many."
    )
    note = tag("p", why, cls="second on") if untold else None
    if not found.themes:
        return note
    themes = sorted(found.themes, key=lambda theme: _ORDER.index(theme.response) if theme.response in _ORDER else 9)
    shown = tag("ul", [_theme(theme) for theme in themes[:AT_FIRST]], cls="told")
    rest = themes[AT_FIRST:]
    under = more(f"{len(rest)} more", tag("ul", [_theme(theme) for theme in rest], cls="told")) if rest else None
    return join(tag("h3", "You told us, we did", cls="later"), shown, under, note)


def _did(theme: Theme) -> str:
    """The heading over what was done; what is not done is not called so."""
    return "What we did" if theme.response == "completed" else theme.response_words


def _theme(theme: Theme) -> Html:
    how = "directly" if theme.directly else "through others"
    asked = f"Asked by {theme.agency_words}. " if theme.agency_words else ""
    back = "They have been told." if theme.told_back else "They have not been told yet."
    return tag(
        "li",
        tag(
            "div",
            tag("b", theme.who_words),
            tag("p", f"{theme.people} heard {how}, {theme.period}. {theme.theme_words}.", cls="second"),
        ),
        tag("div", tag("h4", "You told us"), tag("p", theme.said)),
        tag(
            "div",
            tag("h4", _did(theme)),
            tag("p", theme.changed or "Nothing said yet."),
            tag("p", f"{asked}{back}", cls="second"),
        ),
    )
