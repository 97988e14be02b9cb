"""What the partnership has agreed: the catalogue, the returns, their rules and the published tables."""
