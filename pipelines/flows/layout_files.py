"""A layout from a file that somebody names on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.flows.layout_words import hold
from pipelines.reading import guard
from schemas.layouts import made, parsed
from schemas.layouts.bounds import LONGEST
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from schemas.layouts import Layout

# A letter has up to four bytes.
_BYTES = 4 * LONGEST


def layout_in(path: Path) -> Layout:
    """The layout a TOML file holds; UserError, with the file's name, where it cannot be read or is no layout.

    Nothing the file says is repeated, in a message or with a return, before all of it is held to be nobody's.
    """
    name = guard.shown_name(path)
    if not path.is_file():
        raise UserError(f"{name}: there is no such file. Give the layout's own name, as police.toml.")
    if path.stat().st_size > _BYTES:
        raise UserError(f"{name} is larger than any layout is.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{name} is not text in UTF-8, as a layout is. Save it as UTF-8.") from None
    try:
        said = parsed(text)
        hold(said)
        return made(said)
    except UserError as why:
        raise UserError(f"{name}: {why}") from None
