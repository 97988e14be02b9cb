"""The Overview in words: its title and the sentence under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.queries.overview import Item


def headline(needs: int, better: int, *, public: bool) -> str:
    """How many matters need attention and how many get better, as the page's title."""
    if needs == 0:
        return "Nothing is outside its usual range; " + _better(better)
    one = needs == 1
    return f"{_number(needs)} {'matter needs' if one else 'matters need'} {'' if public else 'your '}attention; {_better(better)}"


def _better(better: int) -> str:
    return (
        "none is getting better"
        if better == 0
        else f"{_number(better).lower()} {'is' if better == 1 else 'are'} getting better"
    )


def _number(number: int) -> str:
    names = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"]
    return names[number] if number < len(names) else str(number)


def lede(needs: tuple[Item, ...]) -> str:
    """What is first on the list, and whose figures are outstanding."""
    signals = [n.lead[0].lower() + n.lead[1:] for n in needs if n.marker == "concern"][:2]
    missing = [n.lead for n in needs if n.marker == "missing"][:1]
    said = []
    if signals:
        said.append(f"{' and '.join(signals)} {'are' if len(signals) > 1 else 'is'} first on the list.".capitalize())
    if missing:
        said.append(f"{missing[0]} has figures outstanding.")
    return " ".join(said)
