"""The ten measures of demonstrable impact, each from what stands in the logs; what cannot be said yet says why."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from pipelines.publishing.learning.lines import day
from pipelines.publishing.logs.reviewing import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    import pandas as pd

    from pipelines.publishing.assessments.audit_shifts import Shift
    from pipelines.publishing.learning.repeats import Repeat
    from pipelines.publishing.learning.rungs import Standing
    from pipelines.publishing.logs.reviewing import Line as ReviewLine
    from schemas.catalogue import Catalogue

# Below this many replies counts are given and no percentage.
FEWEST_REPLIES = 10
_LEVEL_3, _LEVEL_4 = 3, 4


@dataclass(frozen=True)
class Told:
    """What the ten measures are worked out from."""

    catalogue: Catalogue
    every: Sequence[Standing]
    repeats: Mapping[str, Repeat]
    survey: pd.DataFrame | None
    reviews: Sequence[ReviewLine]
    today: date
    is_executive: bool
    shifts: Sequence[Shift] = ()


def ten_measures(told: Told) -> Iterator[dict[str, Any]]:
    """The rows of the publication table `learning_measure`, in the order of the list; none without a log."""
    if not told.every:
        return
    rows = (
        ("1", "Recommendations with a measure", _with_measure(told)),
        ("2", "Actions done on time", _on_time(told)),
        ("3a", "Days from the incident to the first learning shared", _days(told, "first_shared_on")),
        ("3b", "Days from the incident to the last action done", _days(told, "closed_on")),
        ("4a", "Recommendations that reached practice", _reached(told, _LEVEL_3)),
        ("4b", "Recommendations that made a difference", _reached(told, _LEVEL_4)),
        ("5", "The same learning found again within 24 months", _again(told)),
        (
            "6",
            "Better at the re-audit, by domain",
            _re_audited(told),
        ),
        ("7", "Learning that came from good practice", _good_practice(told)),
        ("8", "Sectors reached", _sectors(told)),
        ("9", "Practitioners who can name something they do differently", _recall(told)),
        ("10", "Claims of impact the scrutineer accepts", _accepted(told)),
    )
    for position, (measure_id, title, said) in enumerate(rows):
        yield {"measure_id": measure_id, "position": position, "title": title} | _NOTHING | said


_NOTHING: dict[str, Any] = {
    "value": None, "numerator": None, "denominator": None, "unit": "percent", "words": "", "detail": "", "marker": "",
}  # fmt: skip


def _share(part: int, whole: int, of: str, detail: str = "") -> dict[str, Any]:
    """A share in words; of fewer than ten the counts alone."""
    if not whole:
        return _not_yet(f"There are no {of} yet.")
    value = 100 * part / whole
    words = f"{value:.1f}% ({part:,} of {whole:,})" if whole >= FEWEST_REPLIES else f"{part:,} of {whole:,}"
    return {"value": value, "numerator": part, "denominator": whole, "words": words, "detail": detail}


def _not_yet(why: str) -> dict[str, Any]:
    return {"marker": "x", "words": "Not known yet", "detail": why}


def _with_measure(told: Told) -> dict[str, Any]:
    without = [one for one in told.every if not one.line.measures]
    stated = sum(bool(one.line.recommendation["not_measurable"]) for one in without)
    detail = f"{stated} of the {len(without)} others say why they cannot be measured." if without else ""
    return _share(len(told.every) - len(without), len(told.every), "recommendations", detail)


def _on_time(told: Told) -> dict[str, Any]:
    due = [
        (due, day(action["done_on"]) if action["status"] == "done" else None)
        for one in told.every
        for action in one.line.carried
        if (due := day(action["due_on"])) and due <= told.today
    ]
    good = sum(done is not None and done <= by for by, done in due)
    late = sum(done is not None and done > by for by, done in due)
    return _share(good, len(due), "actions due", f"{late} were done late; {len(due) - good - late} are not done.")


def _days(told: Told, end: str) -> dict[str, Any]:
    """The middle of the reviews whose incident and end are known: the same number as on Reviews and concerns."""
    found = [days for review in told.reviews if (days := review.days(getattr(review, end))) is not None]
    if not found:
        why = "No review in the log leads to a recommendation that has got so far."
        return _not_yet(why) | {"unit": "days"}
    if not told.is_executive:
        # Set beside the release before, a median that moves tells how long the newest case took.
        return {"unit": "days", "marker": "c", "words": "For the Executive", "detail": "Few incidents stand behind it."}
    if len(found) < ENOUGH:
        return {"unit": "days", "marker": "x", "words": "Too few to say", "detail": "Too few reviews stand behind it."}
    middle = float(median(found))
    words = f"{middle:,.10g} days (median of {len(found)})"
    return {"value": middle, "denominator": len(found), "unit": "days", "words": words, "detail": "Counted by review."}


def _reached(told: Told, level: int) -> dict[str, Any]:
    return _share(sum(one.rung.level >= level for one in told.every), len(told.every), "recommendations")


def _again(told: Told) -> dict[str, Any]:
    named = ", ".join(f"{later} after {repeat.earlier_id}" for later, repeat in told.repeats.items())
    finished = sum(one.line.closed_on is not None for one in told.every)
    return _share(
        len({repeat.earlier_id for repeat in told.repeats.values()}), finished, "finished recommendations", named
    )


def _re_audited(told: Told) -> dict[str, Any]:
    """Domains in which a re-audit found more good or better than the audit it repeats, the whole interval above nought."""
    compared = [one for one in told.shifts if one.direction in ("better", "worse", "unclear")]
    few = len(told.shifts) - len(compared)
    if not compared:
        why = "Too few cases were judged in the re-audits there are." if few else "No audit has been repeated yet."
        return _not_yet(why)
    better, worse = (sum(one.direction == way for one in compared) for way in ("better", "worse"))
    rest = f"{worse} worse; of {len(compared) - better - worse} the interval holds no change."
    left = f" {few} more had too few cases." if few else ""
    return _share(better, len(compared), "domains audited again", f"{rest}{left}")


def _good_practice(told: Told) -> dict[str, Any]:
    good = sum(one.line.recommendation["source"] == "good_practice" for one in told.every)
    return _share(good, len(told.every), "recommendations")


def _sectors(told: Told) -> dict[str, Any]:
    sectors = [c for c in told.catalogue.breakdowns["agency_about"].categories if c.id not in ("not_known", "other")]
    reached = {share["sector"] for one in told.every for share in one.line.shares}
    never = [sector.label for sector in sectors if sector.id not in reached]
    detail = f"Never reached: {', '.join(never)}." if never else "Third sector and schools among them."
    return _share(len(sectors) - len(never), len(sectors), "sectors", detail)


def _recall(told: Told) -> dict[str, Any]:
    """The latest round of the survey, practitioners of all sectors together."""
    survey = told.survey
    if survey is None or survey.empty:
        return _not_yet("No survey has asked it yet.")
    asked = survey[survey["question"].eq("recalls_learning") & survey["respondents"].eq("practitioners")]
    if asked.empty:
        return _not_yet("No survey has asked it yet.")
    latest = asked[asked["closed_on"].eq(asked["closed_on"].max())]
    replied, yes, sent = (int(latest[name].sum()) for name in ("replied", "agreed", "asked"))
    rate = f"{100 * replied / sent:.0f}% of {sent:,} asked replied." if sent else ""
    return _share(yes, replied, "replies", rate)


def _accepted(told: Told) -> dict[str, Any]:
    claims = [one for one in told.every if one.impact_is_shown]
    views = [last["view"] for one in claims if (last := _last(one.line.views))]
    waiting = len(claims) - len(views)
    return _share(
        sum(view == "accept" for view in views),
        len(views),
        "views of a claim",
        f"{waiting} claims have not been looked at.",
    )


def _last(views: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    ordered = list(views)
    return ordered[-1] if ordered else None
