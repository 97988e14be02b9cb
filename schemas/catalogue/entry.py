"""What every catalogue entry is: fixed once read, with an id, and without fields nobody knows."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """A catalogue entry: fixed once read, and a misspelt field is a fault rather than ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)
