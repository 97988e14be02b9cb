"""Rules about the answer in one cell, before it is read as a number or a marker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.by_value import where_filled
from schemas.returns.markers import marker_of
from schemas.returns.numbers import is_percent
from schemas.returns.telling import tells_of_one, tells_of_people
from schemas.returns.unreadable import why_no_number
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.unreadable import Fault

AMOUNTS = "numerator denominator value"
TICKS = frozenset({"x", "y", "yes", "true", "1", "nil", "tick", "ticked", "\u2713", "\u2714", "no", "n", "false", "0"})


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="marker",
    message="“{value}” is not a marker ({where}).",
    fix="Use c (hidden to protect), k (rounds to zero), u (unreliable), x (not available) or z (not applicable).",
    bad=[{"marker": "q"}, {"marker": "n/a"}, {"marker": "-"}],
    good=[{"marker": "c"}, {"marker": "*"}, {"marker": "<5"}, {"marker": ":"}, {"marker": ""}],
)
def marker_is_not_known(cells: pd.Series) -> pd.Series:
    """Six different things can lie behind a missing number; guessing one of them would be inventing data."""
    return where_filled(cells, lambda text: marker_of(text) is None)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="nil",
    message="“{value}” in the Nil column is neither a tick nor empty ({where}).",
    fix="Put x where there were none, or leave the cell empty.",
    bad=[{"nil": "3"}, {"nil": "maybe"}],
    good=[{"nil": "x"}, {"nil": "Yes"}, {"nil": "no"}, {"nil": ""}],
)
def nil_is_not_a_tick(cells: pd.Series) -> pd.Series:
    """Nil says on purpose that there were none: it must be unmistakable, as blank means not supplied."""
    return where_filled(cells, lambda text: text.strip().lower() not in TICKS)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” does not say whether there were none or there is no number ({where}).",
    fix="Write 0 or tick Nil for none; marker x for not available, z for not applicable; leave blank if not sent yet.",
    bad=[{"numerator": "n/a"}, {"numerator": "-"}, {"denominator": "none"}, {"value": "see note"}, {"value": "…"}],
    good=[{"numerator": "0"}, {"numerator": "nil"}, {"numerator": ""}, {"numerator": "c"}],
)
def word_could_mean_zero_or_missing(cells: pd.Series) -> pd.Series:
    """A blank, a zero, n/a and a dash are taken for one another every quarter; only the sender knows which it is."""
    return _where(cells, "unclear")


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” is an error of the spreadsheet where a number belongs ({where}).",
    fix="Mend the formula in this cell, or type the number over it; leave the cell blank if there is none yet.",
    bad=[
        {"numerator": "#N/A"},
        {"denominator": "#REF!"},
        {"value": "#DIV/0!"},
        {"value": "#SPILL!"},
        {"value": "####"},
    ],
    good=[{"numerator": "12"}, {"numerator": "n/a"}, {"numerator": "*"}],
)
def cell_is_an_error_of_the_spreadsheet(cells: pd.Series) -> pd.Series:
    """A formula that broke says nothing about the figure: a blank would be not supplied, and a zero would be false."""
    return _where(cells, "error")


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” is a formula that nobody has calculated ({where}).",
    fix="Open the file in Excel, let it calculate, save it and send that; or type the number.",
    bad=[{"numerator": "=A1+B1"}, {"value": "=SUM(H5:H9)"}],
    good=[{"numerator": "12"}, {"numerator": "+12"}],
)
def formula_was_never_calculated(cells: pd.Series) -> pd.Series:
    """Systems write formulas without results; working them out here could give another number than the sender saw."""
    return _where(cells, "formula")


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” is a yes or a no where a number belongs ({where}).",
    fix="Type how many. To say that there were none, type 0 or put x in Nil.",
    bad=[{"numerator": "TRUE"}, {"numerator": "No"}, {"value": "y"}],
    good=[{"numerator": "1"}, {"numerator": "0"}, {"numerator": "nil"}],
)
def number_is_a_yes_or_a_no(cells: pd.Series) -> pd.Series:
    """Spreadsheets count TRUE as 1 and a comparison gives one by accident; whether one was counted only the sender knows."""
    return _where(cells, "yes or no")


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” is a day or a time where a number belongs ({where}).",
    fix="Spreadsheets turn 3-1 or 1/3 into a day: format the cell as a number, and type the number again.",
    bad=[{"numerator": "2025-09-30"}, {"numerator": "1/3/2026"}, {"denominator": "Mar-12"}, {"value": "12:00"}],
    good=[{"numerator": "12"}, {"numerator": "1-4"}, {"numerator": "46000"}],
)
def number_has_become_a_day(cells: pd.Series) -> pd.Series:
    """What was typed before the spreadsheet made a day of it cannot be seen any more, so it must not be guessed."""
    return _where(cells, "day")


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” has a comma where no thousands end ({where}).",
    fix="Type the number without commas, and with a point before decimals: 1234.5.",
    bad=[{"numerator": "1.234,5"}, {"numerator": "12,5"}, {"denominator": "1,2345"}, {"value": "1,23"}],
    good=[{"numerator": "1,234"}, {"numerator": "1 234.5"}, {"denominator": "12,345,678"}],
)
def comma_could_be_a_decimal_point(cells: pd.Series) -> pd.Series:
    """12,5 is twelve and a half in one country and a slip for 125 or 12,500 in another: a tenfold difference in silence."""
    return _where(cells, "comma")


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” holds two numbers ({where}).",
    fix="One number a cell: how many in Number, and out of how many in Out of. A range is no count.",
    bad=[{"numerator": "12 of 40"}, {"numerator": "12/40"}, {"value": "10 to 20"}, {"denominator": "12-15"}],
    good=[{"numerator": "12"}, {"numerator": "1 to 4"}, {"numerator": "1 234"}],
)
def two_numbers_stand_in_one_cell(cells: pd.Series) -> pd.Series:
    """Which of two numbers is the figure, and which is what it is out of, decides everything built on it."""
    return _where(cells, "two numbers")


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” has more in it than a number ({where}).",
    fix="Type the number by itself; put words in the Reason column. If it is an estimate, say so there.",
    bad=[{"numerator": "12 children"}, {"numerator": "approx. 40"}, {"value": "12*"}, {"denominator": "12 (est.)"},
         {"numerator": "~12"}, {"numerator": "£12"}, {"numerator": "12k"}, {"numerator": "12 (8 girls)"}],
    good=[{"numerator": "12"}, {"numerator": "12 %"}, {"numerator": "(12)"}, {"numerator": "<5"}],
)  # fmt: skip
def number_has_words_beside_it(cells: pd.Series) -> pd.Series:
    """A star, a unit or an “about” changes what a number means, and a table that drops it shows a firm count."""
    return _where(cells, "words beside")


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” is a number in short, without its last digits ({where}).",
    fix="Widen the column so that the whole number shows, save the file again, and send that; or type the number in full.",
    bad=[{"numerator": "1.23E+05"}, {"denominator": "1e3"}, {"value": "2E+04"}],
    good=[{"numerator": "123456"}, {"value": "1.5e-05"}, {"numerator": "1,234"}],
)
def number_is_shortened(cells: pd.Series) -> pd.Series:
    """A narrow column saved as CSV writes 123,456 as 1.23E+05: read as 123,000, nobody sees that 456 were lost."""
    return _where(cells, "shortened")


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” is not a number ({where}).",
    fix="Type the number in figures, by itself; put words in the Reason column.",
    bad=[{"numerator": "twelve"}, {"numerator": "½"}, {"value": "see sheet B"}],
    good=[{"numerator": "1,234"}, {"value": "24.2%"}, {"numerator": "(3)"}, {"numerator": "<5"}, {"numerator": "-"}],
)
def number_cannot_be_read(cells: pd.Series) -> pd.Series:
    """A number read wrongly is worse than none: words are asked about, not guessed."""
    return _where(cells, "other")


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="numerator denominator",
    message="{value} is a percentage where a count belongs ({where}).",
    fix="Give how many, and out of how many; Throughline works out the percentage.",
    bad=[{"numerator": "24.2%"}, {"denominator": "100 %"}],
    good=[{"numerator": "24"}, {"denominator": "226"}],
)
def count_is_a_percentage(cells: pd.Series) -> pd.Series:
    """Percentages cannot be summed or protected; the counts behind them can."""
    return is_percent(cells)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="reason",
    withheld=True,
    message="The reason in {where} may name a person or tell of one child; the row has been left out.",
    fix="Write the role instead of the name, no telephone or case number, and what has changed for many instead of one child's story.",
    bad=[{"reason": "The boy who died at Armley station in May"}, {"reason": "Both twins from the case on the ring road"},
         {"reason": "Late because Mrs Example was away"},
         {"reason": "a child called Example came back"},
         {"reason": "Up since Kayden's school was told"}, {"reason": "It is all one lad, missing every weekend"},
         {"reason": "Yr 6 girl disclosed it, see Mosaic 443210"}, {"reason": "Ring us on 0113 496 0123 about it"},
         {"reason": "A cot death in Kippax"}, {"reason": "Mostly down to J.S. who absconds"},
         {"reason": "8 week old with broken femur"}],
    good=[{"reason": "New triage team from July passes fewer contacts on"}, {"reason": "Three large sibling groups moved in"},
          {"reason": "A few large families moved in"}, {"reason": "Late because a social worker was away"}, {"reason": "Dr visits rose"},
          {"reason": "Most came from Armley (12) and St James's"},
          {"reason": "Dr Example & Partners closed and its list moved"}, {"reason": "Twin-track planning is now used earlier"},
          {"reason": "After the death of a child in another area press coverage raised contacts"}, {"reason": ""}],
)  # fmt: skip
def reason_may_name_somebody(cells: pd.Series) -> pd.Series:
    """Reasons are read beside the figures by everybody: they must never point at a child, a family or a worker.

    How many there were is no story: the figure beside it says so too, and it is protected with it.
    """
    return where_filled(cells, tells_of_one)


@rule(
    kind="figures",
    stage="cells",
    severity="note",
    column="reason",
    withheld=False,
    message="The reason in {where} says how few there were; it is taken, and no publication repeats it.",
    fix="Nothing, unless readers should see it: then write what changed without how many people it was.",
    bad=[{"reason": "Two large sibling groups moved in"}, {"reason": "The rise is 4 children of one school"}],
    good=[{"reason": "Two of the three systems were merged"}, {"reason": "One large family of eight moved out of area"},
          {"reason": "A new form is used since July"}, {"reason": "The boy who died at Armley station in May"}, {"reason": ""}],
)  # fmt: skip
def reason_is_not_repeated(cells: pd.Series) -> pd.Series:
    """A number in a sentence is one no table protects; who wrote it should know before the page says it was left out."""
    return where_filled(cells, lambda text: tells_of_people(text) and not tells_of_one(text))


def _where(cells: pd.Series, fault: Fault) -> pd.Series:
    return where_filled(cells, lambda text: why_no_number(text) == fault)
