"""The top of the self-assessment page: its few figures, and what it says while nobody has been asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.counts import Count, counts
from app.widgets.html import Html, join, tag
from app.widgets.page import empty, opening
from pipelines.queries import self_assessment_words as words
from schemas.catalogue import catalogue
from schemas.periods import day_words, of_kind

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries.self_assessment_year import Assessed
    from schemas.actors import Actor


def figures_shown(found: Assessed) -> Html | None:
    """Replies of those owed, and where the release holds answers: critical statements, the gap to moderation, actions."""
    made = [_replied(found)]
    if found.answers:
        agencies = len({answer.agency_id for answer in found.unmet})
        where = f"in {agencies} {'agency' if agencies == 1 else 'agencies'}" if agencies else ""
        made.append(Count(len(found.unmet), None, "critical statements not met", "#critical", where))
        made.append(_gap(found))
        late, of = words.overdue(found.actions)
        years = words.overdue_years(found.actions, found.year_id)
        note = f"of those not yet done: {years}" if years else "of those not yet done"
        made.append(Count(late, of, "actions overdue", "#actions", note) if of else None)
    kept = [each for each in made if each is not None]
    return counts(kept) if kept else None


def _replied(found: Assessed) -> Count | None:
    count = words.owed(found)
    if count is None:
        return None
    begun = f"{count.begun:,} more begun" if count.begun else ""
    return Count(count.replied, count.owed, "self-assessments complete", "#replies", begun)


def _gap(found: Assessed) -> Count | None:
    gap = words.moderation(found)
    if gap is None:
        return None
    points, statements, _ = gap
    side = "lower" if points < 0 else "higher"
    side = f"points {side} when moderated" if round(points) else "points apart when moderated"
    return Count(abs(round(points)), None, side, "#scores", f"on {statements} statements looked at")


def nobody_asked(eyebrow: str, actor: Actor, day: date) -> Html:
    """The page before the first self-assessment: what is missing, who owes it, and what to press."""
    year = of_kind("financial_year", day)
    due = day_words(year.end + words.due_after(catalogue()))
    lede = (
        f"Organisations score themselves once a year. Those of {year.short} are due by {due}; none has come in, and nobody "
        "is on the register of respondents."
    )
    return join(
        opening(eyebrow, "No self-assessment has been published yet", lede),
        empty("What to do next", *how_to_begin(actor, day)),
    )


def how_to_begin(actor: Actor, day: date) -> list[Html]:
    """From the register and the template to what is published, for whoever is reading."""
    year_id = of_kind("financial_year", day).id
    returns, publish = tag("a", "Returns", href=links.to("returns")), tag("a", "Publish", href=links.to("publish"))
    if actor.role == "business_unit":
        agency = catalogue().assessing[0].id
        line = f"throughline template self_assessment --agency {agency} --period {year_id} -o self-assessment.xlsx"
        return [
            join(
                "Agencies need no register. List schools, settings and other bodies on the register of respondents, and send it on the page ",
                returns,
                ".",
            ),
            join(
                "Give everybody the template, on the page ", returns, " or from the command line: ", tag("code", line)
            ),
            join("Release what has come in on the page ", publish, "."),
        ]
    if actor.role in ("analyst", "approver"):
        return [
            join(
                "Your agency owes one. The template is on the page ",
                returns,
                ": fill it in, have it signed off, and send it there.",
            )
        ]
    return [
        join(
            "The business unit lists schools, settings and other bodies on the register of respondents, and gives them and "
            "the agencies the template or a link to the form. It publishes what has come in."
        )
    ]
