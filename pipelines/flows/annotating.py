"""The copy of a return with its cells marked, checked for whoever asks: it says no more than the check says to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines import checking
from pipelines.checking.stated import NOTHING_STATED, Stated
from pipelines.flows import returns
from schemas.actors import SENDERS, require

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from schemas.actors import Actor


def annotate(  # noqa: PLR0913 - where, who, which file, to where, when, and how it is read
    home: Path,
    actor: Actor,
    path: Path,
    out: Path,
    at: datetime,
    *,
    moderating: bool = False,
    stated: Stated = NOTHING_STATED,
) -> bool:
    """Write the marked copy; False, and nothing written, where the file is refused as a whole.

    The check is made as the actor: a comment on a made-up file of another agency must not quote what that agency sent.
    """
    require(actor, *SENDERS)
    report = returns.check_file(home, actor, path, at, moderating=moderating, stated=stated)
    if report.exit_code == 2:
        return False
    checking.annotate(path, report, out)
    return True
