"""One agency's self-assessment: each standard, its statements with score, evidence and its day, and what will be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.counts import Fact, facts
from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import group, opening, section
from app.widgets.self_links import to_year
from app.widgets.self_unmet import actions_shown, scored
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.queries import self_assessment_words as words
from schemas.periods import parse

if TYPE_CHECKING:
    from app.widgets.html import Child
    from pipelines.queries.self_assessment import Own
    from pipelines.queries.self_assessment_facts import Answer, Assessed, Score


def own_shown(eyebrow: str, found: Assessed, own: Own) -> Html:
    """The whole of one agency's, with the way back to everybody's."""
    unmet = sum(answer.is_critical_unmet for answer in own.answers)
    what = (
        f"{unmet} critical {'statement' if unmet == 1 else 'statements'} not met"
        if unmet
        else "nothing critical is not met"
    )
    lede = f"{own.reply.state_words}. {own.reply.sector_words}, {words.year_words(found.year_id)}; {what}."
    return join(
        opening(eyebrow, own.reply.agency, lede),
        tag("p", to_year(found, "Back to everybody’s self-assessment"), cls="second on"),
        _figures(own),
        section(
            "Standard by standard",
            [_standard(found, own, score) for score in own.scores],
            note="Each opens to its statements: score, evidence with its day, what is good and what is not there yet.",
        ),
        actions_shown(found, own.actions, whose=False),
    )


def _figures(own: Own) -> Html:
    late, of = words.overdue(own.actions)
    moderated = sum(score.moderated for score in own.scores)
    return facts(
        [
            Fact("Statements answered", f"{own.reply.answered} of {own.reply.asked}"),
            Fact("Moderated as they stand", f"{moderated} of {own.reply.answered}"),
            Fact("Actions overdue", f"{late} of {of}" if of else "None open"),
        ]
    )


def _standard(found: Assessed, own: Own, score: Score) -> Html:
    mine = [answer for answer in own.answers if found.statement(answer.statement_id).standard_id == score.standard_id]
    before = words.year_words(parse(found.year_id).previous.id)
    said = [
        f"{score.self_percent:.0f}%, {words.near(score.self_percent)}"
        if score.self_percent is not None
        else "Does not apply",
        words.gap_words(score),
        words.change_words(score.change, before),
    ]
    aside = tag("span", "; ".join(each for each in said if each))
    columns = [
        Column("Statement", width="30%"),
        Column("Score", width="20%"),
        Column("Evidence", width="25%"),
        Column("Good, and not there yet", "Said"),
    ]
    rows = [Row(_asked(found, answer), (_scored(answer), _evidence(answer), _told(answer))) for answer in mine]
    shown = table(f"{score.standard}: statements", columns, rows, cls="pairs fixed spoken", hide_caption=True)
    inside = join(tag("p", score.words, cls="second on"), shown)
    return group(score.standard, inside, aside=aside, is_open=bool(score.critical_unmet))


def _asked(found: Assessed, answer: Answer) -> Html:
    statement = found.statement(answer.statement_id)
    return two_lines(statement.text, f"{statement.statement_id}{', critical' if statement.critical else ''}")


def _scored(answer: Answer) -> Html:
    comment = f"Moderator: {answer.moderator_comment}" if answer.moderator_comment else ""
    moved = _moved(answer)
    flag = mark("concern", "Critical and not met") if answer.is_critical_unmet else None
    lines = [tag("span", each, cls="under") for each in (comment, answer.na_reason, moved) if each]
    return join(scored(answer), lines, flag)


def _moved(answer: Answer) -> str:
    if answer.change is None:
        return ""
    if not answer.change:
        return "As the year before"
    points = abs(round(answer.change))
    side = "Up" if answer.change > 0 else "Down"
    return f"{side} {points} {'score' if points == 1 else 'scores'} since the year before"


def _evidence(answer: Answer) -> Html:
    difference = f"Difference: {answer.impact_evidence}" if answer.impact_evidence else ""
    lines = [tag("span", each, cls="under") for each in (answer.evidence_words, difference) if each]
    return tag("span", answer.evidence_ref or "–", lines)


def _told(answer: Answer) -> Child:
    good = two_lines("Good practice", answer.good_practice) if answer.good_practice else None
    lacking = two_lines("Area for improvement", answer.area_for_improvement) if answer.area_for_improvement else None
    return join(good, lacking) if good or lacking else "–"
