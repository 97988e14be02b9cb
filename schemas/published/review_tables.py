"""The publication tables of reviews and their clocks, of concerns, training, surveys and voice."""

from __future__ import annotations

from schemas.published.shape import table

REVIEW_TABLES = (
    table(
        "clock",
        "clock_id reference",
        """
        clock_id text, reference text, position whole, title prose, started_on day?, due_on day?, done_on day?,
        state text, state_words text, used_days whole?, left_days whole?, is_close yes_no, year_id text, words prose,
        late_reason prose
        """,
    ),
    table(
        "clock_count",
        "clock_id year_id state",
        """
        clock_id text, year_id text, state text, position whole, title text, state_words text, count whole?,
        marker text, note text
        """,
    ),
    table(
        "clock_setting",
        "clock_id",
        """
        clock_id text, position whole, title text, sentence text, of text, starts_words text, may_start_words text,
        ends_words text, allowed whole, unit text, warn_days whole, indicator_id text, source text, confirmed yes_no
        """,
    ),
    table(
        "review",
        "review_ref",
        """
        review_ref text, position whole, review_type text, type_words text, incident_ref text, incident_on day?,
        started_on day?, sent_on day?, decision text, decision_words text, decided_on day?, decision_reason prose,
        has_legal_point yes_no, panel_words prose, published_on day?, late_reason prose, recommendations whole,
        first_shared_on day?, closed_on day?, shared_days whole?, closed_days whole?
        """,
    ),
    table(
        "review_count",
        "review_type year_id",
        """
        review_type text, year_id text, position whole, type_words text, count whole?, marker text, note text
        """,
    ),
    table(
        "review_measure",
        "measure_id",
        """
        measure_id text, position whole, title text, n whole, median_days number?, words prose
        """,
    ),
    table(
        "concern_count",
        "dimension category year_id",
        """
        dimension text, category text, year_id text, position whole, label text, count whole?, marker text, note text
        """,
    ),
    table(
        "concern_step",
        "clock_id year_id",
        """
        clock_id text, year_id text, position whole, title text, allowed whole, reached whole?, reached_marker text,
        in_time whole?, in_time_marker text, median_days number?, note text
        """,
    ),
    table(
        "training_count",
        "dimension category year_id",
        """
        dimension text, category text, year_id text, position whole, label text, is_whole_year yes_no, courses whole,
        places whole?, attended whole, paired whole, gain number?, replies whole, changed whole, changed_percent number?
        """,
    ),
    table(
        "survey_count",
        "survey_ref question respondents sector",
        """
        survey_ref text, question text, respondents text, sector text, position whole, closed_on day,
        question_words text, respondents_words text, sector_words text, asked whole?, replied whole?, agreed whole?,
        response_percent number?, agreed_percent number?, lower number?, upper number?, marker text
        """,
    ),
    table(
        "voice_count",
        "dimension category",
        """
        dimension text, category text, period_id text, position whole, label text, heard whole, directly whole,
        completed whole, in_hand whole, decided_against whole, unanswered whole, told_back whole, told_here whole
        """,
    ),
    table(
        "voice_theme",
        "voice_ref",
        """
        voice_ref text, period_id text, position whole, who_words text, directly yes_no, people whole, agency_words text,
        theme text, theme_words text, asked prose, said prose, response text, response_words prose, changed prose,
        told_back yes_no, recommendation_id text
        """,
    ),
)
