"""Every method a release can use, read from methods.toml: for the pages, the reference and each figure's account."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from schemas.catalogue.models import Entry, Identifier, Text


class Method(Entry):
    """A measure, a chart or a rule: `charts` and `intervals` are the names by which a release cites it."""

    id: Identifier
    title: Text
    group: Text
    what_for: Text
    formula: Text
    when: Text
    when_not: Text
    reference: Text
    functions: tuple[Text, ...]
    charts: tuple[Text, ...] = ()
    intervals: tuple[Text, ...] = ()


class Version(Entry):
    """A version of the methods as a whole, and what it changed."""

    version: Text
    change: Text


class Methods(Entry):
    """All of methods.toml."""

    groups: tuple[Text, ...]
    version: tuple[Version, ...]
    method: tuple[Method, ...]

    def of_chart(self, chart: str) -> Method:
        """The method a series' chart name stands for; KeyError where nobody has described it.

        >>> methods().of_chart("xmr").title
        'XmR chart'
        """
        return {name: each for each in self.method for name in each.charts}[chart]

    def of_interval(self, interval: str) -> Method:
        """The method an interval's name stands for; KeyError where nobody has described it.

        >>> methods().of_interval("wilson").title
        'Wilson’s interval'
        """
        return {name: each for each in self.method for name in each.intervals}[interval]

    def in_group(self, group: str) -> tuple[Method, ...]:
        """The methods of a group, in the order of the file."""
        return tuple(each for each in self.method if each.group == group)


@lru_cache(maxsize=1)
def methods() -> Methods:
    """The methods as written in methods.toml, read once."""
    text = Path(__file__).with_name("methods.toml").read_text(encoding="utf-8")
    return Methods.model_validate(tomllib.loads(text))


METHOD_VERSION = methods().version[-1].version
