"""Agencies by standard: every score in a number and in words, moderated and moved; by sector, never in order of score."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import section
from app.widgets.self_links import to_agency
from app.widgets.self_spread import half
from pipelines.queries import self_assessment_words as words
from pipelines.queries.self_assessment_facts import ALL, REPLIED

if TYPE_CHECKING:
    from app.widgets.html import Child
    from pipelines.queries.self_assessment_facts import AgencyReply, Assessed, Score, Spread

_NOTE = (
    "Each score is the mean of the statements that apply, as % of the most they could count; a 3 that nothing shows the "
    "difference of counts 2. The word is the score nearest to it. Under it: moderated, where the business unit has looked, "
    "over the same statements; then how far it moved since the year before, over the statements scored in both. Agencies "
    "stand by sector and alphabet. There is no overall score and no order of merit: both would punish honesty."
)


def heat_shown(found: Assessed) -> Html | None:
    """The table of agencies and standards where the release holds them."""
    if not found.scores:
        return None
    instrument = found.scores[0].instrument_id
    standards = {each.standard_id: each.standard for each in found.asked if each.instrument_id == instrument}
    spreads = {(s.sector, s.standard_id): s for s in found.spreads if s.instrument_id == instrument}
    everybody = _group(ALL, "Everybody who replied", standards, spreads)
    mine = [each for each in found.agencies if each.instrument_id == instrument]
    sectors = [
        tag(
            "tbody",
            _group(sector, each[0].sector_words, standards, spreads),
            [_agency(found, one, standards) for one in each],
            role="rowgroup",
        )
        for sector, each in ((sector, list(group)) for sector, group in groupby(mine, lambda one: one.sector))
    ]
    shown = tag(
        "table",
        tag("caption", "Each agency's score on each standard", cls="sr"),
        _head(standards),
        tag("tbody", everybody, role="rowgroup"),
        sectors,
        role="table",
        cls="stack heat",
    )
    return section("Each agency, standard by standard", _key(), shown, note=_NOTE, anchor="scores")


def _key() -> Html:
    names = ("Not in place", "Started", "In place", "Makes a difference")
    said = [tag("li", tag("span", cls=f"swatch at-{n}", aria_hidden="true"), name) for n, name in enumerate(names)]
    return tag("ul", said, cls="legend")


def _head(standards: dict[str, str]) -> Html:
    headings = [tag("th", title, scope="col", role="columnheader") for title in ("Agency", *standards.values())]
    return tag("thead", tag("tr", headings, role="row"), role="rowgroup")


def _group(sector: str, label: str, standards: dict[str, str], spreads: dict[tuple[str, str], Spread]) -> Html:
    """A sector's own line, before its agencies: median and middle half of each standard, or why there is none."""
    mine = [spreads.get((sector, standard_id)) for standard_id in standards]
    there = [each for each in mine if each is not None]
    replied = max((each.replied or 0 for each in there), default=0)
    many = f"Median of {replied} {'reply' if replied == 1 else 'replies'}"
    if all(each.median is None for each in there):
        why = "No median: too few replies to show one" if there else "Nobody has replied yet"
        return _row(label, [_across(why, len(standards), "Median")], cls="of-sector")
    cells = [_spread(each, title) for each, title in zip(mine, standards.values(), strict=True)]
    return _row(join(label, tag("span", many, cls="under")), cells, cls="of-sector")


def _spread(each: Spread | None, title: str) -> Html:
    if each is None or each.median is None:
        return _cell(tag("span", "Hidden", cls="under"), title)
    return _cell(join(tag("span", f"{each.median:.0f}%", cls="big"), tag("span", half(each), cls="under")), title)


def _agency(found: Assessed, one: AgencyReply, standards: dict[str, str]) -> Html:
    mine = {score.standard_id: score for score in found.scores if score.agency_id == one.agency_id}
    name = to_agency(found, one)
    if not mine:
        return _row(name, [_across(one.state_words, len(standards), "State")])
    heading = name if one.state == REPLIED else join(name, tag("span", one.state_words, cls="under"))
    return _row(heading, [_score(mine.get(name), title) for name, title in standards.items()])


def _score(score: Score | None, title: str) -> Html:
    if score is None or not score.answered:
        return _cell(tag("span", "Not answered", cls="under"), title)
    if score.self_percent is None:
        return _cell(tag("span", "Does not apply", cls="under"), title)
    few = f"{score.answered} of {score.asked} answered" if score.answered < score.asked else ""
    unmet = mark("concern", f"Not met: {score.critical_unmet_ids.replace(' ', ', ')}") if score.critical_unmet else None
    under = (few, words.gap_words(score), words.change_words(score.change))
    level = words.level(score.self_percent)
    return _cell(
        join(
            tag("span", f"{score.self_percent:.0f}%", cls="big"),
            tag("span", words.near(score.self_percent), cls="near"),
            [tag("span", each, cls="under") for each in under if each],
            unmet,
        ),
        title,
        f"at-{level}",
    )


def _row(heading: Child, cells: list[Html], cls: str | None = None) -> Html:
    return tag("tr", tag("th", heading, scope="row", role="rowheader"), cells, role="row", cls=cls)


def _cell(inside: Child, title: str, cls: str | None = None) -> Html:
    return tag("td", tag("span", inside, cls="cell"), role="cell", data_l=title, cls=cls)


def _across(inside: Child, many: int, title: str) -> Html:
    said = tag("span", inside, cls="cell second")
    return tag("td", said, role="cell", cls="across", data_l=title, colspan=many, aria_colspan=many)
