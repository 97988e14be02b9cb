"""What is wrong with a catalogue, in words an editor of the files can act on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from schemas.catalogue.models import Entry
from schemas.problems import UserError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: the file, the entry in it (its id), the field, and what to do.

    >>> print(Fault("agencies.toml", "ltht", "short", "is missing. Add it."))
    agencies.toml, ltht, short: is missing. Add it.
    """

    file: str
    entry: str
    field: str
    message: str

    def __str__(self) -> str:
        """The fault as one line."""
        return f"{', '.join(part for part in (self.file, self.entry, self.field) if part)}: {self.message}"


class CatalogueError(UserError):
    """The catalogue cannot be used; `faults` holds everything to mend, the message all of them, one a line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Put every fault into the message, in the order of the files."""
        self.faults: tuple[Fault, ...] = tuple(faults)
        many = f"{len(self.faults)} fault{'' if len(self.faults) == 1 else 's'}"
        super().__init__("\n".join([f"The catalogue has {many}.", *(f"  {fault}" for fault in self.faults)]))


def nearest(text: str, known: Iterable[str]) -> str:
    """“ Did you mean …?” where something known is close, else nothing.

    >>> nearest("lcc_fc", ["lcc_cf", "ltht"])
    ' Did you mean “lcc_cf”?'
    """
    close = get_close_matches(text, list(known), n=1, cutoff=0.7)
    return f" Did you mean “{close[0]}”?" if close else ""


def in_words(shape: type[Entry], error: Mapping[str, Any]) -> tuple[str, str]:
    """The field and the words for one of pydantic's errors."""
    place: Sequence[str | int] = error["loc"]
    field = ".".join(str(part) for part in place)
    kind, value, context = str(error["type"]), error.get("input"), error.get("ctx") or {}
    shown = f"“{str(value)[:60]}”"
    if kind == "missing":
        return field, "is missing. Add it."
    if kind == "extra_forbidden":
        return (
            field,
            f"is not a field here. Take it out or mend the spelling.{nearest(str(place[-1]), shape.model_fields)}",
        )
    if kind == "literal_error":
        return field, f"is {shown}; it must be {context['expected']}."
    if kind == "string_pattern_mismatch":
        return field, f"is {shown}, which does not have the shape of an id here ({context['pattern']})."
    if kind == "value_error":
        return field, f"{context['error']}. Change one of them."
    if kind in ("string_too_short", "too_short"):
        return field, "is empty. Fill it in."
    message = str(error["msg"])
    return field, f"is {shown}: {message[:1].lower()}{message[1:]}."
