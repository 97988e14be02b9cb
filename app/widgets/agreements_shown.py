"""How each agency's agreement stands, and the impact assessment: what a release rests on, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.refusing import on_page
from app.widgets.html import Html, tag
from app.widgets.icons import mark
from app.widgets.page import empty, more, section
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.queries.agreements import agreed
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.session import Visit
    from pipelines.queries.agreements import Agreed, Standing

WHOM = {"executive": "Executive", "partnership": "Partnership", "public": "Public"}
_TITLE = "What is agreed"


def agreements_shown(visit: Visit) -> Html:
    """The section of the page Publish: first what asks for something, the rest under it."""
    try:
        found = agreed(visit.home, visit.actor, visit.at.date())
    except UserError as said:
        return section(_TITLE, empty("The agreements cannot be read", on_page(said)), anchor="agreements")
    asks = found.to_do
    rest = [each for each in found.standing if not each.to_do]
    body = [
        tag("p", _assessment(found), cls="second"),
        _table("Agreements that ask for something", asks) if asks else None,
        more(
            f"Show the {'other ' if asks else ''}{len(rest)} agreements",
            _table("Agreements that ask for nothing", rest),
        )
        if rest
        else None,
    ]
    return section(_TITLE, tag("div", body), note=_note(found), anchor="agreements")


def _note(found: Agreed) -> str:
    many = len(found.to_do)
    asks = f"{many} agreement{'' if many == 1 else 's'} to see to. " if many else ""
    said = asks + found.in_words
    made_up = " Everything here is invented, the agreements too." if found.synthetic else ""
    return f"{said} A release leaves out what an agency’s agreement does not cover, and every total it is part of.{made_up}"


def _assessment(found: Agreed) -> str:
    signed = found.assessment
    said = f"signed on {day_words(signed.signed_on)} by {signed.by_role}" if signed else "none is recorded"
    return f"Impact assessment: {said}. {found.assessment_to_do}".rstrip()


def _table(caption: str, standing: Iterable[Standing]) -> Html:
    columns = [
        Column("Agency", width="34%"),
        Column("Released for"),
        Column("To be reviewed"),
        Column("State", width="34%"),
    ]
    return table(caption, columns, [_row(each) for each in standing], cls="pairs", hide_caption=True)


def _row(each: Standing) -> Row:
    terms = each.terms
    whom = ", ".join(WHOM[one] for one in terms.audiences) if terms else ""
    return Row(
        each.title,
        (
            two_lines(whom or "Nobody", "Totals exactly" if terms and terms.exact_totals else None),
            day_words(terms.review_on) if terms else "",
            two_lines(mark("note" if each.to_do else "done", each.state.capitalize()), each.to_do or None),
        ),
    )
