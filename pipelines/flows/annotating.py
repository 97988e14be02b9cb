"""The marked copy of a file dropped on the page, made in a process of its own: a file that fails there cannot hurt the app.

Started as `python -m pipelines.flows.annotating` with the order as JSON on its input, so that what was mended stands in no
file and in no list of commands. What cannot be done is one sentence on its error output, and exit code 2.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schemas.actors import SENDERS, Actor, require
from schemas.problems import UserError
from schemas.returns.mends import Mend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.checking.stated import Stated

_SECONDS = 60
_NOT_USABLE = 2
_NO_COPY = "No copy could be made of this file. Its problems are listed on the page."


def annotated(  # noqa: PLR0913 - where, who, what, when, and how it was checked
    home: Path,
    actor: Actor,
    path: Path,
    at: datetime,
    *,
    moderating: bool = False,
    stated: Stated | None = None,
    acting_for: str = "",
    mends: Sequence[Mend] = (),
) -> bytes:
    """The file with what is still open marked in its cells, and what was mended listed. UserError where there can be no copy.

    It is checked as the actor: a comment on a made-up file of another agency must not quote what that agency has sent.
    """
    require(actor, *SENDERS)
    who = {"name": actor.name, "role": actor.role, "agency_id": actor.agency_id}
    out = path.with_name("annotated.xlsx")
    order = {
        "home": str(home), "actor": who, "path": str(path), "out": str(out), "at": at.isoformat(),
        "moderating": moderating, "stated": [stated.agency, stated.period] if stated else None, "acting_for": acting_for,
        "mends": [[mend.sheet, mend.cell, mend.column, mend.value] for mend in mends],
    }  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", __name__], input=json.dumps(order).encode(), capture_output=True, timeout=_SECONDS,
            check=False, cwd=Path(__file__).parents[2], env=os.environ | {"THROUGHLINE_HOME": str(home)},
        )  # fmt: skip
    except subprocess.TimeoutExpired as why:
        raise UserError(_NO_COPY) from why
    if out.exists():
        return out.read_bytes()
    # Only exit code 2 speaks in our own words; anything else may quote what stood in the file.
    raise UserError(done.stderr.decode("utf-8", "replace").strip() if done.returncode == _NOT_USABLE else _NO_COPY)


def make(order: dict[str, Any]) -> None:
    """Check the file as it was checked on the page, and write the copy. UserError where there can be none."""
    from pipelines.checking import annotate
    from pipelines.checking.stated import NOTHING_STATED, Stated
    from pipelines.flows import returns

    path, mends = Path(order["path"]), [Mend(*each) for each in order["mends"]]
    report = returns.check_file(
        Path(order["home"]),
        Actor(**order["actor"]),
        path,
        datetime.fromisoformat(order["at"]),
        moderating=order["moderating"],
        stated=Stated(*order["stated"]) if order["stated"] else NOTHING_STATED,
        acting_for=order["acting_for"],
        mends=mends or None,
    )
    annotate(path, report, Path(order["out"]))


def _main() -> None:
    try:
        make(json.loads(sys.stdin.read()))
    except UserError as why:
        sys.stderr.write(f"{why}\n")
        sys.exit(_NOT_USABLE)


if __name__ == "__main__":
    _main()
