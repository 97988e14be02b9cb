"""The first shape of the vault: submissions, what they held, official statistics and the event log.

NOT NULL is the only constraint and there are no sequences, so that the vault can move to DuckLake; uniqueness is
checked inside the transaction that writes. Times are UTC. An empty text means "not given"; only numbers may be null.
Everything a submission held hangs on `submission_id`, so that an expunge is one delete a table.
"""

from __future__ import annotations

SQL = """
create table submission (
    submission_id varchar not null,
    identity varchar not null,      -- what a new version replaces: agency, kind and period
    kind varchar not null,
    agency_id varchar not null,
    period_id varchar not null,
    version integer not null,
    state varchar not null,         -- accepted, accepted_with_queries, refused, superseded, withdrawn
    verdict varchar not null,       -- what the check said, whatever became of it later
    supersedes varchar not null,
    received_at timestamp not null,
    received_by varchar not null,
    received_role varchar not null,
    file_sha256 varchar not null,
    file_name varchar not null,
    original_kept boolean not null,
    template_version varchar not null,
    prepared_by_role varchar not null,
    approved_by_role varchar not null,
    cover varchar not null,         -- the answers of the cover sheet, as JSON
    rows integer not null,
    rows_accepted integer not null,
    reason varchar not null         -- why it was refused or withdrawn
);
create table observation (
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
    definition_version integer not null
);
create table record (
    submission_id varchar not null,
    sheet varchar not null,
    row integer not null,
    record_key varchar not null,
    body varchar not null           -- JSON, typed by the kind's pandera model on the way out
);
create table problem (
    submission_id varchar not null,
    position integer not null,
    rule varchar not null,
    severity varchar not null,
    sheet varchar not null,
    cell varchar not null,
    row integer,
    column_name varchar not null,
    value varchar not null,
    message varchar not null,
    fix varchar not null
);
create table benchmark (
    indicator_id varchar not null,
    quantity_id varchar not null,
    period_id varchar not null,
    area_code varchar not null,
    area_name varchar not null,
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
create table neighbour (
    area_code varchar not null,
    neighbour_code varchar not null,
    rank integer not null,
    closeness varchar not null,
    release varchar not null,
    edition varchar not null,
    file_sha256 varchar not null
);
create table benchmark_file (
    file_sha256 varchar not null,
    reading varchar not null,       -- digest of the mapping and places it was read through
    release varchar not null,
    edition varchar not null,
    loaded_at timestamp not null,
    figures integer not null
);
create table event (
    position integer not null,
    happened_at varchar not null,   -- ISO 8601, UTC: hashed as written
    actor varchar not null,
    role varchar not null,
    agency_id varchar not null,
    action varchar not null,
    subject varchar not null,
    detail varchar not null,        -- canonical JSON
    previous varchar not null,
    hash varchar not null
);
"""
