"""Why something is removed for good: the codes the event log may hold, and their words."""

from __future__ import annotations

WHYS: dict[str, str] = {
    "slip": "Details of a person had slipped through",
    "erasure": "A person asked for it to be erased",
    "court": "A court ordered it",
}
