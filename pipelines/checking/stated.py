"""What whoever sends a file says of it, where the file itself does not: whose it is, and for which period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking.echo import quoted
from schemas.catalogue import catalogue
from schemas.periods import PeriodError
from schemas.returns.labels import labels
from schemas.returns.meaning import meaning
from schemas.returns.stated_period import stated_period
from schemas.rules import file_sender

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.problems import Problem


@dataclass(frozen=True, slots=True)
class Stated:
    """The sender's word. `agency`: an id or a name of the catalogue; `period`: any spelling of a period; "" for neither."""

    agency: str = ""
    period: str = ""


NOTHING_STATED = Stated()


def with_stated(cover: Mapping[str, str], stated: Stated) -> tuple[dict[str, str], list[Problem]]:
    """What the file says of itself, and the sender's word where it says nothing; a problem where the two disagree."""
    said = dict(cover)
    problems: list[Problem] = []
    for name, word, same in (("agency", stated.agency, _agency), ("period", stated.period, _period)):
        here = said.get(name, "")
        if not here:
            said |= {name: word} if word else {}
        elif word and same(here) != same(word):
            problems.append(
                file_sender.STATED_OTHERWISE.problem({"what": name, "here": quoted(here), "word": quoted(word)})
            )
    return said, problems


def _agency(text: str) -> str:
    return labels(catalogue())["agency_id"].get(meaning(text), meaning(text))


def _period(text: str) -> str:
    try:
        return stated_period(text).id
    except PeriodError:
        return meaning(text)  # said by whoever reads the cover; here only whether the two are the same
