"""Whether a self-assessment is the one its Cover names: one wrong cell there is said once, and not in every row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from schemas.catalogue import catalogue
from schemas.returns.answers import instrument_named
from schemas.returns.self_assessment import STATEMENTS
from schemas.rules import file_sender

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.checking.rows import Rows
    from schemas.problems import Problem

# From this share of the statements on it is the Cover that is wrong; below it single rows are.
_MOSTLY = 0.5


def about_instrument(rows: Mapping[str, Rows], cover: Mapping[str, str]) -> list[Problem]:
    """A refusal where most statements are of one instrument and the Cover names another."""
    named = instrument_named(cover.get("instrument", ""))
    if not named or STATEMENTS.name not in rows:
        return []
    known = catalogue()
    ids = ("".join(each.split()).replace("-", "").upper() for each in rows[STATEMENTS.name].text["statement_id"])
    of = Counter(known.statements[each][0].id for each in ids if each in known.statements)
    meant, count = of.most_common(1)[0] if of else (named, 0)
    if meant == named or count <= _MOSTLY * of.total():
        return []
    titles = {each: known.label("instrument", each) for each in (named, meant)}
    words = {"answered": titles[named], "of": titles[meant], "count": count, "every": of.total()}
    return [file_sender.INSTRUMENT_NOT_ITS.problem(words, sheet="Cover")]
