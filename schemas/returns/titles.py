"""What a rule is called where people read a list of them: its name as a sentence, or a plainer one."""

from __future__ import annotations

# Names that are plain to whoever checks figures every day, and to nobody else.
_PLAINER = {
    "cell_is_an_error_of_the_spreadsheet": "The cell shows an error of the spreadsheet, such as #REF!",
    "count_is_given_twice": "The same count is given twice, with two numbers",
    "definition_is_not_that_of_its_period": "It was counted by another definition than that of its quarter",
    "earlier_figure_is_corrected_without_reason": "A figure of an earlier quarter is changed, and no reason is given",
    "earlier_figures_are_held_back": "Earlier figures are not rewritten while this quarter's may be the last one's",
    "figures_are_hidden": "Figures stand in hidden rows or columns",
    "month_is_given_as_the_quarter": "The figure looks like one month's, not the quarter's",
    "number_is_of_another_size": "The figure is many times larger or smaller than it usually is",
    "one_quantity_has_two_values": "Two rows give different numbers for the same thing",
    "out_of_is_missing": "The number has no “Out of” beside it",
    "parts_do_not_add_up": "The parts do not add up to their total",
    "return_repeats_the_last_quarter": "The figures are all the same as last quarter's",
    "row_does_not_fit_the_return": "The row does not fit this return",
    "snapshot_is_summed_over_the_year": "A count of what stood on the last day looks like the year's four quarters added up",
    "something_is_out_of_nothing": "There is a number out of 0",
    "swing_has_no_reason": "The figure is far outside its usual range, and no reason is given",
    "swing_undoes_the_last_quarter": "The figure looks like a correction of last quarter's, made in this one",
    "totals_row_disagrees": "A row of totals differs from what its rows add up to",
    "value_has_no_numbers_behind_it": "A percentage or rate is given without the counts it is made of",
    "value_is_not_number_over_out_of": "The percentage or rate is not what its two counts make",
}  # fmt: skip


def title_of(rule: str) -> str:
    """A rule's name as a sentence, for people.

    >>> title_of("part_is_larger_than_the_whole"), title_of("log_words_are_too_long")
    ('Part is larger than the whole', 'Words are too long')
    """
    words = rule.removeprefix("log_").replace("_", " ")
    return _PLAINER.get(rule) or f"{words[:1].upper()}{words[1:]}"
