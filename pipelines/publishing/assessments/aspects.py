"""What is known of one agency on one aspect: its state, the facts with their date, and where they can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.measures.agreement import of_points
from pipelines.measures.assurance import State, lower, of_grades, of_scores
from pipelines.publishing.assessments.eye_words import counted_words, score_words
from pipelines.publishing.assessments.seen import counting, months_before, plain_day
from pipelines.publishing.rows import number
from schemas.periods import day_words, parse
from schemas.published.assuring import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.seen import Seen
    from pipelines.publishing.rows import Row
    from schemas.catalogue import Agency, Aspect

SELF_ASSESSMENT, AUDITS, RETURNS, LEARNING = "self-assessment", "audits", "returns#coverage", "learning"
_IN_PLACE = 2


@dataclass(frozen=True, slots=True)
class Known:
    """One cell of the matrix."""

    state: State
    words: str
    page: str
    query: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything cells are made of: what the eyes saw, and rows of the release's other tables by their names."""

    inputs: Inputs
    seen: Seen
    rows: Mapping[str, list[Row]]


def scored(evidence: Evidence, aspect: Aspect, agency: Agency) -> Known:
    """An agency's own account: the mean of the aspect's statements, critical ones not met, how many have evidence."""
    year_id, answers = latest_answers(evidence.seen, aspect, agency.id)
    query = f"agency={agency.id}"
    given = [(row, points) for row in answers if (points := _points(evidence.seen, row)) is not None]
    mean = of_points([points for _, points in given])
    if mean is None:
        return Known("not_known", "No answer this year or last", SELF_ASSESSMENT, query)
    unmet = [row["statement_id"] for row in answers if row["is_critical_unmet"]]
    claimed = [row for row, points in given if points >= _IN_PLACE]
    shown = sum(_is_evidenced(evidence.seen, row) for row in claimed)
    state = of_scores(3 * mean / 100, len(unmet), 100 * shown / len(claimed) if claimed else None)
    said = [f"{score_words(mean)} of 3 on {plural(len(given), 'statement')} in {parse(year_id).short}"]
    said.append(f"critical and not met: {', '.join(unmet)}" if unmet else "no critical statement at 0 or 1")
    if claimed:
        said.append(
            f"{shown} of {len(claimed)} scored 2 or 3 have evidence of the last {MONTHS} months or were moderated"
        )
    return Known(state, "; ".join(said), SELF_ASSESSMENT, query, received_on(evidence, agency.id, year_id))


def practised(evidence: Evidence, aspect: Aspect, agency: Agency) -> Known:
    """How its practice was graded in the audits of the last 24 months, in all of the aspect's domains together."""
    counted = counting(evidence.seen, evidence.seen.today, set(aspect.audit_domains), agency.id)
    grades, mine = counted.grades, counted.audits
    good, whole = sum(int(row["good_or_better"]) for row in grades), sum(int(row["n"]) for row in grades)
    if not mine:
        return Known("not_known", f"Not graded in enough cases in the last {MONTHS} months", AUDITS)
    newest = plain_day(mine[0]["reported_on"])
    domains = len({row["domain"] for row in grades})
    where = plural(len(mine), "audit") + (f" and {domains} domains" if domains > 1 else "")
    words = f"{counted_words(good, whole)} judgements in {where} were good or better, last reported {day_words(newest)}"
    words += "; where a domain was audited again, only the re-audit counts" if counted.gave_way else ""
    return Known(of_grades(good, whole), words, AUDITS, f"audit={mine[0]['audit_ref']}", newest)


def both(first: Known, second: Known) -> Known:
    """Two sides of one aspect: the lower state, both facts, and the place of the side that is lower."""
    state = lower(first.state, second.state)
    shown = second if second.state == state != first.state else first
    known = [side for side in (first, second) if side.state != "not_known"] or [first]
    words = ". ".join(side.words for side in known)
    days = [side.as_of for side in known if side.as_of]
    return Known(state, words, shown.page, shown.query, max(days) if days else None)


def with_reach(own: Known, evidence: Evidence, agency: Agency) -> Known:
    """Training: what it says of itself, and whether its sector came to multi-agency training this year."""
    mine = [r for r in evidence.rows["training_count"] if (r["dimension"], r["category"]) == ("sector", agency.partner)]
    if not mine:
        return own
    last = max(mine, key=lambda row: row["year_id"])
    year, attended = parse(last["year_id"]).short, int(last["attended"])
    came = plural(attended, "place") + " taken up" if attended else "no place taken up"
    words = f"{own.words}. {last['label']}: {came} in multi-agency training in {year}"
    state = "partly" if own.state == "shown" and not attended else own.state
    return Known(state, words, own.page, own.query, own.as_of)


def latest_answers(found: Seen, aspect: Aspect, agency_id: str) -> tuple[str, list[Row]]:
    """An agency's answers to the aspect's statements, of this year, or of the last where there is none."""
    known, this_year = found.catalogue.statements, parse(found.years[0])
    for year_id in (this_year.id, this_year.previous.id):
        mine = [
            row
            for row in found.answers
            if (row["agency_id"], row["year_id"]) == (agency_id, year_id)
            and row["statement_id"] in known
            and aspect.is_about(known[row["statement_id"]][1])
        ]
        if any(_points(found, row) is not None for row in mine):
            return year_id, mine
    return this_year.id, []


def received_on(evidence: Evidence, agency_id: str, year_id: str) -> date | None:
    """The day an agency's self-assessment of a year last came."""
    mine = (row for row in replies(evidence, agency_id) if row["year_id"] == year_id)
    return next((plain_day(row["received_on"]) for row in mine if row["received_on"] is not None), None)


def replies(evidence: Evidence, agency_id: str) -> Iterable[Row]:
    """An agency's rounds of the organisational self-assessment."""
    return (
        row
        for row in evidence.rows["agency_reply"]
        if row["agency_id"] == agency_id and row["instrument_id"] == "organisational"
    )


def plural(count: int, word: str) -> str:
    """A count of things.

    >>> plural(1, "audit"), plural(1234, "place")
    ('1 audit', '1,234 places')
    """
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _points(found: Seen, row: Row) -> float | None:
    """What an answer counts: moderated where the answer that stands was moderated, else the agency's own."""
    moderated = number(row["moderated_points"])
    outdated = (row["agency_id"], row["year_id"], row["statement_id"]) in found.outdated
    return moderated if moderated is not None and not outdated else number(row["self_points"])


def _is_evidenced(found: Seen, row: Row) -> bool:
    if number(row["moderated_points"]) is not None and (
        (row["agency_id"], row["year_id"], row["statement_id"]) not in found.outdated
    ):
        return True
    day: Any = row["evidence_on"]
    return bool(row["evidence_ref"]) and day is not None and plain_day(day) > months_before(found.today)


def sectors_first(found: Seen, agencies: Sequence[Agency]) -> list[Agency]:
    """Agencies by sector, in it by the alphabet: never by what is known of them."""
    order = {category.id: place for place, category in enumerate(found.catalogue.breakdowns["agency_about"].categories)}
    return sorted(agencies, key=lambda agency: (order.get(agency.partner, len(order)), agency.title))
