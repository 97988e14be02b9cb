"""What senders mended on the page: single answers beside the file they sent, which stays as it came.

Only what is to be read is kept, never what stood there: that may have named somebody. `cell` is empty for an answer of the
cover that the file did not give; `column_name` then says which.
"""

from __future__ import annotations

SQL = """
create table mend (
    submission_id varchar not null,
    position integer not null,
    sheet varchar not null,
    cell varchar not null,
    column_name varchar not null,
    value varchar not null,         -- what was read in its place; empty for a cell that was cleared
    mended_by varchar not null,
    mended_at timestamp not null
);
"""
