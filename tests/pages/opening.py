"""Open the app on one of its pages as a reader in a role would."""

from __future__ import annotations

import html
import os
import re
from functools import cache
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pipelines.store.synthetic import MARK

# What an agency might write in its account: it must come out as words.
ODD = "<script>alert(1)</script>"
MAIN = Path(__file__).parents[2] / "app" / "main.py"


def opened(url: str, role: str = "executive", **asked: str) -> AppTest:
    # Homes of tests are made up, and built in other ways than the demonstration's.
    (Path(os.environ["THROUGHLINE_HOME"]) / MARK).touch()
    app = AppTest.from_file(MAIN, default_timeout=30)
    app.query_params["as"] = role
    for name, value in asked.items():
        app.query_params[name] = value
    # Pages are functions, and AppTest switches between files only: a page is known by the hash of its address.
    app._page_hash = calc_hash(url)  # noqa: SLF001 - there is no public way to a page that is a function
    app.run()
    assert not app.exception, app.exception
    return app


def seen(url: str, role: str = "executive", **asked: str) -> AppTest:
    """A page as it opens, to be read and not touched; opened once for all tests over one home, which must stay as it is."""
    return _seen(os.environ["THROUGHLINE_HOME"], url, role, tuple(sorted(asked.items())))


@cache
def _seen(home: str, url: str, role: str, asked: tuple[tuple[str, str], ...]) -> AppTest:
    assert home  # part of what is remembered
    return opened(url, role, **dict(asked))


def markup(app: AppTest) -> str:
    return "".join(each.proto.body for each in app.get("html"))


def words(app: AppTest) -> str:
    """What a reader sees: the text of the page's own markup, in one line."""
    body = re.sub(r"<(style|script)>.*?</\1>", " ", markup(app), flags=re.DOTALL)
    body = re.sub(r"</?(?:b|a|span)(?: [^>]*)?>", "", body)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
