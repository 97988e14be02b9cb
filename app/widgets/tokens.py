"""The colours of the app, each with its light and its dark value, said once."""

from __future__ import annotations

from typing import Literal, NamedTuple

Theme = Literal["light", "dark"]


class Token(NamedTuple):
    """One colour in both themes."""

    light: str
    dark: str


TOKENS: dict[str, Token] = {
    "page": Token("#FFFFFF", "#10161D"),
    "tint": Token("#F5F7F9", "#18212A"),
    "ink": Token("#14202B", "#E9EEF3"),
    "ink-2": Token("#4A5763", "#A8B5C1"),
    "link": Token("#12436D", "#8CC0F2"),
    "rule": Token("#DCE3E9", "#2A3641"),
    "rule-2": Token("#8594A1", "#6F7D8A"),
    "line": Token("#7A8793", "#8493A1"),
    "limit": Token("#84919D", "#6F7D8A"),
    "band": Token("#E9EEF3", "#1C2732"),
    "grid": Token("#E9EDF1", "#1F2933"),
    "concern": Token("#F46A25", "#FF9A5C"),
    # Orange alone is 2.6 to 1 on the band in light: the diamond carries a darker edge there.
    "concern-edge": Token("#B84A0A", "#FF9A5C"),
    "improvement": Token("#12436D", "#6CB0EA"),
    "usual": Token("#3D4A56", "#B7C3CE"),
    "comparison": Token("#17776F", "#55C7BC"),
    "before-impact": Token("#7891A8", "#5B7C99"),
}


# What charts fill and stroke with; the order matters where two tokens share a shade: the last one wins.
FILLS = ("improvement", "usual", "comparison", "concern", "ink-2", "ink", "page")
STROKES = ("grid", "rule-2", "limit", "line", "comparison", "ink-2", "ink", "improvement", "usual", "concern-edge")


def colour(name: str, theme: Theme) -> str:
    """A token's colour in a theme, for what cannot follow the page by itself.

    >>> colour("ink", "dark")
    '#E9EEF3'
    """
    token = TOKENS[name]
    return token.light if theme == "light" else token.dark


def follow(inside: str) -> str:
    """Rules that turn a drawing's fixed colours into the tokens they came from.

    A chart is drawn in the colours of the last run; with these it follows a change of theme at once.
    """
    rules = [_rule(inside, "fill", name) for name in FILLS] + [_rule(inside, "stroke", name) for name in STROKES]
    return "".join(rules)


def _rule(inside: str, kind: str, name: str) -> str:
    drawn = ",".join(f'{inside} [style*="{kind}: {_rgb(shade)}"]' for shade in TOKENS[name])
    return f"{drawn}{{{kind}:var(--{name})!important}}"


def _rgb(shade: str) -> str:
    """A colour as browsers write it back.

    >>> _rgb("#12436D")
    'rgb(18, 67, 109)'
    """
    return "rgb({}, {}, {})".format(*(int(shade[at : at + 2], 16) for at in (1, 3, 5)))


def css() -> str:
    """The tokens as custom properties that follow the theme without asking the server."""
    lines = "".join(f"--{name}:light-dark({token.light},{token.dark});" for name, token in TOKENS.items())
    return f".stApp{{{lines}}}"
