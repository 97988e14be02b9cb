"""What a release says of self-assessments and audits, and of how far they agree with the figures."""
