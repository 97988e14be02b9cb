"""Whether everything in a home is invented: only where `throughline demo` began it, and said so before anything came in.

The mark cannot be put on a home that holds anything, so nobody's real returns are taken for invented ones by a slip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.store import atomic, swapping
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

MARK = "SYNTHETIC"
_WORDS = (
    "Everything in this folder is invented.\n"
    "Made by “throughline demo”. Personas stand in for sign-in here, and agreements are made up. Do not send real returns to it,\n"
    "and do not put this file into another folder.\n"
)


def is_synthetic(home: Path) -> bool:
    """Whether the home is marked as holding invented data only, and the catalogue is an invented one."""
    return (home / MARK).is_file() and catalogue().partnership.synthetic


def mark(home: Path) -> None:
    """Mark a home that is still empty; does nothing where it is marked. UserError where anything is there already.

    A vault may be missing where it was lost: the publications, the list of people and the originals beside it are real.
    """
    if (home / MARK).is_file():
        return
    there = swapping.held(home)
    if there:
        raise UserError(
            f"{home} holds what the demonstration did not bring ({', '.join(there[:3])}), so it is not taken for invented data. "
            "Start the demonstration in another folder: set THROUGHLINE_HOME, or remove this one if it is an old demonstration."
        )
    atomic.write(home / MARK, _WORDS.encode())
