"""The ledger: every whole-area figure that is no longer what a publication showed, what it is now, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.ledger_before import COLUMNS, RESTATED, WITHDRAWN, Before, read_before
from pipelines.publishing.restating_reasons import NOT_WORKED_OUT, Change, Reason, Told, reason_of
from pipelines.publishing.rows import rows
from pipelines.publishing.whole_area import HIDDEN, KEY, all_agencies
from pipelines.publishing.withholding import WITHHELD
from pipelines.publishing.words import MARKER_WORDS, n_words, value_words

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs
    from pipelines.queries.pointer import Pointer
    from schemas.catalogue import Indicator

Key = tuple[str, str]
# Windows that move with every quarter in them: the quarter is listed, not each window it lies in.
_WINDOWS = ("R12-", "YTD")


def restatements(inputs: Inputs, figures: pd.DataFrame, before: Pointer | None, audience_id: str) -> pd.DataFrame:
    """The publication table `restatement`: the earlier ledger carried on, then what this publication changes.

    Compared is what is shown: a change that rounding hides is none. A figure hidden now or then, or kept back by an
    agreement, is left out, since the pair would tell what one of them hides. A figure shown then and no longer supplied is listed as withdrawn.
    New entries have an empty `publication_now`; `stamped` fills it once the publication has its id.
    """
    if before is None:
        return pd.DataFrame(columns=COLUMNS)
    earlier = read_before(before, inputs.catalogue.partnership.area_code)
    now = {_key(row): row for row in rows(all_agencies(inputs.catalogue, figures))}
    new = _new(inputs, earlier, now, audience_id)
    carried = [row for row in rows(earlier.ledger) if _is_carried(inputs, row, now.get(_key(row)))]
    made = pd.DataFrame([*carried, *new], columns=COLUMNS)
    return made.sort_values([*KEY, "made_was"], kind="stable").reset_index(drop=True)


def stamped(ledger: pd.DataFrame, publication: pd.DataFrame) -> pd.DataFrame:
    """The ledger with this publication's id, label and time on its new entries."""
    new = ledger["publication_now"].eq("")
    facts = publication.iloc[0]
    made_at = pd.Timestamp(facts["made_at"])
    made_at = made_at.tz_convert(None) if made_at.tzinfo else made_at
    told = {"publication_now": facts["publication_id"], "label_now": facts["label"], "made_now": made_at}
    return ledger.assign(**{name: ledger[name].astype(object).mask(new, value) for name, value in told.items()})


def _key(row: dict[str, Any]) -> Key:
    return str(row["indicator_id"]), str(row["period_id"])


def _is_shown(row: dict[str, Any] | None) -> bool:
    return row is not None and not pd.isna(row["value"])


def _is_hidden(row: dict[str, Any] | None) -> bool:
    return row is not None and row["marker"] in (HIDDEN, WITHHELD)


def _is_carried(inputs: Inputs, entry: dict[str, Any], now: dict[str, Any] | None) -> bool:
    if entry["indicator_id"] not in inputs.catalogue.indicators or _is_hidden(now):
        return False
    return _is_shown(now) or entry["kind"] == WITHDRAWN


def _new(inputs: Inputs, earlier: Before, now: dict[Key, dict[str, Any]], audience_id: str) -> list[dict[str, Any]]:
    """One entry a figure that is shown with other words than before, or was shown and is there no more."""
    listed = {_key(row) for row in rows(earlier.ledger[earlier.ledger["kind"].eq(WITHDRAWN)])}
    changes: list[Change] = []
    for was in rows(earlier.shown):
        indicator = inputs.catalogue.indicators.get(was["indicator_id"])
        found = now.get(_key(was))
        if indicator is None or was["period_id"].startswith(_WINDOWS) or _is_hidden(found):
            continue
        if not _is_shown(found):
            is_new = was["publication_was"] == earlier.publication_id or _key(was) not in listed
            changes += [Change(indicator, was, found, *_gone(indicator, was, found))] if is_new else []
            continue
        words = _changed_words(inputs, indicator, was, found or {})
        changes += [Change(indicator, was, found, *words)] if words[0] != words[1] else []
    told = Told(inputs, audience_id, earlier.method_version, frozenset(_key(c.was) for c in changes))
    return [_entry(change, reason_of(told, change)) for change in changes]


def _gone(indicator: Indicator, was: dict[str, Any], now: dict[str, Any] | None) -> tuple[str, str]:
    """What was shown, and what stands there now; a sum that cannot be made is not something an agency owes."""
    if now is not None and now["note"].startswith(NOT_WORKED_OUT):
        return value_words(indicator, was["was"]), NOT_WORKED_OUT
    return value_words(indicator, was["was"]), MARKER_WORDS[str((now or {}).get("marker", ""))]


def _changed_words(inputs: Inputs, indicator: Indicator, was: dict[str, Any], now: dict[str, Any]) -> tuple[str, str]:
    """Both values as shown; with their counts where only those differ."""
    values = value_words(indicator, was["was"]), value_words(indicator, now["value"])
    if values[0] != values[1] or pd.isna(was["numerator"]):
        return values
    official = indicator.denominator is not None and inputs.catalogue.quantities[indicator.denominator].official
    counts = [n_words(indicator, row["numerator"], row["denominator"], official=official) for row in (was, now)]
    if counts[0] == counts[1] or not all(counts):
        return values
    return f"{values[0]} ({counts[0]})", f"{values[1]} ({counts[1]})"


def _entry(change: Change, reason: Reason) -> dict[str, Any]:
    was, now = change.was, change.now or {}
    gone = not _is_shown(change.now)
    return {
        "indicator_id": was["indicator_id"],
        "period_id": was["period_id"],
        "kind": WITHDRAWN if gone else RESTATED,
        "was": was["was"],
        "now": None if gone else now["value"],
        "was_words": change.was_words,
        "now_words": change.now_words,
        "status_was": was["status_was"],
        "status_now": str(now.get("status", "")),
        "reason": reason.words,
        "given": reason.is_given,
        "publication_was": was["publication_was"],
        "label_was": was["label_was"],
        "made_was": was["made_was"],
        "publication_now": "",
        "label_now": "",
        "made_now": was["made_was"],
    }
