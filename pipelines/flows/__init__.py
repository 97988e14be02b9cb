"""Recipes that read top to bottom."""
