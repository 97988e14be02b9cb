"""The partnership's own settings of a home: `settings.toml` beside the vault, refused as a whole where it has a slip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from schemas.hand_written import SlipError, text_of, toml
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

FILE = "settings.toml"
LONGEST = 1200  # months: a hundred years is no time but a slip
_KNOWN = {"originals_months", "legal_hold"}


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many months originals are kept (None: for good), and what a legal hold keeps longer.

    `legal_hold` names agencies and submissions; `holds_all` stops removing altogether.
    """

    originals_months: int | None = None
    legal_hold: tuple[str, ...] = ()
    holds_all: bool = False


def retention(home: Path) -> Retention:
    """What settings.toml says of how long originals are kept; nothing is removed where there is no such file.

    UserError for anything it does not understand: a legal hold that was misspelt must not be passed over.
    """
    path = home / FILE
    if not path.exists():
        return Retention()
    try:
        said = toml(text_of(path.read_bytes()))
    except SlipError as why:
        raise UserError(f"{FILE} cannot be read as TOML: {why}.") from why
    if astray := sorted(_KNOWN & said.keys()):
        raise UserError(
            f"{FILE}: {astray[0]} stands outside [retention], where it would not be followed. Move it below."
        )
    part = said.get("retention", {})
    if not isinstance(part, dict):
        raise UserError(f"{FILE}: “retention” is a heading, [retention], with its settings below.")
    return _of(cast("dict[str, Any]", part))


def _of(part: dict[str, Any]) -> Retention:
    unknown = sorted(part.keys() - _KNOWN)
    if unknown:
        raise UserError(f"{FILE}: [retention] knows {' and '.join(sorted(_KNOWN))}, and not “{unknown[0][:40]}”.")
    months, hold = part.get("originals_months"), part.get("legal_hold", [])
    if months is not None and (isinstance(months, bool) or not isinstance(months, int) or not 1 <= months <= LONGEST):
        raise UserError(f"{FILE}: originals_months is a whole number of months from 1 to {LONGEST:,}.")
    if isinstance(hold, bool):
        return Retention(months, (), holds_all=hold)
    if not isinstance(hold, list) or not all(isinstance(each, str) for each in cast("list[object]", hold)):
        raise UserError(f'{FILE}: legal_hold is true, or a list of agencies and submissions, as ["lcc_cf"].')
    return Retention(months, tuple(cast("list[str]", hold)))
