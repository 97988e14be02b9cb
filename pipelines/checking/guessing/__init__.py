"""Guesses of how an agency's own spreadsheet is to be read: shown to a person with how sure they are, and never used by themselves."""
