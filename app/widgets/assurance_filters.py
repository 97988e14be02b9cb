"""The filters of the Assurance page: whose sector, and which year's self-assessment; the address bar keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.delta_generator import DeltaGenerator

Pairs = tuple[tuple[str, str], ...]


def asked(years: Pairs, partners: Pairs) -> tuple[str, str]:
    """The year and the sector asked for, each empty for the usual; a filter with one choice is not there."""
    wanted = [("of_year", "Year of the self-assessment", dict(years))] if len(years) > 1 else []
    if len(partners) > 1:
        wanted.insert(0, ("of_sector", "Your sector", {"": "All sectors", **dict(partners)}))
    if not wanted:
        return "", ""
    with st.container(key="filters"):
        columns = st.columns([1, 1, 2])
        found = {
            key: _choice(column, key, label, words)
            for column, (key, label, words) in zip(columns, wanted, strict=False)
        }
    return found.get("of_year", ""), found.get("of_sector", "")


def _choice(column: DeltaGenerator, key: str, label: str, words: Mapping[str, str]) -> str:
    found = column.selectbox(label, list(words), format_func=words.__getitem__, key=key, bind="query-params")
    return found or ""
