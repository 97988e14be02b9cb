"""What is said to whoever holds a link, or tries one: sentences that tell nothing of the vault, the machine or others."""

from __future__ import annotations

from pipelines.store.opening import NotWritableError
from schemas.problems import BusyError, UserError

# Waiting does not help where the disk is full or the folder is read-only.
_NO_ROOM = (
    "The form takes nothing just now: there is no room where answers are kept. What was saved before is kept. Leave this "
    "window open and tell the partnership's business unit, then try again."
)
_BUSY = "The form cannot be reached just now. What was saved is kept: wait a minute, then try again."
# Nor where the key is missing or another's: it stays shut until whoever runs it has set it right.
_SHUT = (
    "The form cannot be opened until something is put right where answers are kept. What was saved before is kept. Tell the "
    "partnership's business unit; waiting does not mend it."
)


class FormError(UserError):
    """A fault in words meant for the reader of a form; every other fault is told to them as `told` tells it."""


class NoFormError(FormError):
    """The link opens no form: unknown, mistyped, ended or run out; it never says which."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "This link does not open a form. It may not be complete, may have been used, or may have run out. "
            "Ask the partnership's business unit for a new one."
        )


class TooManyLinksError(FormError):
    """Too many links that open nothing were tried within a minute."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Too many links that open nothing were tried just now. Wait a minute, then open yours again.")


def told(why: UserError) -> str:
    """A fault as the reader of a form may hear it: ours of the vault name folders of this machine.

    >>> told(BusyError("The vault in /srv/somewhere is in use by another command."))
    'The form cannot be reached just now. What was saved is kept: wait a minute, then try again.'
    """
    if isinstance(why, FormError):
        return str(why)
    if isinstance(why, BusyError):
        return _BUSY
    return _NO_ROOM if isinstance(why, NotWritableError) else _SHUT
