"""The lists of the Learning page: not settled yet, overdue by owner, found again, and every recommendation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.amounts import number_word
from app.widgets.html import Child, Html, join, tag
from app.widgets.learning_steps import LIST
from app.widgets.page import empty, legend_of, more, section
from app.widgets.tables import Column, Row, table, two_lines
from app.widgets.verdict_cards import cards, to_recommendation, verdict_mark
from pipelines.queries import learning_lists as lists
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.learning import Learning
    from pipelines.queries.learning_facts import Action, Recommendation

Kept = tuple["Recommendation", ...]
_REASONS = {
    "worse": ("concern", "got worse"),
    "no_change": ("usual", "no change"),
    "overdue": ("missing", "overdue"),
    "no_evidence": ("missing", "done, and nothing shows a difference"),
    "not_started": ("missing", "not started"),
}
_DAYS_SHOWN = 3


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
    waiting = sum(one.level == 0 for one in kept)
    not_done = f"; {waiting} {'is' if waiting == 1 else 'are'} not yet done" if waiting else ""
    note = f"Counted apart from “no change”. {early} too early, {len(mine) - early} not measurable{not_done}."
    columns = [
        Column("Recommendation", width="34%"),
        Column("Why", width="24%"),
        Column("Quarters since the change", "Since the change", width="17%"),
        Column("What would settle it", "Settled by"),
    ]
    rows = [Row(to_recommendation(one), _early(found, one)) for one in mine]
    made = table("Recommendations that are not settled", columns, rows, cls="pairs", hide_caption=True)
    return section("Too early to say, and not measurable", made, note=note, anchor="unsettled")


def overdue(found: Learning, kept: Kept) -> Html | None:
    """Actions past their date by owner, the longest first."""
    owners = lists.overdue(found, kept)
    if not found.actions:
        return None
    if not owners:
        return section(
            "Overdue, by owner", empty("Nothing is overdue", "Every action is done or not yet due."), anchor="overdue"
        )
    columns = [
        Column("Owner", width="28%"),
        Column("Actions overdue", "Overdue", width="12%"),
        Column("Longest", width="14%"),
        Column("Which"),
    ]
    rows = [
        Row(each.owner, (str(len(each.actions)), _days(each.longest), _late(found, each.actions))) for each in owners
    ]
    note = "Actions past their due date and not done, on the day of this publication. The longest first."
    made = table("Overdue actions by owner", columns, rows, cls="pairs", hide_caption=True)
    return section("Overdue, by owner", made, note=note, anchor="overdue")


def again(found: Learning, kept: Kept) -> Html | None:
    """Learning that came back within 24 months after the earlier recommendation was called complete."""
    mine = lists.again(kept)
    if not mine:
        return None
    known = {one.recommendation_id: one for one in found.recommendations}
    columns = [
        Column("Found again", width="38%"),
        Column("Earlier recommendation", "Earlier", width="34%"),
        Column("What came back"),
    ]
    rows = [
        Row(to_recommendation(one), (_earlier(known.get(one.repeats_id or ""), one), one.repeats_words)) for one in mine
    ]
    made = table("The same learning found again", columns, rows, cls="pairs", hide_caption=True)
    note = f"{number_word(len(mine))} found again within 24 months after an earlier recommendation was complete."
    return section("The same learning found again", made, note=note, anchor="again")


def every(kept: Kept, *, is_open: bool) -> Html:
    """Every recommendation on a line of its own, the furthest first; open where the reader asked for some."""
    ordered = sorted(kept, key=lambda one: (-one.level, one.recommendation_id))
    columns = [
        Column("Recommendation", width="38%"),
        Column("Step reached", "Step", width="14%"),
        Column("Verdict", width="20%"),
        Column("Owner", width="16%"),
        Column("Due by", "Due"),
    ]
    made = table(
        "Recommendations, the furthest first", columns, [_line(one) for one in ordered], cls="pairs", hide_caption=True
    )
    inside = made if is_open else more(f"Show all {len(ordered)}", made)
    return section(
        "Every recommendation", inside, note="Each has a page of its own, from incident to verdict.", anchor=LIST
    )


def _line(one: Recommendation) -> Row:
    who = two_lines(one.owner_words, one.owner_role)
    due = day_words(one.due_on) if one.due_on else "No date"
    named = two_lines(to_recommendation(one), f"{one.theme_words} · {one.source_words}")
    return Row(named, (one.level_words, verdict_mark(one), who, due))


def _early(found: Learning, one: Recommendation) -> tuple[Child, ...]:
    impact = found.shown_impact(one)
    if one.verdict == "not_measurable":
        why = one.not_measurable or (impact.reason if impact else "") or "no indicator was linked"
        return (f"Not measurable: {why}", "Does not apply", one.settles_words or "–")
    quarters = f"{impact.after_points} of {impact.needed} needed" if impact else "Not started"
    return (one.verdict_words, quarters, one.settles_words or "–")


def _late(found: Learning, actions: tuple[Action, ...]) -> Html:
    """The longest overdue by name, the others counted."""
    known = {one.recommendation_id: one for one in found.recommendations}
    said = [
        join(
            to_recommendation(known[each.recommendation_id], each.recommendation_id),
            f" {each.action}, due {day_words(each.due_on)}" if each.due_on else f" {each.action}",
        )
        for each in actions[:_DAYS_SHOWN]
    ]
    rest = len(actions) - _DAYS_SHOWN
    return tag("span", join(*said, between="; "), f"; and {rest} more" if rest > 0 else None)


def _earlier(earlier: Recommendation | None, one: Recommendation) -> Html:
    if earlier is None:
        return tag("span", one.repeats_id or "")
    closed = f"complete on {day_words(earlier.closed_on)}" if earlier.closed_on else earlier.level_words
    return two_lines(to_recommendation(earlier), closed)


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


def _days(days: int) -> str:
    return f"{days:,} day{'' if days == 1 else 's'}"


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
