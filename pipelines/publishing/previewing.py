"""What a release would say, kept apart from releases: for agencies to see before it, and gone when it is made.

It lies in a folder of its own beside the publications, so nothing that looks for publications finds it: no page, no
pointer, and not what counts as told when the next release is protected.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from pipelines.publishing.releasing import written
from pipelines.publishing.writing import point
from pipelines.queries.pointer import pointer_file
from pipelines.queries.preview import AUDIENCE, preview_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipelines.publishing.releasing import Made, Published


def place(home: Path, made: Made, say: Callable[[str], None], log: Callable[[Published], None]) -> Published:
    """Write the preview and let agencies see it; the one before it is gone. Logged before anybody can see it."""
    say("Writing the preview")
    folder = preview_folder(home)
    published = written(folder, made)
    try:
        log(published)
    except BaseException:
        published.path.unlink(missing_ok=True)
        raise
    point(folder, AUDIENCE, published.publication_id, published.sha256, None)
    for before in published.path.parent.glob("*.duckdb"):
        if before != published.path:
            before.unlink()
    return published


def clear(home: Path) -> None:
    """Take the preview away, where there is one: the pointer first, so that nobody is led to a file that is gone."""
    folder = preview_folder(home)
    if folder.exists():
        pointer_file(folder, AUDIENCE).unlink(missing_ok=True)
        shutil.rmtree(folder)
