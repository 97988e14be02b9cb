"""What an analyst does with a return: get the template, check it, see what it would change, send it, take it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pipelines.checking import Report, check
from pipelines.checking.stated import NOTHING_STATED, Stated
from pipelines.flows import layouts as saved
from pipelines.flows.layout_words import hold
from pipelines.flows.templates import write_template
from pipelines.reading import guard
from pipelines.store import records, submissions
from pipelines.store.opening import VAULT, transaction
from pipelines.store.received import names_somebody, usable
from schemas.actors import SENDERS, Actor, may_act_for, require
from schemas.problems import UserError
from schemas.returns import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from typing import TypeAlias

    import pandas as pd

    from pipelines.store.received import Receipt
    from pipelines.store.taking_back import TakenBack
    from schemas.layouts.layout import Layout
    from schemas.returns.mends import Mend

    Records: TypeAlias = Mapping[str, pd.DataFrame]
    Standing: TypeAlias = Callable[[str, str], Records]

__all__ = [
    "Loaded",
    "Report",
    "Stated",
    "begin",
    "check_file",
    "preview",
    "revert",
    "submit",
    "withdraw",
    "write_template",
]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of one file: its report and its receipt."""

    path: Path
    report: Report
    receipt: Receipt

    def words(self) -> str:
        """One line for the terminal: what became of the file."""
        report, receipt = self.report, self.receipt
        if receipt.unchanged:
            return f"{report.file}: already received as {receipt.submission_id}, nothing changed."
        worst = [p for p in report.problems if p.severity == "error"][:1]
        if report.verdict == "refused":
            return f"{report.file}: refused. {worst[0].message if worst else ''}".rstrip()
        changed = f", {receipt.changed_words}" if receipt.changed_words else ""
        queries = sum(p.severity == "query" for p in report.problems)
        asked = f", {queries} {'query' if queries == 1 else 'queries'}" if queries else ""
        return (
            f"{report.file}: {receipt.submission_id}, {report.rows_accepted} of {report.rows} rows accepted"
            f"{asked}{changed}{_for(receipt.on_behalf_of)}."
        )


def _for(sender: str) -> str:
    return f", loaded on behalf of {sender}" if sender else ""


def check_file(  # noqa: PLR0913 - where, who, what, when, and what it is to be
    home: Path,
    actor: Actor,
    path: Path,
    at: datetime,
    kind: str | None = None,
    *,
    moderating: bool = False,
    standing: Standing | None = None,
    layouts: Sequence[Layout] = (),
    stated: Stated = NOTHING_STATED,
    acting_for: str = "",
    mends: Sequence[Mend] | None = None,
    said: Callable[[str], None] | None = None,
) -> Report:
    """Check a file against the catalogue and, where the vault holds any, the agency's own history. Stores nothing.

    The history is only for those who may act for the agency the file names: what a check says of a made-up file
    would otherwise tell anybody what another agency once sent. `moderating`: the business unit sends what it has moderated.
    `standing`: what gives the records that stand of a kind, for a sender, where the caller has read them already.
    `layouts` and `stated`: as `pipelines.checking.check` takes them; without `layouts` those are used that were saved for
    the agency the file is sent for: the one stated, or else the one the actor is `acting_for`.
    `mends` and `said`: as `check` takes them.
    """
    if moderating:
        require(actor, "business_unit")

    def history(agency_id: str, period_id: str) -> pd.DataFrame | None:
        if not may_act_for(actor, agency_id):
            return None
        with transaction(home, write=False) as connection:
            return submissions.history(connection, agency_id, period_id)

    def held(kind_id: str, agency_id: str) -> Records:
        return (standing or partial(_beside, home))(kind_id, agency_id) if may_act_for(actor, agency_id) else {}

    known = (home / VAULT).exists()
    return check(
        path,
        kind=kind,
        today=at.date(),
        history=history if known else None,
        held=held if known else None,
        moderating=moderating,
        layouts=layouts or saved.to_read_by(home, actor, stated.agency or acting_for),
        stated=stated,
        mends=mends,
        said=said,
    )


def _beside(home: Path, kind_id: str, sender_id: str) -> Records:
    """The records that a sender's return of a log is held against, by sheet."""
    with transaction(home, write=False) as connection:
        return records.beside(connection, kinds()[kind_id], sender_id)


def preview(home: Path, actor: Actor, report: Report) -> pd.DataFrame:
    """What the return would change, figure by figure, against what stands now."""
    require(actor, *SENDERS, agency_id=report.agency_id)
    with transaction(home, write=False) as connection:
        return submissions.changes(connection, report)


def submit(  # noqa: PLR0913 - where, who, what, when, how it is to be read, and what of it was mended
    home: Path,
    actor: Actor,
    path: Path,
    at: datetime,
    *,
    moderating: bool = False,
    layouts: Sequence[Layout] = (),
    stated: Stated = NOTHING_STATED,
    acting_for: str = "",
    mends: Sequence[Mend] = (),
) -> Loaded:
    """Check a file and store it as a submission of the agency it speaks for; how it is read, as `check_file` takes it.

    `mends` are stored beside it. The file is kept as it came, and only where it names nobody as it came: a name that was
    mended on the page still stands in the file.
    """
    require(actor, *SENDERS)
    _confirmed(layouts)
    content = guard.contents(path)
    if not (home / VAULT).exists():
        begin(home)  # so that a respondent is looked for on the register of a vault that has none yet
    look = partial(
        check_file, home, actor, path, at, moderating=moderating, layouts=layouts, stated=stated, acting_for=acting_for
    )
    report = look(mends=mends or None)
    if report.agency_id is not None:
        require(actor, *SENDERS, agency_id=report.agency_id)
    if mends:
        # Whose it is may have been said on the page; the rows are looked at as they came.
        cover = [mend for mend in mends if not mend.cell]
        as_it_came = look(mends=cover)
        may_be_kept = report.original_may_be_kept and usable(as_it_came) and not names_somebody(as_it_came)
        report = replace(report, original_may_be_kept=may_be_kept, as_read=None)
    with transaction(home, write=True) as connection:
        receipt = submissions.receive(connection, home, actor, report, content, at=at)
    return Loaded(path, report, receipt)


def _confirmed(layouts: Sequence[Layout]) -> None:
    """A figure counts only by a layout that a person has looked at, a guess being read as a fact ever after, and that names nobody."""
    for layout in layouts:
        hold(layout.model_dump())
        if not layout.is_confirmed:
            raise UserError(
                f"Nobody has confirmed the layout “{layout.title}”. Look at each of its lines, then write your role under "
                "confirmed_by and the day under confirmed_on."
            )


def begin(home: Path) -> None:
    """Make an empty vault where there is none: nothing has been done yet, so nothing is logged."""
    with transaction(home, write=False):
        pass


def withdraw(home: Path, actor: Actor, submission_id: str, reason: str, at: datetime) -> TakenBack:
    """Take a submission back, with a reason; says what stands again and which figures change."""
    require(actor, *SENDERS, agency_id=submission_id.split(".", 1)[0])
    with transaction(home, write=True) as connection:
        return submissions.withdraw(connection, actor, submission_id, reason, at=at)


def revert(home: Path, actor: Actor, submission_id: str, reason: str, at: datetime) -> TakenBack:
    """Make an earlier version stand again, with a reason; the one that stood is kept and can be gone back to."""
    require(actor, *SENDERS, agency_id=submission_id.split(".", 1)[0])
    with transaction(home, write=True) as connection:
        return submissions.revert(connection, actor, submission_id, reason, at=at)
