"""What a check reports, and the one kind of error people are shown."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "query", "note"]


class UserError(Exception):
    """One clear sentence for the person at the keyboard, shown without a traceback.

    `exit_code` follows the command line's contract: 1 the return has errors, 2 not usable at all.
    """

    def __init__(self, message: str, exit_code: int = 2) -> None:
        """Keep the sentence and the exit code."""
        super().__init__(message)
        self.exit_code = exit_code


class HomeError(UserError):
    """Something about the machine it runs on, such as its disk or its key: the message names places and settings.

    That is for whoever runs it. A page says `on_page` in its place, which tells a reader nothing of the machine; `to_mend`, where
    there is anything, is what the business unit reads beside it.
    """

    on_page = "The vault cannot be opened at the moment, so nothing can be sent and nothing was changed."
    to_mend = ""


class BusyError(HomeError):
    """Somebody else is in the vault, and it took too long to wait for them."""

    on_page = "Somebody else is at work in the vault. Nothing was changed; try again in a minute."


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: which rule, how grave, where, which value, and how to mend it.

    `row` is the row number of the sheet (1 = first), `cell` an address as `F14`; both are None for a whole file.
    """

    rule: str
    severity: Severity
    message: str
    fix: str = ""
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    @property
    def aside(self) -> str:
        """The message without its own cell's address, for where that stands beside it.

        >>> Problem("r", "query", "FD01: 5 is far off (Figures!F14).", sheet="Figures", cell="F14").aside
        'FD01: 5 is far off.'
        """
        return without_place(self.message, self.sheet, self.cell)

    def as_dict(self) -> dict[str, Any]:
        """The problem in the order of the JSON contract.

        >>> list(Problem("r", "note", "m").as_dict())
        ['rule', 'severity', 'sheet', 'cell', 'row', 'column', 'value', 'message', 'fix']
        """
        order = ("rule", "severity", "sheet", "cell", "row", "column", "value", "message", "fix")
        facts = asdict(self)
        return {name: facts[name] for name in order}


def without_place(message: str, sheet: str | None, cell: str | None) -> str:
    """A message without the address of a cell in brackets, alone or after other words.

    >>> without_place("Two alike (93% alike, Log!C4).", "Log", "C4"), without_place("See Log!C4.", "Log", "C4")
    ('Two alike (93% alike).', 'See Log!C4.')
    """
    if not sheet or not cell:
        return message
    return message.replace(f" ({sheet}!{cell})", "").replace(f", {sheet}!{cell})", ")")
