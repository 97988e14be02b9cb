"""The logs of reviews, concerns, training, surveys and voice: what indicators they give, and what is published of them."""
