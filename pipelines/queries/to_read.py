"""The texts a person reads before a release: those its readers have never been shown, who wrote them, and where they stand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.first_said import said_in, unread
from pipelines.queries.pointer import every, latest_whole, stands
from pipelines.queries.prepared import looked_at, standing
from pipelines.queries.remembered import remembered
from pipelines.queries.vault import stamp
from pipelines.queries.written_where import Where, beside, where
from pipelines.store.opening import transaction
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.returns.doubtful import LOOK_FIRST, doubts, weight

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipelines.queries.pointer import Pointer
    from schemas.actors import Actor

# The letters of the fingerprint that somebody types.
CODE = 12


@dataclass(frozen=True, slots=True)
class Text:
    """One text: for which audiences it would be new, where it stands (`many`: in how many places), what speaks for reading it first."""

    words: str
    audiences: tuple[str, ...]
    where: tuple[Where, ...]
    many: int
    doubts: tuple[str, ...]

    @property
    def is_doubtful(self) -> bool:
        """Whether it is among those to read first."""
        return weight(self.words) >= LOOK_FIRST

    @property
    def agency(self) -> str:
        """Whose words they are, as headings name them; of several the first."""
        return self.where[0].agency


@dataclass(frozen=True, slots=True)
class ToRead:
    """The texts of one release, the doubtful first; `fingerprint` is another whenever any of them, or for whom it is, is."""

    texts: tuple[Text, ...]
    fingerprint: str

    @property
    def code(self) -> str:
        """As much of the fingerprint as is typed on the command line."""
        return self.fingerprint[:CODE]

    @property
    def doubtful(self) -> tuple[Text, ...]:
        """Those to read first."""
        return tuple(each for each in self.texts if each.is_doubtful)

    def many(self, audience: str) -> int:
        """How many are new for one audience."""
        return sum(audience in each.audiences for each in self.texts)


def to_read(home: Path, actor: Actor) -> ToRead | None:
    """The texts of the prepared release, for the business unit; None where nothing is prepared.

    They are of the prepared files themselves, so they are what would be published. UserError where one cannot be opened.
    """
    require(actor, "business_unit")
    found = standing(home)
    if found is None:
        return None
    files = [looked_at(home, actor, one.publication_id) for one in found.files]
    return _listed(home, files)


def just_published(home: Path, actor: Actor) -> ToRead:
    """The texts that the newest publication of each audience was the first to show, for the business unit."""
    require(actor, "business_unit")
    newest = (latest_whole(home, audience) for audience in catalogue().audiences)
    return _listed(home, [each for each in newest if each])


def fingerprint_of(new: Mapping[str, Mapping[str, str]]) -> str:
    """One line for texts by their audience: the SHA-256 of the SHA-256 of each."""
    each = sorted(
        f"{audience} {hashlib.sha256(text.encode()).hexdigest()}" for audience in new for text in new[audience]
    )
    return hashlib.sha256("\n".join(each).encode()).hexdigest()


def _listed(home: Path, files: Sequence[Pointer]) -> ToRead:
    """Worked out once for as long as the files, what they are held against, and the vault stay as they are."""
    against = tuple(tuple((each.publication_id, stands(each)) for each in every(home, one.audience)) for one in files)
    return _worked_out(home, tuple(files), against, stamp(home))


@remembered(maxsize=4)
def _worked_out(home: Path, files: tuple[Pointer, ...], against: object, vault: object) -> ToRead:
    del against, vault
    new = {each.audience: unread(home, each.audience, said_in(each), each.publication_id) for each in files}
    columns = {text: column for each in new.values() for text, column in each.items()}
    with transaction(home, write=False) as connection:
        places = dict(where(connection, tuple(sorted(columns))))
    texts = [
        _text(text, tuple(a for a in new if text in new[a]), places.get(text) or (beside(column),))
        for text, column in columns.items()
    ]
    texts.sort(key=lambda each: (not each.is_doubtful, -weight(each.words) * each.is_doubtful, each.agency, each.words))
    return ToRead(tuple(texts), fingerprint_of(new))


def _text(words: str, audiences: tuple[str, ...], places: tuple[Where, ...]) -> Text:
    return Text(words, audiences, places, len(places), doubts(words))
