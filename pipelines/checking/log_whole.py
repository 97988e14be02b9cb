"""What only a whole return of a log shows, said once for all its rows, after the last of them was judged."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from schemas.returns.records import typed
from schemas.rules import self_assessment_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    import pandas as pd

    from schemas.problems import Problem
    from schemas.returns.records import LogContext
    from schemas.rule import Rule

_OF_KIND: Mapping[str, Callable[[LogContext], Iterator[tuple[Rule, dict[str, Any]]]]] = MappingProxyType(
    {"self_assessment": self_assessment_whole.about_whole}
)


def about_whole(records: Mapping[str, pd.DataFrame], context: LogContext) -> list[Problem]:
    """The problems of the return as a whole; none where the business unit sends what it has moderated of another's."""
    if context.kind.id not in _OF_KIND or context.moderating or not records:
        return []
    coming = {name: typed(context.kind.sheet(name), text) for name, text in records.items()}
    found = _OF_KIND[context.kind.id](replace(context, coming=coming))
    return [fault.problem(words, sheet=context.kind.data.name) for fault, words in found]
