"""Any file to cells with addresses, safe against hostile files."""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing would cost the child process 7 ms a file
if TYPE_CHECKING:
    from typing import Any

    from pipelines.reading.addresses import address, column_letters, place_of
    from pipelines.reading.reader import read
    from pipelines.reading.workbook import Sheet, Value, Workbook

HOMES = {
    "Sheet": "workbook",
    "Value": "workbook",
    "Workbook": "workbook",
    "address": "addresses",
    "column_letters": "addresses",
    "place_of": "addresses",
    "read": "reader",
}

__all__ = ["Sheet", "Value", "Workbook", "address", "column_letters", "place_of", "read"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute may be anything
    """Import on first use, because the child process imports this package too and must start fast."""
    if name not in HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # the child process never comes here

    return getattr(import_module(f"pipelines.reading.{HOMES[name]}"), name)
