"""How an official statistics file is recognised and read: data, so that next year's edition is a line, not code."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from schemas.catalogue.models import Entry, Identifier, Text
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent / "benchmarks"
Layout = Literal["across", "down", "neighbours"]
PeriodReading = Literal["year_ending_march", "year_ending_september", "calendar_year", "school_year", "as_written"]
Names = Annotated[tuple[Text, ...], Field(min_length=1)]
Where = dict[Identifier, Names]


class Formula(Entry):
    """Fields of a row added and taken away: `any_point - ended`."""

    plus: tuple[Identifier, ...]
    minus: tuple[Identifier, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field it needs."""
        return (*self.plus, *self.minus)


class Figure(Entry):
    """One indicator (or official quantity) a file feeds: what is counted, over what, and on which rows.

    Each of numerator, denominator and value is a formula, or a list of which the first whose columns the file has is
    used. `denominator_where` says where the denominator's row differs. A rate on `population_id` takes the official
    population of its year when that is known.
    """

    indicator_id: Annotated[str, Field(pattern=r"^[A-Z]{2}\d{2}$")] | None = None
    quantity_id: Identifier | None = None
    numerator: tuple[Formula, ...]
    denominator: tuple[Formula, ...] = ()
    value: tuple[Formula, ...] = ()
    population_id: Identifier | None = None
    per: float = 100.0
    where: Where = Field(default_factory=dict)
    denominator_where: Where = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def formulas_are_written_short(cls, entry: dict[str, object]) -> dict[str, object]:
        """Read `"a + b - c"` for the formula it says."""
        for part in ("numerator", "denominator", "value"):
            written = entry.get(part, [])
            texts = [written] if isinstance(written, str) else written
            if isinstance(texts, list):
                entry = {**entry, part: tuple(formula(str(text)) for text in texts)}
        return entry

    @model_validator(mode="after")
    def is_about_one_thing(self) -> Figure:
        """Feeds an indicator or a quantity, on one base."""
        if (self.indicator_id is None) == (self.quantity_id is None):
            raise ValueError("name an indicator_id or a quantity_id, one of the two")
        if self.population_id and self.denominator:
            raise ValueError("a rate on a population takes its denominator from population_id alone")
        return self


class FileMapping(Entry):
    """One kind of official file: how it is recognised, what it is called, and what each row says."""

    id: Identifier
    title: Text
    publisher: Text
    release: Text
    licence: Text
    layout: Layout
    period: PeriodReading
    needs: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    columns: dict[Identifier, Names]
    figures: tuple[Figure, ...] = ()

    @model_validator(mode="after")
    def every_field_is_known(self) -> FileMapping:
        """Name a field that no column list explains."""
        used = set(self.needs)
        for figure in self.figures:
            parts = (*figure.numerator, *figure.denominator, *figure.value)
            used |= (
                {field for part in parts for field in part.fields} | set(figure.where) | set(figure.denominator_where)
            )
        unknown = sorted(used - set(self.columns))
        if unknown:
            raise ValueError(f"no column is given for {', '.join(unknown)}")
        return self

    @property
    def sha256(self) -> str:
        """Changes when the mapping does, so that a file read by an older one is read again."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


class Common(Entry):
    """What open-data files have in common."""

    columns: dict[Identifier, Names]
    levels: dict[Literal["national", "regional", "authority"], Names]
    markers: dict[str, Literal["c", "k", "u", "x", "z"]]


@dataclass(frozen=True)
class Mappings:
    """Every mapping by its id, and what they share."""

    common: Common
    mappings: Mapping[str, FileMapping]


def formula(text: str) -> Formula:
    """Read a formula of field names joined by + and −.

    >>> formula("any_point - ended").minus
    ('ended',)
    """
    parts = re.split(r"\s*([+-])\s*", text.strip())
    signs = ["+", *parts[1::2]]
    names = parts[0::2]
    return Formula(
        plus=tuple(name for name, sign in zip(names, signs, strict=True) if sign == "+"),
        minus=tuple(name for name, sign in zip(names, signs, strict=True) if sign == "-"),
    )


@cache
def mappings(folder: Path = FOLDER) -> Mappings:
    """Every mapping of the folder; UserError names the file and field at fault."""
    found: dict[str, FileMapping] = {}
    common: Common | None = None
    for path in sorted(folder.glob("*.toml")):
        try:
            read = tomllib.loads(path.read_text(encoding="utf-8"))
            if path.stem == "layout":
                common = Common.model_validate(read)
            else:
                found[path.stem] = FileMapping.model_validate({"id": path.stem, **read})
        except tomllib.TOMLDecodeError as why:
            raise UserError(f"{path.name} is not TOML: {why}.") from why
        except ValidationError as why:
            raise UserError(f"{path.name}: {_in_words(why)}") from why
    if common is None:
        raise UserError(f"layout.toml is missing in {folder}.")
    return Mappings(common, found)


def _in_words(why: ValidationError) -> str:
    said = [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in why.errors()[:5]]
    return "; ".join(said) + "."
