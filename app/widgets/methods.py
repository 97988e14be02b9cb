"""The prose of About the data: how numbers are made, ordered, protected, and what stands where there is none."""

from __future__ import annotations

from schemas.published.ranking import RULE

METHODS = (
    (
        "Usual range",
        (
            "What a series does when nothing has changed: the control limits around its mean, three standard deviations "
            "wide, worked out from the indicator's own past. Percentages use a p-prime chart, rates a u-prime chart, counts an XmR "
            "chart, by the rules of NHS Making Data Count."
        ),
    ),
    (
        "Special cause",
        (
            "A point outside the usual range; seven in a row on one side of the mean; seven rising or falling; two of "
            "three near a limit. Anything else is what chance gives."
        ),
    ),
    (
        "Figures for one day",
        "They mostly carry over from one quarter to the next, so their quarterly change is judged, not their level.",
    ),
    ("Seasonal figures", "Each quarter is judged against the same quarter of the year before."),
    (
        "Too few to judge",
        "Fewer than twelve points give a line without limits, and the page says how many more are needed.",
    ),
    (
        "Sums and percentages",
        (
            "Percentages and rates of several agencies or quarters are worked out again from their summed counts, never "
            "averaged."
        ),
    ),
    (
        "Comparison",
        "Official statistics for England and the statistical neighbours, by the year they were published for.",
    ),
    ("Consistent with", "A change after a recommendation is consistent with it. Nothing here shows what caused it."),
)
RANKING = (
    "Sentences are ordered by a written rule, not by a judgement made each quarter.",
    RULE,
    "Indicators with no right direction are never among them: they stand apart, most unusual first, without colour.",
)
PROTECTION = (
    (
        "Counts of 1 to 5 children are hidden, and as many other figures as it takes that nobody can work them out. A "
        "true zero is shown."
    ),
    (
        "This is decided once for the whole release, over every total, quarter, agency, ward and percentage together, "
        "and with everything earlier publications still show. An independent test must fail to recover any hidden "
        "figure before anything is published."
    ),
    (
        "Every mean, range, rank and sentence is worked out from what is shown, so none of them can give a hidden "
        "figure away."
    ),
    (
        "Protection hides people, not paperwork: numbers of staff, settings, recommendations and returns are not hidden "
        "for being small."
    ),
)
MARKERS = {
    "Hidden to protect": "The number is small, or could reveal a small one. It may be larger than a small number.",
    "Not available": "The agency cannot count it yet, and says why.",
    "Not applicable": "There is nothing to count here.",
    "Rounds to zero": "More than zero, and less than half of what is shown.",
    "Unreliable": "Counted, but not good enough to use.",
    "Not supplied": "Owed, and not sent. Never the same as zero.",
}
