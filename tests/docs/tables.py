"""The page of publication tables, from `schemas.published.tables` and the words in `columns.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

from schemas.published.tables import TABLES, Table
from tests.docs.markdown import code, link, page, table

WORDS = tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))
TYPES = {
    "text": "text",
    "prose": "words",
    "number": "number",
    "whole": "whole number",
    "yes_no": "yes or no",
    "moment": "time",
    "day": "date",
}
INTRODUCTION = """
A publication is one DuckDB file, `publications/<audience>/<publication id>.duckdb` in the home folder, and `CURRENT`
beside it names the one to read. Everything in it has been protected: what is hidden is not in the file. Whatever reads
publications (pages, exports, [the notebook](../../notebooks/one_indicator.ipynb)) may rely on these tables; a test
holds each release to them.
"""


def tables() -> str:
    """The whole page."""
    names = [(link(name), WORDS["tables"][name]) for name in TABLES]
    return page("Publication tables", INTRODUCTION, table(("table", "holds"), names), *map(_entry, TABLES.values()))


def without_words() -> list[str]:
    """Tables and columns nobody has described, and descriptions of what is no more."""
    columns = {column.name for one in TABLES.values() for column in one.columns}
    bare = {c.name for one in TABLES.values() for c in one.columns if c.name not in WORDS.get(one.name, {})}
    missing = sorted(bare - WORDS["columns"].keys()) + sorted(TABLES.keys() - WORDS["tables"].keys())
    gone = sorted(WORDS["columns"].keys() - columns) + sorted(WORDS["tables"].keys() - TABLES.keys())
    return [f"{name} is not described" for name in missing] + [f"{name} is no more" for name in gone]


def _entry(one: Table) -> str:
    own = WORDS.get(one.name, {})
    rows = [
        (
            code(column.name),
            TYPES[column.type] + (", may be empty" if column.optional else ""),
            own.get(column.name, WORDS["columns"].get(column.name, "")),
        )
        for column in one.columns
    ]
    key = ", ".join(map(code, one.key))
    return f"## {one.name}\n\n{WORDS['tables'][one.name]} One row for each {key}.\n\n" + table(
        ("column", "type", "means"), rows
    )
