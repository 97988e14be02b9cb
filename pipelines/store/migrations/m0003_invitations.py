"""Links by which a school or a small body answers its self-assessment, and the answers it has not sent yet.

A link is known by the hash of its token alone: whoever reads this table can open none. A moment that has not come is
null. A draft is gone as soon as it is sent, ended or has run out.
"""

from __future__ import annotations

SQL = """
create table invitation (
    token_sha256 varchar not null,
    respondent_id varchar not null,
    instrument varchar not null,
    period_id varchar not null,
    made_at timestamp not null,
    made_by varchar not null,
    expires_on date not null,       -- the last day it opens
    first_used_at timestamp,
    ended_at timestamp,
    ended_why varchar not null,     -- sent, withdrawn, replaced, expired; empty while it opens
    submission_id varchar not null  -- what was sent through it; empty until then
);
create table draft (
    token_sha256 varchar not null,
    saved_at timestamp not null,
    body varchar not null           -- JSON: the answers by statement, and when each was saved
);
"""
