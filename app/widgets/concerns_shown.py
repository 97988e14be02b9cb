"""Professional concerns as a page shows them: how many, who raises them and who never does, how far and how fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.amounts import days_words
from app.widgets.counts import Fact, facts
from app.widgets.html import Child, Html, join, tag
from app.widgets.lengths import HIDDEN, Length, lengths
from app.widgets.page import more, section
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.queries.concerns import NOBODY, RAISED, RESOLVED

if TYPE_CHECKING:
    from pipelines.queries.concerns import ConcernYear, Part, Step

_SPLITS = (
    ("raised_by", "Who raised them", "Sector"),
    ("raised_with", "With whom", "Sector"),
    ("issue", "What they were about", "Issue"),
    ("outcome", "How they ended", "Outcome"),
)


def concerns_shown(years: tuple[ConcernYear, ...]) -> Html | None:
    """The latest year in full, the years before in a table."""
    if not years:
        return None
    latest = years[0]
    note = (
        f"Professionals challenging one another, in {latest.year}. Each concern is about one child’s case, so small counts are "
        "hidden, and others with them. A year is shown once it is over."
    )
    return section(
        finding(latest),
        silence(latest),
        facts(_facts(latest)),
        _splits(latest),
        _steps(latest),
        more(f"Years before {latest.year} ({len(years) - 1})", _before(years[1:])) if len(years) > 1 else None,
        note=note,
        anchor="concerns",
    )


def finding(year: ConcernYear) -> str:
    """How many concerns there were, in a sentence."""
    if year.raised is None:
        return f"How many concerns were raised in {year.year} is hidden to protect"
    if year.raised == 0:
        return f"Nobody raised a concern in {year.year}"
    return f"{year.raised:,} {'concern was' if year.raised == 1 else 'concerns were'} raised in {year.year}"


def silence(year: ConcernYear) -> Html | None:
    """The sectors that raised none, said plainly."""
    if not year.silent or not year.raised:
        return None
    *first, last = year.silent
    who = f"{', '.join(first)} and {last}" if first else last
    hidden = any(part.count is None for part in year.splits.get("raised_by", ()))
    others = " Of the others some counts are hidden, so more may have raised none." if hidden else ""
    return tag("p", f"Raised none: {who}. Silence can mean harmony, or that people have given up.{others}", cls="plain")


def _facts(year: ConcernYear) -> list[Fact]:
    raised = tag("a", _many(year.raised), href=links.to_indicator(RAISED))
    percent = HIDDEN if year.in_time_percent is None else f"{year.in_time_percent:.1f}%"
    many = f"{year.in_time:,} of " if year.in_time is not None else "Of "
    of = f"{many}{year.closed:,} closed in the year" if year.closed is not None else ""
    return [
        Fact("Raised in the year", raised),
        Fact("Closed in the year", _many(year.closed)),
        Fact("In time at every step", tag("a", percent, href=links.to_indicator(RESOLVED)), of),
    ]


def _splits(year: ConcernYear) -> Html | None:
    drawn = [_split(year, *each) for each in _SPLITS if year.splits.get(each[0])]
    return tag("div", drawn, cls="pair on") if drawn else None


def _split(year: ConcernYear, dimension: str, title: str, name: str) -> Html:
    parts = year.splits[dimension]
    if not any(part.count for part in parts):
        return tag("div", tag("h3", title), tag("p", _all_hidden(year, dimension, parts), cls="second"))
    items = [Length(part.label, part.count) for part in parts if _is_worth_a_row(dimension, part)]
    shown = lengths(f"{title}, {year.year}", name, "Concerns", items, hide_caption=True)
    return tag("div", tag("h3", title), shown)


def _all_hidden(year: ConcernYear, dimension: str, parts: tuple[Part, ...]) -> str:
    """What is left to say of a split without a single count: why, and which parts had none."""
    none = [part.label.lower() for part in parts if part.count == 0 and part.category not in NOBODY]
    why = year.note if year.note and dimension != "raised_by" else f"{HIDDEN}: the counts are too small to be shown."
    return f"{why} None: {', '.join(none)}." if none and not year.note else why


def _is_worth_a_row(dimension: str, part: Part) -> bool:
    """A sector that raised none is news; an issue or outcome nobody named is not."""
    return part.count != 0 or (dimension == "raised_by" and part.category not in NOBODY)


def _steps(year: ConcernYear) -> Html | None:
    if not year.steps:
        return None
    columns = [
        Column("Step", width="40%"),
        Column("Reached it", width="18%"),
        Column("In time", width="22%"),
        Column("Days"),
    ]
    rows = [
        Row(two_lines(s.title, f"Agreed: {s.allowed} working days"), (_many(s.reached), _kept(s), _days(s)))
        for s in year.steps
    ]
    shown = table(f"Concerns closed in {year.year}, step by step", columns, rows, cls="pairs")
    return join(tag("h3", "How far they went, and how fast", cls="later"), shown)


def _kept(step: Step) -> Child:
    if step.reached == 0:
        return "–"
    return _many(step.in_time) if step.in_time is None or step.reached is None else f"{step.in_time} of {step.reached}"


def _days(step: Step) -> str:
    return "Too few to say" if step.median_days is None else f"{days_words(step.median_days).split()[0]}, the middle"


def _before(years: tuple[ConcernYear, ...]) -> Html:
    columns = [
        Column("Year"),
        Column("Raised"),
        Column("Closed"),
        Column("In time at every step", "In time"),
        Column("Raised none"),
    ]
    rows = [Row(y.year, (_many(y.raised), _many(y.closed), _share(y), ", ".join(y.silent) or "–")) for y in years]
    return table("Concerns by financial year", columns, rows, cls="pairs", hide_caption=True)


def _share(year: ConcernYear) -> Child:
    if year.in_time is None or year.in_time_percent is None:
        return _many(None)
    return two_lines(f"{year.in_time_percent:.1f}%", f"{year.in_time} of {year.closed}")


def _many(number: int | None) -> str:
    return HIDDEN if number is None else f"{number:,}"
