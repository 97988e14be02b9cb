"""Files that came in over time are taken as if each had been sent by itself, in fewer openings of the vault."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.flows import returns, taking_in
from pipelines.store import events, submissions
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.assessment_book import AT, STEWARD, answered, answers, registered, school

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

pytestmark = pytest.mark.slow
IDS = ("SCH-0001", "SCH-0002")


@dataclass(frozen=True)
class Came:
    """One file as it came."""

    path: Path
    at: datetime
    actor: Actor = STEWARD
    moderating: bool = False


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two schools on its register, what each returned, and what one of them returned later."""
    home = tmp_path_factory.mktemp("came") / "home"
    registered(home, *(school(respondent_id=each, name=f"{each} Primary") for each in IDS))
    for each in IDS:
        answered(home, home / f"{each}.xlsx", each)
    answered(home, home / "later.xlsx", IDS[0], differs={"ED1.1": {"evidence_ref": "The later"}})
    return home


@pytest.fixture
def home(sent: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sent, tmp_path / "home")


def came(home: Path) -> list[Came]:
    """Each a day after the one before; the first once more at the end."""
    names = (*IDS, "later", IDS[1])
    return [Came(home / f"{name}.xlsx", AT + timedelta(days=day)) for day, name in enumerate(names)]


def kept(home: Path) -> tuple[list[dict[Any, Any]], list[dict[Any, Any]]]:
    """Every submission and every entry of the log; of moments of the vault's own making, nothing."""
    with transaction(home, write=False) as connection:
        log = events.listing(connection)
        return submissions.listing(connection).to_dict("records"), log.to_dict("records")


def test_they_end_as_if_each_had_been_sent_by_itself(home: Path, tmp_path: Path) -> None:
    one_by_one = shutil.copytree(home, tmp_path / "other")
    by_itself = [returns.submit(one_by_one, STEWARD, each.path, each.at).receipt for each in came(home)]
    taken = [loaded.receipt for loaded in taking_in.take(home, came(home))]
    assert [(each.submission_id, each.state, each.unchanged) for each in taken] == [
        (each.submission_id, each.state, each.unchanged) for each in by_itself
    ]
    assert taken[-1].unchanged
    assert kept(home) == kept(one_by_one)
    assert answers(home, IDS[0]).loc["ED1.1", "evidence_ref"] == "The later"


def test_who_may_not_send_stops_what_comes_after_and_nothing_before(home: Path) -> None:
    first, second, third, _ = came(home)
    other = Actor("h", "respondent", IDS[0])
    coming = [first, Came(second.path, second.at, other), third]
    taken: list[str] = []
    with pytest.raises(UserError):
        taken.extend(loaded.receipt.submission_id for loaded in taking_in.take(home, coming))
    assert len(answers(home, IDS[0])) == 11
    assert answers(home, IDS[1]).empty
    assert answers(home, IDS[0]).loc["ED1.1", "evidence_ref"] != "The later"


def test_what_stands_is_all_of_those_stored_together_or_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut off between two, whoever takes them again finds nothing half done."""
    receive, calls = submissions.receive, list[int]()

    def cut_off(*given: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return receive(*given, **named)

    monkeypatch.setattr(submissions, "receive", cut_off)
    before = kept(home)
    with pytest.raises(KeyboardInterrupt):
        list(taking_in.take(home, came(home)))
    assert kept(home) == before
    monkeypatch.undo()
    list(taking_in.take(home, came(home)))
    assert len(answers(home, IDS[0])) == len(answers(home, IDS[1])) == 11
