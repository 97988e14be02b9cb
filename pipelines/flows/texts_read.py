"""That a person has read over what somebody wrote before readers are shown it for the first time: asked for, held to, and listed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from pipelines.queries.to_read import CODE, just_published, to_read
from pipelines.store.synthetic import is_synthetic
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipelines.queries.to_read import Text, ToRead
    from schemas.actors import Actor

IF_ONE_TELLS = (
    "If one of them tells of a child, do not release it: have the agency mend it and send its return again, or take the return "
    "back, and prepare again. Where it must not be kept at all, remove it for good."
)
_PLACES = 3


@dataclass(frozen=True, slots=True)
class Read:
    """The texts of a release that is let out, and whether whoever lets it out has read them."""

    texts: ToRead
    is_read: bool

    def facts(self, audience: str) -> dict[str, int]:
        """What the entry of the log says: how many texts are new to an audience and how many of them were read; never a text."""
        many = self.texts.many(audience)
        return {"sentences": many, "sentences_read": many if self.is_read else 0}


def refuse_unread(home: Path, actor: Actor, read: str) -> Read | None:
    """The texts of the prepared release, as they go into the log; None where nothing is prepared.

    UserError where `read` is the fingerprint of other texts, or is missing though there are texts and the data are real.
    """
    texts = to_read(home, actor)
    if texts is None:
        return None
    code = "".join(read.split()).lower()
    if code and not (len(code) >= CODE and texts.fingerprint.startswith(code)):
        raise UserError(
            "The sentences that would be published for the first time are not those that were read. Read them again. Nothing is "
            "released."
        )
    if texts.texts and not code and not is_synthetic(home):
        raise UserError(
            f"{_many(len(texts.texts))} would be published for the first time, and nobody is known to have read them. List them with "
            "“throughline texts”; at its end it says how to release once you have read them. Nothing is released."
        )
    return Read(texts, bool(code))


def waiting_words(home: Path, actor: Actor) -> Iterator[str]:
    """A line where what is prepared has texts to be read; nothing where it has none."""
    texts = to_read(home, actor)
    if texts is not None and texts.texts:
        yield (
            f"{_many(len(texts.texts))} in it would be published for the first time{_doubtful(texts)}: read before it is released, on "
            "the page Publish or with “throughline texts”."
        )


def not_read_words(first: Mapping[str, int]) -> Iterator[str]:
    """A line for releases made in one act: how many texts their readers see for the first time, which nobody has read over."""
    many = ", ".join(f"{count:,} for {audience}" for audience, count in first.items() if count)
    if many:
        yield (
            f"Sentences that somebody wrote and readers see for the first time: {many}. Nobody is noted as having read them; list "
            "them with “throughline texts”."
        )


def listed(home: Path, actor: Actor, *, may_be_released: bool = True) -> Iterator[str]:
    """The texts of the prepared release or, where nothing is prepared, those the newest publications were the first to show.

    The doubtful first, then by whose words they are, each with where it stands; last how to release, where it `may_be_released`.
    UserError for others than the business unit.
    """
    require(actor, "business_unit")
    prepared = to_read(home, actor)
    texts = just_published(home, actor) if prepared is None else prepared
    where = "stand in the newest publications" if prepared is None else "would be published"
    yield f"{_many(len(texts.texts))} {where} for the first time{_doubtful(texts)}."
    if not texts.texts:
        return
    if texts.doubtful:
        yield "Read these first:"
        for each in texts.doubtful:
            yield from _said(each)
    rest = sorted((each for each in texts.texts if not each.is_doubtful), key=attrgetter("agency", "words"))
    for agency, mine in groupby(rest, key=attrgetter("agency")):
        yield f"{agency}:"
        for each in mine:
            yield from _said(each)
    if prepared is None:
        yield "If one of them tells of a child, withdraw the publications with “throughline withdraw-publication” now."
        return
    yield IF_ONE_TELLS
    if may_be_released:
        yield f"When you have read them all: throughline release --texts-read {texts.code}"


def _said(text: Text) -> Iterator[str]:
    signs = f" [{', '.join(text.doubts)}]" if text.is_doubtful else ""
    yield f"  “{_plainly(text.words)}”{signs}"
    titles = catalogue().audiences
    yield f"    for {', '.join(titles[each].title for each in text.audiences)}; {_plainly(_places(text))}"


def _doubtful(texts: ToRead) -> str:
    return f", {len(texts.doubtful):,} to be read first" if texts.doubtful else ""


def _places(text: Text) -> str:
    named = "; ".join(f"{each.submission_id or each.agency}: {each.words}" for each in text.where[:_PLACES])
    more = text.many - _PLACES
    return named + (f"; and {more:,} more" if more > 0 else "")


def _plainly(words: str) -> str:
    """Without signs that a terminal would take for orders."""
    return "".join(letter for letter in words if letter.isprintable())


def _many(count: int) -> str:
    return "1 sentence" if count == 1 else f"{count:,} sentences"
