"""Put a copy where it was asked for: whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from schemas.problems import UserError


def put(out: Path, content: bytes) -> None:
    """Put the copy under its name once it is whole: a file beside it first, which goes if anything fails.

    Only who asked for the copy may read it. Raises UserError where it cannot be written.
    """
    if out.exists() and not out.is_file():
        raise UserError(f"{out} is not a file. Give the marked copy another name.")
    try:
        handle, name = tempfile.mkstemp(dir=out.resolve().parent, prefix=".throughline-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).replace(out.resolve())
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as why:
        raise UserError(f"{out} cannot be written: {why.strerror}.") from why
