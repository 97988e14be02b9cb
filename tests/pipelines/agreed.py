"""A home and a catalogue under the sample's invented agreements, for tests that are about something else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.store import agreements, synthetic
from schemas.catalogue import catalogue
from schemas.catalogue.agreements import parsed
from schemas.catalogue.under_agreements import under

if TYPE_CHECKING:
    from schemas.catalogue.agreements import Agreements

SAMPLE: Agreements = parsed(
    (Path(__file__).parents[2] / "sample_data" / "agreements.toml").read_text("utf-8"), list(catalogue().agencies)
)
AGREED = under(catalogue(), SAMPLE, date(2026, 11, 17), synthetic=True)


def invented(home: Path) -> Path:
    """The empty home, marked as one of invented data, with the sample's agreements."""
    synthetic.mark(home)
    agreements.write(home, SAMPLE)
    return home
