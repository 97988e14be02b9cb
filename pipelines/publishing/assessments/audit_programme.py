"""The programme of audits, one row an audit: what it asks, how it looked, when it is due, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.publishing.assessments.audit_cases import SHAPED
from pipelines.publishing.assessments.audit_grades import (
    ENOUGH,
    FEWEST,
    JOINT,
    MODERATED,
    distributions,
    standing_basis,
)
from pipelines.publishing.assessments.audit_judged import HIDDEN, domains_named, is_shown
from pipelines.publishing.logs.log import day_of
from pipelines.publishing.rows import rows
from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    import pandas as pd

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.audit_cases import Counted
    from pipelines.publishing.assessments.audit_text import Reader
    from pipelines.publishing.logs.splits_before import Earlier
    from schemas.catalogue import Audience

REPORTED, BEGUN = "reported", ("under_way", "reported")
# As listed: what is under way first, then what is planned, the latest reported, and last what does not go ahead.
_ORDER = ("under_way", "planned", "reported", "cancelled")
_DAYS = ("period_from", "period_to", "planned_for", "reported_on", "re_audit_due")
_PARTNERS_ONLY = ("why_chosen", "sample_basis")
_TOLD = ("question", "conclusion")
NOT_TOLD = "Hidden to protect"
_NO_SHARE = "Too few cases for a share of judgements that were good or better."


@dataclass(frozen=True)
class Programme:
    """Everything the rows of the programme are made of."""

    inputs: Inputs
    audits: pd.DataFrame
    grades: pd.DataFrame
    cases: Counted | None
    sizes: Mapping[str, int]
    earlier: Earlier
    reader: Reader
    audience: Audience


def audit_table(of: Programme) -> Iterator[dict[str, Any]]:
    """The rows of `audit`, in the order of the programme."""
    judged = _judged(of)
    for position, row in enumerate(sorted(rows(of.audits), key=_place)):
        yield {
            "audit_ref": row["audit_ref"], "position": position, "theme": row["theme"],
            **_labels(of, row), **_texts(of.reader, row), "title": _title(of, row), **{name: day_of(row[name]) for name in _DAYS},
            "re_audit_of": row["re_audit_of"], "re_audit_words": _re_audit(of, row),
            **_cases(of, row), **_voice(of, row),
            "words": judged.get(row["audit_ref"], "") if row["stage"] == REPORTED else "",
        }  # fmt: skip


def _place(row: dict[str, Any]) -> tuple[int, float, str]:
    stage = row["stage"] if row["stage"] in _ORDER else "planned"
    day = day_of(row["reported_on"] if stage == REPORTED else row["planned_for"])
    days = float(day.toordinal()) if day else 0.0
    return _ORDER.index(stage), -days if stage == REPORTED else days, row["audit_ref"]


def _labels(of: Programme, row: dict[str, Any]) -> dict[str, str]:
    catalogue = of.inputs.catalogue
    named = {"theme_words": ("theme", "theme"), "method_words": ("audit_method", "method")}
    named |= {"stage_words": ("audit_stage", "stage"), "families_words": ("yes_no", "families_heard")}
    words = {
        name: catalogue.label(choices, row[column]) if row[column] else "" for name, (choices, column) in named.items()
    }
    lead = "" if of.reader.is_public else catalogue.agencies[row["agency_id"]].short
    ids = {"agency_id": "" if of.reader.is_public else row["agency_id"], "lead_words": lead}
    return words | ids | {name: row[name] for name in ("method", "stage", "families_heard")}


def _texts(reader: Reader, row: dict[str, Any]) -> dict[str, str]:
    return {name: reader.told(row[name]) for name in _TOLD} | {
        name: reader.within(row[name]) for name in _PARTNERS_ONLY
    }


def _title(of: Programme, row: dict[str, Any]) -> str:
    """Its title; where that tells too much, what it is about."""
    about = of.inputs.catalogue.label("theme", row["theme"])
    return row["title"] if of.reader.may_read(row["title"]) else f"Audit: {about}"


def _re_audit(of: Programme, row: dict[str, Any]) -> str:
    """Whether it is to be repeated, and whether that has been done."""
    again = [each for each in rows(of.audits) if each["re_audit_of"] == row["audit_ref"] and each["stage"] in BEGUN]
    if again:
        done = [each["audit_ref"] for each in again if each["stage"] == REPORTED]
        return f"Repeated by {done[-1]}" if done else f"Being repeated by {again[-1]['audit_ref']}"
    due: date | None = day_of(row["re_audit_due"])
    if due is None or row["stage"] == "cancelled":
        return ""
    return f"Re-audit {'overdue since' if due < of.inputs.today else 'due'} {day_words(due)}"


def _cases(of: Programme, row: dict[str, Any]) -> dict[str, Any]:
    """How many cases were looked at, once it is reported: a handful is hidden, and rounded where the audience has it so."""
    n = of.sizes.get(row["audit_ref"]) if row["stage"] == REPORTED else None
    if n is None:
        return {"cases": None, "cases_marker": ""}
    if n < FEWEST:
        return {"cases": None, "cases_marker": HIDDEN}
    to = of.audience.round_to
    return {"cases": to * round(n / to) if to else n, "cases_marker": ""}


def _voice(of: Programme, row: dict[str, Any]) -> dict[str, Any]:
    """In how many cases the child's voice shaped the plan, of those in which it was looked at."""
    ref, nothing = row["audit_ref"], dict.fromkeys(("voice_shaped", "voice_looked_at"))
    if of.cases is None or row["stage"] != REPORTED or ref not in of.sizes:
        return nothing | {"voice_marker": "", "voice_words": ""}
    if (SHAPED, "yes", ref) not in of.cases.counts:
        is_small = of.sizes[ref] < FEWEST
        return nothing | {"voice_marker": HIDDEN * is_small, "voice_words": NOT_TOLD * is_small}
    shaped, looked = of.cases.shown(SHAPED, "yes", ref), of.cases.looked_at(ref)
    marker = HIDDEN if None in (shaped, looked) else ""
    words = _voice_words(shaped, looked, of.sizes[ref])
    return {"voice_shaped": shaped, "voice_looked_at": looked, "voice_marker": marker, "voice_words": words}


def _voice_words(shaped: int | None, looked: int | None, cases: int) -> str:
    """The two counts in a sentence.

    >>> _voice_words(3, None, 9), _voice_words(None, 9, 9)
    ('The child’s voice shaped the plan in 3 of 9 cases audited', 'Hidden to protect')
    """
    if looked == 0:
        return "The audit did not look at whether the child’s voice shaped the plan"
    if shaped is None:
        return NOT_TOLD
    of = f"{cases} cases audited" if looked is None else f"{looked} cases in which it was looked at"
    return f"The child’s voice shaped the plan in {shaped} of {of}"


def _judged(of: Programme) -> dict[str, str]:
    """Each audit in a sentence: how many judgements of all agencies together were good or better, and where the fewest.

    To an audience with rounded counts of moderated grades alone, as its table of grades is.
    """
    found = {basis: distributions(of.grades, basis) for basis in ("self", "moderated")}
    by_audit: dict[str, list[tuple[str, int, int]]] = {}
    for key in dict.fromkeys((*found["self"], *found["moderated"])):
        ref, domain, whose = key
        basis = standing_basis(found["self"].get(key), found["moderated"].get(key))
        one = found[basis].get(key)
        if of.audience.round_to and basis != MODERATED:
            continue
        if whose == JOINT and one is not None and is_shown(one, (*key, basis), of.earlier):
            by_audit.setdefault(ref, []).append((domain, one.good, one.n))
    return {ref: _sentence(of, judged) for ref, judged in by_audit.items()}


def _sentence(of: Programme, judged: list[tuple[str, int, int]]) -> str:
    if of.audience.round_to:
        judged = [each for each in judged if each[2] >= ENOUGH]
        if not judged:
            return _NO_SHARE
    good, n = sum(each[1] for each in judged), sum(each[2] for each in judged)
    least = min(each[1] / each[2] for each in judged)
    if of.audience.round_to:
        said = f"{100 * good / n:.0f}% of judgements were good or better"
    else:
        said = f"{good:,} of {n:,} judgements were good or better"
    fewest = [domain for domain, of_it, cases in judged if of_it / cases == least]
    if len(fewest) == len(judged) or len(fewest) > 2:
        return f"{said}."
    return f"{said}; fewest in {domains_named(of.inputs.catalogue, fewest).lower()}."
