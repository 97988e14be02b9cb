"""Every table of a publication: its columns, their types, and which may be empty.

One definition gives both the DuckDB table and its pandera model, so neither can drift from the other.
"""

from __future__ import annotations

from schemas.published.agreement_tables import AGREEMENT_TABLES
from schemas.published.assessment_tables import ASSESSMENT_TABLES
from schemas.published.learning_tables import LEARNING_TABLES
from schemas.published.review_tables import REVIEW_TABLES
from schemas.published.shape import SQL_TYPE, Column, ColumnType, Table, table

__all__ = ["SQL_TYPE", "TABLES", "Column", "ColumnType", "Table"]

_TABLES = (
    table(
        "publication",
        "publication_id",
        """
        publication_id text, audience text, label prose, made_at moment, made_by text, data_through text,
        policy text, method_version text, partnership text, area_id text, marking text, synthetic yes_no,
        previous_id text?, expected_flags number, hidden_cells whole, shown_cells whole, rounded_to whole?,
        has_accounts yes_no, log_entry whole, log_hash text
        """,
    ),
    table(
        "indicator",
        "indicator_id",
        """
        indicator_id text, position whole, title text, question text, domain text, definition text,
        numerator text, denominator text?, unit text, per number, decimals whole, measure_type text,
        base text?, window text, year_value text, polarity text, frequency text, agency_id text, owner text,
        senders text, like_services yes_no, computed_from text?, headline yes_no, tier text, priority_ids text, theme_ids text,
        counts_of text, protected yes_no, why_it_matters text, challenge_question text, source text,
        target number?, target_words text, compared_nationally yes_no, note text
        """,
    ),
    table(
        "definition",
        "indicator_id version",
        """
        indicator_id text, version whole, from_period text, text text, change text
        """,
    ),
    table(
        "agency",
        "agency_id",
        """
        agency_id text, title text, short text, partner text, position whole
        """,
    ),
    table(
        "data_owner",
        "agency_id",
        """
        agency_id text, owner text, is_public_authority yes_no, contact text, address text, position whole
        """,
    ),
    table(
        "area",
        "area_code",
        """
        area_code text, name text, level text, parent text, deprivation_fifth whole?
        """,
    ),
    table(
        "breakdown",
        "breakdown category",
        """
        breakdown text, title text, category text, label text, position whole
        """,
    ),
    table(
        "priority",
        "priority_id",
        """
        priority_id text, position whole, kind text, title text, sentence text, shown text
        """,
    ),
    table(
        "figure",
        "indicator_id period_id agency_id area_id breakdown category",
        """
        indicator_id text, period_id text, agency_id text, area_id text, breakdown text, category text,
        numerator number?, denominator number?, value number?, lower number?, upper number?, marker text,
        status text, definition_version whole, submission_ids text, as_at moment?, annualised yes_no, note prose
        """,
    ),
    table(
        "series",
        "indicator_id agency_id area_id breakdown category",
        """
        indicator_id text, agency_id text, area_id text, breakdown text, category text, chart text,
        variation text, assurance text, points whole, since_period text?, signal_words text, note prose
        """,
    ),
    table(
        "series_point",
        "indicator_id period_id agency_id area_id breakdown category",
        """
        indicator_id text, period_id text, agency_id text, area_id text, breakdown text, category text,
        position whole, value number?, numerator number?, denominator number?, marker text, phase whole,
        mean number?, lower number?, upper number?, special_cause text, point_type text
        """,
    ),
    table(
        "benchmark",
        "indicator_id period_id area_code",
        """
        indicator_id text, period_id text, area_code text, area_name text, numerator number?,
        denominator number?, value number?, lower number?, upper number?, marker text, source text
        """,
    ),
    table(
        "scorecard",
        "indicator_id",
        """
        indicator_id text, position whole, period_id text?, value number?, numerator number?,
        denominator number?, lower number?, upper number?, marker text, state text, latest_words text,
        n_words text, change_words text, year_change_words text, variation text, variation_words text,
        signal_words text, usual_words text, assurance text, assurance_words text, comparison text,
        comparison_words text, comparison_detail text, rank whole?, ranked_of whole?, quartile whole?,
        england number?, region number?, neighbours_median number?, comparison_period text?,
        comparison_on_chart yes_no, owner text, received_on day?, freshness_words text, finding prose
        """,
    ),
    table(
        "funnel_plot",
        "indicator_id kind",
        """
        indicator_id text, kind text, period_id text, places whole, drawn whole, outside whole, centre number?,
        expected_outside_95 number?, expected_outside_998 number?, note text
        """,
    ),
    table(
        "funnel",
        "indicator_id kind unit_id",
        """
        indicator_id text, period_id text, kind text, unit_id text, size number, numerator number, value number,
        lower_95 number, upper_95 number, lower_998 number, upper_998 number, position text, mark text, words text
        """,
    ),
    table(
        "funnel_line",
        "indicator_id kind size",
        """
        indicator_id text, period_id text, kind text, size number, lower_95 number, upper_95 number,
        lower_998 number, upper_998 number
        """,
    ),
    table(
        "disparity",
        "indicator_id breakdown category",
        """
        indicator_id text, period_id text, breakdown text, category text, reference text, numerator number?,
        denominator number?, value number?, reference_numerator number?, reference_denominator number?,
        reference_value number?, ratio number?, lower number?, upper number?, word text, words text,
        group_words text, reference_words text
        """,
    ),
    table(
        "standardised",
        "indicator_id period_id breakdown",
        """
        indicator_id text, period_id text, breakdown text, value number?, lower number?, upper number?,
        crude number?, crude_lower number?, crude_upper number?, numerator number?, left_out number?, words text,
        source text
        """,
    ),
    table(
        "finding",
        "position",
        """
        position whole, section text, reason prose, indicator_id text?, agency_id text, period_id text,
        marker text, lead prose, sentence prose, owner text, account_by text, account prose, note prose,
        priority_ids text, score number
        """,
    ),
    table(
        "commentary",
        "indicator_id agency_id period_id",
        """
        indicator_id text, agency_id text, period_id text, what_happened prose, why prose,
        what_we_are_doing prose, submission_id text
        """,
    ),
    table(
        "submission",
        "submission_id",
        """
        submission_id text, kind text, agency_id text, period_id text, version whole, state text,
        received_at moment, approved yes_no, approved_by_role prose
        """,
    ),
    table(
        "coverage",
        "agency_id kind period_id indicator_id",
        """
        agency_id text, kind text, period_id text, indicator_id text, state text
        """,
    ),
    table(
        "restatement",
        "indicator_id period_id publication_now",
        """
        indicator_id text, period_id text, kind text, was number, now number?, was_words text, now_words text,
        status_was text, status_now text, reason prose, given yes_no, publication_was text, label_was prose,
        made_was moment, publication_now text, label_now prose, made_now moment
        """,
    ),
    table(
        "annotation",
        "annotation_id indicator_id",
        """
        annotation_id text, indicator_id text, kind text, from_day day, period_id text, until_period_id text,
        label prose, text prose, source text
        """,
    ),
    table(
        "made",
        "indicator_id period_id",
        """
        indicator_id text, period_id text, formula text, parts text, population text, interval text, limits text,
        definition text
        """,
    ),
    table(
        "made_from",
        "indicator_id period_id submission_id agency_id gave",
        """
        indicator_id text, period_id text, submission_id text, agency_id text, gave text
        """,
    ),
    table(
        "rule_outcome",
        "submission_id indicator_id period_id rule severity",
        """
        submission_id text, indicator_id text, period_id text, rule text, severity text, number whole,
        explained whole
        """,
    ),
)
TABLES: dict[str, Table] = {
    each.name: each for each in (*_TABLES, *AGREEMENT_TABLES, *LEARNING_TABLES, *REVIEW_TABLES, *ASSESSMENT_TABLES)
}
