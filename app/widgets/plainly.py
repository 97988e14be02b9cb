"""Words from a file in a place where Streamlit reads Markdown: its signs stay signs."""

from __future__ import annotations

_SIGNS = frozenset(r"\`*_{}[]()#+-.!|<>~:$&^=")


def plainly(text: str) -> str:
    r"""A text whose every sign is taken for itself: no name of a file or sheet makes a link, or fetches a picture.

    >>> plainly("Q2 [final]"), plainly("![x](http://a)")
    ('Q2 \\[final\\]', '\\!\\[x\\]\\(http\\://a\\)')
    """
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in text)
