"""The agreements a publication was made under, as it carries them; nothing where it was made before it carried any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.queries.present import present
from schemas.returns.listed import listed

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries.pointer import Pointer


@dataclass(frozen=True, slots=True)
class Terms:
    """One agency's agreement as the publication was made under it; `withheld`: how many figures it kept back."""

    title: str
    state: str
    covered: bool
    audiences: tuple[str, ...]
    purpose: str
    onward_use: str
    basis: str
    review_on: date | None
    exact_totals: bool
    withheld: int


@dataclass(frozen=True, slots=True)
class MadeUnder:
    """All agreements of a publication, and when, by which role and for what the impact assessment was signed, empty if none."""

    terms: tuple[Terms, ...]
    assessed: str
    assessed_on: date | None


def made_under(pointer: Pointer) -> MadeUnder:
    """The agreements of a publication."""
    found = present(pointer, "agreement", "covered", "select * from agreement order by position", [])
    signed = present(pointer, "assessment", "covers", "select * from assessment", [])
    said = f"{signed[0]['covers'].rstrip('.')}, signed by {signed[0]['by_role']}" if signed else ""
    return MadeUnder(tuple(_terms(row) for row in found), said, signed[0]["signed_on"] if signed else None)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why a kind of log is not shown, or in part only: whose records an agreement keeps from the readers."""

    agencies: tuple[str, ...]
    in_part: bool

    def words(self, log: str) -> str:
        """The reason in one sentence; `log` as `The learning log`.

        >>> LeftOut(("Probation Service",), in_part=False).words("The learning log")
        'The learning log holds records of Probation Service, and no agreement lets the readers of this publication see them.'
        """
        whose = listed(list(self.agencies))
        if self.in_part:
            return (
                f"Left out are the self-assessment of {whose}, which no agreement lets the readers of this publication see, "
                "and every count and middle it is part of."
            )
        return f"{log} holds records of {whose}, and no agreement lets the readers of this publication see them."


def left_out(pointer: Pointer) -> dict[str, LeftOut]:
    """The kinds of log that agreements keep from a publication's readers, and whose; none where it was made before it said so."""
    query = "select title, kinds, kinds_in_part from agreement order by position"
    found = present(pointer, "agreement", "kinds_in_part", query, [])
    named: dict[tuple[str, bool], list[str]] = {}
    for row in found:
        for in_part, kinds in ((False, row["kinds"]), (True, row["kinds_in_part"])):
            for kind in kinds.split():
                named.setdefault((kind, in_part), []).append(row["title"])
    return {kind: LeftOut(tuple(whose), in_part) for (kind, in_part), whose in named.items()}


def _terms(row: dict[str, Any]) -> Terms:
    return Terms(
        title=row["title"],
        state=row["state"],
        covered=row["covered"],
        audiences=tuple(row["audiences"].split()),
        purpose=row["purpose"],
        onward_use=row["onward_use"],
        basis=row["basis"],
        review_on=row["review_on"],
        exact_totals=row["exact_totals"],
        withheld=row["withheld"],
    )
