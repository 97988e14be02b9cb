"""One recommendation in words: its title, its standing, the line from incident to verdict, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Child, Html, join, tag
from app.widgets.page import opening, section, terms
from app.widgets.verdict_cards import verdict_mark
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.learning_facts import Recommendation
    from pipelines.queries.recommendation import Moment, Whole


def head(found: Whole) -> Html:
    """The recommendation as its title, where it stands under it, and how to print it."""
    one = found.one
    back = tag("a", "Learning and impact", href=links.to("learning"))
    pressed = tag("button", "Print this page", type="button", cls="print")
    return join(
        opening(join(back, f" · {one.recommendation_id}"), one.title, one.finding, strong=True),
        tag(
            "p",
            verdict_mark(one),
            tag("span", f"Step reached: {one.level_words.lower()}. {one.level_why}"),
            cls="standing",
        ),
        tag(
            "p",
            pressed,
            tag("span", "Or keep it as a PDF: it prints as one plain document.", cls="second"),
            cls="press",
        ),
    )


def line(found: Whole) -> Html:
    """Every dated step from the incident to the verdict, in the order of the days."""
    note = "Day by day; what is still to come is marked."
    items = [_moment(moment) for moment in found.line]
    return section("From incident to verdict", tag("ol", items, cls="line"), note=note, anchor="line")


def whose(found: Whole) -> Html:
    """What was agreed, who answers for it, who does it, and by when."""
    one = found.one
    # Outside the business of the partnership nobody's post is published: that is not the same as having no owner.
    owner = one.owner_role or (None if found.is_public else "No owner named")
    said: list[tuple[Child, Child]] = [
        ("In full", one.text),
        ("Accountable partner", one.accountable_words),
        ("Owning partner", one.owner_partner_words),
        ("Agency", one.owner_words),
        ("Owner", owner),
        ("Agreed on", day_words(one.agreed_on) if one.agreed_on else ""),
        ("Due by", _due(one)),
        ("Comes from", join(one.source_words, f", {one.source_ref}" if one.source_ref else None)),
        ("Theme", one.theme_words),
        ("Context of harm", one.context_words),
        ("State", one.state_words),
        ("Cannot be measured", one.not_measurable),
        ("What would settle it", one.settles_words),
    ]
    return section("What was agreed, and whose it is", terms([(term, each) for term, each in said if each]))


def elsewhere(found: Whole) -> Html | None:
    """The same learning found before, or found again since."""
    if found.repeats is None and not found.one.repeats_id and not found.repeated_by:
        return None
    said: list[Html] = []
    if found.repeats is not None:
        said.append(join("Found before, in ", _named(found.repeats), f". {found.one.repeats_words}"))
    elif found.one.repeats_id:
        said.append(join(f"Found before, in {found.one.repeats_id}. {found.one.repeats_words}"))
    said += [join("Found again, in ", _named(each), f". {each.repeats_words}") for each in found.repeated_by]
    return section("The same learning elsewhere", tag("ul", [tag("li", each) for each in said], cls="rows"))


def _named(one: Recommendation) -> Html:
    return tag("a", one.name, href=links.to("recommendation", recommendation=one.recommendation_id))


def _due(one: Recommendation) -> str:
    if one.due_on is None:
        return "No date given"
    return f"{day_words(one.due_on)}. {one.due_reason}" if one.due_reason else day_words(one.due_on)


def _moment(moment: Moment) -> Html:
    ahead = tag("span", " to come", cls="second") if moment.is_ahead else None
    detail = join(" ", tag("span", moment.detail, cls="under")) if moment.detail else None
    return tag(
        "li",
        tag("span", day_words(moment.on), cls="day"),
        " ",
        tag("span", tag("b", moment.what), ahead, detail),
        cls="ahead" if moment.is_ahead else None,
    )
