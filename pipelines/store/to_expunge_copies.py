"""Where else the words stand that go with what is removed for good, how far that reaches, and from where they go too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pipelines.store.sought import sought

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from pipelines.store.to_expunge_named import Copies
    from pipelines.store.written import Place

# What stands in more other returns than so many is taken for a phrase that many use, and asked for by itself.
FEW_RETURNS = 3


class Reach(NamedTuple):
    """How far one text reaches: where in what goes it stands first, and in which places of other submissions it is kept.

    `cells` counts where it stands in what goes; `is_phrase` says that many use it. The text itself is not in it.
    """

    spot: str
    cells: int
    kept: tuple[tuple[str, str], ...]
    is_phrase: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of the texts that go: the places from which they go too, those where they stay, and which are phrases.

    `by_submission` are the texts taken from each submission that keeps its figures.
    """

    places: tuple[Place, ...] = field(repr=False)
    by_submission: Mapping[str, frozenset[str]] = field(repr=False)
    kept: Mapping[str, tuple[Place, ...]] = field(repr=False)
    phrases: frozenset[str] = field(repr=False)

    def reach(self, goes: Mapping[str, Sequence[Place]]) -> tuple[Reach, ...]:
        """How far each text that stays somewhere reaches, in the order of where it stands in what goes."""
        every = (
            Reach(
                min(place.spot for place in goes[text]),
                len({(place.submission_id, place.spot) for place in goes[text]}),
                tuple(sorted({(place.submission_id, place.spot) for place in places})),
                text in self.phrases,
            )
            for text, places in self.kept.items()
            if goes.get(text)
        )
        return tuple(sorted(every))


def copies_of(
    goes: Mapping[str, Sequence[Place]], beside: Mapping[str, Sequence[Place]], own: Collection[str], copies: Copies
) -> Found:
    """The places outside of what goes in which its texts stand, by the texts that stand `beside`: taken, or kept.

    `own`: submissions that are named and keep what is not; from there a text goes in any case, but a phrase. With `near` it goes
    from other versions of the same return, and from where the same sender says it of the same thing, if it is no phrase.
    """
    of_it = {place.submission_id for places in goes.values() for place in places} | {*own}
    families = {*map(family, of_it)}
    places: list[Place] = []
    by_submission: dict[str, set[str]] = {}
    kept: dict[str, list[Place]] = {}
    phrases: set[str] = set()
    for text, said in goes.items():
        looked_for = sought([text])
        there = [place for plain, every in beside.items() if looked_for.stands_in(plain) for place in every]
        is_phrase = _is_phrase(there, families)
        phrases |= {text} if is_phrase else set()
        near = {(_sender(place.submission_id), place.subject) for place in said if place.subject}
        for place in there:
            is_same = family(place.submission_id) in families
            is_near = is_same or (not is_phrase and (_sender(place.submission_id), place.subject) in near)
            if (
                copies == "everywhere"
                or (copies == "near" and is_near)
                or (place.submission_id in own and not is_phrase)
            ):
                places.append(place)
                by_submission.setdefault(place.submission_id, set()).add(text)
            else:
                kept.setdefault(text, []).append(place)
    return Found(
        tuple(sorted(set(places))),
        {name: frozenset(texts) for name, texts in by_submission.items()},
        {text: tuple(sorted(every)) for text, every in kept.items()},
        frozenset(phrases),
    )


def nearest(holders: Iterable[str], of_it: Collection[str]) -> tuple[str, ...]:
    """Other versions of the same return first, then others of the same sender, then those of others."""
    returns, senders = {*map(family, of_it)}, {*map(_sender, of_it)}
    return tuple(sorted({*holders}, key=lambda each: (family(each) not in returns, _sender(each) not in senders, each)))


def family(submission_id: str) -> str:
    """What all versions of a return share of their names.

    >>> family("ltht.figures.2026-27-Q2.v2")
    'ltht.figures.2026-27-Q2'
    """
    return submission_id.rsplit(".", 1)[0]


def _sender(submission_id: str) -> str:
    return submission_id.split(".", 1)[0]


def _is_phrase(there: Iterable[Place], families: Collection[str]) -> bool:
    """Whether it is said in many other returns; the versions of one are one."""
    return len({name for place in there if (name := family(place.submission_id)) not in families}) > FEW_RETURNS
