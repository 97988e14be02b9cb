"""What a kind of return is made of: its sheets, its columns, what a new submission replaces."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from schemas.returns.meaning import known_by

if TYPE_CHECKING:
    from collections.abc import Mapping

Held = Literal["text", "number", "period", "marker", "tick"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: the heading analysts see, the other headings it answers to, what its cells hold.

    `answer` columns are the ones an agency fills: a row with none of them filled is not supplied.
    """

    name: str
    heading: str
    aliases: tuple[str, ...] = ()
    holds: Held = "text"
    answer: bool = False
    width: int = 14
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet of a return: its columns, and which of them it cannot be read without."""

    name: str
    columns: tuple[Column, ...]
    required: tuple[tuple[str, ...], ...] = ()

    @property
    def headings(self) -> dict[str, str]:
        """Every heading's meaning → the column's name."""
        return known_by((c.name, (c.heading, c.name.replace("_", " "), *c.aliases)) for c in self.columns)

    @property
    def answers(self) -> tuple[str, ...]:
        """The columns an agency fills."""
        return tuple(c.name for c in self.columns if c.answer)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(c for c in self.columns if c.name == name)


@dataclass(frozen=True)
class Kind:
    """A kind of return: everything the reader, the template and the store need to know of it.

    `identity` is what a new submission replaces. `older_templates` maps a known earlier template version to what
    differs from the present one. `data` sheets hold the rows the rules judge; `notes` are the sheets beside them.
    """

    id: str
    title: str
    template_version: str
    identity: tuple[str, ...]
    data: SheetLayout
    paste: str = ""
    notes: tuple[SheetLayout, ...] = ()
    cover: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    unread: tuple[str, ...] = ("Instructions", "Lists", "Problems")
    older_templates: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    protected_counts: tuple[str, ...] = ()
    publication_tables: tuple[str, ...] = ()
