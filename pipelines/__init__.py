"""What Throughline does: read, check, store, protect, measure, publish, query."""
