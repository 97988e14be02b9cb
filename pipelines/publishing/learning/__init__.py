"""From recommendation to measured change: what a release says of the learning log. Start at `tables`."""
