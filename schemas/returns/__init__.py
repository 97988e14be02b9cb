"""The kinds of return, one module each, found by scan."""
