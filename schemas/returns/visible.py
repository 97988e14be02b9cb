"""Text without what nobody sees: control characters, marks that turn its direction, signs of no width."""

from __future__ import annotations

import re

# Controls but tab and line ends; soft hyphen; signs of no width; marks, embeddings and isolates of direction; tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# How a workbook writes a character that its own format cannot hold.
_WRITTEN_OUT = re.compile(r"_x(00(?:[01][0-9A-Fa-f]|7[Ff]|[89][0-9A-Fa-f]))_")


def visible(text: str) -> str:
    r"""A text without the characters that are not seen; line ends stay.

    >>> visible("Tell\u202e schools\x00 the\u200b same_x0007_ day")
    'Tell schools the same day'
    """
    return _UNSEEN.sub("", _WRITTEN_OUT.sub("", text))
