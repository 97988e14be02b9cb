"""The Overview: ten minutes before the meeting, what needs the Executive, who owns it, what is being done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app import links, reading, session
from app.widgets import counts as figures
from app.widgets.cards import Card, Measure, cards
from app.widgets.findings import Item, findings
from app.widgets.html import Html, join, tag
from app.widgets.lines import alt_of, line_of
from app.widgets.nothing import nothing_published
from app.widgets.page import more, opening, put, rows, section
from app.widgets.promises import promises
from pipelines.queries import reviews
from pipelines.queries.remembered import remembered

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries import overview as queries
    from pipelines.queries.frame import Header
    from pipelines.queries.pointer import Pointer

TITLE = "Overview"
ORDER = 10
URL = "overview"
ROLES = (
    "executive", "scrutineer", "legal_adviser", "business_unit", "analyst", "approver", "chair", "practitioner",
    "public",
)  # fmt: skip

# As many sentences as can be read in the minute a page is given.
AT_MOST = 7


def show() -> None:
    """The whole page as one block of words and small pictures."""
    visit = session.here()
    if visit.pointer is None or visit.header is None:
        put(nothing_published(TITLE, visit.actor))
        return
    put(_page(visit.pointer, visit.previous, _Release.of(visit.header)))


def prepare(visit: Visit) -> None:
    """The whole page."""
    if visit.pointer is not None and visit.header is not None:
        _page(visit.pointer, visit.previous, _Release.of(visit.header))


@dataclass(frozen=True, slots=True)
class _Release:
    """What the page's words take from the publication's header; `has_accounts`: whether agencies' accounts are in it at all.

    The page is kept for all who read the publication, so it asks nothing of the one who happens to be here.
    """

    period: str
    is_public: bool
    has_accounts: bool

    @classmethod
    def of(cls, header: Header) -> _Release:
        return cls(header.period_label, header.audience == "public", header.has_accounts)


@remembered(maxsize=8)
def _page(pointer: Pointer, previous: Pointer | None, release: _Release) -> Html:
    found = reading.overview(pointer, previous)
    return join(
        opening(TITLE, found.headline, found.lede),
        figures.counts([_count(count) for count in found.counts]),
        _needs(found, release),
        _changed(found, release),
        _better(found, release),
        _priorities(found),
        promises(found, release.period, reviews.clocks(pointer)),
        _since(found),
    )


def _count(count: queries.Count) -> figures.Count:
    where = {"need attention": "#needs", "getting better": "#better", "figures received": links.to("returns")}
    where["recommendations with impact shown"] = links.to("learning")
    was = f"{count.was:,} in the last release" if count.was is not None else ""
    note = "; ".join(part for part in (count.detail, was) if part)
    return figures.Count(count.number, count.of, count.words, where.get(count.words), note)


def _needs(found: queries.Overview, release: _Release) -> Html | None:
    if not found.needs:
        return None
    note = "Worst first. Shaded band: the range that is usual for this indicator, over five years."
    # The public reads the same figures and owes nothing.
    needs = "What stands out" if release.is_public else "What needs you"
    return section(needs, _some(found.needs, release, "that need attention"), note=note, anchor="needs")


def _changed(found: queries.Overview, release: _Release) -> Html | None:
    if not found.changed:
        return None
    note = "Unusual in either direction. More or fewer may be right, so these are not coloured."
    return section(
        "What has changed and needs explaining", _some(found.changed, release, "that have changed"), note=note
    )


def _better(found: queries.Overview, release: _Release) -> Html | None:
    if not found.better:
        return None
    return section("What is getting better", _some(found.better, release, "that are getting better"), anchor="better")


def _some(items: tuple[queries.Item, ...], release: _Release, what: str) -> Html:
    made = [_item(item, release) for item in items]
    rest = made[AT_MOST:]
    return join(findings(made[:AT_MOST]), more(f"{len(rest)} more {what}", findings(rest)) if rest else None)


def _item(item: queries.Item, release: _Release) -> Item:
    spark = item.spark
    owed = (
        {"concern": "No account yet from the agency.", "unusual": "No explanation yet."} if release.has_accounts else {}
    )
    return Item(
        marker=item.marker,
        lead=item.lead,
        sentence=item.sentence,
        href=links.to_indicator(item.indicator_id) if item.indicator_id else links.to("returns"),
        owner=f"Owner: {item.owner}" if item.owner else "",
        account_by=item.account_by,
        account=item.account,
        note=owed.get(item.marker, ""),
        line=line_of(spark) if spark else None,
        alt=alt_of(item.lead, spark) if spark else "",
        since=item.note,
    )


def _priorities(found: queries.Overview) -> Html | None:
    made = [
        Card(card.title, card.sentence, tuple(_measure(line) for line in card.lines), _facts(card))
        for card in found.cards
    ]
    return section("Priorities", cards(made)) if made else None


def _facts(card: queries.Card) -> tuple[tuple[str, str], ...]:
    return tuple(fact for fact in (("Audit", card.audit), ("Learning", card.learning)) if fact[1])


def _measure(line: queries.CardLine) -> Measure:
    within = {"usual": "Within usual range"}
    return Measure(
        name=line.title,
        href=links.to_indicator(line.indicator_id),
        figure=line.latest,
        n=line.n,
        variation=line.variation,
        words=within.get(line.variation, line.variation_words),
        line=line_of(line.spark) if line.spark else None,
        alt=alt_of(line.title, line.spark) if line.spark else "",
    )


def _since(found: queries.Overview) -> Html | None:
    restated = [
        join(
            tag("a", r.title, href=links.to_indicator(r.indicator_id)),
            f", {r.period}: was {r.was}, now {r.now}. {r.reason}",
        )
        for r in found.restated
    ]
    news = [join(line) for line in found.new_data]
    if not restated and not news:
        return None
    left = join(tag("h3", "Figures restated"), rows(restated) if restated else tag("p", "None.", cls="second"))
    right = join(tag("h3", "New data"), rows(news) if news else tag("p", "None.", cls="second"))
    return section("Since you last met", tag("div", tag("div", left), tag("div", right), cls="columns"))
