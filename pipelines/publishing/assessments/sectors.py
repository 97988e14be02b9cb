"""The standards' scores of sectors and groups: median and spread, never of fewer than six, and nobody's own.

Decision 0025 says why each is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipelines.measures.self_assessment import Spread, spread, standard_percent
from pipelines.publishing.assessments.bodies import ALL, sectors_of, untold
from pipelines.publishing.assessments.middles import Middle, middle_of
from pipelines.publishing.assessments.replies import told_to
from pipelines.publishing.assessments.rounds import REPLIED, before
from pipelines.publishing.assessments.scores import answers_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.rounds import Reply, Round
    from pipelines.publishing.logs.splits_before import Earlier
    from schemas.catalogue import Audience

FEWEST = 6
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


def sector_score_rows(
    inputs: Inputs, audience: Audience, every: Sequence[Round], earlier: Earlier
) -> Iterator[dict[str, Any]]:
    """Median and quartiles of each standard, of everybody and by sector, of those who have replied."""
    sectors = {ALL: (0, "Everybody who replied", False)} | sectors_of(inputs.catalogue)
    for one in every:
        last, told = before(every, one), told_to(audience, one) - untold(inputs, one.instrument.id)
        for place, (standard_id, standard) in enumerate(one.instrument.standards.items()):
            middles = _middles(one, standard_id, audience, earlier)
            then = _middles(last, standard_id, audience, earlier) if last else {}
            for sector, (group, middle) in middles.items():
                if sector not in told:
                    continue
                position, label, is_group = sectors[sector]
                was = then[sector][1] if sector in then else None
                yield {
                    "instrument_id": one.instrument.id,
                    "year_id": one.year.id,
                    "sector": sector,
                    "standard_id": standard_id,
                    "position": 100 * position + place,
                    "sector_words": label,
                    "standard": standard.title,
                    "is_group": is_group or (sector == ALL and _are_groups(one, sectors)),
                } | _shown(group, middle, was)


def _middles(
    one: Round, standard_id: str, audience: Audience, earlier: Earlier
) -> dict[str, tuple[Group, Middle | None]]:
    """Each group of a round with its middle as the audience may have it."""
    groups = groups_of(one, standard_id)
    is_executive, unmet = audience.id == _EXECUTIVE, flagged(groups)
    found: dict[str, tuple[Group, Middle | None]] = {}
    for sector, each in spreads(groups).items():
        told = earlier.spreads.get((*one.key, sector, standard_id), ())
        # The Executive has every agency's own scores: of agencies alone there is nothing to keep from it.
        exact = is_executive and not groups[sector].unnamed
        middle = middle_of(each, unmet[sector], () if exact else told, exact=exact) if each else None
        found[sector] = groups[sector], middle if is_executive or middle is None else replace(middle, unmet=None)
    return found


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
    own, and what is left without them is a group too. So is what is left of all together without the shown sectors: where
    one body alone is left, all together and the sectors leave it few scores, and often one.
    """
    found = {s: spread(g.scores) if g.may_be_shown else None for s, g in groups.items()}
    return found | {ALL: None} if _leaves_a_few(groups) else found


def flagged(groups: Mapping[str, Group]) -> dict[str, int | None]:
    """How many of each shown group have a critical statement that is not met; None where it may not be told."""
    found = {s: g.unmet if g.may_be_shown and g.asks_critical else None for s, g in groups.items()}
    return found | {ALL: None} if _leaves_a_few(groups) else found


def _leaves_a_few(groups: Mapping[str, Group]) -> bool:
    """Whether those in no shown sector, or the unnamed among them, are one to five."""
    left = [group for sector, group in groups.items() if sector != ALL and not group.may_be_shown]
    return any(0 < sum(many) < FEWEST for many in ([len(g.scores) for g in left], [g.unnamed for g in left]))


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


def _shown(group: Group, middle: Middle | None, was: Middle | None) -> dict[str, Any]:
    if middle is None:
        hidden = dict.fromkeys(("median", "lower_quartile", "upper_quartile", "critical_unmet", "before_median"))
        why = f"Hidden: shown only where {FEWEST} or more have replied, and nobody’s own score could be worked out."
        return hidden | {"replied": group.replied, "marker": HIDDEN, "words": why}
    return {
        "replied": middle.n,
        "marker": "",
        "median": middle.median,
        "lower_quartile": middle.lower,
        "upper_quartile": middle.upper,
        "critical_unmet": middle.unmet,
        "before_median": was.median if was else None,
        "words": middle.words,
    }


def _are_groups(one: Round, sectors: Mapping[str, tuple[int, str, bool]]) -> bool:
    return all(sectors[reply.body.sector][2] for reply in one.replies)
