"""The options of the command line that say how a file is read: by which layout, whose it is, and for when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = TypeVar("Command", bound=Callable[..., Any])

_LAYOUT = "How an agency's own spreadsheet is read: a .toml file."
_STATED = {
    "agency": "Whose return it is, where the file does not say.",
    "period": "The quarter it is for, such as 2026-27-Q2, where the file does not say.",
}


def read_as(command: Command) -> Command:
    """A command with these options; what they are given goes to `told`."""
    layout = click.option("--layout", type=click.Path(path_type=Path), help=_LAYOUT)
    agency, period = (click.option(f"--{name}", default="", help=words) for name, words in _STATED.items())
    return layout(agency(period(command)))


def told(layout: Path | None, agency: str, period: str) -> dict[str, Any]:
    """What the options say, as `check_file`, `submit` and `load` take it."""
    from pipelines.flows.layout_files import layout_in
    from pipelines.flows.returns import Stated

    return {"layouts": [layout_in(layout)] if layout else [], "stated": Stated(agency, period)}
