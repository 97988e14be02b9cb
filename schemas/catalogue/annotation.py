"""The shape of an agreed annotation: what a reader of a chart should know happened, from which day, and who says so."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from typing import Annotated, Literal

from pydantic import Field

from schemas.catalogue.entry import Entry, Identifier, Text

AnnotationKind = Literal["event", "data quality", "national change"]
# A label stands beside a vertical on a telephone's chart: more than this runs into its neighbour.
LABEL_LINES = 2
LABEL_WIDTH = 14


class Annotation(Entry):
    """Something that happened, on the charts of some indicators or of whole domains.

    `label` is what the chart has room for, a line break between its two lines; `text` says it whole, in the list under
    the chart. `noted_by` is a role or an agency, never a person.
    """

    id: Identifier
    kind: AnnotationKind
    from_day: date
    label: Text
    text: Text
    noted_by: Text
    indicator_ids: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}\d{2}$")], ...] = ()
    domains: tuple[Text, ...] = ()
