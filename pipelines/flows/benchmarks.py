"""Official statistics into the vault: read each file through its mapping, replace what it brings anew, say what came."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipelines.queries import altered_before
from pipelines.reading import statistics
from pipelines.store import benchmarks, chain, events, fingerprints, neighbours, opening
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.catalogue.mappings import mappings
from schemas.periods import parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    import pandas as pd

    from pipelines.store.opening import Connection
    from schemas.actors import Actor


class FilesNotLoadedError(UserError):
    """A sentence for each file that was not; `loaded` has the summaries of those that were."""

    def __init__(self, faults: list[str], loaded: list[str]) -> None:
        """Keep both, so that a caller can still show what was loaded."""
        others = [f"The other {len(loaded)} were loaded." if len(loaded) > 1 else "The other one was loaded."]
        super().__init__("\n".join(faults + (others if loaded else [])), exit_code=2)
        self.loaded = loaded


def load(
    home: Path,
    actor: Actor,
    paths: Sequence[Path],
    at: datetime,
    progress: Callable[[Sequence[Path]], Iterator[Path]] = iter,
) -> list[str]:
    """Load every file that can be read, in one transaction, and return a line for each.

    `progress` hands the files on one by one, and may show how far it has come. A file nobody knows stops none of the
    others; it is named afterwards in a FilesNotLoadedError.
    """
    require(actor, "business_unit")
    read, faults = _read(progress(paths))
    loaded: list[str] = []
    if read:
        with opening.transaction(home, write=True) as connection:
            loaded = [_keep(connection, actor, found, at) for found in read]
    if faults:
        raise FilesNotLoadedError(faults, loaded)
    return loaded


def told(
    home: Path, actor: Actor, paths: Sequence[Path], at: datetime, progress: Callable[[Sequence[Path]], Iterator[Path]]
) -> Iterator[str]:
    """Load the files as `load` does, and say a line for each; those that were loaded first where one was not."""
    try:
        yield from load(home, actor, paths, at, progress)
    except FilesNotLoadedError as some:
        yield from some.loaded
        raise


def _read(paths: Iterator[Path]) -> tuple[list[statistics.Statistics], list[str]]:
    read: list[statistics.Statistics] = []
    faults: list[str] = []
    for path in paths:
        try:
            read.append(statistics.read(path, mappings(), catalogue().areas.values()))
        except UserError as why:
            faults.append(str(why))
    return read, faults


def _keep(connection: Connection, actor: Actor, found: statistics.Statistics, at: datetime) -> str:
    reading = _reading(found)
    if benchmarks.is_loaded(connection, found.sha256, reading):
        return f"{found.file_name}: already loaded, nothing changed{_noted(connection, actor, found, at)}."
    figures, strange = _known(found.figures)
    was_altered = altered_before.statistics(connection)
    words = _store(connection, found, figures, reading, at)
    _log(connection, actor, found, words, at, was_altered=was_altered)
    return " ".join([f"{found.file_name}: {found.release}, {words}.", *found.notes, *strange])


def _noted(connection: Connection, actor: Actor, found: statistics.Statistics, at: datetime) -> str:
    """Log the fingerprint of all that is there where no loading has: an earlier version noted none. Nothing where one has."""
    loaded = [chain.facts(each["detail"]) for each in events.of(connection, "benchmarks.loaded")]
    if loaded and loaded[-1].get("tables_sha256"):
        return ""
    _log(connection, actor, found, "nothing new", at)
    return "; the event log holds the fingerprint of all official statistics from now on"


def _log(  # noqa: PLR0913 - who loaded what, when, what came of it, and what had been there
    connection: Connection,
    actor: Actor,
    found: statistics.Statistics,
    words: str,
    at: datetime,
    *,
    was_altered: bool = False,
) -> None:
    # The file may be called anything; what it is, its mapping says.
    detail: dict[str, str | bool] = {"file_sha256": found.sha256, "edition": found.edition, "loaded": words}
    detail["tables_sha256"] = fingerprints.official(connection)
    if was_altered:
        detail[altered_before.WAS_ALTERED] = True
    events.append(connection, actor, "benchmarks.loaded", found.mapping.id, detail, at=at)


def _store(
    connection: Connection, found: statistics.Statistics, figures: pd.DataFrame, reading: str, at: datetime
) -> str:
    if found.mapping.layout == "neighbours":
        taken = neighbours.replace(
            connection,
            found.neighbours,
            file_sha256=found.sha256,
            release=found.release,
            edition=found.edition,
            at=at,
            reading=reading,
        )
        return f"{taken} statistical neighbours" if taken else "left alone, as a newer model is there"
    done = benchmarks.replace(
        connection, figures, file_sha256=found.sha256, release=found.release, at=at, reading=reading
    )
    return _words(figures, done)


def _words(figures: pd.DataFrame, done: benchmarks.Replaced) -> str:
    periods = sorted(parse(period_id) for period_id in figures["period_id"].unique())
    span = "" if not periods else f", {periods[0].short}"
    span += f" to {periods[-1].short}" if len(periods) > 1 else ""
    words = f"{_count(len(figures), 'figure')} for {_count(figures['area_code'].nunique(), 'place')}{span}"
    replaced = f"; {done.replaced:,} in place of an earlier edition" if done.replaced else ""
    kept = f"; {done.kept:,} left as a newer edition has them" if done.kept else ""
    return f"{words}{replaced}{kept}"


def _known(figures: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Figures of indicators, quantities and groups the catalogue has; the others are named, not stored."""
    known = catalogue()
    mine = figures["indicator_id"].isin([*known.indicators, ""]) & figures["quantity_id"].isin([*known.quantities, ""])
    strange = sorted({*figures.loc[~mine, "indicator_id"], *figures.loc[~mine, "quantity_id"]} - {""})
    group = figures["breakdown"] + "/" + figures["category"]
    groups = ["all/all", *(f"{b.id}/{c.id}" for b in known.breakdowns.values() for c in b.categories)]
    strange += sorted(set(group[~group.isin(groups)]))
    notes = [f"Left out what the catalogue does not have: {', '.join(strange)}."] if strange else []
    # Indicators are compared as a whole and place by place; only the populations they rest on are kept by group.
    ward = figures["area_code"].isin([area.code for area in known.wards])
    split = figures["indicator_id"].ne("") & (group.ne("all/all") | ward)
    if split.any():
        notes.append(f"Left out {int(split.sum())} of indicators by group or ward: only populations are kept so.")
    return figures[mine & group.isin(groups) & ~split], notes


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _reading(found: statistics.Statistics) -> str:
    """What the file was read through: a mapping or a place added since makes the same file worth reading again."""
    places = ",".join(sorted(catalogue().areas))
    return hashlib.sha256(f"{found.mapping.sha256}{places}".encode()).hexdigest()
