"""Official figures by group: a population of one ethnic group or age beside the one of everybody.

Every figure there so far is of everybody. The table is made anew because a column that may not be empty cannot be
added to one that has rows.
"""

from __future__ import annotations

SQL = """
create table benchmark_by_group (
    indicator_id varchar not null,
    quantity_id varchar not null,
    period_id varchar not null,
    area_code varchar not null,
    area_name varchar not null,
    breakdown varchar not null,     -- all, or how the population is split
    category varchar not null,
    numerator double,
    denominator double,
    value double,
    marker varchar not null,
    population_id varchar not null, -- the official quantity its rate is worked out on, if any
    population_period varchar not null,
    per double not null,
    source varchar not null,
    release varchar not null,
    edition varchar not null,       -- last day the file speaks of; empty yields to every official file
    file_sha256 varchar not null
);
insert into benchmark_by_group
select indicator_id, quantity_id, period_id, area_code, area_name, 'all', 'all', numerator, denominator, value, marker,
    population_id, population_period, per, source, release, edition, file_sha256
from benchmark;
drop table benchmark;
alter table benchmark_by_group rename to benchmark;
"""
