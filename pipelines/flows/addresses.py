"""Where a dashboard is reached, as it stands in letters and messages."""

from __future__ import annotations

import re

from schemas.problems import UserError

# It stands in letters and on web pages: nothing that could run, end the quotation it stands in, or begin a line.
_ADDRESS = re.compile(r"https?://[^\s\"'<>`]+", re.IGNORECASE)


def web_address(said: str, nothing: str) -> str:
    """The address without its last stroke; UserError, ending in what was not done, for what is none of a web page.

    >>> web_address("https://throughline.example/ ", "No link was made.")
    'https://throughline.example'
    """
    plain = said.strip()
    if not _ADDRESS.fullmatch(plain) or not plain.isprintable():
        raise UserError(
            "The address must begin with http:// or https:// and hold no spaces, quotes or angle brackets, "
            f"as https://throughline.example. {nothing}"
        )
    return plain.rstrip("/")
