"""The publication tables of learning: each recommendation's whole line, its verdicts, and what they come to."""

from __future__ import annotations

from schemas.published.shape import table

LEARNING_TABLES = (
    table(
        "recommendation",
        "recommendation_id",
        """
        recommendation_id text, position whole, title prose, text prose, source text, source_words text,
        source_ref text, theme text, theme_words text, context_words text, accountable text,
        accountable_words text, owner_partner text?, owner_partner_words text?, owner_words prose, agency_id text,
        owner_role prose, agreed_on day?,
        agreed_year text, due_on day?, due_reason prose, state text, state_words text, level whole,
        level_words text, level_why prose, verdict text, verdict_words text, finding prose, changed_on day?,
        review_on day?, settles_words prose, not_measurable prose, actions whole, actions_done whole,
        overdue_actions whole, evidence_count whole, progress text, progress_words prose, progress_rank whole,
        incident_on day?, reviewed_on day?, first_shared_on day?, closed_on day?, repeats_id text?, repeats_words prose
        """,
    ),
    table(
        "action",
        "action_id",
        """
        action_id text, recommendation_id text, position whole, action prose, agency_id text, owner_words prose,
        owner_role prose, due_on day?, due_reason prose, status text, status_words text, done_on day?,
        overdue_days whole, has_evidence yes_no, note prose
        """,
    ),
    table(
        "evidence",
        "evidence_id",
        """
        evidence_id text, recommendation_id text, action_id text, kind text, kind_words text, true_of day,
        received_on day?, reference prose, finding prose, level_claimed whole?, level_counted whole,
        counted_words prose
        """,
    ),
    table(
        "dissemination",
        "share_id",
        """
        share_id text, recommendation_id text, shared_on day, how_words prose, sector text, sector_words text,
        people whole?
        """,
    ),
    table(
        "impact",
        "recommendation_id indicator_id",
        """
        recommendation_id text, indicator_id text, position whole, title text, unit_words text, expected text,
        expected_words text, changed_on day, review_on day, registered_on day?, after_the_fact yes_no,
        verdict text, verdict_words text, basis text, reason prose, chart text, sentence prose,
        because_words prose, effect_kind text, effect number?, effect_lower number?, effect_upper number?,
        effect_words text, baseline_points whole, after_points whole, needed whole, mean number?, lower number?,
        upper number?, usual_words text, since_period text?, latest_period text?, latest_value number?,
        latest_words text, n_words text, beside_words prose, settles_words prose, segmented_words prose
        """,
    ),
    table(
        "impact_point",
        "recommendation_id indicator_id period_id",
        """
        recommendation_id text, indicator_id text, period_id text, position whole, value number?,
        numerator number?, denominator number?, marker text, part text, mean number?, lower number?,
        upper number?, special_cause text, point_type text
        """,
    ),
    table(
        "claim_view",
        "recommendation_id viewed_on view",
        """
        recommendation_id text, viewed_on day, view text, view_words text, reason prose, of_level whole?,
        of_publication text, by_words text
        """,
    ),
    table(
        "recommendation_account",
        "recommendation_id agency_id period_id",
        """
        recommendation_id text, agency_id text, period_id text, by_words text, account prose
        """,
    ),
    table(
        "learning_count",
        "dimension category",
        """
        dimension text, category text, position whole, label text, agreed whole?, done whole?, learned whole?,
        practised whole?, difference whole?, sustained whole?, improved whole?, no_change whole?, worse whole?,
        too_early whole?, not_measurable whole?, marker text
        """,
    ),
    table(
        "learning_measure",
        "measure_id",
        """
        measure_id text, position whole, title text, value number?, numerator number?, denominator number?,
        unit text, words prose, detail prose, marker text
        """,
    ),
    table(
        "learning_reach",
        "sector",
        """
        sector text, position whole, label text, shares whole, people whole?, recommendations whole, words text
        """,
    ),
)
