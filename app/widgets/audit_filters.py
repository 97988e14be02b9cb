"""The filter of the Audits page: by theme, kept in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY = "audit_theme"


def theme_asked(themes: Mapping[str, str]) -> str:
    """The theme the reader chose; "" for all of them, and where there is only one."""
    if len(themes) < 2:
        return ""
    choices = {"": "All themes", **themes}
    with st.container(key="filters"):
        column, _ = st.columns([1, 2])
        found = column.selectbox("Theme", list(choices), format_func=choices.__getitem__, key=KEY, bind="query-params")
    return found or ""
