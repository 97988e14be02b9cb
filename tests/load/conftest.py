from __future__ import annotations

from tests.pages.conftest import published

__all__ = ["published"]
