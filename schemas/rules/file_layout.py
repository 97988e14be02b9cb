"""Faults and notes about an agency's own spreadsheet, read by a layout."""

from __future__ import annotations

from schemas.rule import fault

LAYOUT_DOES_NOT_FIT = fault(
    "layout_does_not_fit",
    "error",
    "The file fits no layout; the nearest is “{layout}”, and of its headings the file lacks: {missing}.",
    "Put the headings back as they were, or mend the layout.",
    "A layout finds figures by the words over them: where the words have gone, any column would be a guess.",
)
LAYOUT_OF_ANOTHER = fault(
    "layout_is_another_agencys",
    "error",
    "The layout “{layout}” is that of {owner}; the file is sent for {agency}.",
    "Choose the agency's own layout, or leave the agency out of the layout if several share the spreadsheet.",
    "One agency's words for a row may be another's for something else.",
)
READ_BY_LAYOUT = fault(
    "file_is_read_by_a_layout",
    "note",
    "The file has been read by the layout “{layout}”: {tables} on {sheets}, for {period_id}.",
    "Nothing to do, if that is the quarter you meant.",
    "Which columns were taken, and for which quarter, is said, so that a wrong choice is seen.",
)
LAYOUT_UNCONFIRMED = fault(
    "layout_is_not_confirmed",
    "note",
    "Nobody has confirmed the layout “{layout}”: what it finds can be looked at, and not be sent.",
    "Look at each of its lines, then confirm it.",
    "A layout may hold guesses; each is looked at once by a person before a figure counts by it.",
)
LABEL_UNKNOWN = fault(
    "row_is_not_in_the_layout",
    "error",
    "“{value}” is no row of the layout, and there are {beside} beside it ({where}).{nearest}",
    "Add its words to the layout, or say there that the row is left out, and why.",
    "A row nobody knows is never dropped without a word: it may be a figure under a new name.",
)
LABEL_OF_TWO = fault(
    "row_is_of_two_indicators",
    "error",
    "The reference and the words of “{value}” stand for two different indicators in the layout ({where}).",
    "Check the reference: it may have been given to another row.",
    "References move when a sheet is renumbered; the figures beside one may then be another's.",
)
FIGURES_WITHOUT_WORDS = fault(
    "row_has_no_words",
    "error",
    "There are figures in a row without any words ({where}).",
    "Write beside them what they are, or delete them.",
    "A number without a name cannot be set against anything.",
)
ROWS_LEFT_OUT = fault(
    "rows_are_left_out_by_the_layout",
    "note",
    "Left out as the layout says, {count} in all: {which}.",
    "Nothing to do.",
    "What is read past is said with its reason, so that nobody believes it was received.",
)
ROWS_OF_OTHERS = fault(
    "rows_are_of_another_agency",
    "note",
    "Rows of indicators that {agency_id} does not send have been left out: {count}, of {which}.",
    "Nothing to do; load the same file once for each agency whose figures it holds.",
    "A shared scorecard holds several agencies' figures, and each answers for its own.",
)
SHEET_REPEATED = fault(
    "sheet_repeats_another",
    "note",
    "Sheet {sheet} repeats sheet {other}: {count} rows with the same figures, which are counted once.",
    "Nothing to do. Delete the copy, if it is one.",
    "A copied sheet is not seen by whoever sends the file, and the next time its figures may no longer be the same.",
)
SHEET_REPEATED_OTHERWISE = fault(
    "sheet_repeats_another_otherwise",
    "query",
    "Sheet {sheet} repeats {count} rows of sheet {other} with other figures ({differ} of them). Of a figure that both give "
    "differently neither is taken.",
    "Delete the sheet that is out of date, and send the file again.",
    "An old copy left in the file says something else than the sheet beside it, and only the sender knows which is right.",
)
LAYOUT_SHEET_MISSING = fault(
    "sheet_of_the_layout_is_missing",
    "query",
    "The file has no sheet “{sheet}”, and none with its headings, which the layout reads.",
    "Put the sheet back, or mend the layout if it is no longer kept.",
    "A sheet left behind would otherwise look like figures nobody collected.",
)
LAYOUT_ROWS_MISSING = fault(
    "rows_of_the_layout_are_missing",
    "note",
    "Rows of the layout that stand nowhere in the file, {count} in all: {which}.",
    "Check that no sheet or row was left behind; take the words out of the layout if they are no longer kept.",
    "A row left behind is told from a row left empty: the first is a slip of the file, the second an answer.",
)
NOT_SUPPLIED = fault(
    "signs_are_read_as_not_supplied",
    "note",
    "Signs for nothing have been read as not supplied: {count}, in {cells}.",
    "Nothing to do. If there were none to count, write 0.",
    "A dash is not a zero: what is not supplied is shown as such, and counted by nobody.",
)
PLACE_MISSING = fault(
    "column_of_the_layout_is_missing",
    "error",
    "Sheet {sheet} has no column “{heading}”, which the layout reads for {period_id}.",
    "Put the heading back, or mend the layout.",
    "A renamed column would otherwise look like figures that were never sent.",
)
EARLIER_LEFT_OUT = fault(
    "earlier_cells_make_no_figure",
    "note",
    "Of earlier quarters ({which}) some cells make no figure by themselves, as a percentage without its counts or months "
    "that are no whole quarter; they have been left out: {count}.",
    "Nothing to do. To correct one, give its counts, or the figure of its quarter.",
    "A scorecard repeats what it showed before; what an earlier quarter lacked was asked for once, with its own return.",
)
LATER_PERIODS = fault(
    "later_periods_are_left_out",
    "note",
    "Figures of later periods ({which}) stand beside those of {period_id} and have been left out: {count}.",
    "Nothing to do. Send them once their quarter is over.",
    "Figures of a quarter still running are not final, and belong to its own return.",
)
NOTHING_OF_THE_QUARTER = fault(
    "layout_finds_no_figures_of_the_quarter",
    "error",
    "The file has no figures for {period_id}; its columns are of {which}.",
    "Check the quarter, and that this is the year's file.",
    "Last year's scorecard has the same headings as this year's.",
)
TITLE_OF_ANOTHER_YEAR = fault(
    "title_names_another_year",
    "error",
    "The title of sheet {sheet} names {year}, but its figures are read as those of {period_id}. Nothing has been taken.",
    "Check that it is this year's file, and correct its title or the years in its headings.",
    "A scorecard is copied from last year's, and what was not changed in it says which of the two it is: nobody else can tell.",
)
TITLE_OF_ANOTHER_QUARTER = fault(
    "title_names_another_quarter",
    "error",
    "The title of sheet {sheet} names {quarter}, but its figures are read as those of {period_id}. Nothing has been taken.",
    "Correct the title, or send the file of that quarter; its quarter may also be written in a cell beside the word Period.",
    "One quarter's figures taken for another's replace what was right, and leave a hole where they belong.",
)
TITLE_OF_ANOTHER_AGENCY = fault(
    "title_names_another_agency",
    "error",
    "The title of sheet {sheet} names “{named}”, but the file is read as that of {agency}. Nothing has been taken.",
    "Send the file you meant, or correct its title. If it was made for somebody, write “Prepared for” before their name.",
    "Agencies keep the same measures under the same words: a colleague's scorecard fits the layout, and its figures are another's.",
)
TITLE_COUNTS_OTHERWISE = fault(
    "title_counts_other_quarters",
    "error",
    "The title of sheet {sheet} speaks of {theirs}, but the layout counts quarters in {ours}. Nothing has been taken.",
    "Say in the layout that its quarters are those of the calendar year (year = “calendar”), or correct the title.",
    "The second quarter of the calendar year is the first of the financial year: each figure would stand a quarter late.",
)
TITLE_ADDS_UP = fault(
    "title_says_that_quarters_add_up",
    "query",
    "The title of sheet {sheet} says “{words}”, and its columns have been read as single quarters.",
    "If a column holds all from April on, give each quarter's own figures and send the file again; if not, take the words out of the "
    "title.",
    "Figures that run on from April look like a rise in each quarter, and are added up a second time in the year.",
)
LINE_SAYS_OTHERWISE = fault(
    "line_says_otherwise_of_the_figures",
    "query",
    "A line on sheet {sheet} says “{words}” ({where}), and its figures have been read as {read_as}.",
    "If the line holds, put the figures right and send the file again; if it does not, take the line out.",
    "Two months given as a quarter, a running total, or a whole force's figures given as the city's look like any other number.",
)
COLUMN_OF_ANOTHER = fault(
    "column_is_headed_for_something_else",
    "error",
    "Column {column} of sheet {sheet} is headed “{heading}”, and the layout reads it for {period_id}, as “{place}”. Nothing of it is taken.",
    "Correct the heading if it is a slip. If the column is right and always headed so, give the layout its whole heading; where the "
    "quarters are those of the calendar year, say so there.",
    "The words above tell a target, a running total or another quarter from the figure; the last line of a heading alone does not.",
)
QUARTER_UNCLEAR = fault(
    "quarter_is_not_clear",
    "error",
    "Nothing has been taken, as the quarter is not clear: {why}.",
    "Say which quarter the file is sent for: choose it on the page Returns, or add --period {period_id} to the command if it is "
    "{period}. If it is {newest}, see to its columns and the year over them first.",
    "A scorecard keeps its earlier quarters: where the new column went wrong, last quarter's figures would be sent again, and would "
    "replace what stands.",
)
MONTHS_NOT_SUMMED = fault(
    "months_cannot_be_made_a_quarter",
    "query",
    "{indicator_id}: {why} ({where}).",
    "Give the counts of the whole quarter, in a column of their own or with the quarter's return.",
    "A mean of means, or a sum of people counted afresh each month, is not the quarter's figure, however plausible it looks.",
)
MONTHS_MISSING = fault(
    "months_of_the_quarter_are_missing",
    "query",
    "{indicator_id}: of the quarter's months {missing} is not supplied, so the quarter is not ({where}).",
    "Fill in {missing}; 0 if there were none.",
    "Two months added up as a quarter look like an improvement of a third.",
)
MONTHS_CONTRADICT = fault(
    "months_contradict_their_quarter",
    "query",
    "{indicator_id}: the months of {period_id} {make} ({months}), but its own column says {given} ({where}).",
    "Check which is right and mend the other; the quarter's own column has been taken.",
    "Two figures of one quarter cannot both be right, and whoever reads the scorecard may quote the other one.",
)
YEAR_COLUMN = fault(
    "year_column_is_left_out",
    "note",
    "The year's figures in {columns} have been checked and left out.",
    "Nothing to do: years are worked out from the quarters.",
    "A year kept beside its quarters is a second truth, and this one is made in several ways.",
)
