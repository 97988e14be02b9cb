"""The cells a figure was read from, where its row holds several figures, as in an agency's own scorecard.

By sheet and row alone, what the check said of one quarter or category would count for every other of its row. Empty for
a figure that has its row for itself, and for all that was received before.
"""

from __future__ import annotations

SQL = """
create table observation_of_cells (
    submission_id varchar not null,
    sheet varchar not null,
    row integer not null,
    indicator_id varchar not null,
    period_id varchar not null,
    agency_id varchar not null,
    area_id varchar not null,
    breakdown varchar not null,
    category varchar not null,
    numerator double,
    denominator double,
    value double,
    marker varchar not null,
    reason varchar not null,
    definition_version integer not null,
    cells varchar not null          -- addresses on its sheet, as `D8 D9`; its numbers, marker and reason
);
insert into observation_of_cells
select submission_id, sheet, row, indicator_id, period_id, agency_id, area_id, breakdown, category,
    numerator, denominator, value, marker, reason, definition_version, ''
from observation;
drop table observation;
alter table observation_of_cells rename to observation;
"""
