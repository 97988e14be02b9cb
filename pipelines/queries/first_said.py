"""Which texts that somebody wrote a publication shows, and which of them its readers have never been shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.queries.pointer import every, opened, stands
from pipelines.store.sought import REMOVED, plain
from schemas.published.prose import WRITTEN
from schemas.returns.small_words import LEFT_OUT, LEFT_OUT_OF_VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pipelines.queries.pointer import Pointer

# What stands in the place of words that are not repeated.
_NOBODYS = frozenset({LEFT_OUT, LEFT_OUT_OF_VIEWS, REMOVED})
# Where an account is said once more as one: whoever has read its parts has read it.
_JOINED = frozenset({"annotation.text", "finding.account"})
# Of a column that holds our sentences as well as theirs, the flag that tells theirs.
_GIVEN = {("restatement", "reason"): "given"}
_DIGITS = 6  # a year has four
_PART = 12  # letters: a shorter text, or one without a space, is found in sentences it is no part of
_COLUMNS = "select table_name, column_name from information_schema.columns where table_catalog = current_database()"


def said_in(publication: Pointer) -> dict[str, str]:
    """Every text somebody wrote that a publication shows, with single spaces, and the column it stands in, as `commentary.why`.

    UserError where it cannot be opened, or is not for its reader.
    """
    found: list[tuple[str, str]] = []
    with opened(publication) as connection:
        there: set[tuple[str, str]] = set(connection.execute(_COLUMNS).fetchall())
        for table, columns in WRITTEN.items():
            mine = [column for column in columns if (table, column) in there]
            # Most tables are empty, and one question about a table costs less than one about each column.
            if mine and connection.execute(f'select 1 from "{table}" limit 1').fetchone():  # noqa: S608 - our own names
                found += _values(connection, table, mine, there)
    return once(found)


def once(found: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Of columns with their values each text once, with the first column it stands in.

    Without what is a small number or a sign, what stands in the place of words that were left out, and what only repeats others.
    """
    said: dict[str, str] = {}
    again: dict[str, str] = {}
    for column, value in sorted((column, plain(value)) for column, value in found):
        if value not in _NOBODYS and _says_something(value):
            (again if column in _JOINED else said).setdefault(value, column)
    parts = sorted((text for text in said if len(text) >= _PART and " " in text), key=len, reverse=True)
    return said | {text: column for text, column in again.items() if text not in said and not _is_made_of(text, parts)}


def unread(home: Path, audience: str, said: Mapping[str, str], but: str = "") -> dict[str, str]:
    """Those of some texts that stand in no publication of an audience, `but` for one, that can be opened and was not withdrawn.

    What was withdrawn may have been so for its words, and what is damaged tells nothing: both count as never shown.
    """
    left = dict(said)
    for each in every(home, audience):
        if not left:
            break
        if each.publication_id != but and stands(each):
            left = {text: left[text] for text in left.keys() - said_in(each).keys()}
    return dict(sorted(left.items()))


def flag_of_written(table: str, column: str) -> str | None:
    """The column that is true where a value is somebody's own words; None for a column in which all are."""
    return _GIVEN.get((table, column))


def _values(
    connection: DuckDBPyConnection, table: str, columns: list[str], there: set[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    for column in columns:
        asked = f'select distinct "{column}" from "{table}" where "{column}" <> \'\'{_only(table, column, there)}'  # noqa: S608 - our own names
        yield from ((f"{table}.{column}", value) for (value,) in connection.execute(asked).fetchall())


def _only(table: str, column: str, there: set[tuple[str, str]]) -> str:
    flag = flag_of_written(table, column)
    return f' and "{flag}"' if flag is not None and (table, flag) in there else ""


def _says_something(text: str) -> bool:
    """Whether a text has a letter, or as many digits as a number somebody is known by."""
    return any(letter.isalpha() for letter in text) or sum(letter.isdecimal() for letter in text) >= _DIGITS


def _is_made_of(text: str, parts: list[str]) -> bool:
    """Whether nothing but signs is left of a text once the others that stand in it are taken out."""
    for part in parts:
        text = text.replace(part, " ")
    return not any(letter.isalnum() for letter in text)
