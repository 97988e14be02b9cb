"""Layouts by which an agency's own spreadsheets are read, each saved by a person who has looked at every guess in it.

None is ever changed: one saved again is a new row, and the one before it is withdrawn. A layout holds the words at the
heads of columns and rows and never a figure.
"""

from __future__ import annotations

SQL = """
create table layout (
    layout_id varchar not null,
    agency_id varchar not null,
    version integer not null,
    body varchar not null,          -- JSON: schemas.layouts.layout.Layout
    saved_by varchar not null,
    saved_at timestamp not null,
    withdrawn_by varchar not null,  -- empty while it stands
    withdrawn_at timestamp
);
"""
