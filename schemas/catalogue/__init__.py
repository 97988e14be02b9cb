"""What the partnership has agreed, read from TOML and checked as a whole before anything uses it."""

from __future__ import annotations

from schemas.catalogue.faults import CatalogueError, Fault
from schemas.catalogue.loading import catalogue, load
from schemas.catalogue.models import (
    Agency,
    Annotation,
    Area,
    Aspect,
    Audience,
    Breakdown,
    Choice,
    Clock,
    EvidenceKind,
    Indicator,
    Instrument,
    Points,
    Quantity,
    Sector,
    Source,
    Statement,
    SurveyQuestion,
    Thread,
)
from schemas.catalogue.owed import Owed, owed
from schemas.catalogue.whole import Catalogue

__all__ = [
    "Agency",
    "Annotation",
    "Area",
    "Aspect",
    "Audience",
    "Breakdown",
    "Catalogue",
    "CatalogueError",
    "Choice",
    "Clock",
    "EvidenceKind",
    "Fault",
    "Indicator",
    "Instrument",
    "Owed",
    "Points",
    "Quantity",
    "Sector",
    "Source",
    "Statement",
    "SurveyQuestion",
    "Thread",
    "catalogue",
    "load",
    "owed",
]
