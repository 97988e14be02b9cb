"""The pages of the app, found by looking into app/views; each says its title, its place, its address, its roles.

A page that says `HIDDEN = True` is reached by links only and is not in the menu.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from app import views

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.navigation.page import StreamlitPage

    from schemas.actors import Actor, Role


@dataclass(frozen=True, slots=True)
class View:
    """One page as its module describes it."""

    title: str
    order: int
    url: str
    roles: frozenset[Role]
    show: Callable[[], None]
    is_hidden: bool = False


@cache
def found() -> tuple[View, ...]:
    """Every page in the order of use."""
    names = [module.name for module in pkgutil.iter_modules(views.__path__)]
    modules = [importlib.import_module(f"app.views.{name}") for name in names]
    made = [View(m.TITLE, m.ORDER, m.URL, frozenset(m.ROLES), m.show, getattr(m, "HIDDEN", False)) for m in modules]
    return tuple(sorted(made, key=lambda view: view.order))


def of(actor: Actor) -> list[StreamlitPage]:
    """The pages this actor's role may open; the first is where they land."""
    mine = [view for view in found() if actor.role in view.roles]
    return [_page(view, is_first=number == 0) for number, view in enumerate(mine)]


def _page(view: View, *, is_first: bool) -> StreamlitPage:
    visibility = "hidden" if view.is_hidden else "visible"
    return st.Page(view.show, title=view.title, url_path=view.url, default=is_first, visibility=visibility)
