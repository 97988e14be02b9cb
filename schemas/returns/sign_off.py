"""Who stands by a return: the one definition of approved and signed off, for the check, the vault and all that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def approver(cover: Mapping[str, str]) -> str:
    """The role that approved a return, or signed it off; empty unless its day is given too.

    >>> approver({"approved_by_role": "Head", "approved_on": "2026-10-20"}), approver({"approved_by_role": "Head"})
    ('Head', '')
    """
    role, day = (cover.get(name, "").strip() for name in ("approved_by_role", "approved_on"))
    return role if day else ""
