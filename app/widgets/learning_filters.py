"""The filters of the Learning page: what can be asked for, in a row that the address bar keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pipelines.queries.learning_lists import Asked
from pipelines.queries.learning_words import REACHED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.delta_generator import DeltaGenerator

    from pipelines.queries.learning_lists import Offered

# Each filter: its label, and what it is called when nothing is chosen.
_LABELS = {
    "step": ("Step reached", "All steps"),
    "theme": ("Theme", "All themes"),
    "source": ("Source", "All sources"),
    "owner": ("Owner", "All owners"),
    "accountable": ("Accountable partner", "Any partner"),
    "year": ("Year agreed", "All years"),
}


def asked(offered: Offered) -> Asked:
    """What the reader chose; a filter that could only keep everything is not there."""
    choices = {name: words for name in _LABELS if len(words := _words(offered, name)) > 1}
    with st.container(key="filters"):
        columns = st.columns(len(choices))
        chosen = {
            name: _choice(column, name, words) for column, (name, words) in zip(columns, choices.items(), strict=True)
        }
    return Asked(**chosen)


def words_of(chosen: Asked, offered: Offered) -> str:
    """What is on, in words; empty where nothing is."""
    on = [
        f"{_LABELS[name][0].lower()}: {_words(offered, name).get(value, value)}"
        for name in _LABELS
        if (value := str(getattr(chosen, name)))
    ]
    return f"Only {'; '.join(on)}." if on else ""


def _words(offered: Offered, name: str) -> dict[str, str]:
    return dict(REACHED) if name == "step" else dict(getattr(offered, name))


def _choice(column: DeltaGenerator, name: str, words: Mapping[str, str]) -> str:
    label, every = _LABELS[name]
    choices = {"": every, **words}
    # Its own name in the address: other pages have a filter by theme too, over other choices.
    key = name if name == "step" else f"of_{name}"
    found = column.selectbox(label, list(choices), format_func=choices.__getitem__, key=key, bind="query-params")
    return found or ""
