"""Spoils real returns at random, and holds the check to what it promises of any file: `make fuzz`, and in short in the tests.

A spoilt file is made from a number alone, so that a failure can be made again.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

from pipelines.checking import annotate, check, problem_sheet
from pipelines.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipelines.checking.report import Report

TODAY = date(2026, 10, 20)
SECONDS = 10.0
VERDICTS = {0: ("accepted", "accepted_with_queries"), 1: ("accepted_with_queries", "refused"), 2: ("refused",)}
# What programs that write spreadsheets get wrong, and what people who wish us ill put in.
NUMBERS = (b"0", b"-1", b"1048577", b"99999999999999999999", b"1e309", b"NaN", b"-0.0", b"16385", b"4294967296")
PIECES = (
    b"\0",
    b"\xff\xfe",
    b"<",
    b"]]>",
    b"&lol;",
    b"&#x1F;",
    b"<!--",
    b"<![CDATA[",
    b"\xed\xa0\x80",
    b"=1+1",
    b"'" * 9,
)
LINES = (b'"', b";", b"\t", b"\r", b"\n\n\n", b",,,,,,,,", b"\xef\xbb\xbf", b"\x1a", b'""""', b"|", b"\xa0")
NUMBER = re.compile(rb'(?<=")\d+(?=")|(?<=>)-?\d+(?:\.\d+)?(?=<)')
TAG = re.compile(rb"<[^<>]{1,200}>")


@dataclass(frozen=True)
class Seed:
    """A sound file to spoil: its name and its bytes."""

    name: str
    content: bytes


def seeds(folder: Path) -> tuple[Seed, ...]:
    """Every filled file of a folder and of those inside it, smallest first."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size]
    return tuple(Seed(path.name, path.read_bytes()) for path in sorted(found, key=lambda path: path.stat().st_size))


def spoilt(kept: tuple[Seed, ...], number: int) -> Seed:
    """The spoilt file of a number: always the same for the same seeds."""
    chance = random.Random(number)  # noqa: S311 - to be repeated, not to be secret
    seed = chance.choice(kept)
    content = seed.content
    for _ in range(chance.randint(1, 4)):
        content = chance.choice(_ways(content))(content, chance)
    return Seed(seed.name, content)


def broken_promise(seed: Seed, *, is_copied: bool = False) -> str:
    """What the check did with a file that it promises never to do; empty where it kept every promise.

    `is_copied`: the marked copy of what can be used is made too, and must open.
    """
    with TemporaryDirectory() as place:
        path = Path(place) / seed.name
        path.write_bytes(seed.content)
        began = monotonic()
        report = check(path, today=TODAY)
        spent = monotonic() - began
        left = [each.name for each in Path(place).iterdir() if each != path]
        copied = _copied(path, report) if is_copied and report.exit_code != 2 else ""
    if copied:
        return copied
    if spent > SECONDS + 1:
        return f"it took {spent:.1f} seconds"
    if left:
        return "it left a file behind"
    if report.verdict not in VERDICTS.get(report.exit_code, ()):
        return f"exit code {report.exit_code} does not go with {report.verdict}"
    if report.exit_code and not any(problem.severity == "error" for problem in report.problems):
        return "it was refused without a reason"
    faulty = [
        p.rule for p in report.problems if not p.message.rstrip().endswith((".", "?", "…")) or "Traceback" in p.message
    ]
    return f"the message of {faulty[0]} is no sentence" if faulty else ""


def _copied(path: Path, report: Report) -> str:
    """What is wrong with the marked copy."""
    out = path.with_name("the marked copy.xlsx")
    annotate(path, report, out)
    first = read(out).sheets[0]
    beside = {each.name for each in path.parent.iterdir()} - {path.name, out.name}
    if first.rows[0][0] != problem_sheet.TITLE:
        return "its marked copy has no list in front"
    return "its marked copy left a file behind" if beside else ""


def _ways(content: bytes) -> tuple[Callable[[bytes, random.Random], bytes], ...]:
    if content.startswith(b"PK\x03\x04"):
        return (_part, _part, _part, _part, _flipped, _cut, _repacked)
    return (_flipped, _cut, _inserted, _inserted, _repeated, _encoded)


def _flipped(content: bytes, chance: random.Random) -> bytes:
    """Some bytes changed."""
    spoilt_ = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        spoilt_[chance.randrange(len(spoilt_))] = chance.randrange(256)
    return bytes(spoilt_)


def _cut(content: bytes, chance: random.Random) -> bytes:
    """The end missing, as after a broken copy."""
    return content[: chance.randint(1, len(content))]


def _inserted(content: bytes, chance: random.Random) -> bytes:
    """A piece put in somewhere."""
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(LINES + PIECES) * chance.choice((1, 1, 3, 200)) + content[at:]


def _repeated(content: bytes, chance: random.Random) -> bytes:
    """A stretch that comes many times over."""
    at = chance.randrange(len(content))
    return content[:at] + content[at : at + chance.randint(1, 400)] * chance.randint(2, 50) + content[at:]


def _encoded(content: bytes, chance: random.Random) -> bytes:
    """The same words in another encoding."""
    text = content.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-7", "utf-8-sig")), "replace")


def _repacked(content: bytes, chance: random.Random) -> bytes:
    """A zip with a part missing, renamed, doubled or made empty."""
    parts = _unpacked(content)
    if not parts:
        return content
    name, body = chance.choice(parts)
    others = [each for each in parts if each[0] != name]
    changed = chance.choice(
        ([], [(name.upper(), body)], [(name, b"")], [(f"../{name}", body)], [(name, body), (f"x/{name}", body)])
    )
    return _packed([*others, *changed])


def _part(content: bytes, chance: random.Random) -> bytes:
    """A zip with one of its parts spoilt as XML: numbers too large, tags lost, doubled or nested, strange pieces."""
    parts = _unpacked(content)
    if not parts:
        return content
    spoil = chance.choice([each for each in range(len(parts)) if parts[each][1]] or [0])
    name, body = parts[spoil]
    parts[spoil] = (name, chance.choice((_number, _tag, _piece, _nested))(body, chance))
    return _packed(parts)


def _number(body: bytes, chance: random.Random) -> bytes:
    found = list(NUMBER.finditer(body))
    if not found:
        return body
    at = chance.choice(found)
    return body[: at.start()] + chance.choice(NUMBERS) + body[at.end() :]


def _tag(body: bytes, chance: random.Random) -> bytes:
    found = list(TAG.finditer(body))
    if not found:
        return body
    at = chance.choice(found)
    return body[: at.start()] + at.group() * chance.choice((0, 0, 2, 300)) + body[at.end() :]


def _piece(body: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(body))
    return body[:at] + chance.choice(PIECES) + body[at:]


def _nested(body: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(body))
    return body[:at] + b"<a>" * chance.choice((2, 500, 20_000)) + body[at:]


def _unpacked(content: bytes) -> list[tuple[str, bytes]]:
    """The parts of a zip; none where it is too spoilt to be one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return [(name, package.read(name)) for name in dict.fromkeys(package.namelist())]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return []


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in parts:
            package.writestr(name, body)
    return buffer.getvalue()


def own_seeds(folder: Path) -> tuple[Seed, ...]:
    """The returns of the sample that are spoilt where nobody gives others: figures, as workbook and as csv, and logs."""
    from sample_data.files import write_csv, write_workbook
    from sample_data.logs.files import write
    from sample_data.logs.returns import log_returns
    from sample_data.returns import World
    from schemas.catalogue import catalogue
    from schemas.periods import parse

    quarter = parse("2026-27-Q2")
    sent = next(World(catalogue()).returns("lcc_cf", quarter))
    write_workbook(sent, catalogue(), folder)
    write_csv(sent, catalogue(), folder)
    for log in _one_of_each(log_returns((quarter,))):
        write(log, catalogue(), folder / f"{log.name}.xlsx")
    return seeds(folder)


def _one_of_each(logs: Iterator) -> Iterator:
    yield from {log.kind: log for log in logs}.values()
