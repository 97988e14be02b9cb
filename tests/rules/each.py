"""One promise asked of many rules in one test a sheet: a test of each rule's own would cost more than what it asks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from schemas.rule import Rule


def each(rules: Iterable[Rule]) -> Callable[[Callable[[Any], None]], Callable[..., None]]:
    """Ask a promise of every rule; all that break it are named, not the first alone."""
    sheets: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        sheets["-".join(filter(None, (rule.kind, rule.sheet)))].append(rule)

    def asked(promise: Callable[[Any], None]) -> Callable[..., None]:
        @pytest.mark.parametrize("judged", sheets.values(), ids=sheets)
        def of_a_sheet(judged: list[Rule]) -> None:
            broken = [why for rule in judged if (why := _broken(promise, rule))]
            if broken:
                raise ExceptionGroup("not every rule keeps this promise", broken)

        of_a_sheet.__name__ = promise.__name__
        return of_a_sheet

    return asked


def _broken(promise: Callable[[Any], None], rule: Rule) -> AssertionError | None:
    try:
        promise(rule)
    except AssertionError as why:
        why.add_note(f"The rule is {rule.name}")
        return why
    except Exception as why:
        why.add_note(f"The rule is {rule.name}")
        raise
    return None
