"""The file that should never have been sent: a list of children, here of children who do not exist."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from schemas.periods import Period

# NHS numbers beginning 999 are reserved for testing and never given to anybody.
CHILDREN = (
    ("999 000 0018", "Example Child One", "01/01/2015", "LS99 9ZZ"),
    ("999 000 0026", "Example Child Two", "02/02/2012", "LS99 9ZZ"),
    ("999 000 0034", "Example Child Three", "03/03/2010", "LS99 9ZZ"),
)


def write_child_list(out: Path, quarter: Period) -> Path:
    """Write a child-level list under the name of a return; checking must refuse it and repeat nothing from it."""
    path = out / f"SYNTHETIC_{quarter.id}_lch_REFUSED_child_list.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["NHS number", "Name", "Date of birth", "Postcode", "Waiting since"])
        writer.writerows([*child, "2026-03-02"] for child in CHILDREN)
    return path
