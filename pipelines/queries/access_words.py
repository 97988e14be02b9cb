"""Who gained and lost what on the list of who may sign in, from an entry of the event log, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# As the log keeps a person: name, what the provider calls them, the provider, and what they may do.
_PERSON = re.compile(r"(?P<who>.+?) \((?P<key>.+), \S*\): (?P<may>.+)")
_OF = re.compile(r"(?<= of )\w+")
# A first list may name hundreds, and its entry is one row of a table.
_MOST = 12


def changes(detail: Mapping[str, Any]) -> str:
    """What changed, each change after the other; empty where only a comment in the file did.

    >>> changes({"gained": ["Ann (ann@a.example, https://id): chair of Audit"], "lost": []})
    'gave access to Ann (ann@a.example), chair of Audit'
    """
    gained, lost = _people(detail["gained"]), _people(detail["lost"])
    said = [
        *(_given(who, may, lost.get(who)) for who, may in gained.items()),
        *(f"took away the access of {who}, {may}" for who, may in lost.items() if who not in gained),
        *(f"from now on: {line}" for line in _others(detail["gained"])),
        *(f"no longer: {line}" for line in _others(detail["lost"])),
    ]
    rest = len(said) - _MOST
    return "; ".join(
        [*said[:_MOST], *([f"and {rest:,} more changes, which a copy of the log names"] if rest > 0 else [])]
    )


def _given(who: str, may: str, before: str | None) -> str:
    return f"gave access to {who}, {may}" if before is None else f"changed the access of {who} from {before} to {may}"


def _people(lines: Sequence[str]) -> dict[str, str]:
    """What each person may do, by their name and what the provider calls them; of several terms, all."""
    found: dict[str, str] = {}
    for line in lines:
        person = _PERSON.fullmatch(line)
        if person:
            who, may = f"{person['who']} ({person['key']})", _OF.sub(_title, person["may"])
            found[who] = f"{found[who]}, and {may}" if who in found else may
    return found


def _title(agency_id: re.Match[str]) -> str:
    agency = catalogue().agencies.get(agency_id[0])
    return agency.title if agency else agency_id[0]


def _others(lines: Sequence[str]) -> Iterator[str]:
    """What is no person: the public’s pages, how long a sign-in lasts, a provider."""
    for line in lines:
        if not _PERSON.fullmatch(line):
            yield f"{line[:1].lower()}{line[1:]}"
