"""Where several eyes on the same thing disagree: sentences, the widest first, then thread by thread with every eye."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.amounts import number_word
from app.widgets.html import Html, hidden, join, tag
from app.widgets.icons import icon
from app.widgets.page import empty, group, more, rows, section
from app.widgets.tables import Column, Row, table
from schemas.catalogue import catalogue
from schemas.published.assuring import ENOUGH, MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.queries.assurance import Assurance, Compared

_SHOWN = 7
_EYES = {
    "self": "Own score",
    "moderated": "Moderated score",
    "audit": "Audited cases good or better",
    "survey": "Those who answer yes",
}
_NONE = {"self": "Not scored", "moderated": "Not moderated", "audit": "Too few or none", "survey": "Too few or none"}
_COLUMNS = [
    Column("Thread", width="20%"),
    Column("Own score", width="14%"),
    Column("Moderated score", "Moderated", width="14%"),
    Column("Audits", width="15%"),
    Column("Survey", width="17%"),
    Column("From 0 to 100"),
]


_HOW = (
    (
        "Each eye is put on a line from 0 to 100: a score as its points of 3, an audit as the share of graded cases that "
        "are good or better, a survey as the share that answers yes. Figures are told beside, and have no place on it: "
        "nothing says which figure would be full marks."
    ),
    (
        f"Eyes are compared where at least {ENOUGH} cases, replies or agencies stand behind them; moderation, where at "
        "least half of the scored statements were moderated as they now stand. 50 points or more are far apart, 25 or "
        "more apart."
    ),
    (
        "The distance puts the list in order and is nobody’s score. It is no test of chance, and it does not say who is "
        "right: cases are chosen, practitioners are asked what they think, and scores are an agency’s own judgement."
    ),
    "Full marks are always named where moderation, audits or a survey lie below half, whatever the full marks count.",
)


def finding(found: Assurance) -> str:
    """The page's title, of the year and the sector asked for: full marks contradicted, else what is apart, else nothing."""
    apart, compared = found.apart(), [one for one in found.compared if one.is_compared]
    contrary = {one.agency_id for one in found.contrary() if not one.is_of_all}
    if contrary:
        many = len(contrary)
        who = "agency gives" if many == 1 else "agencies give"
        return f"{number_word(many)} {who} full marks that other evidence contradicts"
    if apart and all(one.is_of_all for one in apart):
        many = number_word(len(apart)).lower()
        return f"What agencies say and what others see are apart on {many} thread{'' if many == 'one' else 's'}"
    if apart:
        verb = "self-assessment stands" if len(apart) == 1 else "self-assessments stand"
        return f"{number_word(len(apart))} {verb} apart from other evidence"
    return "What agencies say and what others see are close together" if compared else "There is nothing to compare yet"


def lede(found: Assurance) -> str:
    """The widest disagreement in its own sentence; where there is none, what would be compared."""
    contrary = [one for one in found.contrary() if not one.is_of_all]
    first = next(iter(contrary or found.apart()), None)
    if first:
        return first.sentence
    return (
        "What agencies say of themselves is set beside what audits, figures and surveys show. It needs two of them that "
        f"have enough behind them: {ENOUGH} cases, replies or agencies."
    )


def disagreements(found: Assurance) -> Html:
    """What is apart, a sentence each, the widest first; full marks that are contradicted are all there."""
    apart = found.apart()
    note = (
        "The widest first. An agency is not ranked by it: the eyes see different things, and any of them may be wrong."
    )
    if not apart:
        words = "Where two eyes can be compared they are close together, or there is only one of them."
        return section("Where the evidence disagrees", empty("Nothing stands apart", words), anchor="apart")
    first = [one for place, one in enumerate(apart) if place < _SHOWN or one.contrary_words]
    rest = [one for one in apart if one not in first]
    return section(
        "Where the evidence disagrees",
        _sentences(first),
        more(f"{len(rest)} more", _sentences(rest)) if rest else None,
        note=note,
        anchor="apart",
    )


def threads_shown(found: Assurance) -> Html | None:
    """Every thread for all agencies together with each eye, then each thread agency by agency."""
    every = found.of_all()
    if not every:
        return None
    note = (
        f"All agencies together. Own and moderated scores are the middle of {ENOUGH} or more whole replies; audits those "
        f"reported in {MONTHS} months, of cases graded jointly; surveys the latest round."
    )
    made = table(
        "Each thread as every eye sees it",
        _COLUMNS,
        [_line(one, one.thread) for one in every],
        cls="pairs eyes",
        hide_caption=True,
    )
    opened = [_thread(found, one) for one in every]
    details = [tag("h3", "Each thread in full", cls="later"), *opened]
    return section("Thread by thread", _key(), made, *details, note=note, anchor="threads")


def how_compared() -> Html:
    """What the comparison claims, and what it does not."""
    return section(
        "How the eyes are compared", tag("div", [tag("p", line) for line in _HOW], cls="text"), anchor="compared"
    )


def _sentences(those: Sequence[Compared]) -> Html:
    return tag("ul", [_sentence(one) for one in those], cls="findings")


def _sentence(one: Compared) -> Html:
    said = [one.contrary_words or one.disagreement_words, one.thread, one.agency]
    return tag(
        "li",
        icon("concern" if one.contrary_words else "unusual"),
        tag(
            "div",
            tag("p", one.sentence, cls="sentence"),
            tag("p", " · ".join(said), cls="owner"),
        ),
        tag("div", _strip(one), cls="picture"),
        cls="finding",
    )


def _thread(found: Assurance, one: Compared) -> Html:
    known = catalogue().threads.get(one.thread_id)
    agencies = found.of_thread(one.thread_id)
    figures = rows([tag("span", line) for line in one.figures]) if one.figures else None
    columns = [Column("Agency", width="20%"), *_COLUMNS[1:]]
    lines = [_line(each, each.agency) for each in agencies]
    made = table(f"{one.thread}, agency by agency", columns, lines, cls="pairs eyes") if lines else None
    inside = join(
        tag("p", known.about, cls="plain") if known else None,
        tag("p", one.sentence, cls="plain"),
        tag("h4", "Figures", cls="after") if figures else None,
        figures,
        tag("div", made, cls="on") if made else None,
    )
    return group(one.thread, inside, aside=one.disagreement_words, level=4)


def _line(one: Compared, heading: str) -> Row:
    words = {
        "self": one.self_words,
        "moderated": one.moderated_words,
        "audit": one.audit_words,
        "survey": one.survey_words,
    }
    cells = [said or tag("span", _NONE[name], cls="second") for name, said in words.items()]
    told = one.contrary_words or one.disagreement_words
    return Row(heading, (*cells, tag("span", _strip(one), tag("span", told, cls="under"))))


def _strip(one: Compared) -> Html | None:
    """Where the eyes lie, for the eye; the numbers are read out."""
    if not one.places:
        return None
    said = ", ".join(f"{_EYES[name].lower()} {percent:.0f}" for name, percent in one.places)
    marks = [tag("span", cls=f"eye eye-{name}", style=f"left:{percent:.1f}%") for name, percent in one.places]
    return join(hidden(f"From 0 to 100: {said}."), tag("span", marks, cls="strip", aria_hidden="true"))


def _key() -> Html:
    items = [
        tag("li", tag("span", tag("span", cls=f"eye eye-{name}"), cls="shape", aria_hidden="true"), words)
        for name, words in _EYES.items()
    ]
    return tag("ul", items, cls="legend")
