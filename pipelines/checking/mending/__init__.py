"""What of a report its sender can mend without opening the file."""

from __future__ import annotations

from pipelines.checking.mending.changed import CHANGED, unexplained
from pipelines.checking.mending.fields import Field, Mendable, Option
from pipelines.checking.mending.found import mendables

__all__ = ["CHANGED", "Field", "Mendable", "Option", "mendables", "unexplained"]
