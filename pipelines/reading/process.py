"""Start the child process for one file, ask it, and hear its answer out within a time and a size."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from functools import cache
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from pipelines.reading.lines import records

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

# A workbook of 200,000 rows takes a quarter of it, text of 1,000,000 rows under half.
MEMORY_LIMIT = 1_000_000_000
ARROW_ITSELF = 300_000_000
# Text of 1,000,000 rows is 60 MB of numbers; 150 MB in which no text is like another would still fit.
ANSWER_LIMIT = 256_000_000
# NumPy, which Arrow loads, would lay claim to room for the threads of sums nobody asks of it.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
KEPT_VARIABLES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
CHILD = Path(__file__).with_name("child.py")
ROOT = Path(__file__).parents[2]
OUT_OF_TIME = "takes too long to read. Delete unused sheets, rows and columns, and send it again."
STOPPED = "is damaged, or is made so that no program can read it. Open it in Excel, save a new copy, and send that."


class Unanswered(Exception):  # noqa: N818 - turned into a UserError with the file's name by the caller
    """Why there is no whole answer: the rest of a sentence that begins with the file's name."""


class Stopped(Unanswered):
    """The child broke down, or said something that makes no sense."""

    def __init__(self) -> None:
        """There is one sentence for it, since nobody knows more."""
        super().__init__(STOPPED)


def started(seconds: float, *, is_large: bool = False) -> subprocess.Popen[bytes]:
    """A child that waits for its question, without our environment, its tracebacks thrown away.

    One that reads large text loads Arrow, whose files take room of addresses beside the memory it may fill.
    """
    command = [
        sys.executable,
        "-I",
        "-S",
        str(CHILD),
        str(ROOT),
        _packages(),
        str(MEMORY_LIMIT + is_large * ARROW_ITSELF),
        str(max(ceil(seconds), 0) + 1),
    ]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and script; the file's name is no argument
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ONE_THREAD | {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ},
    )


@cache
def _packages() -> str:
    """The folder that calamine is installed in; naming it spares the child a third of its start."""
    found = find_spec("python_calamine")
    if not found or not found.origin:
        message = "python-calamine is not installed"
        raise ModuleNotFoundError(message)
    return str(Path(found.origin).parents[1])


def answers(
    process: subprocess.Popen[bytes], question: dict[str, Any], content: bytes, *, until: float
) -> Generator[Any]:
    """The child's records, read while it is still parsing. Raises Unanswered if it ends before it is done."""
    feeder = threading.Thread(target=_feed, args=(process, question, content), daemon=True)
    clock = threading.Timer(max(until - monotonic(), 0), process.kill)
    clock.daemon = True
    feeder.start()
    clock.start()
    is_done = False
    try:
        for said in _records(process):
            is_done = "done" in said or "refused" in said
            yield said
        process.wait()
        if not is_done:
            raise Unanswered(OUT_OF_TIME) if _is_out_of_time(process, until) else Stopped
    finally:
        clock.cancel()
        end(process)
        feeder.join()
        clock.join()


def end(process: subprocess.Popen[bytes]) -> None:
    """Make sure that nothing of a child is left."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            try:
                pipe.close()
            except BrokenPipeError:
                continue


def _records(process: subprocess.Popen[bytes]) -> Iterator[Any]:
    """Each record of the answer, up to a size."""
    try:
        yield from records(process.stdout, ANSWER_LIMIT) if process.stdout else ()
    except (ValueError, TypeError, RecursionError):
        raise Stopped from None


def _feed(process: subprocess.Popen[bytes], question: dict[str, Any], content: bytes) -> None:
    """Write the question; a child that has refused or died early stops listening, which is its right."""
    if not process.stdin:
        return
    try:
        process.stdin.write(json.dumps(question).encode() + b"\n")
        process.stdin.write(content)
        process.stdin.close()
    except (BrokenPipeError, ValueError):
        return


def _is_out_of_time(process: subprocess.Popen[bytes], until: float) -> bool:
    return monotonic() >= until or process.returncode == -getattr(signal, "SIGXCPU", 0)
