"""Two agencies' own spreadsheets, as messy as they come, and the layouts by which they are read.

Every figure is invented and the same as in the agencies' returns from the template, so that the two may be compared.
"""

from __future__ import annotations

from sample_data.own_sheets.health import health
from sample_data.own_sheets.layouts import layout
from sample_data.own_sheets.police import police
from sample_data.own_sheets.wide import Wide

__all__ = ["Wide", "health", "layout", "police"]
