"""The verdicts of the Learning page: what improved, what made little or no progress, what is not settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.page import empty, legend_of, more, section
from app.widgets.tables import Column, Row, table
from app.widgets.verdict_cards import cards, to_recommendation
from app.widgets.verdict_parts import reason, since_the_change
from pipelines.queries import learning_lists as lists

if TYPE_CHECKING:
    from app.widgets.html import Child, Html
    from pipelines.queries.learning import Learning
    from pipelines.queries.learning_facts import Recommendation

Kept = tuple["Recommendation", ...]
_REASONS = {
    "worse": ("concern", "got worse"),
    "no_change": ("usual", "no change"),
    "overdue": ("missing", "overdue"),
    "no_evidence": ("missing", "done, and nothing shows a difference"),
    "not_started": ("missing", "not started"),
}
# As many as are read in a row; the others are one press away.
_ROWS_SHOWN = 6


def improved(found: Learning, kept: Kept) -> Html | None:
    """Verdict cards of what improved; said as plainly where nothing has."""
    mine = lists.improved(kept)
    if not mine:
        return section("Improved", empty(*_none_improved(found, kept)), anchor="improved")
    shown = "the two most recent are shown" if len(mine) > 2 else "most recent first"
    note = (
        f"{_many(len(mine), 'recommendation')}; {shown}. A signal in the expected direction after the change, judged "
        "against the range before it. Consistent with the recommendation: nothing here shows what caused it."
    )
    return section("Improved", cards(found, mine, "that improved"), note=note, anchor="improved")


def little(found: Learning, kept: Kept) -> Html:
    """What got worse, did not change, is overdue, or has nothing to show: the most at stake first."""
    mine = lists.little(kept)
    title, anchor = "Little or no progress", "little"
    if not mine:
        said = "No recommendation got worse, stayed as it was, is overdue, or is without evidence after long enough."
        return section(title, empty("None of these", said), anchor=anchor)
    shown = "; the two with most at stake are shown" if len(mine) > 2 else ""
    note = (
        "Got worse, no change after long enough to tell, overdue, or done with nothing to show for it. "
        f"{_many(len(mine), 'recommendation')}{shown}."
    )
    kinds = [
        (icon, f"{number} {words}")
        for reason, (icon, words) in _REASONS.items()
        if (number := sum(one.progress == reason for one in mine))
    ]
    return section(title, legend_of(kinds), cards(found, mine, "with little or no progress"), note=note, anchor=anchor)


def unsettled(found: Learning, kept: Kept) -> Html | None:
    """What it is too early to judge, and what cannot be measured, with why and what would settle it."""
    mine = lists.unsettled(kept)
    if not mine:
        return None
    early = sum(one.verdict == "too_early" for one in mine)
    waiting = sum(one.level == 0 for one in mine)
    not_done = (
        f"; of these {len(mine)}, {waiting} {'has' if waiting == 1 else 'have'} not come to “done”" if waiting else ""
    )
    note = f"Counted apart from “no change”. {early} too early, {len(mine) - early} not measurable{not_done}."
    columns = [
        Column("Recommendation", width="34%"),
        Column("Why", width="24%"),
        Column("Since the change", width="17%"),
        Column("What would settle it", "Settled by"),
    ]
    title, rows = (
        "Recommendations that are not settled",
        [Row(to_recommendation(one), _early(found, one)) for one in mine],
    )
    first = table(title, columns, rows[:_ROWS_SHOWN], cls="pairs", hide_caption=True)
    rest = rows[_ROWS_SHOWN:]
    others = table(f"More {title.lower()}", columns, rest, cls="pairs", hide_caption=True)
    more_rows = more(f"{len(rest)} more not settled", others) if rest else None
    return section("Too early to say, and not measurable", first, more_rows, note=note, anchor="unsettled")


def _early(found: Learning, one: Recommendation) -> tuple[Child, ...]:
    impact = found.shown_impact(one)
    if one.verdict == "not_measurable":
        why = one.not_measurable or (reason(impact) if impact else "") or "no indicator was linked."
        return (f"Not measurable: {why}", "Does not apply", one.settles_words or "–")
    return (one.verdict_words, since_the_change(impact) if impact else "Not started", one.settles_words or "–")


def _none_improved(found: Learning, kept: Kept) -> tuple[str, str]:
    ids = {one.recommendation_id for one in kept}
    if not any(impact.recommendation_id in ids for impact in found.impacts):
        return (
            "None can be judged by its figures",
            (
                "No indicator is linked to these recommendations. Name one, its expected direction and a change date on the "
                "sheet Measures of the learning log, before the change."
            ),
        )
    return ("None yet", "No linked indicator shows a signal in the expected direction after its change date.")


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
