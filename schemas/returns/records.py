"""The records of a log: typed as its sheets say, and overlaid one version on another by their keys."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from schemas.actors import SCRUTINEER
from schemas.catalogue.whole import Catalogue  # noqa: TC001 - read by doctests and callers alike
from schemas.returns.labelled import OBJECT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandera.pandas as pa

    from schemas.periods import Period
    from schemas.returns.kind import Column, Kind, SheetLayout

# Who may add to and change everybody's records; any other agency only its own.
EVERYBODYS = ("bu",)
WITHDRAWN = "withdrawn"
_TYPES = {"day": "datetime64[us]", "whole": "float64", "number": "float64"}

# What leads from a recommendation to an incident, or is for few to read.
ORIGIN = ("source", "source_ref", "context", "text", "not_measurable", "public_wording")


def is_on_behalf(role: str, sender_id: str) -> bool:
    """Whether somebody who enters a return does it for another: the business unit, for any sender but itself.

    >>> is_on_behalf("business_unit", "ltht"), is_on_behalf("business_unit", "bu"), is_on_behalf("analyst", "ltht")
    (True, False, False)
    """
    return role == "business_unit" and bool(sender_id) and sender_id not in EVERYBODYS


def typed(layout: SheetLayout, text: pd.DataFrame) -> pd.DataFrame:
    """Stored text as the sheet's columns hold it, index and other columns kept.

    Days become datetime64 (NaT where empty), whole and other numbers float64 (NaN), everything else text (""): as plain
    objects where it came as such, which a few dozen rows are compared by ten times as fast as by pandas' own text.
    """
    made = {name: text[name] for name in text.columns}
    for column in layout.columns:
        cells = made[column.name] if column.name in made else pd.Series("", text.index, dtype="str")
        made[column.name] = _typed(column, cells)
    return pd.DataFrame(made, index=text.index)


def _typed(column: Column, cells: pd.Series) -> pd.Series:
    # What is typed already, and a column of days with none, is commonest: of four hundred returns it is most of the work.
    if column.holds == "day" and not pd.api.types.is_datetime64_any_dtype(cells):
        filled = cells.where(cells.ne(""), None)
        if filled.isna().all():
            return pd.Series(pd.NaT, cells.index, dtype="datetime64[us]")
        return pd.to_datetime(filled, format="ISO8601").astype("datetime64[us]")
    if column.holds == "day":
        return cells.astype("datetime64[us]")
    if column.holds in ("whole", "number"):
        return pd.to_numeric(cells.where(cells.ne(""), None)).astype("float64")
    if cells.dtype == OBJECT or isinstance(cells.dtype, pd.StringDtype):
        return cells.fillna("") if cells.hasnans else cells
    return cells.fillna("").astype("str")


def empty(layout: SheetLayout) -> pd.DataFrame:
    """No record of a sheet, with the columns and types of a full one."""
    return _nothing(layout).copy()


@cache
def _nothing(layout: SheetLayout) -> pd.DataFrame:
    return typed(layout, pd.DataFrame({column.name: [] for column in layout.columns}, dtype="str"))


def keys(layout: SheetLayout, records: pd.DataFrame) -> pd.Series:
    """The one text that names each record, by the sheet's key; days as 2026-09-30."""
    parts = (map(_in_key, records[name].tolist()) for name in layout.key)
    return pd.Series(list(map("|".join, zip(*parts, strict=True))), records.index, dtype=OBJECT)


def _in_key(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is pd.NaT:
        return ""
    return value.strftime("%Y-%m-%d") if isinstance(value, pd.Timestamp) else str(value)


def overlaid(layout: SheetLayout, earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """The earlier records with the later ones in the place of those they name, and new ones after them."""
    if later.empty:
        return earlier
    if earlier.empty:
        return later
    replaced = keys(layout, earlier).isin(set(keys(layout, later)))
    kept = earlier[~replaced.to_numpy(dtype=bool)]
    return later if kept.empty else pd.concat([kept, later], ignore_index=True)


@cache
def model(layout: SheetLayout) -> pa.DataFrameSchema:
    """What every stored record of a sheet is once it is typed: the contract between the vault and those who read it."""
    import pandera.pandas as pa

    columns = {
        column.name: pa.Column(
            _TYPES.get(column.holds),
            pa.Check.ge(0) if column.holds == "whole" else None,
            nullable=column.holds in _TYPES and not column.needed,
        )
        for column in layout.columns
    }
    return pa.DataFrameSchema(columns, unique=list(layout.key), strict=False, name=layout.name)


def fits(layout: SheetLayout, records: pd.DataFrame) -> bool:
    """Whether typed records surely keep to the model, found out in a hundredth of the time.

    Where they may not, the model itself says what is wrong. Held to the model in the tests.
    """
    for column in layout.columns:
        if column.name not in records:
            return False
        cells = records[column.name]
        if column.holds in _TYPES and cells.dtype != _TYPES[column.holds]:
            return False
        if (column.needed or column.holds not in _TYPES) and cells.hasnans:
            return False
        if column.holds == "whole" and cells.lt(0).any():
            return False
    return len(set(keys(layout, records))) == len(records)


def standing(records: pd.DataFrame) -> pd.DataFrame:
    """The records that have not been taken back."""
    if "standing" not in records:
        return records
    return records[records["standing"].ne(WITHDRAWN)].reset_index(drop=True)


def _sent_by(records: pd.DataFrame, agency_id: str) -> pd.DataFrame:
    return records[records["sent_by"].eq(agency_id)] if "sent_by" in records else records.iloc[:0]


@dataclass(frozen=True)
class LogContext:
    """What stands around the rows of one return of a log.

    `held` are the records that stand in the vault, `coming` the return's own rows that nothing has kept out so far; both
    by sheet, typed; `left_out` names the records whose own row in the return was kept out. `today` decides what is overdue. `cover` is what the cover answers. `moderating` says that
    the business unit sends what it has moderated.
    """

    catalogue: Catalogue
    kind: Kind
    agency_id: str
    period: Period
    today: date
    held: Mapping[str, pd.DataFrame] = field(default_factory=lambda: MappingProxyType({}))
    coming: Mapping[str, pd.DataFrame] = field(default_factory=lambda: MappingProxyType({}))
    cover: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    moderating: bool = False
    left_out: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def may_change_everything(self) -> bool:
        """Whether the sender keeps the log for all agencies."""
        return self.agency_id in EVERYBODYS

    def before(self, sheet: str) -> pd.DataFrame:
        """The records of a sheet as they stand without this return."""
        return self.held[sheet] if sheet in self.held else empty(self.kind.sheet(sheet))

    def whole(self, sheet: str) -> pd.DataFrame:
        """The records of a sheet as they would stand with this return."""
        before = self.before(sheet)
        return overlaid(self.kind.sheet(sheet), before, self.coming[sheet]) if sheet in self.coming else before

    def as_seen(self) -> LogContext:
        """The same with only those records that the sender may read before they are published.

        A rule's message, and its silence, tell what it was held against. An agency is held against its own records, and
        against the recommendations it has an action of or that are for it, without what leads to an incident. The
        scrutineer reads what the Executive reads.
        """
        if self.may_change_everything or self.agency_id == SCRUTINEER:
            return self
        mine = {name: _sent_by(frame, self.agency_id) for name, frame in self.held.items()}
        if "Actions" in self.held:
            actions = self.held["Actions"]
            mine["Actions"] = actions[actions["agency_id"].eq(self.agency_id)]
        if "Recommendations" in self.held:
            mine["Recommendations"] = self._recommendations_seen(mine.get("Actions"))
        return replace(self, held=mine)

    def _recommendations_seen(self, actions: pd.DataFrame | None) -> pd.DataFrame:
        every = self.held["Recommendations"]
        own = (
            every["sent_by"].eq(self.agency_id) if "sent_by" in every else pd.Series([False] * len(every), every.index)
        )
        has_action = every["recommendation_id"].isin(set(actions["recommendation_id"]) if actions is not None else ())
        told = every["agency_id"].eq(self.agency_id) | has_action
        blank = every.assign(**dict.fromkeys(ORIGIN, "")).where(~own, every)
        return blank[own | told]

    @property
    def now(self) -> pd.Timestamp:
        """Today, to be compared with the days of records."""
        return pd.Timestamp(self.today)
