"""What the app loads once is not looked through for waste again and again."""

from __future__ import annotations

import gc
from functools import cache


@cache
def settle() -> None:
    """Once a process, after its first page: leave the modules and the catalogue out of garbage collection for good.

    Streamlit collects garbage after every run, and looks through everything that is loaded to find none of it.
    """
    gc.collect()
    gc.freeze()
