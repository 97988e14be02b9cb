"""The Audits page in sentences: what the latest audit found, what waits, what moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.audits import Audits

UNANSWERED = "open"
# So often a 95% interval leaves out a difference of nought that is one.
_MISSED = 0.05


def headline(found: Audits) -> str:
    """The finding of the page: how the latest audit judged practice, or what a re-audit moved."""
    reported = found.reported
    if not reported:
        coming = len(found.coming)
        return f"No audit is reported yet; {coming} {'is' if coming == 1 else 'are'} planned or under way"
    latest = reported[0]
    said = latest.words.partition(";")[0].rstrip(".")
    if not said:
        return f"The latest audit, “{latest.title}”, has no grades that can be shown"
    moved = moved_words(found.of(latest.audit_ref)) if latest.re_audit_of else ""
    return f"{said} in the latest audit" + (f"; {moved}" if moved else "")


def lede(found: Audits) -> str:
    """Which audit that was, where the fewest were good, and what is overdue or undecided."""
    said: list[str] = []
    if found.reported:
        latest = found.reported[0]
        when = f", reported on {day_words(latest.reported_on)}" if latest.reported_on else ""
        fewest = latest.words.partition("; ")[2]
        said.append(f"“{latest.title}”{when}{f': {fewest}' if fewest else '.'}")
    overdue = sum(one.is_overdue for one in found.audits)
    if overdue:
        said.append(f"Re-audits overdue: {overdue}.")
    waiting = len(undecided(found))
    if waiting and not found.is_public:
        said.append(f"Findings of which it is not decided what becomes of them: {waiting}.")
    return " ".join(said)


def moved_words(found: Audits) -> str:
    """In how many domains a re-audit found better practice, of those it could compare; "" where it could compare none."""
    compared = [one for one in found.shifts if one.direction in ("better", "worse", "unclear")]
    if not compared:
        return ""
    better, worse = (sum(one.direction == way for one in compared) for way in ("better", "worse"))
    said = f"better in {better} of {len(compared)} {_domains(len(compared))} audited again"
    return f"{said}, worse in {worse}" if worse else said


def by_chance(found: Audits) -> str:
    """How many of the domains compared chance alone would call better or worse, with intervals of 95%; "" where none is."""
    compared = sum(one.direction in ("better", "worse", "unclear") for one in found.shifts)
    if not compared:
        return ""
    these = "this one domain" if compared == 1 else f"these {compared} domains"
    return f"If nothing had changed, chance alone would still mark about {_MISSED * compared:.1f} of {these}."


def _domains(many: int) -> str:
    return "domain" if many == 1 else "domains"


def undecided(found: Audits) -> tuple[str, ...]:
    """The findings of which nobody has said what becomes of them."""
    return tuple(one.finding_ref for one in found.findings if one.answer == UNANSWERED)
