"""A marked copy made in a process of its own, as reading is: a file that fails there cannot hurt the app.

Started as `python -m app.annotating` with the order as JSON on its input; it writes what the reader is to be told where there
is no copy, and nothing else.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.actors import Actor
from schemas.problems import UserError


def made(order: dict[str, Any]) -> str:
    """Make the copy this process was started for, as whoever asked for it; gives why there is none, if there is none."""
    from pipelines.flows import annotating
    from pipelines.flows.returns import Stated

    actor = Actor(order["name"], order["role"], order["agency_id"])
    place, path, out = (Path(order[name]) for name in ("home", "path", "out"))
    stated = Stated(order["stated"][0], order["stated"][1])
    try:
        annotating.annotate(place, actor, path, out, datetime.now(UTC), moderating=order["moderating"], stated=stated)
    except UserError as why:
        return str(why)
    return ""


if __name__ == "__main__":
    sys.stdout.write(made(json.loads(sys.stdin.read())))
