"""What is wrong with a catalogue, in words an editor of the files can act on."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from schemas.catalogue.models import Entry


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
    """The known word that was probably meant, as a sentence to add, or nothing.

    >>> nearest("lcc_fc", ["lcc_cf", "ltht"])
    ' Did you mean “lcc_cf”?'
    """
    close = get_close_matches(text, list(known), n=1, cutoff=0.7)
    return f" Did you mean “{close[0]}”?" if close else ""


def in_words(shape: type[Entry], error: Mapping[str, Any]) -> tuple[str, str]:
    """The field and the words for one of pydantic's errors."""
    words = _WORDS.get(str(error["type"]), _otherwise)
    return ".".join(str(part) for part in error["loc"]), words(shape, error)


def in_plain_words(error: Mapping[str, Any]) -> str:
    """What a value must be, for one of pydantic's errors, as in `be a day, such as 2026-04-01`; empty for one not known."""
    kind, bounds = str(error["type"]), error.get("ctx", {})
    for kinds, words in _MUST:
        if kind in kinds:
            return words.format(**bounds)
    return ""


def _misspelt(shape: type[Entry], error: Mapping[str, Any]) -> str:
    meant = nearest(str(error["loc"][-1]), shape.model_fields) if len(error["loc"]) == 1 else ""
    return f"is not a field here. Take it out or mend the spelling.{meant}"


def _otherwise(_: type[Entry], error: Mapping[str, Any]) -> str:
    plain = in_plain_words(error)
    if plain:
        return f"is {_shown(error)}; it must {plain}. Mend it."
    message = str(error["msg"])
    return f"is {_shown(error)}: {message[:1].lower()}{message[1:]}. Mend it."


def _shown(error: Mapping[str, Any]) -> str:
    return f"“{str(error['input'])[:60]}”"


def _short(shape: type[Entry], error: Mapping[str, Any]) -> str:
    return _otherwise(shape, error) if str(error["input"]).strip() else "is empty. Fill it in."


_MUST: tuple[tuple[tuple[str, ...], str], ...] = (
    (("string_type",), "be words in quotation marks"),
    (("string_too_short",), "have at least {min_length} letters"),
    (("string_too_long",), "have at most {max_length} letters"),
    (("bool_type", "bool_parsing"), "be true or false"),
    (("int_type", "int_parsing", "int_from_float"), "be a whole number"),
    (("float_type", "float_parsing"), "be a number"),
    (
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        "be a day, such as 2026-04-01",
    ),
    (
        ("datetime_type", "datetime_parsing", "datetime_from_date_parsing"),
        "be a day and a time, such as 2026-04-01T09:30:00Z",
    ),
    (("greater_than",), "be more than {gt}"),
    (("greater_than_equal",), "be {ge} or more"),
    (("less_than",), "be less than {lt}"),
    (("less_than_equal",), "be {le} or less"),
    (
        ("tuple_type", "list_type", "set_type", "frozen_set_type"),
        'be a list in square brackets, such as ["one", "two"]',
    ),
    (("dict_type", "model_type", "model_attributes_type"), "be a part of its own, under a heading in square brackets"),
    (("literal_error",), "be one of {expected}"),
)

_WORDS: dict[str, Callable[[type[Entry], Mapping[str, Any]], str]] = {
    "missing": lambda _, error: "is missing. Add it.",  # noqa: ARG005 - one signature for all
    "extra_forbidden": _misspelt,
    "literal_error": lambda _, error: f"is {_shown(error)}; it must be {error['ctx']['expected']}.",
    "string_pattern_mismatch": lambda _, error: (
        f"is {_shown(error)}, which does not have the shape of an id here ({error['ctx']['pattern']}). Mend it."
    ),
    "string_too_short": _short,
    "too_short": lambda _, error: "is empty. Fill it in.",  # noqa: ARG005 - one signature for all
    "value_error": lambda _, error: f"{error['ctx']['error']}. Change one of them.",
}
