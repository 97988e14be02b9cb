"""A run of things in words, as every message gives it: count, then show at most five."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Further ones are not read, and push the remedy out of sight.
_SHOWN = 5


def listed(things: Sequence[Any], named: Callable[[Any], str] = str) -> str:
    """The first five things by name, and how many more there are; only those shown are asked for their names.

    >>> listed([4]), listed([4, 9]), listed(range(1, 1008))
    ('4', '4 and 9', '1, 2, 3, 4, 5 and 1,002 more')
    """
    shown = [named(thing) for thing in things[:_SHOWN]]
    if len(things) > _SHOWN:
        return f"{', '.join(shown)} and {len(things) - _SHOWN:,} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
