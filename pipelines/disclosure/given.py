"""What a caller gives, read and checked, so that nothing impossible reaches the arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.disclosure.refusals import named

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from pipelines.disclosure.lines import Flags, Floats


def figures_of(values: ArrayLike) -> Floats:
    """Read one number a cell; NaN, or nothing, is a figure that its source hid."""
    figures = numbers_of(values, "values", "Give one number a cell, or NaN for a hidden figure.")
    if figures.ndim != 1:
        raise ValueError(f"values has the shape {figures.shape}. Give them in one row, one number a cell.")
    endless = np.flatnonzero(np.isinf(figures))
    if len(endless):
        raise ValueError(
            f"The value of {named(endless)} is infinite. Give a number, or NaN for a figure that its source hid."
        )
    return figures


def flags_of(given: ArrayLike | None, figures: Floats, what: str) -> Flags:
    """Read one flag a cell; none given is none set."""
    if given is None:
        return np.zeros(figures.shape, dtype=bool)
    flags = np.asarray(given)
    if flags.dtype != bool:
        flags = numbers_of(given, what, "Give one flag a cell, true or false.")
        if not np.isin(flags, (0, 1)).all():
            raise ValueError(f"{what} has other values than true and false. Give one flag a cell.")
    if flags.shape != figures.shape:
        raise ValueError(f"{what} has the shape {flags.shape}, the cells {figures.shape}. Give one flag a cell.")
    return flags.astype(bool)


def bounds_of(lower: ArrayLike, upper: ArrayLike | None, figures: Floats) -> tuple[Floats, Floats]:
    """Read bounds given as one number or one a cell; no upper bound is none."""
    least = _bound_of(lower, figures, "lower")
    most = _bound_of(np.inf if upper is None else upper, figures, "upper")
    for wrong, words in (
        (np.isnan(least) | np.isnan(most), "is not a number"),
        (~(least <= most) | np.isposinf(least) | np.isneginf(most), "leaves no number between lower and upper"),
    ):
        if wrong.any():
            raise ValueError(f"A bound of {named(np.flatnonzero(wrong))} {words}. Give a lower and a higher one.")
    return least, most


def need_of(need: tuple[float, float]) -> tuple[float, float]:
    """Read the range a reader must be unable to narrow.

    >>> need_of((1, 5))
    (1.0, 5.0)
    """
    given = numbers_of(need, "need", "Give two numbers, the smaller first.")
    if given.shape != (2,) or not np.isfinite(given).all() or not 0 < given[0] <= given[1]:
        raise ValueError(f"need is {need}. Give two numbers above 0, the smaller first, such as (1, 5).")
    return float(given[0]), float(given[1])


def worth_of(given: ArrayLike | None, figures: Floats) -> Floats:
    """Read how much each figure would be missed; none given is 1 for all."""
    if given is None:
        return np.ones(figures.shape)
    instead = "Give one number above 0 a cell."
    worth = numbers_of(given, "worth", instead)
    if worth.shape != figures.shape:
        raise ValueError(f"worth has the shape {worth.shape}, the cells {figures.shape}. {instead}")
    wrong = np.flatnonzero(~((worth > 0) & np.isfinite(worth)))
    if len(wrong):
        raise ValueError(f"The worth of {named(wrong)} is no number above 0. {instead}")
    return worth


def numbers_of(given: Any, what: str, instead: str) -> Floats:  # noqa: ANN401  whatever a caller passes
    """Read numbers; anything else is refused in words.

    >>> numbers_of(["three"], "values", "Give one number a cell.")
    Traceback (most recent call last):
    ValueError: values holds something that is not a number. Give one number a cell.
    """
    try:
        return np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{what} holds something that is not a number. {instead}") from None


def _bound_of(given: ArrayLike, figures: Floats, what: str) -> Floats:
    """Spread one bound over all cells, or take one a cell."""
    bound = numbers_of(given, what, "Give one number, or one a cell.")
    if bound.shape not in {(), figures.shape}:
        raise ValueError(
            f"{what} has the shape {bound.shape}, the cells {figures.shape}. Give one number, or one a cell."
        )
    return np.broadcast_to(bound, figures.shape)
