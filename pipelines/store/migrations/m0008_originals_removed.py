"""Originals removed once the time for which they are kept was over: which, when and why. What was read of them stays.

By submission, because two submissions may name the same file. The file goes when none needs it any longer.
"""

from __future__ import annotations

SQL = """
create table original_removed (
    submission_id varchar not null,
    file_sha256 varchar not null,
    removed_at timestamp not null,
    reason varchar not null
);
"""
