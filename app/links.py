"""Addresses of pages, said once; relative, so that they hold behind a proxy's path too."""

from __future__ import annotations

from urllib.parse import urlencode

# What an address of ours may ask, but for the token of a link to a form, which belongs to no address that is handed on.
KNOWN = frozenset({
    "accountable", "agency", "audit", "audit_theme", "find", "indicator", "of_sector", "of_year", "owner", "prepared", "priority",
    "publication", "rating", "recommendation", "source", "step", "theme", "year",
})  # fmt: skip


def to(page: str, **asked: str) -> str:
    """The address of a page, with what is asked of it.

    >>> to("indicator", indicator="CP07")
    'indicator?indicator=CP07'
    """
    return f"{page}?{urlencode(asked)}" if asked else page


def to_indicator(indicator_id: str) -> str:
    """The address of one indicator."""
    return to("indicator", indicator=indicator_id)
