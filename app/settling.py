"""What the app has loaded and worked out is not looked through for waste again and again."""

from __future__ import annotations

import gc


def settle() -> None:
    """Leave what is alive now, modules, catalogue and remembered answers, out of garbage collection until the next time.

    Else each collection looks through all of it to find next to nothing: that was two thirds of the time of a page. What
    was left out before is looked through once more first, so that nothing stays for good that is waste by now.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
