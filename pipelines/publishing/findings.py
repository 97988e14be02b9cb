"""What the Executive needs to know, one plain sentence each, worst first.

The order is a written rule, not a judgement made each quarter: consequence (headline, priority), strength of the
signal, how long it has lasted, and distance from the neighbours. It is printed on About the data.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.comparing import ordinal
from pipelines.publishing.coverage import FIGURES, WHOLE_RETURN
from pipelines.publishing.finding_moves import verb_and_step
from pipelines.publishing.rows import rows
from pipelines.publishing.words import number_words, value_words
from schemas.catalogue.cycle import due_on
from schemas.periods import day_words, parse
from schemas.published.ranking import HEADLINE, PRIORITY, STRENGTH, TARGET_MISSED, WORST_QUARTER
from schemas.returns.account import account_words

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Indicator

COLUMNS = [
    "position",
    "section",
    "reason",
    "indicator_id",
    "agency_id",
    "period_id",
    "marker",
    "lead",
    "sentence",
    "owner",
    "account_by",
    "account",
    "note",
    "priority_ids",
    "score",
]


@dataclass(frozen=True)
class Finding:
    """One sentence of the Overview and everything it rests on."""

    section: str
    reason: str
    indicator_id: str | None
    agency_id: str
    period_id: str
    marker: str
    lead: str
    sentence: str
    score: float
    note: str = ""
    owner: str = ""
    account_by: str = ""
    account: str = ""
    priority_ids: str = ""


def findings(inputs: Inputs, scorecard: pd.DataFrame, points: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """The publication table `finding`: what needs attention, what has changed, what is getting better."""
    whole = points[points["agency_id"].eq("all")]
    by_indicator = dict(list(whole.groupby("indicator_id", sort=False)))
    made: list[Finding] = []
    for row in rows(scorecard):
        found = _of_indicator(inputs, row, by_indicator.get(row["indicator_id"]))
        if found:
            made.append(found)
    made += _missing_returns(inputs, coverage)
    made += _missing_figures(inputs, scorecard, coverage, by_indicator)
    told = [_told(inputs, finding) for finding in made]
    order = {"needs": 0, "changed": 1, "better": 2}
    ranked = sorted(told, key=lambda f: (order[f.section], -f.score, f.lead))
    return pd.DataFrame([asdict(f) | {"position": n} for n, f in enumerate(ranked)], columns=COLUMNS)


def _of_indicator(inputs: Inputs, row: dict[str, Any], points: pd.DataFrame | None) -> Finding | None:
    indicator = inputs.catalogue.indicators[row["indicator_id"]]
    if row["value"] is None or pd.isna(row["value"]) or points is None:
        return None
    section, marker, reason = _section(indicator, row)
    if not section:
        return None
    last = points.iloc[-1]
    strength = next((s for name, s in STRENGTH.items() if str(last["special_cause"]).startswith(name)), 0)
    lasted = _lasted(points)
    return Finding(
        section=section,
        reason=reason,
        indicator_id=indicator.id,
        agency_id=indicator.agency_id,
        period_id=row["period_id"],
        marker=marker,
        lead=indicator.title,
        sentence=_sentence(indicator, row, points, reason),
        note=_note(row, reason),
        score=_consequence(indicator) + strength + _weight(row) + min(lasted, 8) / 4,
    )


def _section(indicator: Indicator, row: dict[str, Any]) -> tuple[str, str, str]:
    variation = row["variation"]
    if variation == "concern":
        return "needs", "concern", "signal"
    if variation == "improvement":
        return "better", "improvement", "signal"
    if row["assurance"] == "consistent_fail":
        return "needs", "concern", "target"
    worst = row["rank"] and row["ranked_of"] and row["rank"] > 0.75 * row["ranked_of"]
    if worst and row["comparison"] == "behind":
        return "needs", "concern", "neighbours"
    if variation == "unusual" and indicator.polarity == "neutral":
        return "changed", "unusual", "signal"
    return "", "", ""


def _sentence(indicator: Indicator, row: dict[str, Any], points: pd.DataFrame, reason: str) -> str:
    """What, how much of how many, against its own usual range, against others, since when."""
    latest = f"{row['latest_words']} ({row['n_words']})" if row["n_words"] else row["latest_words"]
    if reason == "target":
        verb = "is " + latest
        against = f"; the agreed {_target(indicator)} cannot be reached at this level"
    elif reason == "neighbours":
        verb, against = "is " + latest, f"; {_place(row)} among statistical neighbours"
    else:
        verb, step = verb_and_step(indicator, points, str(row["signal_words"] or ""))
        verb = f"{verb} {latest}"
        against = f", {row['signal_words']}{step}" if row["signal_words"] else ""
        if row["usual_words"] and "usual range" in against:
            against = against.replace("its usual range", f"its usual {row['usual_words']}")
        if row["assurance"] == "consistent_fail":
            against += f"; it consistently misses the agreed {_target(indicator)}"
    return f"{verb}{against}{_beside(indicator, row)}."


def _place(row: dict[str, Any]) -> str:
    """Where the area stood, with the year it stood there: not where this quarter's figure would stand."""
    return f"{ordinal(int(row['rank']))} of {int(row['ranked_of'])} in {parse(row['comparison_period']).short}"


def _beside(indicator: Indicator, row: dict[str, Any]) -> str:
    if row["england"] is None or pd.isna(row["england"]):
        return "; there is no national figure"
    if not row["comparison_on_chart"]:
        return "; England’s figure is for a whole year"
    return f"; England was {value_words(indicator, row['england'])} in {parse(row['comparison_period']).short}"


def _target(indicator: Indicator) -> str:
    if indicator.target is None:
        return "level"
    suffix = "%" if indicator.unit == "percent" else ""
    return (number_words(indicator, indicator.target.value) + suffix).replace(".0%", "%")


def _note(row: dict[str, Any], reason: str) -> str:
    if reason == "neighbours":
        return str(row["comparison_detail"]).split("; ")[-1]
    if reason == "target":
        return str(row["assurance_words"])
    return str(row["signal_words"]).capitalize() if row["signal_words"] else ""


def _consequence(indicator: Indicator) -> float:
    return (HEADLINE if indicator.headline else 0) + (PRIORITY if indicator.priorities else 0)


def _weight(row: dict[str, Any]) -> float:
    worst = row["rank"] and row["ranked_of"] and row["rank"] > 0.75 * row["ranked_of"]
    return (TARGET_MISSED if row["assurance"] == "consistent_fail" else 0) + (WORST_QUARTER if worst else 0)


def _lasted(points: pd.DataFrame) -> int:
    """How many of the last points in a row were unusual in the same way, under the definition in force."""
    now = points[points["phase"].eq(points["phase"].iloc[-1])]["point_type"].astype(str)[::-1]
    alike = now.eq(now.iloc[0]) & now.str.startswith("special_cause")
    return int(alike.cumprod().sum())


def _missing_returns(inputs: Inputs, coverage: pd.DataFrame) -> list[Finding]:
    agencies = inputs.catalogue.agencies
    whole = coverage[coverage["indicator_id"].eq(WHOLE_RETURN) & coverage["period_id"].eq(inputs.through.id)]
    made: list[Finding] = []
    for row in rows(whole[whole["state"].isin(["late", "refused, not yet replaced"])]):
        due = due_on(inputs.catalogue, inputs.through, row["kind"])
        why = "was refused and has not been replaced" if row["state"].startswith("refused") else "has not come"
        made.append(
            Finding(
                section="needs",
                reason="return missing",
                indicator_id=None,
                agency_id=row["agency_id"],
                period_id=row["period_id"],
                marker="missing",
                lead=agencies[row["agency_id"]].title,
                sentence=f"owes its {_what(inputs, row)} for {inputs.through.short}: it {why}. "
                f"{_how_much(coverage, row)} due on {day_words(due)}.",
                score=5,
                note=f"Due {day_words(due)}",
            )
        )
    return made


def _what(inputs: Inputs, row: dict[str, Any]) -> str:
    title = inputs.catalogue.calendar[row["kind"]].title
    return "return" if row["kind"] == FIGURES else f"{title[0].lower()}{title[1:]}"


def _how_much(coverage: pd.DataFrame, row: dict[str, Any]) -> str:
    """How many figures of a return, or the log, were due."""
    if row["kind"] != FIGURES:
        return "It was"
    same = [coverage[name].eq(row[name]) for name in ("agency_id", "kind", "period_id")]
    many = int((same[0] & same[1] & same[2]).sum()) - 1
    return f"{many:,} figure was" if many == 1 else f"{many:,} figures were"


def _missing_figures(
    inputs: Inputs, scorecard: pd.DataFrame, coverage: pd.DataFrame, points: dict[Any, pd.DataFrame]
) -> list[Finding]:
    """Figures left out of returns that did come: by agency, because one telephone call mends them."""
    latest = dict(zip(scorecard["indicator_id"], scorecard["period_id"], strict=True))
    lacking = coverage[
        coverage["state"].eq("not supplied") & coverage["period_id"].eq(coverage["indicator_id"].map(latest))
    ]
    made: list[Finding] = []
    for agency_id, group in lacking.groupby("agency_id"):
        indicators = [inputs.catalogue.indicators[i] for i in group["indicator_id"]]
        first = max(indicators, key=_consequence)
        gap, last = _gap(first, points.get(first.id))
        others = f" and {len(indicators) - 1} more" if len(indicators) > 1 else ""
        title = first.title[0].lower() + first.title[1:]
        made.append(
            Finding(
                section="needs",
                reason="figure missing",
                indicator_id=first.id,
                agency_id=str(agency_id),
                period_id=str(group["period_id"].iloc[0]),
                marker="missing",
                lead=inputs.catalogue.agencies[str(agency_id)].title,
                sentence=f"has not sent {title}{others}{gap}. {last}",
                score=_consequence(first) + 2,
                note="Not supplied",
            )
        )
    return made


def _gap(indicator: Indicator, points: pd.DataFrame | None) -> tuple[str, str]:
    if points is None or points["value"].notna().sum() == 0:
        return "", "No figure has ever come."
    values = points["value"].to_numpy()
    missing = 0
    while missing < len(values) and pd.isna(values[-1 - missing]):
        missing += 1
    last = points.iloc[-1 - missing]
    words = {1: "", 2: " for two quarters", 3: " for three quarters", 4: " for four quarters"}
    since = words.get(missing, f" for {missing} quarters")
    return since, f"Last figure: {value_words(indicator, last['value'])} in {parse(last['period_id']).short}."


def _told(inputs: Inputs, finding: Finding) -> Finding:
    """Put beside a finding who owns it and what its agency says of it."""
    agencies = inputs.catalogue.agencies
    told = replace(finding, owner=agencies[finding.agency_id].title)
    said = inputs.commentary[inputs.commentary["period_id"].eq(inputs.through.id)]
    if finding.indicator_id is None:
        mine = said[said["indicator_id"].eq("") & said["agency_id"].eq(finding.agency_id)]
    else:
        told = replace(told, priority_ids=" ".join(inputs.catalogue.indicators[finding.indicator_id].priorities))
        mine = said[said["indicator_id"].eq(finding.indicator_id)]
    if len(mine):
        latest = mine.iloc[-1]
        by = agencies[str(latest["agency_id"])].short
        return replace(told, account_by=by, account=account_words(latest.to_dict()))
    return told
