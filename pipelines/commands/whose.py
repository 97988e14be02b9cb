"""What every command asks first: which home folder, who acts, and what time it is."""

from __future__ import annotations

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

    who = login()
    return Actor(by or who, "business_unit", login=who)


def login() -> str:
    """By which name this machine knows whoever acts; never what the environment says, as anybody can set that.

    A number where the user has no name, as in a container.
    """
    try:
        import pwd
    except ImportError:  # Windows, which asks for whoever is logged in instead
        return os.getlogin()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)
