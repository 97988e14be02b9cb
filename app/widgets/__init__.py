"""Parts that pages are drawn from."""
