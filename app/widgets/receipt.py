"""The receipt of what was sent: what counts, what is still open, and the same as a text file to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import downloads
from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import more, put
from app.widgets.withdrawing import title_of
from pipelines.queries import receipts

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.inbox import Sent
    from pipelines.queries.receipts import Open, Receipt

_SHOWN = 20


def receipt(visit: Visit, submission_id: str, words: str, *, key: str) -> None:
    """The receipt of a submission just sent, and its text file. `words`: what became of it, in a sentence."""
    found = receipts.receipt(visit.home, visit.actor, submission_id)
    facts = (
        ("Submission", found.submission_id),
        ("Received", found.received),
        ("What counts", found.counts),
        ("Still open", _open_words(found)),
        *(
            (("Mended here", f"{len(found.mended):,} {'cell' if len(found.mended) == 1 else 'cells'}"),)
            if found.mended
            else ()
        ),
    )
    put(
        tag(
            "div",
            tag("h3", mark("done", f"Sent: {found.period}, {found.agency}")),
            tag("p", words, cls="text", role="status"),
            tag("dl", [join(tag("dt", name), tag("dd", value, cls="breaks")) for name, value in facts], cls="terms"),
            _listed("To mend", found.to_mend),
            _listed("To explain", found.to_explain),
            cls="receipt",
        )
    )
    with st.container(key=f"space-receipt-{key}"):
        _file(visit, found, key)


def earlier(visit: Visit, sent: tuple[Sent, ...]) -> None:
    """The receipt of anything sent before, to download again."""
    if not sent:
        return
    titles = {each.submission_id: f"{title_of(each)}, version {each.version}" for each in sent}
    with st.container(key="choice-receipt"):
        chosen = st.selectbox(
            "Receipt of", list(titles), index=None, format_func=titles.__getitem__, key="receipt_of",
            placeholder="Choose a submission",
        )  # fmt: skip
        if chosen is not None:
            found = receipts.receipt(visit.home, visit.actor, chosen)
            if found.original:
                put(tag("p", found.original, cls="text"))
            _file(visit, found, "earlier")


def _file(visit: Visit, found: Receipt, key: str) -> None:
    st.download_button(
        "Download the receipt",
        downloads.content(visit, "receipt", "txt", downloads.of_a_return(), lambda: found.as_text().encode()),
        file_name=f"receipt-{found.submission_id}.txt",
        mime="text/plain",
        on_click="ignore",
        key=f"receipt_file-{key}",
    )


def _open_words(found: Receipt) -> str:
    left = [f"{len(of):,} to {word}" for of, word in ((found.to_mend, "mend"), (found.to_explain, "explain")) if of]
    return ", ".join(left) or "Nothing"


def _listed(title: str, found: tuple[Open, ...]) -> Html | None:
    if not found:
        return None
    lines = [tag("li", tag("b", each.where), " ", each.message) for each in found[:_SHOWN]]
    rest = len(found) - _SHOWN
    lines += [tag("li", f"And {rest:,} more, in the text file.")] if rest > 0 else []
    return more(f"{title} ({len(found):,})", tag("ul", lines, cls="rows"))
