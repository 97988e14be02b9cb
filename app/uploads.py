"""Files a reader drops on the page: checked from a folder of their own that is gone when the check is done."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.refusing import on_page
from pipelines.flows import annotating, mending, refusals, returns, unknown_files
from schemas.problems import UserError
from schemas.returns.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from datetime import datetime

    import pandas as pd
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from app.session import Visit
    from pipelines.flows.mending import Mendable
    from pipelines.flows.returns import Loaded
    from pipelines.flows.unknown_files import Unknown
    from schemas.layouts import Layout
    from schemas.returns.mends import Mend


_LONGEST_NAME = 255  # bytes, of a file on any common disk
_LONGEST_ENDING = 10  # letters


@dataclass(frozen=True)
class Checked:
    """One file: what the check said, what of it can be mended here, and what it would change.

    `changes` is None where that cannot be asked; `not_yours` then says why, where it is for the reader to know.
    `unexplained`: those of the changes that come without a reason, which can be given here.
    """

    report: returns.Report
    changes: pd.DataFrame | None
    not_yours: str = ""
    mendables: tuple[Mendable, ...] = ()
    unexplained: tuple[Mendable, ...] = ()


def check(
    visit: Visit,
    file: UploadedFile,
    *,
    moderating: bool = False,
    mends: Sequence[Mend] = (),
    said: Callable[[str], None] | None = None,
) -> Checked:
    """Check a file and ask what it would change; nothing is stored. `moderating`: it holds the business unit's moderation.

    `mends`: what its sender has mended, taken for the file's own. `said` is told what is being done.
    """
    with _kept(file) as path:
        report = returns.check_file(
            visit.home,
            visit.actor,
            path,
            visit.at,
            moderating=moderating,
            stated=stated(file),
            acting_for=acting_for(visit),
            mends=mends,
            said=said,
        )
    refusals.note(visit.home, visit.actor, report, visit.at)
    can = mending.mendables(visit.actor, report, visit.at.date())
    if report.agency_id is None or report.verdict == "refused":
        return Checked(report, None, mendables=can)
    if said:
        said("Comparing with what you sent before")
    try:
        changes = returns.preview(visit.home, visit.actor, report)
        return Checked(report, changes, mendables=can, unexplained=mending.unexplained(report, changes, can))
    except UserError as why:
        return Checked(report, None, on_page(why), can)


def submit(
    visit: Visit, file: UploadedFile, at: datetime, *, moderating: bool = False, mends: Sequence[Mend] = ()
) -> Loaded:
    """Send a file that has been checked, with what was mended of it."""
    with _kept(file) as path:
        return returns.submit(
            visit.home,
            visit.actor,
            path,
            at,
            moderating=moderating,
            stated=stated(file),
            acting_for=acting_for(visit),
            mends=mends,
        )


def annotated(
    visit: Visit,
    file: UploadedFile,
    *,
    moderating: bool = False,
    stated: returns.Stated | None = None,
    mends: Sequence[Mend] = (),
) -> bytes:
    """The reader's own workbook with the cells marked that still need a look. `stated`: whose it is, where a layout says so.

    `mends`: what was mended on the page; it is listed in the copy, and no longer marked as open.
    """
    with _kept(file) as path:
        return annotating.annotated(
            visit.home,
            visit.actor,
            path,
            visit.at,
            moderating=moderating,
            stated=stated,
            acting_for=acting_for(visit),
            mends=mends,
        )


def acting_for(visit: Visit) -> str:
    """The agency whose returns are on the page: the reader's own, or the one the business unit has chosen there."""
    return visit.actor.agency_id or str(st.session_state.get("agency_of_returns") or "")


def looked_at(file: UploadedFile) -> Unknown:
    """A file of an unknown shape, read to be shown. UserError where it may not be."""
    with _kept(file) as path:
        return unknown_files.looked_at(path)


def tried(visit: Visit, file: UploadedFile, layout: Layout, period_id: str) -> returns.Report:
    """What the check would say of a file if it were read by a layout that is not kept yet."""
    confirmed = layout.model_copy(update={"confirmed_by": visit.actor.name, "confirmed_on": visit.at.date()})
    stated = returns.Stated(layout.agency_id, period_id)
    with _kept(file) as path:
        return returns.check_file(visit.home, visit.actor, path, visit.at, layouts=(confirmed,), stated=stated)


def state(file: UploadedFile, agency_id: str, period_id: str) -> None:
    """Remember for this window whose a file is and for when, as its sender said."""
    st.session_state[f"stated-{file.file_id}"] = returns.Stated(agency_id, period_id)


def stated(file: UploadedFile) -> returns.Stated:
    """What its sender said of a file in this window."""
    said: returns.Stated = st.session_state.get(f"stated-{file.file_id}", returns.Stated())
    return said


def template(visit: Visit, agency_id: str, period_id: str, kind: str = "figures", **asked: Any) -> bytes:  # noqa: ANN401 - which instrument, for whom
    """The workbook an agency fills in for a quarter; of a self-assessment `instrument` and `moderating` say which copy."""
    with tempfile.TemporaryDirectory(prefix="throughline-") as folder:
        out = Path(folder) / "template.xlsx"
        returns.write_template(visit.home, visit.actor, kind, agency_id, period_id, out, at=visit.at, **asked)
        return out.read_bytes()


def plain_name(sent: str) -> str:
    r"""The name under which a file is kept for its check: its own, as far as a disk can hold it.

    Only the last part: a browser may send a path, and it must not lead out of the folder. What nobody sees, such as a NUL, is
    left out. A longer name than a file may have here is cut in the middle, as the way it ends says what it is: elsewhere
    255 letters are allowed, which may be three times as many bytes.

    >>> plain_name("C:\\returns\\Q2\x00 final.xlsx"), plain_name("../.."), len(plain_name("é" * 250 + ".csv").encode())
    ('Q2 final.xlsx', 'return.xlsx', 255)
    """
    name = " ".join(visible(sent).encode("utf-8", "replace").decode().replace("\\", "/").rpartition("/")[2].split())
    if not name.strip("."):
        return "return.xlsx"
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    mark, end = "…", Path(name).suffix if len(Path(name).suffix) <= _LONGEST_ENDING else ""
    room = _LONGEST_NAME - len(f"{mark}{end}".encode())
    return f"{name.encode()[:room].decode(errors='ignore')}{mark}{end}"


@contextmanager
def _kept(file: UploadedFile) -> Generator[Path]:
    """The file in a folder of its own, gone with the folder. UserError where it cannot be put there."""
    try:
        with tempfile.TemporaryDirectory(prefix="throughline-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / plain_name(file.name)
            path.write_bytes(file.getvalue())
            yield path
    except OSError as why:
        raise UserError(
            "The file could not be kept for the check: the disk may be full. Nothing was stored. Try again, or tell "
            "whoever runs Throughline."
        ) from why
