"""The workbook of a self-assessment: whose it is, who will see it, and what of it is open to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.reports.template_log import Part, parts_of
from pipelines.reports.template_sheets import cover, due_words
from schemas.catalogue import catalogue
from schemas.returns.respondents import is_respondent

if TYPE_CHECKING:
    from pipelines.reports.template_look import Look
    from pipelines.reports.template_sheets import Asked, Given
    from schemas.catalogue.instrument import Instrument
    from schemas.periods import Period
    from schemas.returns import Kind

_COMPLETED = ("Designated safeguarding lead", "Deputy designated safeguarding lead", "Safeguarding manager", "Manager")
_SIGNED_OFF = ("Head teacher", "Chair of governors", "Chair of trustees", "Chief executive", "Director", "Owner")
_ASKED: tuple[Asked, ...] = (
    ("Completed by (role)", "answer", "A role, never a name.", _COMPLETED),
    ("Signed off by (role)", "answer", "Who stands by these answers: a role, never a name.", _SIGNED_OFF),
    ("Signed off on", "date", "As 20 November 2026.", ()),
)
# Said before anybody answers: a body that learns afterwards who reads it does not answer openly again.
WHO_SEES_IT = {
    "respondent": "Who will see your name: you, the lead of your sector and the business unit. Nobody else is told that it "
    "was you: others see how many of your sector replied and how they scored in the middle.",
    "agency": "Who will see your answers: the Executive sees them under your name. Other agencies see whether you have "
    "replied, and how your sector scored in the middle; the public sees sectors only, and no agency.",
    "partnership": "Who will see it: members of the Executive, and the partnership's agencies. It names groups, and nobody.",
}


@dataclass(frozen=True)
class Copy:
    """One workbook: who answers, by id and by name, which instrument, and whether it is the business unit's to moderate."""

    sender_id: str
    name: str
    instrument: Instrument
    moderating: bool = False

    def parts(self, kind: Kind) -> tuple[Part, ...]:
        """The sheets of the instrument; what is the business unit's stands in its own copy, and nothing else is open there."""
        shown = [part for part in parts_of(kind) if part.layout.only_for in ("", self.instrument.id)]
        if self.moderating:
            return tuple(_open_to_the_keeper(part) for part in shown if any(c.keeper for c in part.columns))
        return tuple(Part(p.layout, tuple(c for c in p.columns if not c.keeper), p.open) for p in shown)


def assessment_cover(look: Look, kind: Kind, copy: Copy, period: Period) -> None:
    """Whose self-assessment it is, for which year, who stands by it, and who will see it."""
    sheet, below = cover(look, kind.title, _given(kind, copy, period), () if copy.moderating else _ASKED)
    sheet.merge_range(below + 1, 0, below + 1, 2, _told(copy), look["text"])
    sheet.set_row(below + 1, 48)


def _told(copy: Copy) -> str:
    if copy.moderating:
        return (
            "This copy is for moderation: only the last columns are open. Send it with “holds our moderation” ticked, or "
            "with --moderated; without that, what is moderated is left out."
        )
    if copy.instrument.id == "partnership":
        return WHO_SEES_IT["partnership"]
    return WHO_SEES_IT["respondent" if is_respondent(copy.sender_id) else "agency"]


def _given(kind: Kind, copy: Copy, period: Period) -> tuple[Given, ...]:
    named = ("Respondent", copy.sender_id, copy.name) if is_respondent(copy.sender_id) else ("Agency", copy.name, "")
    label = catalogue().label("instrument", copy.instrument.id)
    return (
        ("Template version", kind.template_version, ""),
        ("Kind of return", kind.id, ""),
        named,
        ("Which self-assessment", label, copy.instrument.sentence),
        ("Year", period.id, f"{period.label}. Due by {due_words(kind, period)}"),
    )


def _open_to_the_keeper(part: Part) -> Part:
    return Part(part.layout, part.columns, frozenset(column.name for column in part.columns if column.keeper))
