"""Protection of small numbers, pure."""
