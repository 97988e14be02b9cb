"""The page of commands, from the command line itself."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

import click

from pipelines.checking import check
from pipelines.cli import HOME, main
from tests.docs.markdown import page, table

WIDTH = 96
INTRODUCTION = f"""
The command line is the business unit's tool. The environment variable `{HOME}` names the home folder, with the vault,
the originals and the publications; without it, that is `throughline-data` in the folder you are in (for `demo`,
`throughline-demo`).
"""
EXIT_CODES = (
    (0, "done; for a return: accepted, though there may be queries"),
    (
        1,
        "the return has errors; rows without a fault still count, and where there are none it is refused. For `log verify`: the log is not whole",
    ),
    (2, "not usable at all: unreadable, of no known kind, refused as unsafe or as person-level data, or bad arguments"),
)
PROBLEM = (
    "`rule`, `severity` (`error`, `query` or `note`), `sheet`, `cell` (as F14), `row`, `column`, `value`, `message` "
    "and `fix`"
)
KEYS = (
    ("file", "the file's name"),
    ("kind", "the kind of return, null where it could not be told"),
    ("agency", "the agency's id, null where it could not be told"),
    ("period", "the period's id, null where it could not be told"),
    ("verdict", "`accepted`, `accepted_with_queries` or `refused`"),
    ("rows", "how many rows hold a figure"),
    ("rows_accepted", "how many of them are good"),
    ("problems", f"each with {PROBLEM}; what does not apply is null"),
)
EXAMPLE = "\n".join(
    [
        "Indicator ID,Agency,Period,Number,Out of",
        "CP07,lcc_cf,2026-27-Q2,62,226",
        "CP08,lcc_cf,2026-27-Q2,12,10",
    ]
)


def commands() -> str:
    """The whole page."""
    return page(
        "Commands",
        INTRODUCTION,
        *(_entry(name, command) for name, command in every_command(main, "throughline")),
        "## Exit codes",
        table(("code", "means"), EXIT_CODES),
        "An error of ours or yours is one sentence on standard error; a traceback is a bug.",
        "## What `check --format json` prints",
        "One object:",
        table(("key", "holds"), KEYS),
        f"This file\n\n```csv\n{EXAMPLE}\n```\n\ngives\n\n```json\n{example()}\n```",
    )


def every_command(command: click.Command, name: str) -> list[tuple[str, click.Command]]:
    """Every command that does something, with the words that call it."""
    if not isinstance(command, click.Group):
        return [(name, command)]
    below = sorted(command.commands.items())
    return [found for word, one in below for found in every_command(one, f"{name} {word}")]


def example() -> str:
    """The check of the example file, its notes left out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "return.csv"
        path.write_text(EXAMPLE, encoding="utf-8")
        found = check(path, today=date(2026, 11, 2)).as_dict()
    found["problems"] = [problem for problem in found["problems"] if problem["severity"] == "error"]
    return json.dumps(found, ensure_ascii=False, indent=1)


def _entry(name: str, command: click.Command) -> str:
    context = click.Context(
        command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH, **main.context_settings
    )
    return f"## {name}\n\n```text\n{command.get_help(context)}\n```"
