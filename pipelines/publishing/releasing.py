"""One release from what stands in the vault: protect, measure, say it in words, write, point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.measures.chance import expected_flags
from pipelines.publishing.accounts import LOG as ACCOUNTS
from pipelines.publishing.agreed import commentary
from pipelines.publishing.agreement_rows import agreement_tables
from pipelines.publishing.alike import Moment, alike
from pipelines.publishing.annotating import annotated, said_of_shown
from pipelines.publishing.assessments.audit_figures import as_told_before
from pipelines.publishing.assessments.tables import assessment_tables
from pipelines.publishing.citing import EXECUTIVE, uncited
from pipelines.publishing.compared import compared_tables
from pipelines.publishing.figures import decided
from pipelines.publishing.findings import findings
from pipelines.publishing.learning.impact_shown import with_impact_shown
from pipelines.publishing.learning.tables import learning_tables
from pipelines.publishing.logs.splits_before import earlier_counts
from pipelines.publishing.logs.tables import log_tables
from pipelines.publishing.making import made_from, makings
from pipelines.publishing.outcomes import rule_outcomes
from pipelines.publishing.protecting import Secured
from pipelines.publishing.restating import restatements, stamped
from pipelines.publishing.scorecard import scorecard
from pipelines.publishing.series import judged, lines
from pipelines.publishing.told import publications
from pipelines.publishing.unquoted import unquoted
from pipelines.publishing.withholding import WITHHELD, without_withheld
from pipelines.publishing.wording import repeatable
from pipelines.publishing.writing import identity, point, seal, write
from pipelines.queries.pointer import digest, file, latest_whole, made_at
from schemas.catalogue.marking import held_by, marking_of
from schemas.published.methods import METHOD_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pipelines.publishing.assembling import Inputs
    from pipelines.queries.pointer import Pointer
    from schemas.actors import Actor
    from schemas.catalogue import Audience

# Who made a release, as all but the Executive are told: which person it was is nobody else's business.
BY = "Business unit"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: an audience, a label, who asks and when (UTC)."""

    audience: str
    label: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """What was published, and how much of it is hidden; `withheld`: agencies whose agreement keeps so many figures back.

    `known_elsewhere`: of each withheld figure whose total is known from elsewhere, that others are hidden beside it;
    `first_time`: how many texts that somebody wrote no earlier publication has shown its readers.
    """

    publication_id: str
    path: Path
    shown: int
    hidden: int
    needs_attention: int
    sha256: str
    withheld: tuple[tuple[str, int], ...] = ()
    known_elsewhere: tuple[str, ...] = ()
    first_time: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """One release worked out and audited, and not yet written."""

    order: Order
    tables: dict[str, pd.DataFrame]
    publication_id: str
    before: Pointer | None
    known_elsewhere: tuple[str, ...] = ()


def release(  # noqa: PLR0913, PLR0917 - where, what, for whom; and who hears of it
    home: Path,
    inputs: Inputs,
    order: Order,
    cache: MutableMapping[str, bytes],
    say: Callable[[str], None],
    log: Callable[[Published], None] = lambda _: None,
) -> Published:
    """Make and publish one release; nothing is written unless the audit of hidden cells passes."""
    one = made(home, secured(home, inputs, cache, say), order, say)
    return bring_out(home, [one], say, lambda done: log(done[0]))[0]


def secured(home: Path, inputs: Inputs, cache: MutableMapping[str, bytes], say: Callable[[str], None]) -> Moment:
    """What stands as one linked system, with what every publication that can still be opened has told."""
    say("Protecting small numbers")
    return _moment(inputs, cache, publications(home, inputs.catalogue))


def _moment(
    inputs: Inputs, cache: MutableMapping[str, bytes], before: Mapping[str, list[Pointer]] | None = None
) -> Moment:
    earlier = earlier_counts(before or {})
    inputs = as_told_before(repeatable(inputs), earlier)
    inputs = replace(inputs, unquoted=unquoted(inputs.catalogue, before or {}, inputs.replaced))
    system = Secured(inputs.catalogue, inputs.observations, cache, before, inputs.benchmarks, inputs.replaced)
    return alike(inputs, system, earlier)


def made(home: Path, moment: Moment, order: Order, say: Callable[[str], None]) -> Made:
    """One release with its id, audited and ready to be written."""
    before = latest_whole(home, order.audience)
    tables = tables_of(moment, order, say)
    audience = moment.inputs.catalogue.audiences[order.audience]
    tables["restatement"] = restatements(
        without_withheld(moment.inputs, audience), tables["figure"], before, order.audience
    )
    publication = tables["publication"]
    publication["previous_id"] = before.publication_id if before else None
    publication_id = identity(_after(before, order.at), {k: v for k, v in tables.items() if k != "publication"})
    publication["publication_id"] = publication_id
    tables["restatement"] = stamped(tables["restatement"], publication)
    return Made(order, tables, publication_id, before, moment.system.known_elsewhere(audience))


def _after(before: Pointer | None, at: datetime) -> datetime:
    """The moment an id is made of: later than that of the release before, even where the clock has been set back.

    Publications are put in order by their ids; when one was made it says itself, by the clock.
    """
    return at if before is None else max(at, made_at(before.publication_id) + timedelta(seconds=1))


def bring_out(
    home: Path, ready: Sequence[Made], say: Callable[[str], None], log: Callable[[list[Published]], None]
) -> list[Published]:
    """Write the releases of one moment, log them in one entry of the vault, and let readers see them.

    `log` records all of them before any goes live: a release nobody can trace is worse than none, so if they cannot be
    logged the files are taken away again and the old publications stay. From that moment on they are released: whoever
    is cut off before the pointers are swapped leaves a release that the next act finishes. See `finishing`.
    """
    say("Writing the publication" if len(ready) == 1 else "Writing the publications")
    done: list[Published] = []
    try:
        done.extend(written(home, made) for made in ready)
        log(done)
    except BaseException:
        for made in ready:
            file(home, made.order.audience, made.publication_id).unlink(missing_ok=True)
        raise
    for made, published in zip(ready, done, strict=True):
        before = made.before.publication_id if made.before else None
        point(home, made.order.audience, made.publication_id, published.sha256, before)
        seal(home, made.order.audience, made.publication_id, published.sha256)
    return done


def written(home: Path, made: Made) -> Published:
    """The release as a file in the folder of its audience, which nobody sees until the pointer names it."""
    path = write(home, made.order.audience, made.publication_id, made.tables)
    publication = made.tables["publication"]
    shown, hidden = int(publication["shown_cells"].iloc[0]), int(publication["hidden_cells"].iloc[0])
    needs = int(made.tables["finding"]["section"].eq("needs").sum())
    kept = made.tables["agreement"].query("not covered")
    withheld = tuple((str(title), int(many)) for title, many in zip(kept["title"], kept["withheld"], strict=True))
    return Published(made.publication_id, path, shown, hidden, needs, digest(path), withheld, made.known_elsewhere)


def measured(
    inputs: Inputs,
    order: Order,
    cache: MutableMapping[str, bytes],
    say: Callable[[str], None],
    before: Mapping[str, list[Pointer]] | None = None,
) -> dict[str, pd.DataFrame]:
    """Every table of a release with no home of its own."""
    return tables_of(_moment(inputs, cache, before), order, say)


def tables_of(moment: Moment, order: Order, say: Callable[[str], None]) -> dict[str, pd.DataFrame]:
    """Every table of the release, computed from the protected figures and nothing else."""
    catalogue, covered = moment.inputs.catalogue, moment.coverage
    audience = catalogue.audiences[order.audience]
    kept = moment.system.of(audience)
    say(f"Measuring for the {audience.title.lower() if audience.id != 'executive' else audience.title}")
    inputs = for_audience(moment.inputs, audience)
    shown = with_impact_shown(inputs, decided(catalogue, kept, moment.candidates, audience))
    inputs = replace(inputs, commentary=said_of_shown(inputs, shown))
    drawn = lines(catalogue, shown, inputs.through)
    card = scorecard(inputs, shown, drawn, covered)
    found = findings(inputs, card, drawn.points, covered)
    # What is kept back is neither missing nor counted from nothing.
    card["n_words"] = card["n_words"].mask(card["marker"].eq(WITHHELD), "")
    said = _sentences(found)
    card["finding"] = [said.get(i, "") for i in card["indicator_id"]]
    tables = (
        moment.agreed
        | compared_tables(catalogue, shown, audience)
        | log_tables(inputs, audience, shown, moment.counted_before)
        | learning_tables(inputs, shown, audience.id)
        | {
            "publication": _publication(inputs, order, shown, drawn.series),
            "figure": shown,
            "series": drawn.series,
            "series_point": drawn.points,
            "scorecard": card,
            "finding": found,
            "coverage": covered,
            "commentary": commentary(inputs),
            "annotation": annotated(inputs, shown, order.audience),
            "made": makings(inputs, order.audience, shown, drawn),
            "made_from": made_from(inputs, shown),
            "rule_outcome": rule_outcomes(inputs, shown),
        }
        | agreement_tables(inputs, audience, shown)
    )
    if "training" in audience.withheld_kinds:
        tables["training_count"] = tables["training_count"].iloc[:0]
    tables |= assessment_tables(inputs, audience, tables, moment.counted_before)
    return uncited(tables, order.audience)


def for_audience(inputs: Inputs, audience: Audience) -> Inputs:
    """What the audience's release is made from: without what agreements keep from it, and the agencies' words likewise.

    Free text is no count, so nothing protects it; it may say what a rounded figure does not.
    """
    inputs = without_withheld(inputs, audience)
    if not audience.drops_accounts:
        return inputs
    silent = inputs.observations.assign(reason="")
    others = {kind: sheets for kind, sheets in inputs.records.items() if kind != ACCOUNTS}
    return replace(inputs, commentary=inputs.commentary.iloc[:0], observations=silent, records=others)


def _sentences(found: pd.DataFrame) -> dict[str, str]:
    own = found[found["reason"].isin(["signal", "target", "neighbours"])]
    return dict(zip(own["indicator_id"], own["lead"] + " " + own["sentence"], strict=True))


def policy_words(audience: Audience) -> str:
    """An audience's disclosure policy as a page says it."""
    hides = f"hides counts {audience.hide_from} to {audience.hide_to}"
    said = [hides + " and what gives them away" * audience.secondary]
    said += ["hides zeros too"] * audience.hide_zeros
    said += ["shows totals of the whole area exactly where the agreements allow"] * bool(audience.exact_totals_from)
    said += [f"rounds to the nearest {audience.round_to}"] * bool(audience.round_to)
    said += ["leaves wards out"] * audience.drops_wards
    said += ["shows audits’ grades and agencies’ replies of all together only"] * audience.drops_agencies_judged
    return ", ".join(said)


def _publication(inputs: Inputs, order: Order, shown: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    partnership, audience = inputs.catalogue.partnership, inputs.catalogue.audiences[order.audience]
    row = {
        "publication_id": "",
        "audience": order.audience,
        "label": order.label,
        "made_at": order.at,
        "made_by": order.actor.name if order.audience == EXECUTIVE else BY,
        "data_through": inputs.through.id,
        "policy": policy_words(audience),
        "rounded_to": audience.round_to,
        "has_accounts": not audience.drops_accounts,
        "method_version": METHOD_VERSION,
        "partnership": partnership.name,
        "area_id": partnership.area_code,
        "marking": marking_of(inputs.catalogue.markings, audience, held_by(audience)).name,
        "synthetic": partnership.synthetic,
        "expected_flags": expected_flags(judged(series)),
        "hidden_cells": int(shown["marker"].eq("c").sum()),
        "shown_cells": int(shown["marker"].eq("").sum()),
        "log_entry": inputs.log_head.position,
        "log_hash": inputs.log_head.hash,
    }
    return pd.DataFrame([row])
