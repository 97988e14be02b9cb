"""The pages of the app, found by looking into app/views; each says its title, its place, its address, its roles.

A page that says what it `HOLDS` beside figures is marked by that; one that does not is marked as the whole release is. With
`FIGURES = False` it holds none, and with `NEEDS_PUBLICATION = False` it opens even where no publication can be opened.

A page that says `HIDDEN = True` is reached by links only and is not in the menu. One that says `ALONE = True` belongs to
no role: whoever has its link sees it, and nothing else of the app.

A page that has a function `prepare` has it called before its first reader comes, to work out what all of them see first.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from app import views
from app.widgets.page import empty, opening, put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from streamlit.navigation.page import StreamlitPage

    from app.session import Visit
    from schemas.actors import Actor, Role
    from schemas.catalogue.marking import Content


@dataclass(frozen=True, slots=True)
class Held:
    """What a page holds, by which it is marked: contents beside figures (None: all the release does), and whether figures."""

    contents: tuple[Content, ...] | None
    figures: bool = True


NOTHING_HELD = Held((), figures=False)


@dataclass(frozen=True, slots=True)
class View:
    """One page as its module describes it."""

    title: str
    order: int
    url: str
    roles: frozenset[Role]
    show: Callable[[], None]
    is_hidden: bool = False
    is_alone: bool = False
    needs_publication: bool = True
    held: Held = field(default_factory=lambda: Held(None))
    prepare: Callable[[Visit], object] | None = None


def found() -> tuple[View, ...]:
    """Every page that belongs to roles, in the order of use."""
    return tuple(view for view in _every() if not view.is_alone)


def asked_alone() -> StreamlitPage | None:
    """The page that stands alone, where its address was asked for; with it no other page is there at all."""
    address = (st.context.url or "").rstrip("/").rpartition("/")[2]
    view = next((each for each in _every() if each.is_alone and each.url == address), None)
    if view is None:
        return None
    # A page is only found under its own address beside another that is the first.
    nothing = st.Page(lambda: None, title="Throughline", url_path="nothing", default=True, visibility="hidden")
    return st.navigation([nothing, _page(view, is_first=False)], position="hidden")


def nothing_behind() -> None:
    """Every address stays known, and behind none of them is anything: for whoever is not let in."""
    closed = [
        st.Page(lambda: None, title="Throughline", url_path=view.url, default=number == 0, visibility="hidden")
        for number, view in enumerate(found())
    ]
    st.navigation(closed, position="hidden").run()


@cache
def _every() -> tuple[View, ...]:
    names = [module.name for module in pkgutil.iter_modules(views.__path__)]
    modules = [importlib.import_module(f"app.views.{name}") for name in names]
    made = [
        View(
            m.TITLE,
            m.ORDER,
            m.URL,
            _roles(m.ROLES),
            m.show,
            getattr(m, "HIDDEN", False),
            getattr(m, "ALONE", False),
            getattr(m, "NEEDS_PUBLICATION", True),
            Held(getattr(m, "HOLDS", None), getattr(m, "FIGURES", True)),
            getattr(m, "prepare", None),
        )
        for m in modules
    ]
    return tuple(sorted(made, key=lambda view: view.order))


def _roles(said: Iterable[Role]) -> frozenset[Role]:
    """The roles a page names; a school or club that signs in reads what anybody reads, and answers through its own link."""
    named: set[Role] = set(said)
    if "public" in named:
        named.add("respondent")
    return frozenset(named)


def of(actor: Actor) -> list[StreamlitPage]:
    """The pages this actor's role may open, of which the first is where they land; behind the addresses of others, a word."""
    mine = [view for view in found() if actor.role in view.roles]
    others = [view for view in found() if actor.role not in view.roles]
    return [_page(view, is_first=number == 0) for number, view in enumerate(mine)] + [
        st.Page(_not_yours, title="Throughline", url_path=view.url, visibility="hidden") for view in others
    ]


def is_for(actor: Actor, url: str) -> bool:
    """Whether the page at an address is one of the role's; the first page of a role has an address of nothing at all."""
    return not any(view.url == url and actor.role not in view.roles for view in found())


def _not_yours() -> None:
    put(
        opening("Throughline", "This page is not for your role"),
        empty("What to do", "The pages in the menu are yours. If you need this one, ask the business unit."),
    )


def held(url: str) -> Held:
    """What the page at an address holds; the first page a role lands on has an address of nothing at all."""
    return next((view.held for view in _every() if view.url == url), Held(None))


def needs_publication(url: str) -> bool:
    """Whether the page at an address is empty without a publication; the first page of every role is."""
    return next((view.needs_publication for view in _every() if view.url == url), True)


def _page(view: View, *, is_first: bool) -> StreamlitPage:
    visibility = "hidden" if view.is_hidden or view.is_alone else "visible"
    return st.Page(view.show, title=view.title, url_path=view.url, default=is_first, visibility=visibility)
