"""What is being done, said in words while it takes more than a moment."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from app.widgets.plainly import plainly

if TYPE_CHECKING:
    from collections.abc import Callable, Generator


@contextmanager
def told(of: str) -> Generator[Callable[[str], None]]:
    """Something to tell what is being done of a file; each step takes the place of the one before, and all are gone at the end.

    A step that takes less than half a second is not shown: words that only flash by say nothing.
    """
    with ExitStack() as showing:

        def say(step: str) -> None:
            showing.close()
            showing.enter_context(st.spinner(f"{step}: {plainly(of)}", show_time=True))

        yield say
