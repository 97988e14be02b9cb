"""Marks put into an analyst's own workbook by splicing its parts: what is not marked stays byte for byte.

No library writes a workbook back as it was: openpyxl drops sparklines, saved results of formulas and much else. So a part
is never parsed and written anew; it is searched for the few places that change, and these are cut and joined.
"""
