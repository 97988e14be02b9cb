"""The register, the self-assessments and the audits of the sample: invented, and sent as they would have come in."""
