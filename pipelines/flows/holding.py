"""A release by one person on a page: let out at once where it tells nothing new in words, else held until they have read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.flows import preparing, replacing
from pipelines.queries.prepared import needs_two_people, standing
from pipelines.queries.to_read import to_read
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pipelines.publishing import Order
    from pipelines.queries.prepared import Ready


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a release: each audience's file, what was said of it, and whether it is `held`, for somebody to read.

    `replaced`: what it took the place of, in a line; nothing where nothing waited.
    """

    files: tuple[Ready, ...]
    said: tuple[str, ...]
    is_held: bool
    replaced: tuple[str, ...] = ()


def release_or_hold(home: Path, orders: Sequence[Order], say: Callable[[str], None] = lambda _: None) -> Outcome:
    """Prepare the releases and, where no reader would be shown a sentence for the first time, let them out.

    What is held is prepared as any release is, and let out by `preparing.release` with the fingerprint of what was read. Where two
    people release it is held for the other. UserError as either has it.
    """
    actor, at = orders[0].actor, orders[0].at
    said = tuple(line.strip() for line in preparing.prepare(home, orders, say))
    texts, record = to_read(home, actor), standing(home)
    if texts is None or record is None:
        raise UserError("What was prepared was taken away meanwhile. Publish again.")
    if texts.texts or needs_two_people(home):
        return Outcome(record.files, said, is_held=True)
    replaced = tuple(line for line in said if line.startswith(replacing.IN_PLACE))
    out = tuple(preparing.release(home, actor, at, texts.fingerprint))
    return Outcome(record.files, out, is_held=False, replaced=replaced)
