"""Assemble, protect, measure, write, point."""
