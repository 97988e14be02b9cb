"""A whole unknown spreadsheet as it could be read, and the layout that a person's answers to the guesses make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking.guessing import tables
from schemas.layouts.layout import Label, Layout, LeftOut, Place, SheetMap
from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.checking.guessing.names import Names
    from pipelines.checking.guessing.tables import RowGuess, Said, TableGuess
    from pipelines.reading import Workbook
    from schemas.layouts.layout import Answer


@dataclass(frozen=True, slots=True)
class Guess:
    """How a file could be read: one table for each sheet that seems to hold figures."""

    tables: tuple[TableGuess, ...]

    @property
    def rows(self) -> tuple[RowGuess, ...]:
        """Every different label of the file, in its order: one answer counts on every sheet."""
        found: dict[str, RowGuess] = {}
        for table in self.tables:
            for row in table.rows:
                found.setdefault(meaning(row.words), row)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person has said of one label: an indicator and its part, or why the row is left out."""

    indicator_id: str = ""
    answer: Answer | str = ""
    left_out: str = ""


def guess(workbook: Workbook, known: Names, agency_id: str = "", said: Mapping[str, Said] | None = None) -> Guess:
    """How a workbook could be read. `agency_id`: whose file it is; `said`: by sheet, what a person has put right."""
    found = [
        tables.guessed(sheet, known, agency_id, (said or {}).get(sheet.name))
        for sheet in workbook.sheets
        if sheet.visible
    ]
    return Guess(tuple(each for each in found if each is not None and each.figures and each.rows))


def layout(guess: Guess, chosen: Mapping[str, Chosen], *, id: str, title: str, agency_id: str) -> Layout:  # noqa: A002
    """The layout that a person's answers make; `chosen` by the meaning of each label. Nobody has confirmed it yet.

    A label without an answer is in it neither way, so that the check asks about it.
    """
    labels: list[Label] = []
    left: list[LeftOut] = []
    for row in guess.rows:
        said = chosen.get(meaning(row.words), Chosen())
        if said.left_out:
            left.append(LeftOut(words=row.words, reason=said.left_out))
        elif said.indicator_id:
            labels.append(
                Label.model_validate({"words": row.words, "indicator_id": said.indicator_id, "answer": said.answer})
            )
    spoken = {" ".join(each.words.casefold().split()) for each in (*labels, *left)}
    for heading in (each.heading for table in guess.tables for each in table.columns if each.use.role == "unread"):
        words = " ".join(heading.casefold().split())
        if words and words not in spoken:
            spoken.add(words)
            left.append(LeftOut(words=heading, reason=tables.NO_FIGURES))
    sheets: dict[str, SheetMap] = {}
    for table in guess.tables:
        made = _sheet(table)
        # Sheets of one shape are one: any sheet with these headings is read.
        sheets.setdefault(made.model_copy(update={"sheet": ""}).model_dump_json(), made)
    return Layout(id=id, title=title, agency_id=agency_id, sheets=tuple(sheets.values()), labels=tuple(labels),
                  left_out=tuple(left))  # fmt: skip


def _sheet(table: TableGuess) -> SheetMap:
    total, made = table.having("year_total"), table.having("year_made")
    return SheetMap(
        sheet=table.sheet,
        names={each.use.role: each.heading for each in table.columns if each.use.role in tables.columns.NAMING},
        places=tuple(
            Place(heading=each.heading, period=each.use.period, answer=each.use.answer) for each in table.figures
        ),
        year_total=total.heading if total else "",
        year_made=made.heading if made else "",
    )
