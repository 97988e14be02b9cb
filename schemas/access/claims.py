"""What a sign-in provider says of the person in front of the screen, taken with care: every claim is text from outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from json import dumps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 254  # of an e-mail address, by its standard


@dataclass(frozen=True, slots=True)
class Claims:
    """One sign-in: who vouches (`issuer`), for whom, and since when (`signed_in_at`, None where the token does not say).

    `verified` is what the provider says of the e-mail address: None where it says nothing. `session` names this one
    sign-in for good: the same in every tab and every process that shows the same token, and no other sign-in's.
    """

    issuer: str
    subjects: tuple[str, ...]
    addresses: dict[str, str]
    verified: bool | None
    signed_in_at: datetime | None
    session: str

    @property
    def address(self) -> str:
        """The e-mail address to show to the person themselves, empty where there is none."""
        return next((each for each in self.addresses.values() if each), "")


def read_claims(said: Mapping[str, Any]) -> Claims:
    """The claims of an ID token; what is not text, too long or not plain letters is left out rather than believed.

    >>> found = read_claims({"iss": "https://id", "sub": "7", "email": "A.Reader@example.org", "iat": 1760000000})
    >>> found.addresses["email"], found.verified, found.signed_in_at.year
    ('a.reader@example.org', None, 2025)
    """
    subjects = tuple(dict.fromkeys(each for name in ("sub", "oid") if (each := _text(said.get(name)))))
    addresses = {name: _address(said.get(name)) for name in ("email", "preferred_username", "upn")}
    verified = said.get("email_verified")
    own = [_text(said.get(name)) for name in ("iss", "sub", "nonce")] + [str(said.get("iat"))]
    return Claims(
        issuer=_text(said.get("iss")),
        subjects=subjects,
        addresses=addresses,
        verified=None if verified is None else verified is True or verified == "true",
        signed_in_at=_moment(said.get("iat")),
        session=sha256(dumps(own).encode()).hexdigest()[:32],
    )


def _text(said: Any) -> str:  # noqa: ANN401 - whatever the provider put there
    return said.strip() if isinstance(said, str) and said.isprintable() and len(said) <= 2 * _LONGEST else ""


def _address(said: Any) -> str:  # noqa: ANN401 - whatever the provider put there
    """An address in small letters. Only plain ones: letters that look alike in another alphabet are somebody else's."""
    text = _text(said)
    return text.lower() if text.isascii() and "@" in text and len(text) <= _LONGEST else ""


def _moment(said: Any) -> datetime | None:  # noqa: ANN401 - whatever the provider put there
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    try:
        return datetime.fromtimestamp(said, UTC)
    except (ValueError, OverflowError, OSError):
        return None  # a number that is no moment says no more than none
