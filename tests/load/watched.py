"""The dashboard's server, telling which page opened what: `python -m tests.load.watched NOTES OPTIONS…`.

Each opening of the vault or of a publication becomes a line of JSON in NOTES, with the address of the page that was being run.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

# Whoever opens the vault, to read or to write, takes its lock first.
LOCK = "vault.lock"
VAULT, SEALED, LOOSE = "vault", "publication, read-only and locked", "publication, not locked"


def main(notes: Path, given: list[str]) -> None:
    """Serve as the command does."""
    # One write to a file opened for appending is whole, whichever thread makes it.
    told = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(what: str) -> None:
        os.write(told, (json.dumps([_page(), what]) + "\n").encode())

    def heard(event: str, about: tuple[Any, ...]) -> None:
        if event == "open" and about and str(about[0]).endswith(LOCK):
            note(VAULT)

    connect = duckdb.connect

    def opened(*args: Any, **named: Any) -> duckdb.DuckDBPyConnection:
        place = str(args[0] if args else named.get("database", ""))
        if "publications" in Path(place).parts:
            note(SEALED if _is_sealed(named) else LOOSE)
        return connect(*args, **named)

    sys.addaudithook(heard)
    duckdb.connect = opened
    sys.argv = ["app.asgi", *given]
    runpy.run_module("app.asgi", run_name="__main__")


def _is_sealed(named: dict[str, Any]) -> bool:
    """Whether a connection can write nothing, reach nothing else and never be told otherwise."""
    config = named.get("config") or {}
    locked = config.get("lock_configuration") is True and config.get("enable_external_access") is False
    return locked and named.get("read_only") is True


def _page() -> str:
    """The address of the page this thread runs; empty where it runs none."""
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx(suppress_warning=True)
    return "" if context is None else _addresses().get(context.page_script_hash, "overview")


@cache
def _addresses() -> dict[str, str]:
    from streamlit.util import calc_hash

    from app import views

    names = [each.stem for each in Path(views.__path__[0]).glob("*.py") if each.stem != "__init__"]
    return {calc_hash(url): url for url in (name.replace("_", "-") for name in names)}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
