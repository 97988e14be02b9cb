"""Series with a change after their steady start, and what a judgement says of them."""

from __future__ import annotations

from pipelines.measures import impact

# Mean 40, moving ranges all 4: limits 40 -/+ 2.66 x 4, which is 29.36 to 50.64; near lines 40 -/+ 7.09.
STEADY = [38.0, 42] * 6
LOW, USUAL, HIGH = 25.0, 41.0, 56.0


def flow(after, before=STEADY, **options):
    options = {"measure_type": "flow", "expected": "lower", "changed_at": len(before), **options}
    return impact.judge_impact([*before, *after], **options)


def said(found):
    return found.verdict, found.reason


def hidden_at(*rows, size=16):
    return [row in rows for row in range(size)]


def year(part, top, bottom: float | None = None, *, hidden=False):
    return ("FY", top, bottom, hidden, part)


TWO_BEFORE = [year("before", 60), year("before", 64)]
