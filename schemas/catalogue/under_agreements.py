"""The catalogue as the agreements let a release use it: whose figures each audience may see, and whose totals exactly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from schemas.catalogue.agreements import Agreements
    from schemas.catalogue.models import Agency, Audience
    from schemas.catalogue.whole import Catalogue


def under(known: Catalogue, agreements: Agreements, today: date, *, synthetic: bool) -> Catalogue:
    """The catalogue with `exact_totals_from` and `withheld_from` of every audience set by the agreements of a day.

    In `synthetic` data an agency without an agreement is under none, so nothing of it is withheld: nobody was asked,
    and nobody is spoken of. Real data of an agency without one are withheld from everybody.
    """
    audiences = {each.id: _of(known, agreements, each, today, synthetic=synthetic) for each in known.audiences.values()}
    partnership = known.partnership.model_copy(update={"synthetic": synthetic})
    return replace(known, partnership=partnership, audiences=audiences)


def _of(known: Catalogue, agreements: Agreements, audience: Audience, today: date, *, synthetic: bool) -> Audience:
    exact = [
        each.id
        for each in bound(known)
        if audience.id == "executive"
        and agreements.covers(each.id, audience.id, today)
        and agreements.agency[each.id].exact_totals
    ]
    withheld = [
        each.id
        for each in bound(known)
        if not (synthetic and each.id not in agreements.agency) and not agreements.covers(each.id, audience.id, today)
    ]
    return audience.model_copy(update={"exact_totals_from": tuple(exact), "withheld_from": tuple(withheld)})


def bound(known: Catalogue) -> Iterator[Agency]:
    """Everybody whose figures need an agreement: who sends returns, but not the scrutineer, whose views are a statutory duty.

    Official statistics are published already and need none.
    """
    return (each for each in known.agencies.values() if each.sends and each.partner != "scrutiny")
