"""A file to accepted figures and problems, in memory; the annotated copy."""

from __future__ import annotations

import schemas.text_in_tables  # noqa: F401  # pyright: ignore[reportUnusedImport] - for its effect
from pipelines.checking.annotated import annotate
from pipelines.checking.one_file import check, check_workbook
from pipelines.checking.report import Report

__all__ = ["Report", "annotate", "check", "check_workbook"]
