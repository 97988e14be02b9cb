"""The standards' scores of sectors and groups: median and spread, never of fewer than six, and nobody's own.

Decision 0025 says why each is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.measures.self_assessment import Spread, spread, standard_percent
from pipelines.publishing.assessments.bodies import sectors_of
from pipelines.publishing.assessments.replies import ALL
from pipelines.publishing.assessments.rounds import REPLIED, before
from pipelines.publishing.assessments.scores import answers_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.rounds import Reply, Round
    from schemas.catalogue import Audience

FEWEST = 6
# What readers other than the Executive are given scores to, so that one more reply tells little of who sent it.
COARSE = 5
HIDDEN = "c"
_EXECUTIVE = "executive"


@dataclass(frozen=True, slots=True)
class Group:
    """One sector's replies to one standard: their scores, and how many have a critical statement that is not met.

    `unnamed` is how many of the scores are of bodies that no publication names; `asks_critical`, whether the standard has
    a critical statement at all.
    """

    replied: int
    scores: tuple[float, ...]
    unmet: int
    unnamed: int
    asks_critical: bool

    @property
    def may_be_shown(self) -> bool:
        """Whether it is of six or more, and of none or six of those whose own scores no release holds."""
        return len(self.scores) >= FEWEST and not 0 < self.unnamed < FEWEST


def sector_score_rows(inputs: Inputs, audience: Audience, every: Sequence[Round]) -> Iterator[dict[str, Any]]:
    """Median and quartiles of each standard, of everybody and by sector, of those who have replied."""
    sectors = {ALL: (0, "Everybody who replied", False)} | sectors_of(inputs.catalogue)
    for one in every:
        earlier = before(every, one)
        for place, (standard_id, standard) in enumerate(one.instrument.standards.items()):
            groups, was = groups_of(one, standard_id), groups_of(earlier, standard_id) if earlier else {}
            then, unmet = spreads(was), flagged(groups)
            for sector, found in spreads(groups).items():
                position, label, is_group = sectors[sector]
                yield {
                    "instrument_id": one.instrument.id,
                    "year_id": one.year.id,
                    "sector": sector,
                    "standard_id": standard_id,
                    "position": 100 * position + place,
                    "sector_words": label,
                    "standard": standard.title,
                    "is_group": is_group or (sector == ALL and _are_groups(one, sectors)),
                } | _shown(audience, groups[sector].replied, found, then.get(sector), unmet[sector])


def groups_of(one: Round, standard_id: str) -> dict[str, Group]:
    """The replies to one standard, of all and by sector; only those who have replied count."""
    replies = [reply for reply in one.replies if reply.state == REPLIED]
    by_sector: dict[str, list[Reply]] = {ALL: replies} if replies else {}
    for reply in replies:
        by_sector.setdefault(reply.body.sector, []).append(reply)
    asked = one.instrument.asked_in(one.year)
    critical = any(statement.critical for statement in asked if statement.standard == standard_id)
    return {sector: _group(mine, standard_id, asks_critical=critical) for sector, mine in by_sector.items()}


def spreads(groups: Mapping[str, Group]) -> dict[str, Spread | None]:
    """The spread of each group that may be shown, None of each that may not.

    A group needs six scores, and where it holds bodies that are not named, six of theirs: the Executive has the agencies'
    own, and what is left without them is a group too.
    """
    return {s: spread(g.scores) if g.may_be_shown else None for s, g in groups.items()}


def flagged(groups: Mapping[str, Group]) -> dict[str, int | None]:
    """How many of each shown group have a critical statement that is not met; None where it may not be told.

    Counts add up, which medians do not: what is left of all together without the shown sectors is a group as well, and
    tells of its few where it is of fewer than six, or the unnamed in it are.
    """
    found = {s: g.unmet if g.may_be_shown and g.asks_critical else None for s, g in groups.items()}
    left = [group for sector, group in groups.items() if sector != ALL and not group.may_be_shown]
    if any(0 < sum(many) < FEWEST for many in ([len(g.scores) for g in left], [g.unnamed for g in left])):
        found[ALL] = None
    return found


def _group(replies: Sequence[Reply], standard_id: str, *, asks_critical: bool) -> Group:
    answered = [answers_in(reply, standard_id) for reply in replies]
    scores = [standard_percent(answer.self_points for answer in mine) for mine in answered]
    whose = zip(replies, scores, strict=True)
    return Group(
        replied=len(replies),
        scores=tuple(score for score in scores if score is not None),
        unmet=sum(any(answer.is_critical_unmet for answer in mine) for mine in answered),
        asks_critical=asks_critical,
        unnamed=sum(reply.body.agency is None for reply, score in whose if score is not None),
    )


def _shown(
    audience: Audience, replied: int, found: Spread | None, was: Spread | None, unmet: int | None
) -> dict[str, Any]:
    if found is None:
        hidden = dict.fromkeys(("median", "lower_quartile", "upper_quartile", "critical_unmet", "before_median"))
        why = f"Hidden: shown only where {FEWEST} or more have replied, and nobody’s own score could be worked out."
        return hidden | {"replied": replied, "marker": HIDDEN, "words": why}
    exact = audience.id == _EXECUTIVE
    lower, median, upper = (_rounded(each, exact=exact) for each in found[1:])
    about = "" if exact else f" To the nearest {COARSE}."
    middle = f"the middle half from {lower:.0f}% to {upper:.0f}%"
    return {
        "replied": replied,
        "marker": "",
        "median": median,
        "lower_quartile": lower,
        "upper_quartile": upper,
        "critical_unmet": unmet if exact else None,
        "before_median": _rounded(was.median, exact=exact) if was else None,
        "words": f"Median {median:.0f}%, {middle}; {found.n} replies.{about}",
    }


def _rounded(percent: float, *, exact: bool) -> float:
    return percent if exact else float(COARSE * round(percent / COARSE))


def _are_groups(one: Round, sectors: Mapping[str, tuple[int, str, bool]]) -> bool:
    return all(sectors[reply.body.sector][2] for reply in one.replies)
