"""What every command asks first: which home folder, who acts, and what time it is."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.actors import Actor

HOME = "THROUGHLINE_HOME"


def home() -> Path:
    """The folder of the vault and the publications."""
    return Path(os.environ.get(HOME, "throughline-data"))


def acting(by: str | None) -> Actor:
    """Whoever types the command acts for the business unit: the command line is the steward's tool."""
    from schemas.actors import Actor

    return Actor(by or getpass.getuser(), "business_unit")


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)
