"""What the files that people change by hand were when last looked at is read from the event log, and no longer kept beside it."""

from __future__ import annotations

SQL = """
drop table watched_file;
"""
