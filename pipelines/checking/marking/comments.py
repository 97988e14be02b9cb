"""Our comments on a sheet's cells, beside those that people left there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking.marking.spans import MAIN, Part, Unmarkable, escaped, whole_number
from pipelines.reading import address
from pipelines.reading.places import REFERENCE, column_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.checking.marking.rows import Place
    from pipelines.checking.marking.spans import Node

AUTHOR = "Throughline"
# Where our words begin. What a person wrote stands before it; some programs forget who wrote a comment, so its text says it.
BEGIN = "Throughline check:"
_EMPTY = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<comments xmlns="%s"><authors/><commentList/></comments>""" % MAIN.encode()
_FONT = b'<%srPr><%ssz val="9"/><%scolor indexed="81"/><%srFont val="Calibri"/><%sfamily val="2"/></%srPr>'
# Excel keeps at most 32,767 letters in a cell or a comment.
_LONGEST = 30_000


@dataclass(frozen=True, slots=True)
class Commented:
    """A sheet's comments after the change: the part, whose comments are gone, and where a conversation leaves no room for ours."""

    xml: bytes
    gone: set[Place]
    no_room: set[Place]


def with_comments(xml: bytes, words: Mapping[Place, str]) -> Commented:
    """A sheet's comments with our words on some cells, and without what an earlier check had said on any.

    A cell has one comment: where a person left one, our words follow theirs. A conversation (threaded comments) stays as it is.
    """
    part = Part(xml or _EMPTY)
    root = part.root
    authors, listed = root.first("authors"), root.first("commentList")
    if root.space != MAIN or authors is None or listed is None:
        raise Unmarkable("its comments are kept in a way we do not know")
    names = [node.text for node in authors.every("author")]
    gone: set[Place] = set()
    no_room: set[Place] = set()
    waiting = dict(words)
    for comment in listed.every("comment"):
        place = _place(comment)
        said = waiting.pop(place, "") if place else ""
        is_talk = _author(comment, names).startswith("tc=")
        if place and said and is_talk:
            no_room.add(place)
        elif not is_talk and not _rewritten(part, comment, said) and place:
            gone.add(place)
    if waiting:
        number = names.index(AUTHOR) if AUTHOR in names else len(names)
        if AUTHOR not in names:
            prefix = part.prefix(authors)
            part.append(authors, b"<%sauthor>%s</%sauthor>" % (prefix, AUTHOR.encode(), prefix))
        part.append(listed, b"".join(_comment(part, place, waiting[place], number) for place in sorted(waiting)))
    return Commented(part.result(), gone, no_room)


def has_ours(xml: bytes) -> bool:
    """Whether an earlier check left comments here."""
    return BEGIN.encode() in xml


def _rewritten(part: Part, comment: Node, said: str) -> bool:
    """Cut what we said earlier, add what we say now; False where nothing is left, and the comment with it."""
    text = comment.first("text")
    if text is None:
        return True
    runs = [node for node in text.children if node.space == MAIN and node.name in {"r", "t"}]
    words = ["".join(node.text for node in ([run] if run.name == "t" else run.every("t"))) for run in runs]
    whole = "".join(words)
    begin = whole.find(BEGIN)
    kept = whole if begin < 0 else whole[:begin].removesuffix("\n\n")
    if whole and not kept and not said:
        part.replace(comment.start, comment.end, b"")
        return False
    if begin >= 0:
        _cut(part, runs, words, len(kept))
    if said:
        new = _run(part.prefix(text), f"\n\n{BEGIN}\n{said}" if kept else f"{BEGIN}\n{said}")
        for run in runs:
            if run.name == "t" and kept:
                prefix = part.prefix(text)
                part.replace(run.start, run.start, b"<%sr>" % prefix)
                part.replace(run.end, run.end, b"</%sr>" % prefix)
        if runs:
            part.replace(runs[-1].end, runs[-1].end, new)
        else:
            part.append(text, new)
    return True


def _cut(part: Part, runs: list[Node], words: list[str], left: int) -> None:
    """Keep the first letters of a comment and take away the rest, run by run."""
    for run, said in zip(runs, words, strict=True):
        if left <= 0:
            part.replace(run.start, run.end, b"")
        elif len(said) > left:
            only = [run] if run.name == "t" else list(run.every("t"))
            part.replace(only[0].inside, only[0].inside_end, escaped(said[:left]))
        left -= len(said)


def _comment(part: Part, place: Place, said: str, author: int) -> bytes:
    prefix = part.prefix(part.root)
    text = _run(prefix, f"{BEGIN}\n{said}")
    words = (prefix, address(*place).encode(), author, prefix, text, prefix, prefix)
    return b'<%scomment ref="%s" authorId="%d"><%stext>%s</%stext></%scomment>' % words


def _run(prefix: bytes, text: str) -> bytes:
    font = _FONT.replace(b"%s", prefix)
    return b'<%sr>%s<%st xml:space="preserve">%s</%st></%sr>' % (
        prefix, font, prefix, escaped(text[:_LONGEST]), prefix, prefix,
    )  # fmt: skip


def _place(comment: Node) -> Place | None:
    found = REFERENCE.fullmatch(comment.facts.get("ref", "").encode())
    return (int(found.group(2)) - 1, column_number(found.group(1))) if found else None


def _author(comment: Node, names: list[str]) -> str:
    number = whole_number(comment.facts.get("authorId"))
    return names[number] if number is not None and number < len(names) else ""
