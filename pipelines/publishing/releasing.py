"""One release from what stands in the vault: protect, measure, say it in words, write, point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.measures.chance import expected_flags
from pipelines.publishing.agreed import agreed_tables
from pipelines.publishing.compared import compared_tables
from pipelines.publishing.coverage import coverage
from pipelines.publishing.figures import figures
from pipelines.publishing.findings import findings
from pipelines.publishing.protecting import protected
from pipelines.publishing.restating import restatements
from pipelines.publishing.scorecard import scorecard
from pipelines.publishing.series import judged, lines
from pipelines.publishing.writing import METHOD_VERSION, identity, point, write
from pipelines.queries.pointer import latest_whole

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping
    from datetime import datetime
    from pathlib import Path

    from pipelines.publishing.assembling import Inputs
    from pipelines.queries.pointer import Pointer
    from schemas.actors import Actor


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: an audience, a label, who asks and when (UTC)."""

    audience: str
    label: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """What was published, and how much of it is hidden."""

    publication_id: str
    path: Path
    shown: int
    hidden: int
    needs_attention: int


def release(  # noqa: PLR0913, PLR0917 - where, what, for whom; and who hears of it
    home: Path,
    inputs: Inputs,
    order: Order,
    cache: MutableMapping[str, bytes],
    say: Callable[[str], None],
    log: Callable[[Published], None] = lambda _: None,
) -> Published:
    """Make and publish one release; nothing is written unless the audit of hidden cells passes.

    `log` records it before it goes live: a release nobody can trace is worse than none, so if it cannot be logged the
    file is taken away again and the old publication stays.
    """
    before = latest_whole(home, order.audience)
    tables = measured(inputs, order, cache, say, before)
    tables["restatement"] = restatements(inputs, tables["figure"], before)
    publication = tables["publication"]
    publication["previous_id"] = before.publication_id if before else None
    publication_id = identity(order.at, {k: v for k, v in tables.items() if k != "publication"})
    publication["publication_id"] = publication_id
    tables["restatement"]["publication_now"] = publication_id
    say("Writing the publication")
    path = write(home, order.audience, publication_id, tables)
    shown, hidden = int(publication["shown_cells"].iloc[0]), int(publication["hidden_cells"].iloc[0])
    needs = int(tables["finding"]["section"].eq("needs").sum())
    published = Published(publication_id, path, shown, hidden, needs)
    try:
        log(published)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    point(home, order.audience, publication_id, path, before)
    return published


def measured(
    inputs: Inputs,
    order: Order,
    cache: MutableMapping[str, bytes],
    say: Callable[[str], None],
    before: Pointer | None = None,
) -> dict[str, pd.DataFrame]:
    """Every table of the release, computed from the protected figures and nothing else."""
    catalogue = inputs.catalogue
    say("Protecting small numbers")
    kept = protected(catalogue, inputs.observations, catalogue.audiences[order.audience], cache, before)
    shown = figures(catalogue, kept, inputs.observations, inputs.populations)
    say("Measuring")
    drawn = lines(catalogue, shown, inputs.through)
    covered = coverage(inputs)
    card = scorecard(inputs, shown, drawn, covered)
    found = findings(inputs, card, drawn.points, covered)
    said = _sentences(found)
    card["finding"] = [said.get(i, "") for i in card["indicator_id"]]
    return (
        agreed_tables(inputs)
        | compared_tables(catalogue, shown)
        | {
            "publication": _publication(inputs, order, shown, drawn.series),
            "figure": shown,
            "series": drawn.series,
            "series_point": drawn.points,
            "scorecard": card,
            "finding": found,
            "coverage": covered,
        }
    )


def _sentences(found: pd.DataFrame) -> dict[str, str]:
    own = found[found["reason"].isin(["signal", "target", "neighbours"])]
    return dict(zip(own["indicator_id"], own["lead"] + " " + own["sentence"], strict=True))


def _publication(inputs: Inputs, order: Order, shown: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    partnership, audience = inputs.catalogue.partnership, inputs.catalogue.audiences[order.audience]
    hides = f"counts {audience.hide_from} to {audience.hide_to}" + (" and what gives them away" * audience.secondary)
    row = {
        "publication_id": "",
        "audience": order.audience,
        "label": order.label,
        "made_at": order.at,
        "made_by": order.actor.name,
        "data_through": inputs.through.id,
        "policy": f"hides {hides}",
        "method_version": METHOD_VERSION,
        "partnership": partnership.name,
        "area_id": partnership.area_code,
        "marking": audience.marking,
        "synthetic": partnership.synthetic,
        "expected_flags": expected_flags(judged(series)),
        "hidden_cells": int(shown["marker"].eq("c").sum()),
        "shown_cells": int(shown["marker"].eq("").sum()),
    }
    return pd.DataFrame([row])
