"""What stands beside the points of an indicator's line: agreed events and the agencies' own reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.present import present
from schemas.periods import parse

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries.pointer import Pointer


@dataclass(frozen=True, slots=True)
class Annotation:
    """An event from a day on, or a reason for the figures of `period_id` to `until_period_id`.

    `label` is what the chart has room for; a reason has none. `is_account` marks the agency's commentary, which the
    page also shows by itself.
    """

    kind: str
    from_day: date
    period_id: str
    until_period_id: str
    label: str
    text: str
    source: str
    is_account: bool

    @property
    def is_reason(self) -> bool:
        """Whether an agency wrote it to explain a figure."""
        return self.kind == "reason"

    @property
    def periods(self) -> str:
        """The period it explains, or the first to the last of them."""
        first, last = parse(self.period_id).short, parse(self.until_period_id).short
        return first if first == last else f"{first} to {last}"


def annotated(pointer: Pointer, indicator_id: str) -> tuple[Annotation, ...]:
    """Every annotation of an indicator, newest first."""
    found = present(pointer, "annotation", "annotation_id", _ANNOTATIONS, [indicator_id])
    return tuple(
        Annotation(
            kind=row["kind"],
            from_day=row["from_day"],
            period_id=row["period_id"],
            until_period_id=row["until_period_id"],
            label=row["label"],
            text=row["text"],
            source=row["source"],
            is_account=row["annotation_id"].startswith("account."),
        )
        for row in found
    )


_ANNOTATIONS = """
select annotation_id, kind, from_day, period_id, until_period_id, label, text, source
from annotation
where indicator_id = ?
order by from_day desc, annotation_id
"""
