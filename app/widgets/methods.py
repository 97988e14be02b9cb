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
        (
            "Official statistics for England, the region and the statistical neighbours, with our figure for the same year "
            "and never for another. It is called ahead, behind, higher or lower only where the 95% interval of its counts "
            "leaves England's figure out; without counts it is not judged. The rank and quarter among the neighbours say "
            "where it stands, not whether chance explains it."
        ),
    ),
    (
        "Wards and agencies",
        (
            "A funnel plot holds each against the whole, with limits that widen where numbers are small. If all were alike, "
            "one in 500 would lie outside the 99.8% limits by chance and one in 20 outside the 95% limits; each plot says "
            "how many that is. Wards stand in alphabetical order and are never ranked; agencies are set side by side "
            "only where their services are alike."
        ),
    ),
    (
        "Groups of children",
        (
            "Each group's rate or share over that of one other group, with a 95% interval. It is called higher or lower only "
            "where the interval leaves out 1, and not at all below ten counted. One comparison in 20 would be "
            "called so by chance. It shows how often, not why, and children who could not be placed are left out."
        ),
    ),
    (
        "Allowing for age",
        (
            "The rate there would be if the children had the ages of the European Standard Population of 2013, cut to our "
            "age bands. There is none with a band hidden, with fewer than ten counted, or with more than one in 20 of unknown age."
        ),
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
        "Small counts of people are hidden, and as many other figures as it takes that nobody can work them out. A true "
        "zero is shown where the policy allows it."
    ),
    (
        "This is decided once for every audience and the whole release together: every total, quarter, year, year to date, "
        "rolling year, agency, ward and percentage; totals nobody publishes but anybody can add up; official statistics; "
        "and everything earlier publications still show, old totals of figures since corrected included."
    ),
    (
        "The public sees nothing the partnership does not. Where agreements let the Executive see totals of the whole area "
        "exactly, no split, ward or agency can be worked out from them."
    ),
    (
        "An independent test must fail to recover any hidden figure to within the policy's range before anything is "
        "published; if it succeeds, nothing is."
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
    "Not agreed for this audience": "An agency sent it, but its agreement does not let this audience see it, or a total it is part of.",
    "Not available": "The agency cannot count it yet, and says why.",
    "Not applicable": "There is nothing to count here.",
    "Rounds to zero": "More than zero, and less than half of what is shown.",
    "Unreliable": "Counted, but not good enough to use.",
    "Not supplied": "Owed, and not sent. Never the same as zero.",
}
