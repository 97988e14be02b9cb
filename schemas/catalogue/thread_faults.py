"""Faults between threads, aspects and the rest of the catalogue: eyes nobody knows, and one eye taken for two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.catalogue.choice import SurveyQuestion
from schemas.catalogue.faults import Fault, nearest
from schemas.catalogue.thread import ORGANISATIONAL, Aspect, Thread

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from schemas.catalogue.whole import Catalogue

THREADS, ASPECTS = "triangulation.toml", "assurance.toml"
# Indicators that audits and self-assessments give are what those eyes see, not eyes of their own.
_SAME_EYE = {"audit": "audits", "self_assessment": "self-assessments"}


def thread_faults(catalogue: Catalogue, unread: Collection[str]) -> Iterator[Fault]:
    """Every fault of `triangulation.toml` and `assurance.toml`; `unread` names files that hold less than they mean to."""
    for thread in catalogue.threads.values():
        yield from _unknown(catalogue, THREADS, thread, unread)
        yield from _same_eye(catalogue, thread)
    for aspect in catalogue.aspects.values():
        yield from _unknown(catalogue, ASPECTS, aspect, unread)


def _unknown(catalogue: Catalogue, file: str, entry: Thread | Aspect, unread: Collection[str]) -> Iterator[Fault]:
    for field, ids, known, into in _named_by(catalogue, entry):
        if any(name.startswith(into) for name in unread):
            continue
        for name in (name for name in ids if name and name not in known):
            words = f"“{name}” is not in {into}.{nearest(name, known)} Mend it, or add it there."
            yield Fault(file, entry.id, field, words)


def _named_by(
    catalogue: Catalogue, entry: Thread | Aspect
) -> Iterator[tuple[str, Iterable[str], Collection[str], str]]:
    instrument, file = catalogue.instruments.get(ORGANISATIONAL), f"instruments/{ORGANISATIONAL}.toml"
    statements = [each.id for each in instrument.statements] if instrument else []
    yield "standards", entry.standards, instrument.standards if instrument else (), file
    yield "statements", entry.statements, statements, file
    domains = catalogue.choices.get("audit_domain", {})
    if isinstance(entry, Aspect):
        yield "audit_domains", entry.audit_domains, domains, "choices/"
        return
    yield "audit_domain", [entry.audit_domain], domains, "choices/"
    yield "survey_question", [entry.survey_question], catalogue.choices.get("survey_question", {}), "choices/"
    yield "indicators", entry.indicators, catalogue.indicators, "indicators/"


def _same_eye(catalogue: Catalogue, thread: Thread) -> Iterator[Fault]:
    questions = catalogue.choices.get("survey_question", {}).values()
    surveyed = {each.indicator_id for each in questions if isinstance(each, SurveyQuestion) and each.indicator_id}
    for name in thread.indicators:
        indicator = catalogue.indicators.get(name)
        whose = "surveys" if name in surveyed else _SAME_EYE.get(indicator.computed_from or "" if indicator else "")
        if whose:
            words = f"“{name}” is what {whose} say, which would count one eye twice. Take it out."
            yield Fault(THREADS, thread.id, "indicators", words)
