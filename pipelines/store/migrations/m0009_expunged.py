"""What was removed for good, and what was asked to be: never what it said.

`expunged` keeps the fingerprint of each file, so that the same file is not taken in again. `expunging_asked` holds what one
person asked for until another does it; then its rows go.
"""

from __future__ import annotations

SQL = """
create table expunged (
    submission_id varchar not null,
    file_sha256 varchar not null,
    whole boolean not null,         -- everything of it, or single records of a log
    expunged_at timestamp not null,
    expunged_by varchar not null,
    why varchar not null,           -- a code of schemas/removals.py
    reason varchar not null         -- checked: it tells of nobody
);
create table expunging_asked (
    target varchar not null,        -- JSON: the submissions, and the references of records
    asked_at timestamp not null,
    asked_by varchar not null,
    why varchar not null,
    reason varchar not null
);
"""
