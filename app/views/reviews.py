"""Reviews and concerns: which clocks run, what was decided and learned, who challenges whom, who is heard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app import links, session
from app.widgets import left_out
from app.widgets.amounts import number_word
from app.widgets.clocks_shown import clocks_shown, settings_shown, when, years_shown
from app.widgets.concerns_shown import concerns_shown, finding
from app.widgets.counts import Count, counts
from app.widgets.html import Html, join, tag
from app.widgets.learning_empty import command
from app.widgets.nothing import nothing_published
from app.widgets.page import empty, opening, put, section
from app.widgets.reviews_shown import deaths_shown, reviews_shown, to_action
from app.widgets.training_shown import survey_shown, training_shown
from app.widgets.voice_shown import voice_shown
from pipelines.queries import concerns as concern_queries
from pipelines.queries import heard as heard_queries
from pipelines.queries import reviews as review_queries
from pipelines.queries.remembered import remembered
from schemas.periods import parse

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.concerns import ConcernYear
    from pipelines.queries.heard import Voices
    from pipelines.queries.pointer import Pointer
    from pipelines.queries.review_facts import Reviews

TITLE = "Reviews and concerns"
ORDER = 95
URL = "reviews"
_REVIEWS = ("Serious incidents and reviews", "reviews", "the log of serious incidents and reviews")
ROLES = ("executive", "scrutineer", "legal_adviser", "business_unit", "analyst", "approver", "chair")


def show() -> None:
    """The whole page as one block of words and tables."""
    visit = session.here()
    if visit.pointer is None or visit.header is None:
        put(nothing_published(TITLE, visit.actor))
        return
    put(_page(visit.pointer, visit.header.period_id))


def prepare(visit: Visit) -> None:
    """The whole page."""
    if visit.pointer is not None and visit.header is not None:
        _page(visit.pointer, visit.header.period_id)


@remembered(maxsize=8)
def _page(pointer: Pointer, period_id: str) -> Html:
    reviews = review_queries.reviews(pointer)
    # Years of which an agreement keeps back every number would pass for hidden ones.
    concerns = () if left_out.reason(pointer, "concerns") else concern_queries.concerns(pointer)
    training, answers = heard_queries.training(pointer), heard_queries.survey(pointer)
    voices = heard_queries.voices(pointer)
    nothing = partial(_no_log, pointer, period_id)
    kept_back = any(left_out.reason(pointer, kind) for kind in ("reviews", "concerns"))
    return join(
        opening(
            TITLE, _title(reviews, concerns, kept_back=kept_back), _lede(reviews, concerns, parse(period_id).label)
        ),
        _counts(reviews, concerns, voices),
        # Years counted elsewhere stay, each with its own marker, where the log itself is left out.
        clocks_shown(reviews)
        or left_out.part(pointer, *_REVIEWS[:2])
        or (_nothing_sent(*_REVIEWS, period_id) if reviews.is_empty else None),
        years_shown(reviews),
        to_action(reviews),
        reviews_shown(reviews),
        deaths_shown(reviews.deaths),
        concerns_shown(concerns) or nothing("Concerns", "concerns", "the concerns resolution log"),
        training_shown(training) or nothing("Training", "training", "the training return"),
        survey_shown(answers) or nothing("Surveys", "survey", "the survey return"),
        voice_shown(voices) or nothing("Voice", "voice", "the voice return"),
        settings_shown(reviews.settings),
    )


def _title(reviews: Reviews, concerns: tuple[ConcernYear, ...], *, kept_back: bool) -> str:
    """The finding: what runs and what was missed; where the release has no clocks, how many concerns there were."""
    if reviews.has_rows and reviews.clocks:
        running, missed = len(reviews.those("running")), len(reviews.missed_this_year)
        first = (
            "No clock is running"
            if not running
            else f"{number_word(running)} {'clock is' if running == 1 else 'clocks are'} running"
        )
        then = (
            "none was missed this year"
            if not missed
            else f"{number_word(missed).lower()} {'was' if missed == 1 else 'were'} missed this year"
        )
        return f"{first}; {then}"
    nothing = "Logs are left out of this publication" if kept_back else "No log of reviews or concerns has come in yet"
    return finding(concerns[0]) if concerns else nothing


def _lede(reviews: Reviews, concerns: tuple[ConcernYear, ...], period: str) -> str:
    running = reviews.those("running")
    if running:
        nearest = running[0]
        left = nearest.words.partition(": ")[2].rstrip(".")
        near = "Its end is near: " if nearest.is_close else "The nearest end: "
        title = f"{nearest.title[0].lower()}{nearest.title[1:]}"
        return f"{near}{title} ({nearest.reference}), due by {when(nearest.due_on)}, {left}."
    if reviews.has_rows and concerns:
        return f"{finding(concerns[0])}."
    return f"{period}. Serious incidents are shown one by one in the Executive’s release only."


def _counts(reviews: Reviews, concerns: tuple[ConcernYear, ...], voices: Voices) -> Html | None:
    made: list[Count] = []
    if reviews.has_rows and reviews.clocks:
        close = sum(clock.is_close for clock in reviews.clocks)
        running = len(reviews.those("running"))
        near = f"{close} with the end near" if close else ""
        made.append(Count(running, None, "clock running" if running == 1 else "clocks running", "#running", near))
        made.append(Count(len(reviews.missed_this_year), None, "missed this year", "#missed"))
    if concerns and concerns[0].raised is not None:
        made.append(Count(concerns[0].raised, None, f"concerns raised in {concerns[0].year}", "#concerns"))
    if voices.families is not None:
        heard = voices.families
        made.append(Count(heard.completed, heard.heard, "themes of families answered", "#voice"))
    return counts(made) if made else None


def _no_log(pointer: Pointer, period_id: str, title: str, kind: str, what: str) -> Html:
    """What stands where a log holds nothing: whose agreement leaves it out, or who has still to send it."""
    return left_out.part(pointer, title, kind) or _nothing_sent(title, kind, what, period_id)


def _nothing_sent(title: str, kind: str, what: str, period_id: str) -> Html:
    """What is missing, who owes it and what to press."""
    returns = tag("a", "Returns", href=links.to("returns"))
    return section(
        title,
        empty(
            "Nothing has come in yet",
            join(f"The business unit sends {what}: the template is on the page ", returns, "."),
            join("From the command line: ", tag("code", command(period_id, kind))),
        ),
    )
