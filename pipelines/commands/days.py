"""A day as an option of a command."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click


class Day(click.ParamType[datetime]):
    """A day as year, month and day; what is none is refused in a sentence."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ANN401 - as click has it
        """The day at midnight."""
        if isinstance(value, datetime):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d")  # noqa: DTZ007 - a day belongs to no zone
        except ValueError:
            self.fail(f"“{str(value)[:40]}” is no day. Write year, month and day, such as 2026-04-01.", param, ctx)
