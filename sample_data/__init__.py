"""Invented returns that behave as the field does: chains hold, parts add up, and a few things are wrong on purpose.

Nothing here is a real figure. Every file name starts with SYNTHETIC and no person is named. Start at `generator`.
"""
