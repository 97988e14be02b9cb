"""What the Overview says of audits: the latest that was reported on each theme, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.queries.present import present
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.pointer import Pointer


def latest_audits(pointer: Pointer) -> dict[str, str]:
    """Theme → its latest reported audit: `31 March 2026: 74 of 160 judgements good or better`.

    Of all agencies together, as moderated. Judgements that are hidden are in neither number; where all of them are, the
    line says so. A release that rounds has no counts to add up: there the audit's own sentence is said.
    """
    found = present(pointer, "audit_grade", "good_or_better", _LATEST, [])
    return {row["theme"]: f"{day_words(row['reported_on'])}: {_words(row)}" for row in found}


def _words(row: dict[str, Any]) -> str:
    if row["n"]:
        return f"{row['good']:,} of {row['n']:,} judgements good or better"
    return row["words"].partition(";")[0].rstrip(".") or "too few cases to show their grades"


_LATEST = """
with latest as (
    select theme, max_by(audit_ref, reported_on) as audit_ref, max(reported_on) as reported_on
    from audit
    where reported_on is not null
    group by theme
)
select l.theme, l.reported_on, sum(g.good_or_better) as good, sum(g.n) as n, any_value(a.words) as words
from latest as l
join audit as a on a.audit_ref = l.audit_ref
left join audit_grade as g
    on g.audit_ref = l.audit_ref and g.whose = 'all' and g.basis = 'moderated' and g.good_or_better is not null
group by l.theme, l.reported_on
order by l.theme
"""
