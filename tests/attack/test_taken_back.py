"""Small numbers corrected, published, and taken back again: the next release is made, and all together tell nothing."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.flows import publication, returns, withdrawing
from pipelines.publishing import Order
from pipelines.queries.pointer import current
from pipelines.store import submissions
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.catalogue import catalogue
from tests.attack.cells import Edition, truth_of
from tests.attack.releasing import AUDIENCES, leaks_of
from tests.pipelines.agreed import invented

pytestmark = pytest.mark.slow

STEWARD = Actor("Steward", "business_unit")
HEAD = "Agency,Indicator ID,Indicator,Period,Area,Breakdown,Category,Number,Out of,Value,Marker,Nil,Reason\n"
SPRING, SUMMER = "2026-27-Q1", "2026-27-Q2"
LATE = "A recording error was found when the two systems were compared"
WHY = "The two systems were compared wrongly"
FIFTHS = {"fifth_1": (5, 20), "fifth_2": (4, 21), "fifth_3": (8, 20), "fifth_4": (14, 53), "fifth_5": (23, 96)}
FIFTHS |= {"not_known": (3, 3)}
GROUPS = {
    "asian": (5, 21),
    "black": (6, 15),
    "mixed": (4, 26),
    "white": (39, 143),
    "other": (2, 3),
    "not_known": (1, 5),
}
START = datetime(2026, 11, 2, 12, tzinfo=UTC)
V1, V2 = (f"lcc_cf.figures.{SUMMER}.v{n}" for n in (1, 2))


def row(number: int, size: int, part: str = ",", period: str = SPRING, reason: str = "") -> str:
    return f"lcc_cf,CP07,,{period},,{part},{number},{size},,,,{reason}\n"


def send(home, *lines: str, day: int, period: str = SUMMER):
    path = home / "return.csv"
    path.write_text(f"Period,{period}\n{HEAD}{''.join(lines)}", encoding="utf-8")
    sent = returns.submit(home, STEWARD, path, START + timedelta(days=day))
    assert sent.report.exit_code == 0, sent.words()


def corrected(*fifths: tuple[str, int], groups: tuple[tuple[str, int], ...] = ()) -> list[str]:
    """The return for the summer, with parts of the spring's small numbers corrected within it."""
    said = [row(n, FIFTHS[name][1], f"deprivation_fifth,{name}", reason=LATE) for name, n in fifths]
    said += [row(n, GROUPS[name][1], f"ethnic_group,{name}", reason=LATE) for name, n in groups]
    return [row(61, 220, period=SUMMER), *said]


def publish(home, day: int) -> dict[str, Edition]:
    """A release for every audience, each with the truth it was made from."""
    at = START + timedelta(days=day)
    publication.publish_each(home, [Order(a, f"Meeting {day}", STEWARD, at) for a in AUDIENCES], lambda _: None)
    with transaction(home, write=False) as connection:
        truth = truth_of(submissions.standing(connection))
    return {audience: Edition((current(home, audience).path,), truth) for audience in AUDIENCES}


def leaks(releases: list[dict[str, Edition]]) -> list[str]:
    """What readers of the two protected audiences can work out from all the releases, in words."""
    return [str(leak) for audience in ("partnership", "public") for leak in leaks_of([r[audience] for r in releases])]


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A home with its first release out, and that release; whoever goes on does so in a copy."""
    home = tmp_path_factory.mktemp("released")
    assert set(FIFTHS) == {c.id for c in catalogue().breakdowns["deprivation_fifth"].categories}
    spring = [row(57, 213), *(row(*n, f"deprivation_fifth,{name}") for name, n in FIFTHS.items())]
    spring += [row(*n, f"ethnic_group,{name}") for name, n in GROUPS.items()]
    send(invented(home), *spring, day=0, period=SPRING)
    send(home, row(61, 220, period=SUMMER), day=1)
    return home, publish(home, 2)


# The clock of whoever took the return in may run before that of whoever publishes, or be set back in between.
@pytest.fixture(scope="module", params=[3, 9], ids="received on day {}".format)
def corrected_since(request, released, tmp_path_factory):
    """The same home with a correction that came on that day and is released too, and both releases."""
    home = shutil.copytree(released[0], tmp_path_factory.mktemp("corrected") / "home")
    coming = corrected(("fifth_2", 9), ("fifth_5", 18), groups=(("mixed", 10), ("white", 33)))
    send(home, *coming, day=request.param)
    return home, [released[1], publish(home, 4)]


@pytest.mark.parametrize("how", ["revert", "withdraw"])
def test_a_published_correction_of_small_numbers_can_be_taken_back(corrected_since, how, tmp_path):
    home, releases = shutil.copytree(corrected_since[0], tmp_path / "home"), [*corrected_since[1]]
    if how == "revert":
        withdrawing.revert(home, STEWARD, V1, WHY, START + timedelta(days=5))
    else:
        withdrawing.withdraw(home, STEWARD, V2, WHY, START + timedelta(days=5))
    releases.append(publish(home, 6))
    assert leaks(releases) == []


def test_a_correction_of_a_correction_can_be_taken_back(released, tmp_path):
    home, releases = shutil.copytree(released[0], tmp_path / "home"), [released[1]]
    send(home, *corrected(("fifth_2", 9), ("fifth_5", 18)), day=3)
    releases.append(publish(home, 4))
    send(home, *corrected(("fifth_2", 2), ("fifth_5", 25), groups=(("mixed", 10), ("white", 33))), day=5)
    releases.append(publish(home, 6))
    withdrawing.revert(home, STEWARD, V2, WHY, START + timedelta(days=7))
    releases.append(publish(home, 8))
    assert leaks(releases) == []
