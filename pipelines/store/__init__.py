"""The vault: submissions, figures, benchmarks and the event log."""
