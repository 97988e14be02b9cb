"""What each kind of return holds: its sheets, columns, identity and template layout. One module a kind."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from schemas.returns.kind import Column, Kind, SheetLayout

__all__ = ["Column", "Kind", "SheetLayout", "kinds"]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of return by id, found by scan: a module here with a `KIND` is a kind.

    >>> kinds()["figures"].identity
    ('agency_id', 'period_id')
    """
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    declared = (getattr(module, "KIND", None) for module in modules)
    return {kind.id: kind for kind in declared if isinstance(kind, Kind)}
