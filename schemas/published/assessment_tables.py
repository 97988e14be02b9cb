"""The publication tables of self-assessments, audits, and what the two say beside the figures."""

from __future__ import annotations

from schemas.published.shape import table

ASSESSMENT_TABLES = (
    # What is asked: the same for everybody.
    table(
        "statement",
        "statement_id year_id",
        """
        statement_id text, year_id text, position whole, instrument_id text, instrument text, standard_id text,
        standard text, text text, critical yes_no
        """,
    ),
    # Who has replied, by sector; agencies by name. Small bodies are never named.
    table(
        "reply",
        "instrument_id year_id sector",
        """
        instrument_id text, year_id text, sector text, position whole, sector_words text, is_group yes_no, owed whole,
        replied whole, begun whole?, late whole?, due_on day, words text
        """,
    ),
    table(
        "agency_reply",
        "agency_id instrument_id year_id",
        """
        agency_id text, instrument_id text, year_id text, position whole, agency text, sector text, sector_words text,
        partner text, state text, state_words text, answered whole, asked whole, received_on day?, signed_off yes_no
        """,
    ),
    # Named agencies' answers and scores: the Executive's release only.
    table(
        "answer",
        "agency_id year_id statement_id",
        """
        agency_id text, year_id text, statement_id text, self_score text, self_words text, self_points number?,
        moderated_score text, moderated_words text, moderated_points number?, points_words text, change number?,
        is_critical_unmet yes_no, na_reason prose, evidence_ref prose, evidence_on day?, evidence_words prose,
        impact_evidence prose, good_practice prose, area_for_improvement prose, moderator_comment prose
        """,
    ),
    table(
        "standard_score",
        "agency_id instrument_id year_id standard_id",
        """
        agency_id text, instrument_id text, year_id text, standard_id text, position whole, standard text,
        asked whole, answered whole, applicable whole, self_percent number?, moderated whole, moderated_percent number?,
        gap number?, before_percent number?, change number?, critical_unmet whole, critical_unmet_ids text, words text
        """,
    ),
    table(
        "development_action",
        "agency_id year_id statement_id",
        """
        agency_id text, year_id text, statement_id text, position whole, agency text, standard text, action prose,
        owner_role prose, due_on day?, done_on day?, state text, state_words text, overdue_days whole
        """,
    ),
    # Sectors and groups: median and spread, hidden where fewer than six replied.
    table(
        "sector_score",
        "instrument_id year_id sector standard_id",
        """
        instrument_id text, year_id text, sector text, standard_id text, position whole, sector_words text,
        standard text, is_group yes_no, replied whole?, marker text, median number?, lower_quartile number?,
        upper_quartile number?, critical_unmet whole?, before_median number?, words text
        """,
    ),
    # What each group said of each theme of the partnership at its event.
    table(
        "group_view",
        "year_id respondent_group theme",
        """
        year_id text, respondent_group text, theme text, position whole, group_words text, standard_id text,
        theme_words text, where_we_are prose, impact prose, gap prose, opportunity prose
        """,
    ),
    # Audits. No case is in any table: cases are counted, protected, and never crossed with grades.
    table(
        "audit",
        "audit_ref",
        """
        audit_ref text, position whole, title prose, theme text, theme_words text, question prose, method text,
        method_words text, stage text, stage_words text, agency_id text, lead_words text, why_chosen prose,
        sample_basis prose, cases whole?, cases_marker text, period_from day?, period_to day?, planned_for day?,
        reported_on day?, re_audit_of text, re_audit_due day?, re_audit_words text, families_heard text,
        families_words prose, voice_shaped whole?, voice_looked_at whole?, voice_marker text, voice_words prose,
        conclusion prose, words prose
        """,
    ),
    table(
        "audit_grade",
        "audit_ref domain whose basis",
        """
        audit_ref text, domain text, whose text, basis text, position whole, domain_words text, whose_words text,
        n whole?, marker text, outstanding whole?, good whole?, requires_improvement whole?, inadequate whole?,
        not_judged whole?, good_or_better whole?, good_percent number?, words text
        """,
    ),
    table(
        "audit_moderation",
        "audit_ref domain",
        """
        audit_ref text, domain text, position whole, domain_words text, n whole?, marker text, raised whole?,
        same whole?, lowered whole?, words prose
        """,
    ),
    table(
        "audit_shift",
        "audit_ref domain",
        """
        audit_ref text, before_ref text, domain text, position whole, domain_words text, n_before whole?,
        n_after whole?, marker text, percent_before number?, percent_after number?, difference number?, lower number?,
        upper number?, direction text, words text
        """,
    ),
    table(
        "audit_case",
        "audit_ref dimension category",
        """
        audit_ref text, dimension text, category text, position whole, dimension_words text, label text, count whole?,
        marker text, note text
        """,
    ),
    table(
        "audit_finding",
        "finding_ref",
        """
        finding_ref text, audit_ref text, position whole, kind text, kind_words text, text prose, strength text,
        strength_words text, domain text, domain_words text, theme text, theme_words text, whose text,
        whose_words text, answer text, answer_words prose, recommendation_id text, recommendation_words prose,
        reason prose
        """,
    ),
    # The same thing seen by several eyes, and each agency's whole evidence on one line.
    table(
        "triangulation",
        "year_id thread_id agency_id",
        """
        year_id text, thread_id text, agency_id text, position whole, thread text, agency text, self_percent number?,
        self_words prose, moderated_percent number?, moderated_words prose, audit_percent number?, audit_n whole?,
        audit_words prose, indicator_words prose, survey_percent number?, survey_n whole?, survey_words prose,
        eyes whole, disagreement number?, disagreement_words prose, contrary_words prose, sentence prose
        """,
    ),
    table(
        "assurance",
        "agency_id aspect",
        """
        agency_id text, aspect text, position whole, agency text, partner text, partner_words text, aspect_words text,
        state text, state_words text, words prose, evidence_page text, evidence_query text, as_of day?
        """,
    ),
)
