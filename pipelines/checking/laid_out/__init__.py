"""An agency's own spreadsheet, read by a layout: its wide table becomes the rows the template would have given."""

from __future__ import annotations

from pipelines.checking.laid_out.choosing import fits_none, fitting
from pipelines.checking.laid_out.claims import claims
from pipelines.checking.laid_out.matching import Match, lacking, matching
from pipelines.checking.laid_out.remedies import as_laid_out
from pipelines.checking.laid_out.tidying import LaidOut, tidy

__all__ = ["LaidOut", "Match", "as_laid_out", "claims", "fits_none", "fitting", "lacking", "matching", "tidy"]
