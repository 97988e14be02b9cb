"""What each agency has agreed may be done with what it sends, the impact assessment, and how a release is made.

Read from `agreements.toml` in the partnership's own folder: these are its facts, not the package's. Pure: this module
knows the text, not the file.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from pydantic import Field, ValidationError, model_validator

from schemas.catalogue.entry import Entry
from schemas.catalogue.faults import in_words, nearest
from schemas.hand_written import SlipError, toml
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FILE = "agreements.toml"
AudienceId = Literal["executive", "partnership", "public"]
# From the narrowest: whoever reads one of them can open those after it.
AUDIENCES: tuple[AudienceId, ...] = ("executive", "partnership", "public")
State = Literal["in force", "not in force yet", "review due", "review overdue", "ended", "none"]
_Words = Annotated[str, Field(min_length=3, max_length=400)]


class Agreement(Entry):
    """One agency's information-sharing agreement, as far as a release must hold to it.

    `audiences` may see its figures; an audience is allowed only with all narrower ones, as their readers can open what
    it reads. `exact_totals` lets Executive members see totals of the whole area exactly. `basis` is the law or the clause
    it rests on.
    """

    purpose: _Words
    audiences: tuple[AudienceId, ...]
    onward_use: _Words
    basis: _Words
    signed_on: date
    review_on: date
    exact_totals: bool = False
    ended_on: date | None = None

    @model_validator(mode="after")
    def agrees_with_itself(self) -> Agreement:
        """Name days in the wrong order and an audience without a narrower one: its readers would see more than agreed."""
        faults: list[str] = []
        if self.review_on <= self.signed_on:
            faults.append("review_on is not after signed_on")
        if self.ended_on and self.ended_on < self.signed_on:
            faults.append("ended_on is before signed_on")
        if self.audiences and set(self.audiences) != set(AUDIENCES[: 1 + max(map(AUDIENCES.index, self.audiences))]):
            faults.append(
                f"audiences leaves out a narrower one: “{self.audiences[-1]}” needs those before it in "
                f"{', '.join(AUDIENCES)}"
            )
        if faults:
            raise ValueError("; ".join(faults))
        return self


class Assessment(Entry):
    """The data protection impact assessment: when and in which role it was signed, what it covers, when it is looked at again."""

    signed_on: date
    by_role: _Words
    covers: _Words
    review_on: date

    @model_validator(mode="after")
    def agrees_with_itself(self) -> Assessment:
        """Name days in the wrong order."""
        if self.review_on <= self.signed_on:
            raise ValueError("review_on is not after signed_on")
        return self


class ReleaseTerms(Entry):
    """How a release is made: by `two_people` or one; how long what is prepared stands, and an agreement past its review."""

    two_people: bool = False
    prepared_stands_days: Annotated[int, Field(ge=1, le=90)] = 14
    refused_days_after_review: Annotated[int, Field(ge=0, le=730)] = 90


class Agreements(Entry):
    """All of `agreements.toml`. `agency` is by the agency's id."""

    release: ReleaseTerms = ReleaseTerms()
    impact_assessment: Assessment | None = None
    agency: dict[str, Agreement] = Field(default_factory=dict)

    def state(self, agency_id: str, today: date) -> State:
        """How an agency's agreement stands on a day; `review overdue` is past the days it is still held to."""
        found = self.agency.get(agency_id)
        if found is None:
            return "none"
        if found.ended_on and found.ended_on <= today:
            return "ended"
        if found.signed_on > today:
            return "not in force yet"
        if found.review_on >= today:
            return "in force"
        return "review due" if today <= self.last_day(found) else "review overdue"

    def last_day(self, agreement: Agreement) -> date:
        """The last day an agreement that nobody reviews is still held to."""
        return agreement.review_on + timedelta(days=self.release.refused_days_after_review)

    def holds(self, agency_id: str, today: date) -> bool:
        """Whether a release may rest on the agency's agreement on a day."""
        return self.state(agency_id, today) in ("in force", "review due")

    def covers(self, agency_id: str, audience: str, today: date) -> bool:
        """Whether the agency's figures may be shown to an audience on a day."""
        return self.holds(agency_id, today) and audience in self.agency[agency_id].audiences


_PARTS: dict[str, type[Entry]] = {"release": ReleaseTerms, "impact_assessment": Assessment, "agency": Agreement}


class AgreementsError(UserError):
    """The agreements cannot be gone by: `faults`, a sentence each. As they stand in the home folder, nothing is released."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Say first what follows from it."""
        super().__init__(
            "\n".join([f"{FILE} cannot be used, so nothing is released:", *(f"  {each}" for each in faults)])
        )
        self.faults = tuple(faults)


def parsed(text: str, agencies: Sequence[str]) -> Agreements:
    """The agreements a TOML text holds; UserError with a sentence for every fault, held against the agencies' ids."""
    try:
        said = toml(text)
    except SlipError as why:
        raise AgreementsError([f"it is not TOML: {why}."]) from None
    try:
        found = Agreements.model_validate(said)
    except ValidationError as why:
        raise AgreementsError(list(_told(cast("Sequence[Mapping[str, Any]]", why.errors(include_url=False))))) from None
    unknown = [
        f"[agency.{each}]: there is no agency of that id.{nearest(each, agencies)}"
        for each in found.agency
        if each not in agencies
    ]
    if unknown:
        raise AgreementsError(unknown)
    return found


def _told(errors: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for error in errors:
        path = [str(part) for part in error["loc"] if isinstance(part, str)]
        shape = _PARTS.get(path[0], Agreements) if path else Agreements
        table, field = (path[:-1], path[-1:]) if len(path) > 1 else ([], path)
        if error["type"] == "value_error":
            yield f"[{'.'.join(path)}]: {error['ctx']['error']}."
            continue
        _, words = in_words(shape, {**error, "loc": tuple(field)})
        where = f"[{'.'.join(table)}] " if table else ""
        yield f"{where}{'.'.join(field)} {words}"


def written(agreements: Agreements) -> str:
    """The agreements as the text of `agreements.toml`; `parsed` gives the same back."""
    return _text(agreements.model_dump(exclude_none=True))


def changed(before: Agreements, agency_id: str, terms: Mapping[str, Any], agencies: Sequence[str]) -> Agreements:
    """All agreements with one agency's terms in place of those before, held to what a file is held to.

    UserError names every fault, and that nothing was changed: the file still stands as it was.
    """
    said = before.model_dump(exclude_none=True)
    said["agency"][agency_id] = {name: value for name, value in terms.items() if value is not None}
    try:
        return parsed(_text(said), agencies)
    except AgreementsError as why:
        faults = " ".join(each.removeprefix(f"[agency.{agency_id}]").lstrip(": ") for each in why.faults)
        raise UserError(f"Nothing was changed: {faults}") from why


def _text(said: Mapping[str, Any]) -> str:
    parts: list[tuple[str, dict[str, Any]]] = [("release", said["release"])]
    if "impact_assessment" in said:
        parts.append(("impact_assessment", said["impact_assessment"]))
    parts += [(f"agency.{name}", terms) for name, terms in said["agency"].items()]
    return "\n".join(
        "\n".join([f"[{name}]", *(f"{field} = {_value(value)}" for field, value in part.items()), ""])
        for name, part in parts
    )


def _value(value: object) -> str:
    """A value as TOML writes it.

    >>> _value(("a", "b")), _value(True), _value(date(2026, 4, 1))
    ('["a", "b"]', 'true', '2026-04-01')
    """
    if isinstance(value, tuple):
        return f"[{', '.join(_value(one) for one in cast('tuple[object, ...]', value))}]"
    if isinstance(value, date):
        return value.isoformat()
    # JSON's escapes are TOML's, but for this one letter, which TOML allows nowhere.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
