"""Who may sign in, as whom: the partnership's own list, and what a provider's token must say to match a line of it."""

from __future__ import annotations

from schemas.access.claims import Claims, read_claims
from schemas.access.entries import Access, Person, Provider
from schemas.access.matching import Refusal, is_doubted, matched
from schemas.access.parsing import parsed

__all__ = ["Access", "Claims", "Person", "Provider", "Refusal", "is_doubted", "matched", "parsed", "read_claims"]
