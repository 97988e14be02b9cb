"""What the vault needs to know of a checked return, and what it answers on receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pipelines.store.differences import missing
from schemas.returns import kinds
from schemas.rule import rules_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from schemas.problems import Problem
    from schemas.returns.mends import Mend

STANDING = ("accepted", "accepted_with_queries")
NOT_USABLE = 2


class Received(Protocol):
    """A checked return; `pipelines.checking.Report` is one. Frames as in the contract of figures."""

    @property
    def file(self) -> str:
        """The file's name."""
        ...

    @property
    def file_sha256(self) -> str:
        """SHA-256 of the content that was checked."""
        ...

    @property
    def kind(self) -> str | None:
        """The kind of return, where it could be told."""
        ...

    @property
    def agency_id(self) -> str | None:
        """Who sent it, where it could be told."""
        ...

    @property
    def period_id(self) -> str | None:
        """The period it answers for, where it could be told."""
        ...

    @property
    def verdict(self) -> str:
        """accepted, accepted_with_queries or refused."""
        ...

    @property
    def exit_code(self) -> int:
        """2 where the file was not usable at all: unreadable, unsafe or about single people."""
        ...

    @property
    def rows(self) -> int:
        """Rows found."""
        ...

    @property
    def rows_accepted(self) -> int:
        """Rows without an error."""
        ...

    @property
    def problems(self) -> Sequence[Problem]:
        """What the check found."""
        ...

    @property
    def figures(self) -> pd.DataFrame:
        """The accepted figures; index = row of the sheet, column `sheet`."""
        ...

    @property
    def commentary(self) -> pd.DataFrame:
        """indicator_id, what_happened, why, what_we_are_doing."""
        ...

    @property
    def not_held(self) -> pd.DataFrame:
        """indicator_id, reason."""
        ...

    @property
    def records(self) -> Mapping[str, pd.DataFrame]:
        """Of a log, the accepted records of each sheet as text; index = row of the sheet."""
        ...

    @property
    def cover(self) -> Mapping[str, str]:
        """The answers of the cover sheet."""
        ...

    @property
    def mends(self) -> Sequence[Mend]:
        """The answers its sender mended, which were read in place of the file's own."""
        ...

    @property
    def original_may_be_kept(self) -> bool:
        """False where the file as it came may name somebody in a cell that was mended since."""
        ...

    @property
    def template_version(self) -> str:
        """The version the template carries."""
        ...


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a file: its submission, and figure by figure what it changed (was, now and reason: in words).

    `on_behalf_of`: the sender whose return the business unit entered, empty where the sender did it itself.
    """

    submission_id: str
    version: int
    state: str
    unchanged: bool
    changes: pd.DataFrame
    on_behalf_of: str = ""

    @property
    def words(self) -> str:
        """The receipt in a sentence."""
        if self.unchanged:
            return f"{self.submission_id}: already received, nothing changed."
        if self.state == "refused":
            return f"{self.submission_id}: refused; nothing of it was taken over."
        said = f"{self.submission_id}: {self.state.replace('_', ' ')}"
        if self.on_behalf_of:
            said = f"{said}, loaded by the business unit on behalf of {self.on_behalf_of}"
        # The first that is sent of a log adds what it says, and needs no telling.
        adds = self.version == 1 and "record_key" in self.changes
        changed = "" if adds else self.changed_words
        return f"{said}; {changed}." if changed else f"{said}."

    @property
    def changed_words(self) -> str:
        """What it changes of what stood before, missing figures first; empty for the first return of a period."""
        return changed_words(self.changes, is_first=self.version == 1)


def changed_words(changes: pd.DataFrame, *, is_first: bool = False) -> str:
    """How many figures, or records of a log, are no longer what they were: those that are missing first."""
    count = len(changes)
    if "record_key" in changes:
        return f"{count:,} {'record is' if count == 1 else 'records are'} new or changed"
    if is_first and not count:
        return ""
    differs = f"{count:,} figures differ" if count != 1 else "1 figure differs"
    gone = missing(changes)
    first = f"{gone:,} {'figure' if gone == 1 else 'figures'} sent before {'is' if gone == 1 else 'are'} missing; "
    return f"{first if gone else ''}{differs} from what stood before"


def identity(report: Received) -> str:
    """What a new version replaces: agency, kind and period; `unknown` where the file did not tell."""
    return f"{report.agency_id or 'unknown'}.{report.kind or 'unknown'}.{report.period_id or 'unknown'}"


def usable(report: Received) -> bool:
    """Whether the file may be kept: not when it was unreadable, unsafe or about single people."""
    return report.verdict != "refused" or report.exit_code != NOT_USABLE


def may_keep_original(report: Received) -> bool:
    """Whether the file itself may be kept: not where it was not usable, nor where a cell of it may name somebody.

    What was taken of it is kept all the same, record by record; nothing would ever take the name out of a kept file.
    """
    return usable(report) and report.original_may_be_kept and not names_somebody(report)


def names_somebody(report: Received) -> bool:
    """Whether a cell may name somebody, by what the check found."""
    named = {rule.name for kind in ("file", "log", report.kind or "") for rule in rules_of(kind) if rule.withheld}
    return any(problem.rule in named for problem in report.problems)


def refusal(report: Received) -> str:
    """Why it was refused, without anything a cell holds; empty if it was not.

    Of a log each error is said by its rule and its cell: its messages may repeat a cell, and this is kept for good.
    """
    if report.verdict != "refused":
        return ""
    errors = [problem for problem in report.problems if problem.severity == "error"]
    kind = kinds().get(report.kind or "")
    is_log = kind is not None and kind.is_log
    return " ".join(_by_rule(one) if is_log else one.message for one in errors[:3]) or "No row could be accepted."


def _by_rule(problem: Problem) -> str:
    """A problem without its values: its rule's name, which is a sentence, and where it stands.

    >>> from schemas.problems import Problem
    >>> _by_rule(Problem("log_day_cannot_be_read", "error", "Due by: “soon” is not a day.", sheet="Actions", cell="F2"))
    'Day cannot be read (Actions!F2).'
    """
    if problem.value is None and not problem.cell:
        return problem.message
    words = problem.rule.removeprefix("log_").replace("_", " ")
    place = f" ({problem.sheet}!{problem.cell})" if problem.sheet and problem.cell else ""
    return f"{words[:1].upper()}{words[1:]}{place}."
