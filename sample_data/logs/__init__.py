"""The logs of learning, reviews, concerns, training, surveys and voice: invented, and sent quarter by quarter."""
