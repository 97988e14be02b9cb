"""Cells to rows and problems, and the annotated copy."""
