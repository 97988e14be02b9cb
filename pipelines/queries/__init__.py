"""The only door from pages, reports and notebooks to publications."""
