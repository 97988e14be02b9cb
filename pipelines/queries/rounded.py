"""Which figures a release rounds: those that count people whom it protects, and no others."""

from __future__ import annotations

from schemas.catalogue import catalogue


def rounded_to(indicator_id: str, release: int | None) -> int | None:
    """The step a release rounds an indicator's counts to; None where it counts staff or paperwork, which stay exact.

    An indicator the catalogue no longer has is taken to be rounded, as everything in its release may have been.
    """
    indicator = catalogue().indicators.get(indicator_id)
    if release is None or indicator is None:
        return release
    counted = [quantity for quantity in (indicator.numerator, indicator.denominator) if quantity]
    return release if any(catalogue().protects(quantity) for quantity in counted) else None
