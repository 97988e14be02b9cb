"""The child process that parses one file and then ends: `python -I -S child.py ROOT PACKAGES MEMORY SECONDS`.

Run by its path in a fresh interpreter. Standard input: a line of JSON (the format and the zip directory), then the
file's bytes. Standard output: lines of JSON. Before it looks at the file it gives up the right to more memory, more
processor time, any file or socket, and a core dump, for good. Windows has no such limits: there only the parent's
clock and the cap on the answer hold, so run the service on Linux or macOS.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # importing typing would cost 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def limit(kind: str, most: int) -> None:  # pragma: no cover - runs in a process of its own
    """Lower one of this process's limits where the system knows it."""
    try:
        import resource  # absent on Windows
    except ImportError:
        return
    try:
        resource.setrlimit(getattr(resource, kind), (most, most))
    except (ValueError, OSError):  # macOS refuses RLIMIT_AS; the parent's clock still holds
        return


def records(question: dict[str, Any]) -> Iterator[object]:  # pragma: no cover - runs in a process of its own
    """What the right reader says of the file that now comes, once no file can be opened any more."""
    if question["form"] == "csv":
        from pipelines.reading import delimited

        quick = None
        if question["is_large"]:
            from pipelines.reading.delimited_fast import columns as quick
        delimited.load_encodings()
        limit("RLIMIT_NOFILE", 3)
        limit("RLIMIT_FSIZE", 0)
        yield from delimited.records(sys.stdin.buffer.read(), quick)
    else:
        from pipelines.reading import parsing

        limit("RLIMIT_NOFILE", 3)
        limit("RLIMIT_FSIZE", 0)
        yield from parsing.records(sys.stdin.buffer.read(), **question)


def main() -> None:  # pragma: no cover - runs in a process of its own
    """Read the question, answer it line by line, end."""
    root, packages, memory, seconds = sys.argv[1:5]
    limit("RLIMIT_AS", int(memory))
    limit("RLIMIT_CPU", int(seconds))
    limit("RLIMIT_CORE", 0)
    sys.path += [root, packages]
    import gc  # after the limits, as everything that follows
    import json

    from pipelines.reading.lines import line
    from pipelines.reading.parts import TOO_LARGE, TOO_MANY, Refusal

    gc.disable()  # nothing here makes cycles, and the process ends in a moment
    question = json.loads(sys.stdin.buffer.readline())
    answer = sys.stdout.buffer
    try:
        for record in records(question):
            answer.write(line(record))
    except Refusal as refusal:
        answer.write(line({"refused": str(refusal)}))
    except MemoryError:
        answer.write(line({"refused": TOO_MANY if question["form"] == "csv" else TOO_LARGE}))
    answer.flush()


if __name__ == "__main__":  # pragma: no cover - runs in a process of its own
    main()
