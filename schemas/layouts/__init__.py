"""How an agency's own spreadsheet maps on a return."""
