"""Training and surveys as a page shows them: with how many, and never a percentage of a handful."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Child, Html, tag
from app.widgets.lengths import HIDDEN
from app.widgets.page import more, section
from app.widgets.tables import Column, Row, stacked, table, two_lines
from pipelines.queries.concerns import NOBODY
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.heard import Answer, Training

_BY = {"sector": "By sector", "level": "By level", "topic": "By topic"}
_HEADS = {"sector": "Sector", "level": "Level", "topic": "Topic"}
_FEW = "too few for a percentage"


def training_shown(parts: tuple[Training, ...]) -> Html | None:
    """The latest whole year of training, sector by sector, its levels and topics, and the years beside it."""
    wholes = [part for part in parts if part.dimension == "all"]
    if not wholes:
        return None
    latest = next((part for part in wholes if part.is_whole_year), wholes[0])
    mine = {dimension: [p for p in parts if p.year == latest.year and p.dimension == dimension] for dimension in _BY}
    note = (
        f"{_when(latest)}: {latest.courses:,} courses, {latest.attended:,} places taken. Attendance is reach; confidence is a "
        "feeling; what is done differently three months on, confirmed by a manager, is the first sign of change."
    )
    return section(
        _finding(latest),
        _table(f"Training by sector, {latest.year}", "Sector", mine["sector"]),
        *(
            more(_BY[d], _table(f"Training {_BY[d].lower()}, {latest.year}", _HEADS[d], mine[d]))
            for d in ("level", "topic")
            if mine[d]
        ),
        more("Year by year", _table("Training by financial year", "Year", wholes, by_year=True)),
        tag(
            "p",
            "In the data set: ",
            _to("TR01", "attendance"),
            ", ",
            _to("TR02", "confidence"),
            ", ",
            _to("TR03", "practice"),
            ".",
            cls="second on",
        ),
        note=note,
        anchor="training",
    )


def survey_shown(answers: tuple[Answer, ...]) -> Html | None:
    """The latest answers of practitioners and of families, each with its round, n and response rate."""
    if not answers:
        return None
    staff = _latest([a for a in answers if a.respondents == "practitioners"])
    families = [
        a for group in ("parents_carers", "children") for a in _latest([x for x in answers if x.respondents == group])
    ]
    note = "The latest round of each group. Below ten replies counts are shown and no percentage. Children’s and families’ small counts are hidden."
    return section(
        "What practitioners and families say",
        _said("Practitioners", staff),
        more("Practitioners by sector", _sectors(staff)) if any(not a.is_whole for a in staff) else None,
        _said("Children and families", families),
        note=note,
        anchor="survey",
    )


def _finding(year: Training) -> str:
    if year.changed_percent is None:
        return f"{year.attended:,} places were taken in training in {_when(year)}"
    return f"{year.changed_percent:.1f}% of those who replied work differently three months after training"


def _when(year: Training) -> str:
    return year.year if year.is_whole_year else f"{year.year} so far"


def _to(indicator_id: str, words: str) -> Html:
    return tag("a", words, href=links.to_indicator(indicator_id))


def _table(caption: str, name: str, parts: list[Training], *, by_year: bool = False) -> Html:
    columns = [
        Column(name, width="30%"), Column("Courses"), Column("Places taken"), Column("Confidence gained"),
        Column("Changed practice"),
    ]  # fmt: skip
    named = [p for p in parts if p.courses or p.replies or p.category not in NOBODY]
    rows = [Row(_when(p) if by_year else p.label, (f"{p.courses:,}", _places(p), _gain(p), _changed(p))) for p in named]
    return table(caption, columns, rows, cls="pairs")


def _places(part: Training) -> Child:
    return two_lines(f"{part.attended:,}", f"of {part.places:,} kept" if part.places is not None else None)


def _gain(part: Training) -> Child:
    if part.gain is None:
        return "–"
    return two_lines(f"{part.gain:+.2f} points", f"{part.paired:,} answered both times")


def _changed(part: Training) -> Child:
    if not part.replies:
        return "No reply yet"
    counts = f"{part.changed:,} of {part.replies:,} replies"
    if part.changed_percent is None:
        return two_lines(counts, _FEW)
    return two_lines(f"{part.changed_percent:.1f}%", counts)


def _latest(answers: list[Answer]) -> list[Answer]:
    """Each question as it was last asked of the group."""
    rounds: dict[str, str] = {}
    for answer in answers:
        rounds.setdefault(answer.question, answer.survey_ref)
    return [answer for answer in answers if rounds[answer.question] == answer.survey_ref]


def _said(title: str, answers: list[Answer]) -> Html:
    wholes = [answer for answer in answers if answer.is_whole]
    heading = tag("h3", title, cls="later")
    if not wholes:
        return tag("div", heading, tag("p", "None has been asked yet, or no answers have been sent.", cls="second"))
    columns = [
        Column("Question", width="42%"),
        Column("Who, and when", width="22%"),
        Column("Yes", width="18%"),
        Column("Replied"),
    ]
    rows = [
        Row(a.question, (two_lines(a.respondents_words, f"Closed {day_words(a.closed_on)}"), _yes(a), _replied(a)))
        for a in wholes
    ]
    return tag("div", heading, table(f"{title}: the latest answers", columns, rows, cls="pairs", hide_caption=True))


def _sectors(answers: list[Answer]) -> Html:
    columns = [Column("Question", width="42%"), Column("Sector"), Column("Yes"), Column("Replied")]
    rows = [Row(a.question, (a.sector_words, _yes(a), _replied(a))) for a in answers if not a.is_whole]
    return table("Practitioners’ answers by sector", columns, rows, cls="pairs", hide_caption=True)


def _yes(answer: Answer) -> Child:
    if answer.agreed is None:
        return HIDDEN
    counts = f"{answer.agreed:,} of {answer.replied:,}" if answer.replied is not None else f"{answer.agreed:,}"
    if answer.agreed_percent is None or answer.lower is None or answer.upper is None:
        return two_lines(counts, _FEW)
    return stacked(f"{answer.agreed_percent:.1f}%", f"{counts}; between {answer.lower:.0f}% and {answer.upper:.0f}%")


def _replied(answer: Answer) -> Child:
    if answer.replied is None or answer.asked is None:
        return HIDDEN
    rate = None if answer.response_percent is None else f"{answer.response_percent:.0f}% of those asked"
    return two_lines(f"{answer.replied:,} of {answer.asked:,}", rate)
