"""As whom the machine knew the person who asked for something to be removed for good: one human under two names is no second.

Empty where they asked on a page, where each signs in, and for all that was asked before.
"""

from __future__ import annotations

SQL = """
create table expunging_asked_by (
    target varchar not null,        -- JSON: the submissions, the references of records, the rows, and whether copies go too
    asked_at timestamp not null,
    asked_by varchar not null,
    asked_login varchar not null,
    why varchar not null,
    reason varchar not null
);
insert into expunging_asked_by select target, asked_at, asked_by, '', why, reason from expunging_asked;
drop table expunging_asked;
alter table expunging_asked_by rename to expunging_asked;
"""
