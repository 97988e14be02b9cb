"""Faults of a whole file: whether it may be kept, what it is, and which sheets and columns it has."""

from __future__ import annotations

from schemas.rule import fault

CANNOT_BE_READ = fault(
    "file_cannot_be_read",
    "error",
    "{sentence}",
    "",
    "A file that cannot be opened safely cannot be checked; nothing of it is kept.",
)
# Added where only the values told: a harmless sheet is put right in a minute, once its sender knows how.
HEADED = (
    " If it is nothing about people, give each column a heading that says what it holds, as “School URN”, “Cost code”, “Inspected on” "
    "or “Views”, and send it again; where the names are of staff, write their roles instead."
)
PERSON_LEVEL = fault(
    "person_level_data",
    "error",
    "This looks like {what} in {place}. The file has been refused and nothing of it kept but its fingerprint.",
    "Take out everything about single people, and send totals only.{unless} If it was sent by mistake, tell your data "
    "protection lead.",
    "Throughline holds totals. A name, a date of birth or a number that leads to one child must never enter it.",
)
KIND_NOT_KNOWN = fault(
    "kind_is_not_known",
    "error",
    "This is not a return Throughline knows{looks}.",
    "Start from the template: throughline template figures --agency … --period ….",
    "Each kind of return has its own columns; reading one as another would give wrong figures without a fault.",
)
ANOTHER_KIND = fault(
    "kind_is_another",
    "error",
    "This is a return of {found}, not of {asked}.",
    "Send it as {found}, or send the file you meant.",
    "A return filed under another kind is missing where it is owed.",
)
COLUMN_MISSING = fault(
    "column_is_missing",
    "error",
    "Sheet {sheet} has no column {missing}. Its headings are: {headings}.",
    "Add the column, or use the template's headings: {expected}.",
    "Without the indicator and a number there is nothing to read; a guessed column would give wrong figures.",
)
COLUMN_DOUBLED = fault(
    "column_is_doubled",
    "error",
    "Sheet {sheet} has {heading} twice, in columns {columns}.",
    "Keep one of them, or rename the other.",
    "Of two columns with one heading only the sender knows which holds the figures.",
)
COLUMN_GUESSED = fault(
    "column_is_known_by_likeness",
    "note",
    "Sheet {sheet}: {headings}.",
    "Nothing to do, if that is what they are; else use the template's headings.",
    "A heading nobody wrote down was read by likeness: it is said, so that a wrong reading is seen at once.",
)
COLUMN_UNREAD = fault(
    "column_is_not_read",
    "note",
    "Sheet {sheet}: not read: {headings}.",
    "Nothing to do, unless one of them holds figures: then use the template's headings.",
    "What is not read is said, so that nobody believes it was received.",
)
NUMBER_ANEW = fault(
    "number_is_given_anew_beside_it",
    "error",
    "“{heading}” says {again}, but {column} {first} ({where}). Neither is taken.",
    "Put the right number under {column}, and clear “{heading}” in this row or take that column out of the file.",
    "Of a number and its correction only the sender knows which counts: the old one taken in silence is the one they knew to be wrong.",
)
IN_THOUSANDS = fault(
    "figures_are_in_thousands",
    "error",
    "Sheet {sheet} says that its numbers are in thousands, hundreds or millions ({where}). Nothing has been taken.",
    "Give how many there were in full, and take the words out; if they do not hold for these numbers, take the words out alone.",
    "1.2 thousand read as 1.2, or 12 thousand as 12, is a thousandfold error which looks like any other number.",
)
CELL_IS_SHARED = fault(
    "figures_share_a_merged_cell",
    "error",
    "{value} stands in one merged cell, {where}, over {count} figures: nobody can tell of which of them it is. None of them is taken.",
    "Unmerge the cell, and type each figure in a cell of its own; 0 where there were none.",
    "A merged cell keeps its number in its first corner: read there, the sum of two figures would stand as one of them.",
)
SHEET_MISSING = fault(
    "sheet_is_missing",
    "error",
    "There is no sheet {missing} with figures. The file has: {sheets}.",
    "Put the figures on a sheet called {missing}, with the template's headings.",
    "A renamed or lost sheet would otherwise look like an empty return.",
)
SHEET_HIDDEN = fault(
    "hidden_sheet_is_not_read",
    "query",
    "Sheet {sheet} is hidden and holds data; it has not been read.",
    "Show it if it belongs to the return, or delete it before you send the file.",
    "Nobody who sends a file should send more than they see.",
)
HIDDEN_READ = fault(
    "figures_are_hidden",
    "note",
    "Sheet {sheet}: {what} hidden, and figures in {them} have been read.",
    "Nothing to do, if they belong to the return; else delete {them}, and send the file again.",
    "Nobody who sends a file should send more than they see: a filter left on, or a column put away, is said with where it is.",
)
SHEET_UNREAD = fault(
    "sheet_is_not_read",
    "note",
    "Sheet {sheet} has none of the columns of this return; it has not been read.",
    "Nothing to do, unless it holds figures: then use the template's headings.",
    "What is not read is said, so that nobody believes it was received.",
)
SHEET_RENAMED = fault(
    "sheet_is_renamed",
    "note",
    "Sheet {sheet} has been read as {wanted}.",
    "Nothing to do.",
    "A sheet is known by its columns; which one was taken is said, so that a wrong choice is seen.",
)
