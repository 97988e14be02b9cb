"""Whatever agencies wrote in words stands in columns of prose only, where it is found and can be taken out again."""

from __future__ import annotations

import re

import pytest

from pipelines.queries.first_said import said_in
from pipelines.queries.pointer import every, opened
from pipelines.store.opening import transaction
from pipelines.store.sought import plain
from pipelines.store.written import in_words
from schemas.catalogue import catalogue
from schemas.published.prose import PROSE
from schemas.published.tables import TABLES

pytestmark = pytest.mark.slow
# Titles in the sample’s logs that are the catalogue’s own words too.
OURS = {"Domestic abuse", "Three-month follow-up"}


def test_no_text_of_the_sample_stands_in_a_column_that_is_not_searched(published_sample):
    with transaction(published_sample.home, write=False) as vault:
        written = {plain(place.value)[:60].strip() for place in in_words(vault)} - OURS
    sentences = sorted((text for text in written if len(text) >= 12 and " " in text), key=len, reverse=True)
    assert len(sentences) > 500
    said = re.compile("|".join(map(re.escape, sentences)))
    found, searched, unread = set(), 0, set()
    for audience in catalogue().audiences:
        newest = every(published_sample.home, audience)[0]
        is_read = " | ".join(said_in(newest))
        with opened(newest) as connection:
            for table in TABLES.values():
                for column in (each.name for each in table.columns if each.type in ("text", "prose")):
                    values = connection.table(table.name).project(f'"{column}"').distinct().fetchall()
                    quoted = {text for (value,) in values if value for text in said.findall(plain(value))}
                    unread |= {f"{table.name}.{column}: {text}" for text in quoted if text not in is_read}
                    if quoted:
                        found |= {f"{table.name}.{column}"} - {
                            f"{table.name}.{each}" for each in PROSE.get(table.name, ())
                        }
                        searched += 1
    assert found == set()
    assert unread == set(), "what is quoted in a sentence of ours is on the list that is read before a release too"
    assert searched > 20, "the sample says much, so the test looks at something"
