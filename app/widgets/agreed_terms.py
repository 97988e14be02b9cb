"""Under which agreements the figures of a publication are shown, and whose are left out, for whoever reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.agreements_shown import WHOM
from app.widgets.html import Html, tag
from app.widgets.page import group, section
from app.widgets.tables import Column, Row, table, two_lines
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.agreed_terms import MadeUnder, Terms


def agreed_terms(found: MadeUnder) -> Html | None:
    """The section of the page About; nothing where the publication carries no agreements."""
    if not found.terms:
        return None
    out = [each for each in found.terms if not each.covered]
    columns = [
        Column("Agency", width="30%"),
        Column("For what", width="30%"),
        Column("Beyond publications"),
        Column("Shown to"),
    ]
    whole = table("Agreements", columns, [_row(each) for each in found.terms], cls="pairs", hide_caption=True)
    return section(
        "Under which agreements figures are shown",
        tag("div", [tag("p", line) for line in (_left_out(out), _assessed(found)) if line], cls="text"),
        group("Every agreement", whole, aside=tag("span", str(len(found.terms)))),
        note="Each agency sends its figures under an agreement that says who may see them. Those it does not cover are left "
        "out, with every total they are part of.",
        anchor="agreements",
    )


def _left_out(out: list[Terms]) -> str:
    if not out:
        return "Every agency’s figures are covered for the readers of this publication."
    named = "; ".join(f"{each.title} ({each.withheld:,} figures)" for each in out)
    logs = " Logs that hold anything of theirs are left out as a whole, and of self-assessments their own and what it is part of."
    return f"Left out, as no agreement covers them for the readers of this publication: {named}.{logs}"


def _assessed(found: MadeUnder) -> str:
    if found.assessed_on is None:
        return ""
    return f"Data protection impact assessment of {day_words(found.assessed_on)}: {found.assessed}."


def _row(each: Terms) -> Row:
    whom = ", ".join(WHOM[one] for one in each.audiences) or "Nobody"
    exact = "totals of the whole area exactly" if each.exact_totals else None
    until = f"To be reviewed {day_words(each.review_on)}" if each.review_on else each.state.capitalize()
    return Row(
        two_lines(each.title, until),
        (two_lines(each.purpose or "None recorded", each.basis or None), each.onward_use, two_lines(whom, exact)),
    )
