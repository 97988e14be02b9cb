"""What a person at a terminal sees while something longer than a second is done; nobody else sees any of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def say(step: str) -> None:
    """A step of a longer work, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(step, err=True)


def progress(words: str) -> Any:  # noqa: ANN401 - a function from a sequence to an iterator over it
    """A progress bar for what comes, and how many of it, silent when not on a terminal."""

    def over(items: Iterable[Any], total: int | None = None) -> Iterator[Any]:
        from tqdm import tqdm

        yield from tqdm(items, desc=words, total=total, unit="file", disable=not sys.stderr.isatty(), delay=1)

    return over
