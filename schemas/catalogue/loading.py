"""Reads the catalogue's TOML files into one checked whole, or says every fault in them at once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import ValidationError

from schemas.catalogue.choice import SHAPES, Choice, Clock
from schemas.catalogue.contradictions import contradictions
from schemas.catalogue.cycle import FILE as CYCLE
from schemas.catalogue.cycle import Cycle
from schemas.catalogue.faults import CatalogueError, Fault, in_words
from schemas.catalogue.former import FormerLabel
from schemas.catalogue.marking import FILE as MARKINGS
from schemas.catalogue.marking import Marking
from schemas.catalogue.models import (
    Agency,
    Annotation,
    Area,
    Aspect,
    Audience,
    Breakdown,
    Counted,
    Entry,
    Indicator,
    Instrument,
    Owner,
    Partnership,
    Priority,
    Quantity,
    ReturnCalendar,
    Thread,
)
from schemas.catalogue.place import Place
from schemas.catalogue.thread_faults import ASPECTS, THREADS
from schemas.catalogue.whole import Catalogue
from schemas.hand_written import SlipError, text_of, toml

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent
_Shape = TypeVar("_Shape", bound=Entry)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The agreed catalogue of this installation, read once."""
    return load()


def load(folder: Path = FOLDER) -> Catalogue:
    """Read a catalogue folder; a CatalogueError names every fault with its file, entry and field.

    Other folders in it (benchmarks, standards) belong to others and are not read here.
    """
    reading = _Reading(folder)
    partnership = reading.partnership()
    whole = Catalogue(
        partnership=partnership or _NOBODY,
        indicators=reading.indicators(),
        quantities=reading.entries("quantities.toml", Quantity),
        counted=reading.entries("counted.toml", Counted),
        agencies=reading.entries("agencies.toml", Agency),
        areas=reading.entries("areas.toml", Area, key="code"),
        breakdowns=reading.entries("breakdowns.toml", Breakdown),
        priorities=reading.entries("priorities.toml", Priority),
        calendar=reading.entries("calendar.toml", ReturnCalendar, key="kind"),
        cycle=reading.cycle() or _NO_CYCLE,
        audiences=reading.entries("disclosure.toml", Audience),
        annotations=reading.entries("annotations.toml", Annotation),
        choices=reading.choices(),
        clocks=reading.entries("clocks.toml", Clock),
        instruments=reading.instruments(),
        threads=reading.entries(THREADS, Thread),
        aspects=reading.entries(ASPECTS, Aspect),
        places=reading.entries("places.toml", Place),
        former=reading.entries("former.toml", FormerLabel),
        owners=reading.entries("owners.toml", Owner),
        markings=reading.entries(MARKINGS, Marking),
    )
    between = contradictions(whole, reading.indicator_files, reading.faulty_files)
    faults = [*reading.faults, *(fault for fault in between if partnership or fault.file != "partnership.toml")]
    if faults:
        raise CatalogueError(faults)
    return whole


# They stand in for an unreadable file, so that the other files' faults are still found.
_NOBODY = Partnership(name="?", area_code="?", marking="?", first_period="2021-22-Q1")
_NO_CYCLE = Cycle(queries_close_after=1, meeting_after=1, papers_before=1, release_before=1, preview_before=1)


class _Reading:
    """One reading of a folder: the faults found on the way, and which file each indicator came from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.indicator_files: dict[str, str] = {}

    @property
    def faulty_files(self) -> frozenset[str]:
        """The files that hold less than they mean to."""
        return frozenset(fault.file for fault in self.faults)

    def entries(self, file: str, shape: type[_Shape], *, key: str = "id") -> dict[str, _Shape]:
        """Every table of one file as an entry by its id; faulty ones are left out and named."""
        read = ((name, self._entry(file, name, shape, {key: name}, table)) for name, table in self._tables(file))
        return {name: entry for name, entry in read if entry is not None}

    def indicators(self) -> dict[str, Indicator]:
        """The indicators of every domain's file, in the order of the files."""
        found: dict[str, Indicator] = {}
        for path in sorted((self.folder / "indicators").glob("*.toml")):
            found |= self._domain(f"indicators/{path.name}")
        if not found and not self.faults:
            self._says("indicators/", "", "", "holds no indicator. Add one TOML file for each domain.")
        return found

    def choices(self) -> dict[str, dict[str, Choice]]:
        """Every list that logs choose from, by the name of its file."""
        files = sorted((self.folder / "choices").glob("*.toml"))
        return {p.stem: self.entries(f"choices/{p.name}", SHAPES.get(p.stem, Choice)) for p in files}

    def instruments(self) -> dict[str, Instrument]:
        """Every instrument of self-assessment, by the name of its file."""
        files = sorted(
            (self.folder / "instruments").glob("*.toml"),
            key=lambda path: (path.stem == "partnership", path.stem != "organisational", path.stem),
        )
        names = ((path.stem, f"instruments/{path.name}") for path in files)
        return {name: found for name, file in names if (found := self._whole_file(file, Instrument, name)) is not None}

    def partnership(self) -> Partnership | None:
        """Whose data set it is."""
        return self._whole_file("partnership.toml", Partnership)

    def cycle(self) -> Cycle | None:
        """How the days of a quarter follow from its end."""
        return self._whole_file(CYCLE, Cycle)

    def _whole_file(self, file: str, shape: type[_Shape], name: str = "") -> _Shape | None:
        """A file that is one entry."""
        before = len(self.faults)
        told = dict(self._tables(file))
        return None if len(self.faults) > before else self._entry(file, "", shape, {"id": name} if name else {}, told)

    def _domain(self, file: str) -> dict[str, Indicator]:
        tables = dict(self._tables(file))
        domain = tables.pop("domain", None)
        if tables and not isinstance(domain, str):
            self._says(file, "", "domain", 'is missing. Start the file with domain = "…".')
            domain = file
        found: dict[str, Indicator] = {}
        for name, table in tables.items():
            if name in self.indicator_files:
                words = f"is already in {self.indicator_files[name]}. Keep one, or give it a new id."
                self._says(file, name, "", words)
                continue
            self.indicator_files[name] = file
            entry = self._entry(file, name, Indicator, {"id": name, "domain": domain}, table)
            found |= {name: entry} if entry else {}
        return found

    def _tables(self, file: str) -> list[tuple[str, object]]:
        try:
            return list(toml(text_of((self.folder / file).read_bytes())).items())
        except FileNotFoundError:
            self._says(file, "", "", f"is missing from {self.folder}. Put it back.")
        except SlipError as why:
            self._says(file, "", "", f"cannot be read as TOML: {why}.")
        return []

    def _entry(
        self, file: str, name: str, shape: type[_Shape], own: Mapping[str, object], table: object
    ) -> _Shape | None:
        if not isinstance(table, dict):
            self._says(file, name, "", f"is a lone value. Write it as [{name}] with its fields below.")
            return None
        try:
            return shape.model_validate({**own, **cast("dict[str, Any]", table)})
        except ValidationError as why:
            for error in why.errors(include_url=False):
                field, words = in_words(shape, cast("Mapping[str, Any]", error))
                self._says(file, name, field, words)
            return None

    def _says(self, file: str, entry: str, field: str, message: str) -> None:
        self.faults.append(Fault(file, entry, field, message))
