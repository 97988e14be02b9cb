"""The shape of a place, team or service that is called after somebody."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schemas.catalogue.entry import Entry, Identifier, Text


class Place(Entry):
    """A name of two words or more that reads like a person's and is a place's; `what` says what it is.

    One word alone is refused: half the given names of a city are some house's, and each would hide a child's.
    """

    id: Identifier
    name: Annotated[str, Field(pattern=r"^\S+( \S+)+$")]
    what: Text
