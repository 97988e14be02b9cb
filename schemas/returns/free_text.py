"""Which columns of a return somebody fills in with words of their own: never a code, an id or a reference."""

from __future__ import annotations

from functools import cache

from schemas.returns import kinds

_IN_WORDS = ("words", "body")


@cache
def free_text(kind_id: str, sheet: str) -> frozenset[str] | None:
    """The names of those columns; None for a sheet the kind does not know, as an earlier version of it may have had.

    >>> sorted(free_text("figures", "Commentary")), sorted(free_text("voice", "Heard"))
    (['what_happened', 'what_we_are_doing', 'why'], ['asked', 'changed', 'said'])
    """
    kind = kinds().get(kind_id)
    if kind is None:
        return None
    for layout in kind.sheets:
        if layout.name == sheet:
            return frozenset(column.name for column in layout.columns if column.holds in _IN_WORDS)
    for layout in kind.notes:
        if layout.name == sheet:
            return frozenset(column.name for column in layout.columns if column.answer and column.holds == "text")
    return None
