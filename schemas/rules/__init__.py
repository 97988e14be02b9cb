"""The rules of each kind of return, one module each, found by scan."""
