"""What an agency's agreement keeps from an audience: its figures, and every total a reader could take the others from.

A total that any such agency has a part in is withheld too, however many others have one: of two parts nobody could tell
which is whose, but together they would still be figures shown to an audience they were not sent for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure.withheld import worked_out
from pipelines.publishing.linking import matrix
from schemas.returns.respondents import is_respondent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.cells import Cells
    from schemas.catalogue import Audience, Catalogue, Indicator

WITHHELD = "a"
# Records of these name who they are about and who sent them row by row; of the others counts are made that no longer
# say whose they were, so a kind that holds anything withheld is left out as a whole.
BY_ROW = ("account",)
# A record of these is one sender's own word, and everything made of several says of whom: the sender's own are left out,
# and what its own are part of, but not what others said.
BY_SENDER = ("self_assessment",)
RESPONDENTS_ACT_UNDER = "bu"


def under_logs(catalogue: Catalogue, records: Mapping[str, Mapping[str, pd.DataFrame]]) -> Catalogue:
    """The catalogue with the kinds of log each audience may not have: those that hold a record of an agency it may not see.

    Some are left out in part only, if it is not the schools and clubs that are withheld: they are many, send under the
    business unit's terms, and stand in every count. `withheld_logs` says for whose agreement which kind is left out.
    """
    sent_by = {kind: _senders(sheets) for kind, sheets in records.items() if kind not in BY_ROW}
    return replace(
        catalogue, audiences={each.id: _without_logs(each, sent_by) for each in catalogue.audiences.values()}
    )


def _without_logs(audience: Audience, sent_by: Mapping[str, set[str]]) -> Audience:
    found = {kind: named & set(audience.withheld_from) for kind, named in sent_by.items()}
    in_part = [k for k, named in found.items() if named and k in BY_SENDER and RESPONDENTS_ACT_UNDER not in named]
    return audience.model_copy(
        update={
            "withheld_kinds": tuple(k for k, named in found.items() if named and k not in in_part),
            "withheld_in_part": tuple(in_part),
            "withheld_logs": tuple((kind, agency) for kind, named in found.items() for agency in sorted(named)),
        }
    )


def _senders(sheets: Mapping[str, pd.DataFrame]) -> set[str]:
    named = {str(one) for frame in sheets.values() if len(frame) for one in frame["sent_by"].unique()}
    return {RESPONDENTS_ACT_UNDER if is_respondent(one) else one for one in named}


def is_withheld(indicator: Indicator, audience: Audience) -> bool:
    """Whether the figure of all together holds a part an agreement keeps from the audience: a sender's, or a whole log's."""
    return bool(set(indicator.sent_by) & set(audience.withheld_from)) or indicator.computed_from in _left_out(audience)


def _left_out(audience: Audience) -> tuple[str, ...]:
    """The kinds of log of which no count is told: a part that is left out would be missing from it."""
    return audience.withheld_kinds + audience.withheld_in_part


def withheld_cells(catalogue: Catalogue, cells: Cells, audience: Audience) -> np.ndarray:
    """Which cells hold a part, or are a total, of an agency whose agreement does not cover the audience."""
    kept = frozenset(audience.withheld_from)
    if not kept:
        return np.zeros(len(cells.frame), dtype=bool)
    whole = {
        quantity
        for indicator in catalogue.indicators.values()
        if is_withheld(indicator, audience)
        for quantity in (indicator.numerator, indicator.denominator)
        if quantity and not catalogue.quantities[quantity].official
    }
    names = {str(q): not whole.isdisjoint(_plain(str(q))) for q in cells.frame["quantity"].unique()}
    of_all = cells.frame["agency_id"].eq("all")
    total = of_all & cells.frame["quantity"].map(names).astype(bool)
    return (total | cells.frame["agency_id"].isin(list(kept))).to_numpy(dtype=bool)


def _plain(quantity: str) -> set[str]:
    """The quantities a cell speaks of: its own, or the part and the whole it is the rest of.

    >>> sorted(_plain("not repeat_plans|CP07 of plans_started"))
    ['plans_started', 'repeat_plans']
    """
    named = quantity.removeprefix("not ").split(" as once published")[0].split(" of ")
    return {each.split("|")[0] for each in named}


def withheld_rows(catalogue: Catalogue, rows: pd.DataFrame, audience: Audience) -> pd.Series:
    """Which rows of figures (indicator_id, agency_id) hold what an agreement keeps from the audience."""
    whole = {i.id: is_withheld(i, audience) for i in catalogue.indicators.values()}
    of_all = rows["agency_id"].eq("all")
    total = of_all & rows["indicator_id"].map(whole).astype(bool)
    return total | (~of_all & rows["agency_id"].isin(list(audience.withheld_from)))


def blanked(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures of a release with nothing but the marker on those an agreement keeps from its audience."""
    kept = figures["marker"].eq(WITHHELD)
    if not kept.any():
        return figures
    empty = {name: figures[name].mask(kept) for name in ("numerator", "denominator", "value", "lower", "upper")}
    return figures.assign(**empty, note=figures["note"].mask(kept, ""))


def without_withheld(inputs: Inputs, audience: Audience) -> Inputs:
    """What the audience's release is made from, without what the agreements keep from it: figures, words and records."""
    kept = frozenset(audience.withheld_from)
    if not kept:
        return inputs
    observations, said = inputs.observations, inputs.commentary
    whole = [i.id for i in inputs.catalogue.indicators.values() if i.computed_from in _left_out(audience)]
    out = observations["agency_id"].isin(list(kept)) | observations["indicator_id"].isin(whole)
    outcomes = inputs.outcomes
    if len(outcomes):
        outcomes = outcomes[~outcomes["agency_id"].isin(list(kept))].reset_index(drop=True)
    return replace(
        inputs,
        # Or a log that is left out would be taken for one that came in and holds nothing: a zero that is none.
        submissions=_submissions(inputs.submissions, audience),
        observations=observations[~out].reset_index(drop=True),
        commentary=said[~said["agency_id"].isin(list(kept))].reset_index(drop=True),
        outcomes=outcomes,
        records={kind: _records(kind, sheets, audience) for kind, sheets in inputs.records.items()},
        left_out=frozenset(agency for kind, agency in audience.withheld_logs if kind in audience.withheld_in_part),
    )


def _submissions(submissions: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    whole = submissions["kind"].isin(list(audience.withheld_kinds))
    own = submissions["kind"].isin(list(audience.withheld_in_part))
    return submissions[~whole & ~(own & submissions["agency_id"].isin(list(audience.withheld_from)))]


def _records(kind: str, sheets: Mapping[str, pd.DataFrame], audience: Audience) -> Mapping[str, pd.DataFrame]:
    kept = list(audience.withheld_from)
    if kind in audience.withheld_kinds:
        return {name: frame.iloc[:0] for name, frame in sheets.items()}
    if kind in BY_ROW or kind in audience.withheld_in_part:
        return {
            name: frame[~frame["sent_by"].isin(kept)].reset_index(drop=True) if len(frame) else frame
            for name, frame in sheets.items()
        }
    return sheets


def given_away(cells: Cells, hidden: np.ndarray, withheld: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The withheld cells that the release itself would show or let its readers work out.

    Readers have the `known` ones, and all that these tell by themselves: what was told before is given away by no release.
    """
    values = cells.frame["value"].to_numpy(dtype=float)
    lower, upper = (cells.frame[side].to_numpy(dtype=float) for side in ("lower", "upper"))
    return worked_out(values, matrix(cells), hidden, withheld & ~np.isnan(values), lower, upper, known)
