"""Remedies that name a command, in words for the page: what to press there, as nobody types commands on it."""

from __future__ import annotations

# A command as a remedy writes it, and the same done on the page Returns or Publish.
_PRESSED = (
    (
        "Start from the template: throughline template figures --agency … --period ….",
        "Start from the template: press “Download the template” above, under what you owe.",
    ),
    ("; load it with throughline benchmarks", "; whoever runs Throughline loads it"),
    ("Load one with “throughline load FILE”.", "Send one on the page Returns."),
    (" See “throughline status”.", " The page Returns lists who owes what."),
    (", on the page Publish or with “throughline texts”.", ", below."),
    (": “throughline release”.", "."),
    (" Prepare a release first, with “throughline publish --prepare”.", " Prepare a release first."),
    (
        "one prepares, with “throughline publish --prepare”, and another lets it out, with “throughline release”.",
        "one prepares, and another lets it out.",
    ),
    ("Finish it with “throughline release”.", "Press “Release it” to finish it."),
    (
        "List them with “throughline texts”; at its end it says how to release once you have read them.",
        "Read them below, and tick that you have.",
    ),
)


def pressed(words: str) -> str:
    """A sentence without the command it names.

    >>> pressed("Nothing to publish. Load one with “throughline load FILE”.")
    'Nothing to publish. Send one on the page Returns.'
    """
    for command, press in _PRESSED:
        words = words.replace(command, press)
    return words
