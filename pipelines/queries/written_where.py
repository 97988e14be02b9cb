"""In which return, sheet and row a text stands that a publication shows: whoever has to have it mended must find it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.store.sought import plain
from pipelines.store.written import in_words, typed_beside
from schemas.catalogue import catalogue
from schemas.periods import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from duckdb import DuckDBPyConnection

    from pipelines.store.written import Place

NO_AGENCY = "The partnership itself"
RESPONDENTS = "Schools and other respondents"
# Texts that come with no return, by the table they stand in.
_BESIDE = {
    "publication": "The label of the release",
    "agreement": "agreements.toml",
    "annotation": "The events in the catalogue",
    "restatement": "The label of a release, beside a figure that was restated",
}
_STANDS = ("accepted", "accepted_with_queries")
_PART = 12  # letters from which a text is looked for inside of another


@dataclass(frozen=True, slots=True)
class Where:
    """One place: whose words they are, the return by its id and by its name, and the sheet, row and column, or the cover."""

    agency: str
    submission_id: str
    what: str
    place: str

    @property
    def words(self) -> str:
        """`Figures, 2026-27 Q2, version 2: sheet Figures, row 14, reason`."""
        return f"{self.what}: {self.place}" if self.place else self.what


def where(connection: DuckDBPyConnection, texts: tuple[str, ...]) -> tuple[tuple[str, tuple[Where, ...]], ...]:
    """For each text the places in returns where somebody wrote it, returns that stand first; none where it came with no return.

    A text that pages join of several or shorten is found by what stands in it.
    """
    known = _submissions(connection)
    written: dict[str, list[Place]] = {}
    for place in _typed(connection):
        written.setdefault(plain(place.value), []).append(place)
    return tuple((text, _sorted(_found(text, written), known)) for text in texts)


def beside(column: str) -> Where:
    """Where a text came from that stands in no return, by the column of the publication it stands in."""
    table, _, name = column.partition(".")
    said = _BESIDE.get(table)
    return Where(NO_AGENCY, "", said or f"The publication’s table {table}", "" if said else f"column {name}")


def _typed(connection: DuckDBPyConnection) -> Iterable[Place]:
    yield from in_words(connection)
    yield from (place for place in typed_beside(connection) if place.column == "cover")


def _found(text: str, written: dict[str, list[Place]]) -> list[Place]:
    """The places of a text; of one that is joined of others, or a part of one, those of the others."""
    if text in written:
        return written[text]
    return [
        place
        for other, places in written.items()
        if len(other) >= _PART and " " in other and (other in text or (len(text) >= _PART and text in other))
        for place in places
    ]


def _submissions(connection: DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    found = connection.execute("select submission_id, agency_id, kind, period_id, version, state from submission")
    names = ("submission_id", "agency_id", "kind", "period_id", "version", "state")
    return {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}


def _sorted(places: Sequence[Place], known: dict[str, dict[str, Any]]) -> tuple[Where, ...]:
    """Returns that stand before those that were replaced, the newest version first."""
    mine = [(known[each.submission_id], each) for each in places if each.submission_id in known]
    mine.sort(key=lambda one: (one[0]["state"] not in _STANDS, one[0]["submission_id"], one[1].sheet, one[1].row))
    standing = [one for one in mine if one[0]["state"] in _STANDS] or mine
    return tuple(dict.fromkeys(_where(submission, place) for submission, place in standing))


def _where(submission: dict[str, Any], place: Place) -> Where:
    agency = catalogue().agencies.get(submission["agency_id"])
    name = place.name.replace("_", " ")
    here = f"sheet {place.sheet}, row {place.row}, {name}" if place.sheet else f"cover, {name}"
    return Where(agency.short if agency else RESPONDENTS, submission["submission_id"], _what(submission), here)


def _what(submission: dict[str, Any]) -> str:
    kind = catalogue().calendar.get(submission["kind"])
    title = (
        kind.title if kind and submission["kind"] != "figures" else submission["kind"].replace("_", " ").capitalize()
    )
    period = parse(submission["period_id"]).short if submission["period_id"] else ""
    return ", ".join(part for part in (title, period, f"version {submission['version']}") if part)
