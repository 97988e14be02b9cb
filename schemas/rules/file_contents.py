"""Faults and notes about what a file holds as a whole, and about the sheets beside its figures."""

from __future__ import annotations

from schemas.rule import fault

NOTHING_FILLED = fault(
    "nothing_is_filled_in",
    "error",
    "No figure is filled in{rows}.",
    "Fill in Number and Out of; if there was nothing to count at all, write Yes beside Nil return on the Cover.",
    "An empty return is not a return of zeros: it says nothing.",
)
NIL_AFTER_FIGURES = fault(
    "nil_return_after_figures",
    "query",
    "The Cover says that all {count} figures owed are zero, but {before} of them were more than zero when last sent.",
    "If everything really is zero, say why in Commentary. If not, clear Nil return on the Cover and fill in the figures.",
    "One tick replaces a whole return; set beside the last one, a slip is seen before it counts.",
)
NIL_BESIDE_NUMBERS = fault(
    "nil_return_holds_numbers",
    "error",
    "The Cover says this is a nil return, but {count} figures are filled in.",
    "Clear Nil return on the Cover, or clear the figures. The figures have been taken.",
    "A nil return says that every figure is zero; with numbers in it, one of the two is a slip.",
)
READER_NOTE = fault(
    "file_was_mended_in_reading",
    "note",
    "{sentence}",
    "{advice}",
    "What the reader had to do to a file is said, so that a wrong reading is seen.",
)
NUMBERS_AS_TEXT = fault(
    "numbers_typed_as_text",
    "note",
    "Numbers stored as text have been read as numbers: {cells}.",
    "Nothing to do.",
    "Spreadsheets leave numbers stored as text out of their sums, so your own totals may be short.",
)
MARKERS_MAPPED = fault(
    "older_signs_read_as_markers",
    "note",
    "Read as markers: {cells}.",
    "Nothing to do, if that is what you meant: c hidden to protect, k rounds to zero, u unreliable, x not available, "
    "z not applicable.",
    "Several generations of signs are in use for why there is no number; how each was read is said.",
)
TOTALS_DROPPED = fault(
    "totals_row_is_left_out",
    "note",
    "Left out as rows of totals: {cells}.",
    "Nothing to do.",
    "A row of totals read as one more part would count everybody twice.",
)
NOT_A_FIGURE = fault(
    "row_is_no_figure",
    "note",
    "Left out, as they repeat the headings or are words without a number: the rows at {cells}.",
    "Nothing to do.",
    "Printed tables repeat their headings and end in notes; none of them is a figure, and none should look like a fault.",
)
NAMES_NO_INDICATOR = fault(
    "row_names_no_indicator",
    "error",
    "{value} stands in a row that names no indicator ({where}).",
    "Put the indicator's ID in the row. If it is a total, write Total beside it; if it is left over, clear it.",
    "A number that belongs to nothing cannot be counted, and left out in silence it would be missed.",
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
    "Kept as text, though it begins with =, +, - or @: {cells}.",
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
COMMENTARY_STRAY = fault(
    "account_without_an_indicator",
    "query",
    "{count} of sheet {sheet} name no indicator of the data set and are not taken ({where}).",
    "Write the indicator's ID from the template in its column, or take the rows out.",
    "A note below the table is kept with the file and read by nobody; whoever wrote it thinks that it was taken.",
)
TEXT_NAMES = fault(
    "text_may_name_somebody",
    "error",
    "The text in {where} may name a person or tell of one child; it has been left out.",
    "Write the role instead of the name, no telephone or case number, and nothing by which a child could be known.",
    "Commentary is read by many people: it must never point at a child, a family or a member of staff.",
    withheld=True,
)
TEXT_NOT_REPEATED = fault(
    "account_is_not_repeated",
    "note",
    "The text in {where} says how few there were; it is taken, and no publication repeats it.",
    "Nothing, unless readers should see it: then write what changed without how many people it was.",
    "A number in a sentence is one no table protects; who wrote it should know before the page says it was left out.",
)
MAY_BE_SINGLE = fault(
    "rows_may_be_about_single_people",
    "query",
    "This may be {what} in {place}. What the return asks for has been taken, and the file itself is not kept.",
    "If the rows are about single people, take them out, and tell your data protection lead. If they are totals, a heading that says "
    "what each column holds lets the next file be kept.",
    "Signs that may be chance refuse nothing; but a file with a list of children must not lie in the store while somebody finds out.",
    withheld=True,
)
BESIDE_NAMES = fault(
    "words_beside_the_figures_may_name_somebody",
    "error",
    "The words in {where} may name a person. They have not been taken, and the file itself is not kept.",
    "Take them out, or write the role instead of the name, and send the file again. What the rows hold has been taken.",
    "A comment, a hidden sheet or a column nobody reads goes wherever the file goes; a name in it is not seen, and is there.",
    withheld=True,
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
    "error",
    "{indicator_id} is said to be not held ({where}), but there are figures of it ({figures}). Neither is taken.",
    "If you hold it, clear its reason on Not held; if not, clear its figures: what is not held is never zero. Then send the file again.",
    "Both cannot be true: a reason left from last time covers a figure, and a 0 typed for want of a number is a figure nobody counted.",
)
UNFIT = fault(
    "row_does_not_fit_the_return",
    "error",
    "{indicator_id}: the row does not fit the return ({check}) ({where}).",
    "Compare the row with the template.",
    "The last gate: whatever the rules above let through, only whole and typed figures are stored.",
)
MENDED = fault(
    "cell_is_mended_on_the_page",
    "note",
    "Mended on the page: read as {said} ({where}). The cell itself is as it came.",
    "Mend it in your own file too, so that it is right next time.",
    "What counts is the file and its mends together; whoever opens the file alone sees another answer.",
)
REASON_GIVEN = fault(
    "reason_is_given_on_the_page",
    "note",
    "The reason given on the page for the figure in this cell is {said} ({where}).",
    "Nothing to do.",
    "A reason is kept with its figure, also where the spreadsheet has no room for one.",
)
