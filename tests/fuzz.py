"""Throws spoilt returns at the check for as long as it is given: `make fuzz`.

`FUZZ_MINUTES` says how long (10), `FUZZ_FROM` a folder of further files to spoil, of any format. A file that makes the
check break a promise is kept in `fuzz-found/`, with what it did. Exit code 1 where there was one.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory
from time import monotonic

from tests.fuzzing import Seed, broken_promise, own_seeds, seeds, spoilt

FOUND = Path("fuzz-found")


def main() -> int:
    """Spoil and check until the time is over; how many promises were broken."""
    until = monotonic() + 60 * float(os.environ.get("FUZZ_MINUTES", "10"))
    with TemporaryDirectory() as folder:
        kept = own_seeds(Path(folder))
    if more := os.environ.get("FUZZ_FROM"):
        kept = (*kept, *seeds(Path(more)))
    number = first = SystemRandom().randrange(10**9)
    broken = 0
    print(f"{len(kept)} files to spoil, from number {first:,} on")  # noqa: T201 - a program that prints
    while monotonic() < until:
        broken += _tried(kept, number)
        number += 1
    print(f"{number - first:,} spoilt files checked; {broken} broke a promise")  # noqa: T201 - as above
    return 1 if broken else 0


def _tried(kept: tuple[Seed, ...], number: int) -> bool:
    seed = spoilt(kept, number)
    try:
        said = broken_promise(seed, is_copied=True)
    except Exception:  # noqa: BLE001 - whatever it is, it is what we are looking for
        said = traceback.format_exc()
    if not said:
        return False
    FOUND.mkdir(exist_ok=True)
    (FOUND / f"{number}-{seed.name}").write_bytes(seed.content)
    (FOUND / f"{number}.txt").write_text(said, encoding="utf-8")
    print(f"{number}: {seed.name}: {said.strip().splitlines()[-1]}")  # noqa: T201 - as above
    return True


if __name__ == "__main__":
    sys.exit(main())
