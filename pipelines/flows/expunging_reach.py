"""How far the words reach that are removed for good, in words: from where they go too and where they stay, by place and never as such."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.store.to_expunge import Going
    from pipelines.store.to_expunge_copies import Reach

_NAMED = 5
_LINES = 6  # of one sort; of more, the rest is counted


def taken_elsewhere(going: Going) -> Iterator[str]:
    """The other submissions from which words go as well, each with its places; of many, the rest by sender."""
    own = {*going.whole, *going.parts, *(going.named.what if going.named.rows else ())}
    places: dict[str, list[str]] = {}
    for each in going.words.copies:
        places.setdefault(each.submission_id, []).append(each.spot)
    told = [name for name in going.worded if name not in own]
    beside = [name for name in sorted({*places} & own) if name not in going.whole]
    for name in [*beside, *told[:_LINES]]:
        file = "the whole file it came in" if name in going.filed else "no file, as it is no longer kept"
        also = "the same words" if name in told else "the same words in other places"
        where = f" ({names(sorted({*places[name]}))})" if name in places else ""
        yield f"{name}: {also}{where}, and {file}. Its figures stand."
    if rest := told[_LINES:]:
        senders = Counter(name.split(".", 1)[0] for name in rest)
        of = ", ".join(f"{sender} {count:,}" for sender, count in senders.most_common())
        cells = sum(len(places.get(name, ())) for name in rest)
        yield (
            f"{many(len(rest), 'more submission')} ({of}): the same words, in {many(cells, 'place')}, and the whole files they "
            "came in as far as these are kept. Their figures stand."
        )


def kept_elsewhere(going: Going) -> Iterator[str]:
    """Where the same words are kept, as a corrected return keeps the comments of the one before: phrases of many in one line."""
    words = going.words
    near = [each for each in words.reach if not each.is_phrase]
    for each in near[:_LINES]:
        yield f"Stays: the words in {each.spot} stand as well in {names(_standing(each))}."
    if near[_LINES:]:
        holders = {name for each in near[_LINES:] for name, _ in each.kept}
        yield f"Stays: {many(len(near) - _LINES, 'more text')} of it, which {names(sorted(holders))} hold as well."
    if near:
        how = (
            "name them too"
            if going.named.copies
            else "name them too, or add --with-copies or --everywhere (on the page: choose it)"
        )
        yield f"If they must go from there too, {how}; their figures stand."
    phrases = [each for each in words.reach if each.is_phrase]
    if phrases:
        cells = sum(each.cells for each in phrases)
        holders = {name for each in phrases for name, _ in each.kept}
        shown = ", ".join(f"{each.spot} in {len({*_holders(each)}):,}" for each in phrases[:_NAMED])
        more = f" and {len(phrases) - _NAMED:,} more" if len(phrases) > _NAMED else ""
        yield (
            f"Stays: {many(len(phrases), 'phrase')} that many use, in {many(cells, 'place')} of it and in "
            f"{many(len(holders), 'other submission')}: {shown}{more}. Look whether one tells of somebody: --everywhere takes it from "
            "all of them."
        )


def _holders(each: Reach) -> list[str]:
    return [name for name, _ in each.kept]


def _standing(each: Reach) -> list[str]:
    return [f"{name} {spot}" for name, spot in each.kept]


def names(every: Sequence[str]) -> str:
    """A few of them, and how many more there are."""
    more = f" and {len(every) - _NAMED:,} more" if len(every) > _NAMED else ""
    return f"{', '.join(every[:_NAMED])}{more}"


def many(count: int, word: str) -> str:
    """A count with its word."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
