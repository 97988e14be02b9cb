"""What stands beside the points of a line: agreed events, and what agencies wrote to explain a figure that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipelines.publishing.citing import REASON, quotes_agencies
from pipelines.publishing.rows import rows, tuples
from pipelines.publishing.whole_area import HIDDEN, hidden_quarters, whole_area
from schemas.periods import parse, quarter_of
from schemas.published.tables import TABLES
from schemas.returns.account import account_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.publishing.assembling import Inputs

Key = tuple[str, str]


def annotated(inputs: Inputs, figures: pd.DataFrame, audience_id: str) -> pd.DataFrame:
    """The publication table `annotation`: agreed events up to the data's end, then the agencies' own reasons.

    A reason stands only beside a figure that is shown, and only for audiences that read what agencies wrote.
    """
    made = list(_agreed(inputs))
    if quotes_agencies(inputs.catalogue, audience_id):
        made += [*_reasons(inputs, figures, audience_id), *_accounts(inputs, figures)]
    return pd.DataFrame(made, columns=[c.name for c in TABLES["annotation"].columns])


def said_of_shown(inputs: Inputs, figures: pd.DataFrame) -> pd.DataFrame:
    """The agencies' accounts without those of a hidden figure: a sentence about it can say what it hides."""
    said = inputs.commentary
    hidden = hidden_quarters(inputs.catalogue, figures)
    keys = zip(said["indicator_id"], said["period_id"], strict=True)
    told = np.array([key not in hidden for key in keys], dtype=bool)
    return said[told].reset_index(drop=True)


def _agreed(inputs: Inputs) -> Iterator[dict[str, Any]]:
    catalogue = inputs.catalogue
    for each in catalogue.annotations.values():
        quarter = quarter_of(each.from_day).id
        for indicator in catalogue.indicators.values():
            asked = indicator.id in each.indicator_ids or indicator.domain in each.domains
            if asked and each.from_day <= inputs.through.end:
                yield {
                    "annotation_id": each.id,
                    "indicator_id": indicator.id,
                    "kind": each.kind,
                    "from_day": each.from_day,
                    "period_id": quarter,
                    "until_period_id": quarter,
                    "label": each.label,
                    "text": each.text,
                    "source": each.noted_by,
                }


def _reasons(inputs: Inputs, figures: pd.DataFrame, audience_id: str) -> Iterator[dict[str, Any]]:
    """The reasons sent with whole-area figures; the same reason for periods in a row is said once, with its first.

    Not of a figure that was hidden before it was corrected: what is written of a correction can quote the old number.
    """
    sent = whole_area(inputs.catalogue, inputs.observations)
    sent = sent[sent["reason"].ne("")]
    shown = _shown(inputs, figures)
    by_line: dict[tuple[str, str, str], list[str]] = {}
    unquoted = inputs.unquoted.get(audience_id, frozenset())
    for row in rows(sent):
        if (row["indicator_id"], row["period_id"]) in unquoted:
            continue
        if (row["indicator_id"], row["period_id"], row["agency_id"]) in shown:
            by_line.setdefault((row["indicator_id"], row["agency_id"], row["reason"]), []).append(row["period_id"])
    for (indicator_id, agency_id, reason), period_ids in by_line.items():
        for first, last in _stretches(period_ids):
            yield _said(inputs, "reason", (indicator_id, agency_id), (first, last), reason)


def _shown(inputs: Inputs, figures: pd.DataFrame) -> set[tuple[str, str, str]]:
    """Indicator, period and sender of every whole-area figure that is not hidden, nor the whole it is part of."""
    indicators = inputs.catalogue.indicators
    whole = whole_area(inputs.catalogue, figures)
    hidden = set(tuples(whole[whole["marker"].eq(HIDDEN)][["indicator_id", "period_id"]]))
    found: set[tuple[str, str, str]] = set()
    for row in rows(whole[["indicator_id", "period_id", "agency_id"]]):
        if (row["indicator_id"], row["period_id"]) in hidden:
            continue
        senders = indicators[row["indicator_id"]].sent_by
        sender = senders[0] if len(senders) == 1 else row["agency_id"]
        found.add((row["indicator_id"], row["period_id"], sender))
    return found


def _stretches(period_ids: list[str]) -> Iterator[tuple[str, str]]:
    """First and last of each stretch of periods without a gap."""
    ordered = sorted(parse(period_id) for period_id in period_ids)
    first = before = ordered[0]
    for period in ordered[1:]:
        if before.next != period:
            yield first.id, before.id
            first = period
        before = period
    yield first.id, before.id


def _accounts(inputs: Inputs, figures: pd.DataFrame) -> Iterator[dict[str, Any]]:
    said = said_of_shown(inputs, figures).drop_duplicates(["indicator_id", "agency_id", "period_id"], keep="last")
    for row in rows(said):
        text = account_words(row)
        period = row["period_id"]
        if text and row["indicator_id"] in inputs.catalogue.indicators:
            yield _said(inputs, "account", (row["indicator_id"], row["agency_id"]), (period, period), text)


def _said(inputs: Inputs, what: str, line: Key, periods: Key, text: str) -> dict[str, Any]:
    """What an agency wrote, of one indicator, about the first to the last of some periods."""
    (indicator_id, agency_id), (first, last) = line, periods
    return {
        "annotation_id": f"{what}.{agency_id}.{first}",
        "indicator_id": indicator_id,
        "kind": REASON,
        "from_day": parse(first).start,
        "period_id": first,
        "until_period_id": last,
        "label": "",
        "text": text,
        "source": inputs.catalogue.agencies[agency_id].short,
    }
