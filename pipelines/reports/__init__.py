"""Exports and documents made from a publication."""
