"""What an agency sent last time, in words, to stand beside what is asked now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.periods import parse
from schemas.returns.by_value import joined_keys
from schemas.returns.facts import SERIES, period_kinds
from schemas.returns.markers import MARKERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from schemas.catalogue import Owed


def last_figures(earlier: pd.DataFrame | None) -> dict[str, str]:
    """The latest earlier figure of each line in words, by line; lines by month and by year stay apart."""
    if earlier is None or earlier.empty:
        return {}
    ends = {period: parse(period).end for period in earlier["period_id"].unique()}
    keyed = earlier.assign(end=earlier["period_id"].map(ends), kind=period_kinds(earlier["period_id"]))
    ordered = keyed.assign(line=joined_keys(keyed, [*SERIES, "kind"])).sort_values("end")
    latest = ordered.drop_duplicates("line", keep="last")
    words = [_words(figure) for figure in latest.to_dict("records")]  # pyright: ignore[reportArgumentType] - text keys
    return dict(zip(latest["line"], words, strict=True))


def line_of(figure: Owed) -> str:
    """The line a figure owed belongs to."""
    return "|".join((*(getattr(figure, name) for name in SERIES), parse(figure.period_id).kind))


def _words(figure: Mapping[str, Any]) -> str:
    if figure["marker"]:
        return MARKERS[figure["marker"]]
    number, base = f"{figure['numerator']:,.10g}", f"{figure['denominator']:,.10g}"
    return number if base == "nan" else f"{number} of {base}"
