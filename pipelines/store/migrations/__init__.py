"""The vault's tables, one numbered step after another: a step once released is never edited, only followed."""
