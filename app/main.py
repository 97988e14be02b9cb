"""The entry of the app: who is here, which publication is open, which pages there are."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app import entrance, pages, session
from app.framing import framed, on_paper
from app.refusing import not_done, not_whole, on_page
from app.widgets.page import dress, opening, put
from schemas.problems import UserError

STATIC = Path(__file__).parent / "static"


def main() -> None:
    """Run one page for one reader."""
    st.set_page_config(page_title="Throughline", page_icon=str(STATIC / "icon.svg"), layout="wide")
    dress()
    alone = pages.asked_alone()
    if alone is not None:
        alone.run()
        return
    st.logo(str(STATIC / "throughline.svg"), size="large")
    actor = entrance.somebody()
    if actor is None:
        pages.nothing_behind()
        return
    try:
        visit = session.arrive(actor)
    except UserError as said:
        put(opening("Throughline", "The publication cannot be opened", on_page(said)))
        return
    page = st.navigation(pages.of(actor), expanded=True)
    is_theirs = pages.is_for(actor, page.url_path)
    held = pages.held(page.url_path) if is_theirs else pages.NOTHING_HELD
    put(framed(visit, held))
    st.html(on_paper(visit, held))
    try:
        if visit.fault and is_theirs and pages.needs_publication(page.url_path):
            put(*not_whole(visit))
        else:
            page.run()
    except UserError as said:
        put(*not_done(actor, said))


main()
