"""Faults of a whole file, found before its rows are judged: what it is, whose, for when, and whether it may be kept."""

from __future__ import annotations

from schemas.rule import fault

CANNOT_BE_READ = fault(
    "file_cannot_be_read",
    "error",
    "{sentence}",
    "",
    "A file that cannot be opened safely cannot be checked; nothing of it is kept.",
)
PERSON_LEVEL = fault(
    "person_level_data",
    "error",
    "This looks like {what} in {place}. The file has been refused and nothing of it kept but its fingerprint.",
    "Take out everything about single people, and send totals only. If it was sent by mistake, tell your data "
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
SEVERAL_RETURNS = fault(
    "several_returns_in_one_file",
    "error",
    "This file holds {count} returns: {which}.",
    "Send one file for each agency and period.",
    "A submission is one agency's for one period, so that it can be corrected without touching another's.",
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
COLUMN_UNREAD = fault(
    "column_is_not_read",
    "note",
    "Sheet {sheet}: not read: {headings}.",
    "Nothing to do, unless one of them holds figures: then use the template's headings.",
    "What is not read is said, so that nobody believes it was received.",
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
TEMPLATE_OLD = fault(
    "template_is_old",
    "note",
    "The file was made from template {found}; the present one is {current}: {difference}. It has been read all the same.",
    "Take the present template next time.",
    "Templates change with the data set: an old one lacks what has been added since.",
)
TEMPLATE_UNKNOWN = fault(
    "template_is_not_known",
    "query",
    "The file says it was made from template {found}, which is not known; the present one is {current}.",
    "Check that it is the right file. It has been read by its headings.",
    "A template nobody issued may ask for something else under the same headings.",
)
AGENCY_MISSING = fault(
    "agency_is_missing",
    "error",
    "The file does not say which agency it is from.",
    "Fill in Agency on the Cover sheet, or add a column Agency.",
    "A figure answers to somebody: without a sender nobody can explain or correct it.",
)
AGENCY_UNKNOWN = fault(
    "agency_of_the_return_is_not_known",
    "error",
    "“{value}” is not an agency of the partnership.{nearest}",
    "Use the agency's name as on the template.",
    "A return from somebody the catalogue does not know cannot be set against what is owed.",
)
AGENCY_TAKEN = fault(
    "agency_is_taken_from_the_indicators",
    "query",
    "The file does not say which agency it is from; all its indicators are sent by {agency_id}, so it is read as theirs.",
    "Fill in Agency on the Cover sheet, or add a column Agency.",
    "A sender worked out is said, so that a wrong guess is seen at once.",
)
PERIOD_MISSING = fault(
    "period_is_missing",
    "error",
    "The file does not say which quarter it is for.",
    "Fill in Period on the Cover sheet, as 2026-27-Q2, or add a column Period.",
    "A figure without its period cannot be set beside any other.",
)
PERIOD_UNREADABLE = fault(
    "period_of_the_return_cannot_be_read",
    "error",
    "{sentence}",
    "Write the quarter on the Cover sheet as 2026-27-Q2.",
    "A return filed under the wrong quarter overwrites right figures there and leaves a hole here.",
)
PERIOD_MIXED = fault(
    "periods_are_mixed",
    "error",
    "The file holds figures of {count} quarters: {which}.",
    "Send one file for each quarter.",
    "A submission is for one period, so that it can be corrected without touching another.",
)
PERIOD_AHEAD = fault(
    "return_is_ahead_of_its_time",
    "error",
    "The return is for {period_id}, which ends on {ends}, after today.",
    "Check the period. Send the return once the quarter is over.",
    "Figures for a quarter still running are forecasts, or a slip of the year.",
)
OUTSIDE_WINDOW = fault(
    "return_is_outside_its_window",
    "query",
    "The return for {period_id} closed on {closed}.",
    "If it corrects figures already sent, say so; what changed will be listed as a restatement.",
    "Figures changed after a meeting has used them must be seen to have changed.",
)
NOT_EXPECTED = fault(
    "return_is_not_the_one_expected",
    "error",
    "This return is from {agency_id} for {period_id}; expected was {wanted_agency} for {wanted_period}.",
    "Choose the right file, or correct the Cover sheet.",
    "The commonest slip of a busy afternoon is last quarter's file, or a colleague's.",
)
NOTHING_FILLED = fault(
    "nothing_is_filled_in",
    "error",
    "No figure is filled in{rows}.",
    "Fill in Number and Out of; if there was nothing to count at all, write Yes beside Nil return on the Cover.",
    "An empty return is not a return of zeros: it says nothing.",
)
NIL_BESIDE_NUMBERS = fault(
    "nil_return_holds_numbers",
    "error",
    "The Cover says this is a nil return, but {count} figures are filled in.",
    "Clear Nil return on the Cover, or clear the figures. The figures have been taken.",
    "A nil return says that every figure is zero; with numbers in it, one of the two is a slip.",
)
AWAITING_APPROVAL = fault(
    "awaiting_agency_approval",
    "note",
    "The Cover does not say who approved the figures in your agency, and when.",
    "Fill in Approved by (role) and Approved on, and send it again; until then its figures are shown as provisional.",
    "The Executive relies on figures their own agency stands by.",
)
READER_NOTE = fault(
    "file_was_mended_in_reading",
    "note",
    "{sentence}",
    "Nothing to do, if the figures shown are right.",
    "What the reader had to do to a file is said, so that a wrong reading is seen.",
)
NUMBERS_AS_TEXT = fault(
    "numbers_typed_as_text",
    "note",
    "{count} numbers are stored as text and have been read as numbers: {cells}.",
    "Nothing to do.",
    "Spreadsheets leave numbers stored as text out of their sums, so your own totals may be short.",
)
MARKERS_MAPPED = fault(
    "older_signs_read_as_markers",
    "note",
    "{count} cells have been read as markers: {cells}.",
    "Nothing to do, if that is what you meant: c hidden to protect, k rounds to zero, u unreliable, x not available, "
    "z not applicable.",
    "Several generations of signs are in use for why there is no number; how each was read is said.",
)
TOTALS_DROPPED = fault(
    "totals_row_is_left_out",
    "note",
    "{count} totals rows have been left out: {cells}.",
    "Nothing to do.",
    "A row of totals read as one more part would count everybody twice.",
)
TOTALS_DIFFER = fault(
    "totals_row_disagrees",
    "query",
    "The total {total} is not the sum of its parts, {added}, a difference of {difference} ({where}).",
    "Check the parts, and the rows the total covers.",
    "Your own total shows what you meant to send: where it differs, a row is missing or doubled.",
)
FORMULA_TEXT = fault(
    "text_begins_like_a_formula",
    "note",
    "{count} texts begin with =, +, - or @ and are kept as text: {cells}.",
    "Nothing to do.",
    "Text that a spreadsheet would run as a formula is never run, here or in any export.",
)
FIGURES_ABSENT = fault(
    "figures_owed_are_absent",
    "note",
    "{count} of {owed} figures owed are not in the return: {which}.",
    "Send them when you have them, or put the indicator on the Not held sheet with the reason.",
    "What is absent is shown as not supplied, never as zero.",
)
COMMENTARY_UNKNOWN = fault(
    "commentary_on_an_unknown_indicator",
    "error",
    "“{value}” on sheet {sheet} is not an indicator of the data set ({where}).{nearest}",
    "Use the ID from the template.",
    "An account nobody can connect with a figure is lost.",
)
TEXT_NAMES = fault(
    "text_may_name_somebody",
    "error",
    "The text in {where} may name a person; it has been left out.",
    "Write the role instead of the name, and nothing by which a child could be known.",
    "Commentary is read by many people: it must never point at a child, a family or a member of staff.",
)
NOT_HELD_UNEXPLAINED = fault(
    "not_held_without_a_reason",
    "query",
    "{indicator_id} is said to be not held, without a reason ({where}).",
    "Say why, and when you will be able to send it.",
    "The partnership can help with a reason, not with a gap.",
)
NOT_HELD_BUT_SENT = fault(
    "not_held_but_sent",
    "query",
    "{indicator_id} is said to be not held ({where}), but figures for it are in the return.",
    "Delete it from Not held, or delete the figures. The figures have been taken.",
    "Both cannot be true, and the coverage of the data set depends on which.",
)
UNFIT = fault(
    "row_does_not_fit_the_return",
    "error",
    "{indicator_id}: the row does not fit the return ({check}) ({where}).",
    "Compare the row with the template.",
    "The last gate: whatever the rules above let through, only whole and typed figures are stored.",
)
