"""What a server remembers of pages is forgotten once something was removed for good: it need not be restarted for that.

Whatever removes for good, or brings back a backup, or changes the key writes the vault anew and puts it in the place of the one
that was there, which nothing else does. So another file in its place is the sign by which every process that serves the home knows.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Any, cast

from pipelines.queries import vault
from pipelines.queries.remembered import Remembered
from pipelines.store import expunged
from pipelines.store.opening import VAULT

if TYPE_CHECKING:
    from pathlib import Path

_OURS = ("app", "pipelines", "schemas")
_AGREED = (
    "schemas.catalogue"  # remembers files of the catalogue, which everything else rests on, and nothing anybody sent
)


def vault_of(home: Path) -> int:
    """Which file the vault is: the same for as long as it is only written to; 0 where there is none."""
    try:
        return os.stat(home / VAULT).st_ino  # noqa: PTH116 - asked twice a second
    except OSError:
        return 0


def once_replaced(home: Path, was: int) -> int:
    """Forget everything if the vault is no longer the file it `was`; gives the file that was looked at last.

    While what was removed is still being put in place nothing is forgotten, as a page could read it once more.
    """
    now = vault_of(home)
    if now == was or (home / expunged.FOLDER).exists():
        return was
    everything()
    return now


def everything() -> int:
    """Forget whatever this process remembers of what it was asked; how many memories that was.

    What has no bound is worked out from the code and the catalogue alone, and stays.
    """
    memories = list({id(each): each for each in _memories()}.values())
    for each in memories:
        each.cache_clear()
    vault.forget()
    gc.collect()
    return len(memories)


def _memories() -> list[Any]:
    """Every function of ours that remembers answers to so many questions, wherever it is bound."""
    modules = [module for name, module in list(sys.modules.items()) if name.partition(".")[0] in _OURS]
    bound = [each for module in modules for each in list(vars(module).values())]
    return [each for each in bound if isinstance(each, Remembered) or _is_bounded(each)]


def _is_bounded(each: object) -> bool:
    """Whether it is an `lru_cache` that keeps so many answers and no more."""
    parameters = getattr(each, "cache_parameters", None)
    if not callable(parameters) or str(getattr(each, "__module__", "")).startswith(_AGREED):
        return False
    return cast("dict[str, object]", parameters())["maxsize"] is not None
