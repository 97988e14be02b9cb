"""What every file says of itself: its marking by what it holds, how to handle it, whose the figures are, whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.catalogue import catalogue
from schemas.catalogue.marking import Content, marking_of, with_figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.queries.frame import Header
    from pipelines.queries.owners import DataOwner

SYNTHETIC = "SYNTHETIC"


@dataclass(frozen=True, slots=True)
class Marked:
    """A file's marking, its handling line, which release it is from (empty where it is from none) and who owns what it holds."""

    level: str
    handling: str
    partnership: str
    synthetic: bool
    release: str = ""
    owners: tuple[DataOwner, ...] = ()

    @property
    def line(self) -> str:
        """The marking in one line, for the top of a sheet or page."""
        parts = (self.level, SYNTHETIC if self.synthetic else "", self.partnership, self.release)
        return " · ".join(part for part in parts if part)

    @property
    def in_a_name(self) -> str:
        """The marking as part of a file's name: `OFFICIAL-SENSITIVE`, `SYNTHETIC-Public`."""
        return "-".join(["SYNTHETIC"] * self.synthetic + [self.level.replace(" ", "-")])

    @property
    def asking(self) -> str:
        """Whom to ask under the Freedom of Information Act, in words; empty where the file holds no owner's figures."""
        if not self.owners:
            return ""
        return f"{_whose(self.owners)} {not_an_authority(self.partnership)}".rstrip()

    def facts(self) -> dict[str, str]:
        """The same as named facts, for a program to read."""
        said = {
            "marking": self.level,
            "handling": self.handling,
            "partnership": self.partnership,
            "release": self.release,
            "synthetic": "yes" if self.synthetic else "no",
            "freedom_of_information": self.asking,
        }
        return {name: text for name, text in said.items() if text}

    def owned(self) -> list[dict[str, object]]:
        """The owners as a program reads them, one each with the agencies whose figures are theirs."""
        return [
            {
                "data_owner": each.owner,
                "agencies": list(each.agencies),
                "contact": each.contact,
                "address": each.address,
                "is_public_authority": each.is_public_authority,
            }
            for each in self.owners
        ]


def of_release(
    head: Header, contents: Iterable[Content], owners: Sequence[DataOwner] = (), *, figures: bool = True
) -> Marked:
    """How something from a publication is marked. `contents`: what it holds beside figures; `figures`: whether it holds any."""
    known = catalogue()
    audience = known.audiences[head.audience]
    held = frozenset(contents) | (with_figures(audience) if figures else frozenset())
    level = marking_of(known.markings, audience, held, figures=figures)
    return Marked(level.name, level.handling, head.partnership, head.synthetic, head.published_words, tuple(owners))


def of_contents(contents: Iterable[Content], owners: Sequence[DataOwner] = ()) -> Marked:
    """How something is marked that is from no publication."""
    known = catalogue()
    level = marking_of(known.markings, None, contents)
    return Marked(level.name, level.handling, known.partnership.name, known.partnership.synthetic, "", tuple(owners))


def as_marked(name: str) -> Marked:
    """A marking by its name, such as the partnership's own, for what is from no publication."""
    known = catalogue()
    level = next(each for each in known.markings.values() if each.name == name)
    return Marked(level.name, level.handling, known.partnership.name, known.partnership.synthetic)


def not_an_authority(partnership: str) -> str:
    """That the partnership itself is bound by no such Act, so that the owners must be asked; empty where it is bound."""
    if catalogue().partnership.is_public_authority:
        return ""
    return f"{partnership} is not a public authority itself, so the Freedom of Information Act does not bind it: ask the owner."


def _whose(owners: Sequence[DataOwner]) -> str:
    if len(owners) == 1:
        return f"What it holds is {owners[0].owner}’s. To ask for it, write to {owners[0].ask}."
    return f"What it holds is of {len(owners)} owners; each row, or the list of owners, says whose and whom to ask."
