"""Protection of small numbers, pure: numbers in, hidden cells out.

`protect` (or `protect_components` for a whole release) decides what to hide, `audit` has the last look, and
`feasible_intervals` says what a reader can work out. `primary_cells` applies a `Policy`.
"""

from __future__ import annotations

from pipelines.disclosure.auditing import audit
from pipelines.disclosure.intervals import feasible_intervals
from pipelines.disclosure.lines import components
from pipelines.disclosure.policy import Policy, primary_cells
from pipelines.disclosure.protecting import protect, protect_components
from pipelines.disclosure.recovery import recoverable_from_percentage, recoverable_from_rate
from pipelines.disclosure.refusals import Fault, ProtectionError, Reason

__all__ = [
    "Fault",
    "Policy",
    "ProtectionError",
    "Reason",
    "audit",
    "components",
    "feasible_intervals",
    "primary_cells",
    "protect",
    "protect_components",
    "recoverable_from_percentage",
    "recoverable_from_rate",
]
