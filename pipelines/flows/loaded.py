"""What became of many files: one summary, in which those that were refused are named with their first reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - the doctest below names it
from typing import TYPE_CHECKING

from pipelines.checking.person_words import kinds_in
from pipelines.flows.returns import Loaded
from pipelines.reading import guard
from schemas.problems import UserError
from schemas.returns.listed import listed
from schemas.returns.telling import names_anybody
from schemas.rules import file

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOT_READ = "It cannot be read. Save it as an Excel workbook under another name, and load it by itself."


@dataclass(frozen=True)
class Outcome:
    """One file, and what came of it: its report with its receipt, or why there is neither."""

    path: Path
    came: Loaded | UserError

    @property
    def exit_code(self) -> int:
        """As the command line ends with it."""
        return self.came.exit_code if isinstance(self.came, UserError) else self.came.report.exit_code

    @property
    def state(self) -> str:
        """What became of it, in the words of the summary."""
        if isinstance(self.came, UserError) or self.came.report.verdict == "refused":
            return "refused"
        if self.came.report.exit_code:
            return "with rows left out"
        return "with queries" if self.came.report.verdict == "accepted_with_queries" else "accepted"

    @property
    def is_known(self) -> bool:
        """Whether the very same file had been received before."""
        return isinstance(self.came, Loaded) and self.came.receipt.unchanged

    @property
    def says_its_name(self) -> bool:
        """Whether the reason repeats the file's name, as it does of a file nobody could open."""
        return isinstance(self.came, UserError) or any(
            p.rule == file.CANNOT_BE_READ.name for p in self.came.report.problems
        )

    @property
    def reason(self) -> str:
        """The first thing that is wrong with it."""
        if isinstance(self.came, UserError):
            return str(self.came)
        errors = [problem.message for problem in self.came.report.problems if problem.severity == "error"]
        return errors[0] if errors else ""


def summary(outcomes: Sequence[Outcome], passed_over: Sequence[Path] = ()) -> list[str]:
    """How many were accepted, with queries, with rows left out, refused; then what was wrong with each of the last two."""
    counts = Counter(outcome.state for outcome in outcomes)
    states = ("accepted", "with queries", "with rows left out", "refused")
    said = ", ".join(f"{counts[state]:,} {state}" for state in states if counts[state] or state != "with rows left out")
    many = len(outcomes)
    lines = [f"{many:,} {'workbook' if many == 1 else 'workbooks'}: {said}."]
    known = sum(outcome.is_known for outcome in outcomes)
    if known:
        lines.append(f"{known:,} of them had been received before.")
    lines += [*_several(outcomes), *_passed_over(passed_over)]
    for state in ("refused", "with rows left out"):
        named = [(place, each) for place, each in enumerate(outcomes, 1) if each.state == state]
        lines += ["", f"{state.capitalize()} ({len(named):,})"] if named else []
        lines += [f"  - {_line(place, each)}" for place, each in named]
    return lines


def _several(outcomes: Sequence[Outcome]) -> list[str]:
    """Senders of whom more than one file was taken, and which of them stands where they differ."""
    taken: dict[tuple[str | None, ...], list[Outcome]] = {}
    for each in outcomes:
        if isinstance(each.came, Loaded) and each.state != "refused":
            report = each.came.report
            taken.setdefault((report.agency_id, report.kind, report.period_id), []).append(each)
    return [
        f"{len(files):,} files of {sender} were taken; where they differ, {_shown(files[-1].path)} stands."
        for (sender, *_), files in taken.items()
        if len(files) > 1
    ]


def _passed_over(paths: Sequence[Path]) -> list[str]:
    folders = [path for path in paths if path.is_dir()]
    others = [path for path in paths if path not in folders]
    said: list[str] = []
    if others:
        said.append(f"{_counted(others, 'other file')} in the folder passed over: {_names(others)}.")
    if folders:
        said.append(f"{_counted(folders, 'folder')} inside it passed over: {_names(folders)}. Load it by itself.")
    return said


def _counted(paths: Sequence[Path], word: str) -> str:
    return f"{len(paths):,} {word}{'' if len(paths) == 1 else 's'}"


def _names(paths: Sequence[Path]) -> str:
    return listed([_shown(path) for path in paths])


def _shown(path: Path) -> str:
    return "one whose name is withheld" if _is_somebodys(path) else guard.shown_name(path)


def _line(place: int, outcome: Outcome) -> str:
    """A file by its name, and what is wrong; where its name may be somebody's, by its place in the order of names."""
    if _is_somebodys(outcome.path):
        return f"File {place:,}, whose name is withheld: {_NOT_READ if outcome.says_its_name else outcome.reason}"
    return f"{guard.shown_name(outcome.path)}: {outcome.reason}"


def _is_somebodys(path: Path) -> bool:
    """Whether a file is called after a person.

    >>> _is_somebodys(Path("jane_smith.xlsx")), _is_somebodys(Path("SCH-0142.xlsx"))
    (True, False)
    """
    words = " ".join(path.stem.replace("_", " ").replace("-", " ").split())
    return names_anybody(words) or bool(kinds_in(path.name))
