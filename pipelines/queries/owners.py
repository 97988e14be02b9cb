"""Whose each figure is by law, and whom to ask for it: as the publication says, for pages and for files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.reading import rows
from schemas.catalogue import catalogue
from schemas.returns.records import EVERYBODYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    import pandas as pd

    from pipelines.queries.pointer import Pointer

# The two columns every file of figures ends with.
OWNER, ASK = "data_owner", "information_contact"
_ALL = "all"


@dataclass(frozen=True, slots=True)
class DataOwner:
    """One body that owns figures, whom there to ask for them, and the agencies whose figures they are, by title."""

    owner: str
    contact: str
    address: str
    is_public_authority: bool
    agencies: tuple[str, ...]

    @property
    def ask(self) -> str:
        """Whom to ask: `Information access team, Leeds City Council, foi@council.example`."""
        return f"{self.contact}, {self.owner}, {self.address}"


@dataclass(frozen=True, slots=True)
class Owners:
    """Every agency's data owner, and the agencies whose figures make up each indicator's."""

    by_agency: dict[str, DataOwner]
    senders: dict[str, tuple[str, ...]]

    def of(self, agency_ids: Iterable[str]) -> tuple[DataOwner, ...]:
        """The owners of these agencies' figures, each once, with all of these agencies that are theirs."""
        found: dict[str, DataOwner] = {}
        for agency_id in dict.fromkeys(agency_ids):
            one = self.by_agency.get(agency_id)
            if one is not None:
                before = found[one.owner].agencies if one.owner in found else ()
                found[one.owner] = DataOwner(
                    one.owner, one.contact, one.address, one.is_public_authority, (*before, *one.agencies)
                )
        return tuple(found.values())

    def of_figure(self, indicator_id: str, agency_id: str) -> tuple[DataOwner, ...]:
        """The owners of one figure: of one of all agencies together, all who send the indicator."""
        return self.of(self.senders.get(indicator_id, ()) if agency_id == _ALL else [agency_id])


def owners(pointer: Pointer) -> Owners:
    """The owners as the publication has them; of one made before publications had them, as the catalogue has them today."""
    there = rows(pointer, "select count(*) as n from information_schema.tables where table_name = 'data_owner'")
    listed = rows(pointer, _LISTED) if there[0]["n"] else _of_today()
    by_agency = {
        row["agency_id"]: DataOwner(
            row["owner"], row["contact"], row["address"], row["is_public_authority"], (row["title"],)
        )
        for row in listed
    }
    sent = rows(pointer, "select indicator_id, agency_id, senders from indicator")
    senders = {row["indicator_id"]: tuple(dict.fromkeys([row["agency_id"], *row["senders"].split()])) for row in sent}
    return Owners(by_agency, senders)


def with_owners(table: pd.DataFrame, owning: Callable[[Mapping[Any, Any]], Sequence[DataOwner]]) -> pd.DataFrame:
    """The table with whose each row is and whom to ask, last; several owners with a semicolon between."""
    found = [owning(row) for row in table.astype(object).to_dict("records")]
    return table.assign(
        **{
            OWNER: ["; ".join(each.owner for each in some) for some in found],
            ASK: ["; ".join(each.ask for each in some) for some in found],
        }
    )


def of_figures(table: pd.DataFrame, known: Owners) -> pd.DataFrame:
    """Figures, with the owners of each."""
    kept: dict[tuple[str, str], tuple[DataOwner, ...]] = {}

    def owning(row: Mapping[Any, Any]) -> tuple[DataOwner, ...]:
        key = (row["indicator_id"], row["agency_id"])
        if key not in kept:
            kept[key] = known.of_figure(*key)
        return kept[key]

    return with_owners(table, owning)


def of_records(table: pd.DataFrame, known: Owners) -> pd.DataFrame:
    """Records, with the owner of each: of the agency it names, else of the business unit, which keeps them for everybody."""
    ids = table["agency_id"].tolist() if "agency_id" in table.columns else [""] * len(table)
    return of_agencies(table, ids, known)


def of_agencies(table: pd.DataFrame, agency_ids: Sequence[str], known: Owners) -> pd.DataFrame:
    """The same of a table whose rows are of these agencies, one each; of one it does not know, the business unit's."""
    whose = iter(agency_ids)
    return with_owners(table, lambda _: known.of(keepers([next(whose)], known)))


def keepers(agency_ids: Iterable[str], known: Owners) -> tuple[str, ...]:
    """The agencies whose records these are: a school or a club, and what nobody is named for, stands under the business unit."""
    return tuple(dict.fromkeys(each if each in known.by_agency else EVERYBODYS[0] for each in agency_ids))


_LISTED = """
select o.agency_id, o.owner, o.contact, o.address, o.is_public_authority, g.title
from data_owner o
join agency g using (agency_id)
order by o.position
"""


def _of_today() -> list[dict[str, Any]]:
    known = catalogue()
    return [
        {
            "agency_id": agency.id,
            "owner": known.owner_of(agency.id).name,
            "contact": known.owner_of(agency.id).contact,
            "address": known.owner_of(agency.id).address,
            "is_public_authority": known.owner_of(agency.id).is_public_authority,
            "title": agency.title,
        }
        for agency in known.agencies.values()
    ]
