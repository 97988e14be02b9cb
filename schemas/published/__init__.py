"""The contract between pipelines and app: one pandera model for each publication table."""
