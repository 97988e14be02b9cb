"""Why something is removed for good: the codes the event log may hold, and their words."""

from __future__ import annotations

WHYS: dict[str, str] = {
    "slip": "Details of a person had slipped through",
    "erasure": "A person asked for it to be erased",
    "court": "A court ordered it",
}

# Letters: a shorter reason, of this or of a withdrawal, says nothing to whoever reads of it in a year.
SHORTEST_REASON = 10


def said_of_it(why: str) -> str:
    """What stands in place of a submission's own reason once all of it was removed for good.

    The event log has the code alone, and what is kept is held against this sentence: other words than these would make a fault
    of every removal made before.

    >>> said_of_it("court")
    'Removed for good. A court ordered it.'
    """
    return f"Removed for good. {WHYS[why]}."
