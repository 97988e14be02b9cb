"""What a re-audit moved: the share good or better before and after, and the difference on its interval."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import section
from app.widgets.svg import path, picture
from app.widgets.tables import Column, Row, stacked, table, two_lines
from pipelines.queries.audit_words import by_chance, moved_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.widgets.html import Child
    from pipelines.queries.audit_facts import Audit, Shift
    from pipelines.queries.audits import Audits

# A point estimate away from nought is a claim only where its whole interval is.
_ICONS = {"better": ("improvement", "Better"), "worse": ("concern", "Worse"), "unclear": ("usual", "No clear change")}
_LEFT, _RIGHT, _STEP = 4.0, 96.0, 20


def moved(found: Audits) -> Html | None:
    """Every re-audit that was reported, each with the audit it repeats."""
    again = [one for one in found.reported if any(shift.audit_ref == one.audit_ref for shift in found.shifts)]
    if not again:
        return None
    note = (
        "Share of cases judged good or better, all agencies together, and the 95% interval of the difference. Two audits are two "
        "samples: only where the whole interval lies on one side of nought is a domain called better or worse, and nothing "
        "here shows why."
    )
    shown = [shifted(found, one) for one in again]
    return section("What re-audit moved", shown, note=f"{note} {by_chance(found)}".rstrip(), anchor="moved")


def shifted(found: Audits, audit: Audit, *, with_title: bool = True) -> Html:
    """One re-audit, domain by domain."""
    mine = [shift for shift in found.shifts if shift.audit_ref == audit.audit_ref]
    before = found.named(mine[0].before_ref) if mine else None
    limit = _limit(mine)
    columns = [
        Column("Domain", width="25%"),
        Column("Before", right=True),
        Column("Now", right=True),
        Column(join("Points, between", _ruler(limit)), f"On a scale of −{limit} to +{limit} points", width="30%"),
        Column("What it says", "Reading"),
    ]
    named = moved_words(found.of(audit.audit_ref))
    caption = f"{audit.title}: {named or 'too few cases to compare'}"
    shown = table(caption, columns, [_row(shift, limit) for shift in mine], cls="pairs ratios", hide_caption=True)
    title = tag("a", audit.title, href=links.to("audits", audit=audit.audit_ref))
    of = tag("a", before.title, href=links.to("audits", audit=before.audit_ref)) if before else mine[0].before_ref
    under = tag(
        "p", f"{named[:1].upper() + named[1:] or 'Too few cases to compare'}. It repeats ", of, ".", cls="second"
    )
    return tag("div", tag("h3", title) if with_title else None, under, shown, cls="re-audit")


def _row(shift: Shift, limit: int) -> Row:
    return Row(shift.domain_words, (*_sides(shift), _interval(shift, limit), _reading(shift)))


def _sides(shift: Shift) -> tuple[Child, Child]:
    pairs = ((shift.percent_before, shift.n_before), (shift.percent_after, shift.n_after))
    if shift.marker:
        return "–", "–"
    return tuple(stacked("–" if share is None else f"{share:.0f}%", f"n {n}") for share, n in pairs)  # pyright: ignore[reportReturnType] - two of two


def _reading(shift: Shift) -> Child:
    icon, words = _ICONS.get(shift.direction, ("none", "Too few to say" if not shift.marker else "Hidden to protect"))
    return two_lines(mark(icon, words), shift.words)


def _interval(shift: Shift, limit: int) -> Child:
    if shift.difference is None or shift.lower is None or shift.upper is None:
        return tag("span", "Not compared", cls="under")
    alt = f"{shift.difference:+.0f} points, between {shift.lower:+.0f} and {shift.upper:+.0f}"
    lines = path([(_x(0, limit), 0), (_x(0, limit), 100)], "s-limit", 1.4)
    lines += path([(_x(shift.lower, limit), 50), (_x(shift.upper, limit), 50)], "s-usual", 1.6)
    kind = _ICONS[shift.direction][0]
    at = f"left:{_x(shift.difference, limit):.1f}%;top:50%"
    dot = tag("span", cls=f"pt pt-{kind}", style=at, aria_hidden="true")
    return tag("span", picture(lines, alt, uses=("limit", "usual")), dot, cls="ratio")


def _limit(shifts: Sequence[Shift]) -> int:
    """The end of the scale in points: the furthest bound of all, to the next twenty."""
    bounds = [abs(bound) for shift in shifts for bound in (shift.lower, shift.upper) if bound is not None]
    return max(_STEP, min(100, _STEP * ceil(max(bounds, default=0) / _STEP)))


def _x(points: float, limit: int) -> float:
    """Where a difference lies, nought in the middle."""
    share = (max(-limit, min(limit, points)) + limit) / (2 * limit)
    return _LEFT + (_RIGHT - _LEFT) * share


def _ruler(limit: int) -> Html:
    ends = ((-limit, f"−{limit}"), (0, "0"), (limit, f"+{limit}"))
    return tag("span", [tag("span", words, style=f"left:{_x(at, limit):.1f}%") for at, words in ends], cls="ruler")
