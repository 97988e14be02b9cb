"""The publication table of agreements: under which terms each agency's figures are shown, and whose are left out."""

from __future__ import annotations

from schemas.published.shape import table

AGREEMENT_TABLES = (
    table(
        "agreement",
        "agency_id",
        """
        agency_id text, position whole, title text, state text, covered yes_no, audiences text, purpose prose,
        onward_use prose, basis prose, signed_on day?, review_on day?, exact_totals yes_no, withheld whole,
        kinds text, kinds_in_part text
        """,
    ),
    table(
        "assessment",
        "covers",
        """
        covers text, by_role text, signed_on day, review_on day
        """,
    ),
)
