"""Numerators given away by what is computed from them: rounded percentages and rates beside a known denominator."""

from __future__ import annotations


def recoverable_from_percentage(n: int, decimals: int, numerator: int | None = None) -> bool:
    """Say whether a shown percentage of a known denominator `n` gives its numerator away.

    With d decimals two numerators of n can look alike only if 100 / n < 10**-d, so up to n = 100 * 10**d each is
    certain: with one decimal, up to 1,000. Above that some still are: with `numerator`, say whether this one is.

    >>> recoverable_from_percentage(1000, 1), recoverable_from_percentage(5000, 1)
    (True, False)
    >>> recoverable_from_percentage(1200, 1, numerator=1)
    True
    """
    return recoverable_from_rate(n, 100, decimals, numerator)


def recoverable_from_rate(population: int, per: int, decimals: int, numerator: int | None = None) -> bool:
    """Say whether a shown rate per `per` people of a known population gives its numerator away.

    As for percentages: with one decimal per 10,000, every numerator of up to 100,000 people is certain.

    >>> recoverable_from_rate(99_000, 10_000, 1), recoverable_from_rate(180_000, 10_000, 1)
    (True, False)
    """
    if population < 0 or decimals < 0 or per < 1:
        raise ValueError(f"No rate is per {per} of {population} to {decimals} decimals. Give whole numbers from 0.")
    steps = per * 10**decimals
    if numerator is None or population <= steps:
        return population <= steps
    # Numerators that may show the same rate lie within half a rounding step of it, in units of 1 / (2 * steps).
    shown = (2 * numerator * steps + population) // (2 * population)
    first = ((2 * shown - 1) * population) // (2 * steps) + 1
    last = -(-((2 * shown + 1) * population) // (2 * steps)) - 1
    return max(first, 0) >= min(last, population)
