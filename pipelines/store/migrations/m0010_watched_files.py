"""The files by which a release goes and which people change by hand: what each was when an act last looked at it."""

from __future__ import annotations

SQL = """
create table watched_file (
    file varchar not null,
    sha256 varchar not null         -- empty where there was no such file
);
"""
