"""The agreements a publication was made under, as it carries them; nothing where it was made before it carried any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.queries.present import present

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
