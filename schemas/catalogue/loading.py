"""Reads the catalogue's TOML files into one checked whole, or says every fault in them at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from schemas.catalogue.contradictions import contradictions
from schemas.catalogue.faults import CatalogueError, Fault, in_words
from schemas.catalogue.models import (
    Agency,
    Area,
    Audience,
    Breakdown,
    Counted,
    Entry,
    Indicator,
    Partnership,
    Priority,
    Quantity,
    ReturnCalendar,
)
from schemas.catalogue.whole import Catalogue

FOLDER = Path(__file__).parent

# Which shape each file holds, and the field that carries the table's own name.
_FILES: dict[str, tuple[type[Entry], str]] = {
    "agencies": (Agency, "id"),
    "areas": (Area, "code"),
    "audiences": (Audience, "id"),
    "breakdowns": (Breakdown, "id"),
    "calendar": (ReturnCalendar, "kind"),
    "counted": (Counted, "id"),
    "priorities": (Priority, "id"),
    "quantities": (Quantity, "id"),
}


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The agreed catalogue of this installation, read once."""
    return load()


def load(folder: Path = FOLDER) -> Catalogue:
    """Read a catalogue folder; a CatalogueError names every fault with its file, entry and field.

    Other folders in it (benchmarks, standards) belong to others and are not read here.
    """
    reading = _Reading(folder)
    entries = {name: reading.entries(f"{name}.toml", shape, key) for name, (shape, key) in _FILES.items()}
    indicators = reading.indicators()
    partnership = reading.partnership()
    if partnership is None:
        raise CatalogueError(reading.faults)
    whole = Catalogue(partnership=partnership, indicators=indicators, **cast("Any", entries))
    faults = [*reading.faults, *contradictions(whole, reading.files, reading.unread)]
    if faults:
        raise CatalogueError(faults)
    return whole


class _Reading:
    """One reading of a folder: the faults found on the way, and which file each entry came from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.files: dict[str, str] = {}
        self.unread: set[str] = set()

    def entries(self, file: str, shape: type[Entry], key: str) -> dict[str, Entry]:
        """Every table of one file as an entry by its id; faulty ones are left out and named."""
        tables = self._tables(file)
        found = {name: self._entry(file, name, shape, {key: name}, table) for name, table in tables.items()}
        return {name: entry for name, entry in found.items() if entry is not None}

    def indicators(self) -> dict[str, Indicator]:
        """The indicators of every domain's file, in the order of the files."""
        found: dict[str, Indicator] = {}
        for path in sorted((self.folder / "indicators").glob("*.toml")):
            file = f"indicators/{path.name}"
            tables = self._tables(file)
            domain = tables.pop("domain", None)
            if not isinstance(domain, str) and file not in self.unread:
                self.faults.append(Fault(file, "", "domain", 'is missing. Start the file with domain = "…".'))
            for name, table in tables.items():
                if name in self.files:
                    where = self.files[name]
                    self.faults.append(Fault(file, name, "", f"is already in {where}. Keep one, or give it a new id."))
                    continue
                entry = self._entry(file, name, Indicator, {"id": name, "domain": domain or file}, table)
                if isinstance(entry, Indicator):
                    found[name] = entry
        if not found and not self.faults:
            self.faults.append(Fault("indicators", "", "", "holds no indicator. Add one TOML file for each domain."))
        return found

    def partnership(self) -> Partnership | None:
        """Whose data set it is."""
        entry = self._entry("partnership.toml", "", Partnership, {}, self._tables("partnership.toml"))
        return entry if isinstance(entry, Partnership) else None

    def _tables(self, file: str) -> dict[str, Any]:
        try:
            return tomllib.loads((self.folder / file).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.faults.append(Fault(file, "", "", f"is missing from {self.folder}. Put it back."))
        except UnicodeDecodeError:
            self.faults.append(Fault(file, "", "", "is not UTF-8 text. Save it as UTF-8."))
        except tomllib.TOMLDecodeError as why:
            self.faults.append(Fault(file, "", "", f"cannot be read as TOML: {why}. Mend that line."))
        self.unread.add(file)
        return {}

    def _entry(self, file: str, name: str, shape: type[Entry], own: Mapping[str, Any], table: Any) -> BaseModel | None:
        if not isinstance(table, dict):
            self.faults.append(Fault(file, name, "", "is a lone value. Start an entry with its id in square brackets."))
            return None
        self.files[name] = file
        try:
            return shape.model_validate({**own, **cast("dict[str, Any]", table)})
        except ValidationError as why:
            if file not in self.unread:
                self.faults.extend(_named(file, name, shape, why))
                self.unread.add(f"{file}#{name}")
            return None


def _named(file: str, name: str, shape: type[Entry], why: ValidationError) -> Iterator[Fault]:
    for error in why.errors(include_url=False):
        field, words = in_words(shape, cast("Mapping[str, Any]", error))
        yield Fault(file, name, field, words)
