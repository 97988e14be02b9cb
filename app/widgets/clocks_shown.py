"""Clocks as a page shows them: running, missed and met, year by year, and how each is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Child, Html, join, tag
from app.widgets.icons import mark
from app.widgets.lengths import HIDDEN
from app.widgets.page import more, section
from app.widgets.tables import Column, Row, table, two_lines
from schemas.periods import day_words

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries.review_facts import Clock, ClockYear, Reviews, Setting

_UNCHECKED = "Not yet confirmed against the guidance"


def clocks_shown(found: Reviews) -> Html | None:
    """Running clocks, then the missed ones, then what else there is; only where the release shows them one by one."""
    if not found.has_rows or not found.clocks:
        return None
    return join(_running(found), _missed(found))


def years_shown(found: Reviews) -> Html | None:
    """How often each clock was met, by the financial year it was due in."""
    if not found.years:
        return None
    years = list(dict.fromkeys(each.year for each in found.years))
    titles = list(dict.fromkeys(each.title for each in found.years))
    by_key = {(each.title, each.year): each for each in found.years}
    columns = [Column("Clock", width="34%"), *(Column(year) for year in years)]
    rows = [Row(title, tuple(_in_year(by_key.get((title, year))) for year in years)) for title in titles]
    exact = "" if found.has_rows else " Small numbers are hidden; a year is shown once it is over."
    note = f"Counted in the financial year they were due in.{exact}"
    shown = table("Clocks met of those that were due", columns, rows, cls="pairs", hide_caption=True)
    return section("In time, year by year", shown, note=note, anchor="years")


def settings_shown(settings: tuple[Setting, ...]) -> Html | None:
    """Which date each clock starts from and what else it could start from, with the source."""
    if not settings:
        return None
    columns = [Column("Clock", width="30%"), Column("From", width="22%"), Column("To", width="18%"), Column("Source")]
    rows = [
        Row(
            two_lines(s.title, _sentence(s.sentence)),
            (
                two_lines(s.starts_words, f"Could also be: {s.may_start_words}" if s.may_start_words else None),
                s.ends_words,
                two_lines(s.source, "Confirmed against the guidance" if s.confirmed else _UNCHECKED),
            ),
        )
        for s in settings
    ]
    note = (
        "Working days are Monday to Friday without England’s bank holidays. Sources differ on where some clocks start: "
        "every date is kept, and the start is a setting of the catalogue (clocks.toml)."
    )
    shown = table("How each clock is set", columns, rows, cls="pairs", hide_caption=True)
    return section("How the clocks are set", more(f"All {len(rows)} clocks", shown), note=note, anchor="settings")


def when(day: date | None) -> str:
    """A day in words, or a dash."""
    return day_words(day) if day else "–"


def _running(found: Reviews) -> Html:
    running, stuck = found.those("running"), found.those("no_start")
    note = f"As they stood on {day_words(found.made_on)}, when this was published. The nearest to its end stands first."
    columns = [
        Column("Clock", width="40%"),
        Column("Started", width="18%"),
        Column("Due by", width="18%"),
        Column("Left"),
    ]
    rows = [Row(_name(clock), (when(clock.started_on), _due(clock), _left(clock))) for clock in running]
    shown: Child = table("Clocks that are running", columns, rows, cls="pairs", hide_caption=True) if rows else None
    shown = shown or tag("p", f"No clock was running on {day_words(found.made_on)}.", cls="plain")
    return section("Running", shown, _stuck(stuck), note=note, anchor="running")


def _stuck(clocks: tuple[Clock, ...]) -> Html | None:
    if not clocks:
        return None
    columns = [Column("Clock", width="40%"), Column("Why it does not run")]
    rows = [Row(_name(clock), (clock.words,)) for clock in clocks]
    return join(
        tag("h3", "Not started", cls="later"),
        table("Clocks that cannot start", columns, rows, cls="pairs", hide_caption=True),
    )


def _missed(found: Reviews) -> Html:
    recent = found.missed_this_year
    before = tuple(clock for clock in found.those("missed") if clock not in recent)
    met = found.those("met")
    first = (
        _ended("Clocks missed this year", recent)
        if recent
        else tag("p", "None was missed this financial year.", cls="plain")
    )
    return section(
        "Missed, and met",
        first,
        more(f"Missed in earlier years ({len(before)})", _ended("Clocks missed in earlier years", before))
        if before
        else None,
        more(f"Met ({len(met)})", _ended("Clocks that were met", met)) if met else None,
        note="Missed means done after the day it was due, or not done by then.",
        anchor="missed",
    )


def _ended(caption: str, clocks: tuple[Clock, ...]) -> Html:
    columns = [
        Column("Clock", width="36%"),
        Column("Due by", width="17%"),
        Column("Done on", width="17%"),
        Column("How"),
    ]
    rows = [Row(_name(c), (when(c.due_on), when(c.done_on), two_lines(c.words, _why(c)))) for c in clocks]
    return table(caption, columns, rows, cls="pairs", hide_caption=True)


def _why(clock: Clock) -> str | None:
    if clock.state != "missed":
        return None
    return clock.late_reason or "No reason given."


def _name(clock: Clock) -> Html:
    return two_lines(clock.title, clock.reference)


def _due(clock: Clock) -> Html:
    return tag("b", when(clock.due_on))


def _left(clock: Clock) -> Html:
    words = clock.words.partition(": ")[2].rstrip(".")
    said = words[0].upper() + words[1:]
    return mark("concern", join(tag("b", said), ". Its end is near.")) if clock.is_close else mark("usual", said)


def _in_year(year: ClockYear | None) -> Child:
    if year is None:
        return "–"
    if year.due is None:
        return HIDDEN
    if year.due == 0:
        return "None due"
    if year.met is None:
        return two_lines(f"{year.due} due", f"{HIDDEN}: how many in time")
    running = f"{year.running} still running" if year.running else None
    ended = year.due - (year.running or 0)
    return two_lines(f"{year.met} of {ended} in time", running) if ended else two_lines("None ended yet", running)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def indicator_link(indicator_id: str, words: str) -> Html:
    """Words that lead to the indicator they are about."""
    return tag("a", words, href=links.to_indicator(indicator_id))
