"""A self-assessment from the file an agency sends to what a release says, through the real checks and the real vault."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipelines.flows import publication, returns
from pipelines.publishing import Order
from pipelines.queries import self_assessment
from pipelines.queries.pointer import current
from pipelines.queries.reading import frame
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.periods import parse
from tests.pipelines.agreed import invented
from tests.pipelines.log_book import write

pytestmark = pytest.mark.slow

NOW = "FY2026-27"
STEWARD = Actor("Steward", "business_unit")
ASKED = catalogue().instruments["organisational"].asked_in(parse(NOW))
LABEL = {score.id: score.label for score in catalogue().choices["score"].values()}


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def answers(score="s2", **but):
    usual = {"evidence_ref": "Board minutes", "evidence_date": date(2026, 6, 30)}
    rows = ({"statement_id": s.id, "self_score": LABEL[score]} | usual for s in ASKED)
    return [row | but.get(row["statement_id"], {}) for row in rows]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """One agency answers, is moderated, and changes an answer; one answers half; a club on the register answers."""
    place = invented(tmp_path_factory.mktemp("files"))
    box = place / "box"
    box.mkdir()

    def send(name, records, moment, *, moderating=False, **whose):
        usual = {"kind": "self_assessment", "agency": "ltht", "period": NOW}
        path = write(box / f"{name}.xlsx", records, **(usual | whose))
        loaded = returns.submit(place, STEWARD, path, moment, moderating=moderating)
        assert loaded.report.verdict != "refused", [p.message for p in loaded.report.problems]

    club = {"respondent_id": "TS-0001", "instrument": "Organisational", "name": "Quarrybank Juniors",
            "sector": "Third sector and faith bodies"}  # fmt: skip
    send("register", {"Respondents": [club]}, at(1), kind="register", agency="bu", period="2026-27-Q2")
    low = {
        "self_score": LABEL["s1"],
        "action": "Name a lead",
        "owner_role": "Chief nurse",
        "due_date": date(2026, 11, 20),
    }
    send("trust", {"Statements": answers(**{"OS1.1": low})}, at(2))
    moderated = [
        {"statement_id": "OS1.2", "moderated_score": LABEL["s1"], "moderator_comment": "Seen at a visit"},
        {"statement_id": "OS1.3", "moderated_score": LABEL["s1"]},
    ]
    send("moderated", {"Statements": moderated}, at(3), moderating=True)
    send("half", {"Statements": answers()[:25]}, at(3), agency="lch")
    send("club", {"Statements": answers("s2")}, at(3), agency="TS-0001")
    better = {"statement_id": "OS1.3", "self_score": LABEL["s3"], "impact_evidence": "Fewer were missed",
              "evidence_ref": "Audit", "evidence_date": date(2026, 10, 31)}  # fmt: skip
    send("changed", {"Statements": [better]}, at(4))
    for audience in ("executive", "partnership", "public"):
        publication.publish(place, Order(audience, "For the test", STEWARD, at(26)))
    return place


def released(home, audience="executive"):
    pointer = current(home, audience)
    assert pointer is not None
    return self_assessment.assessed(pointer)


def test_a_file_that_is_whole_and_signed_off_is_a_reply(home):
    states = {each.agency_id: (each.state, each.answered) for each in released(home).agencies}
    assert states["ltht"] == ("replied", 50)
    assert states["lch"] == ("begun", 25)
    assert states["wyp_leeds"] == ("due", 0)
    whole = released(home).whole("organisational")
    assert whole is not None
    assert (whole.replied, whole.begun) == (2, 1)


def test_moderation_stands_beside_the_answer_until_it_changes(home):
    mine = {each.statement_id: each for each in released(home).answers if each.agency_id == "ltht"}
    assert (mine["OS1.2"].self_points, mine["OS1.2"].moderated_points) == (2, 1)
    assert mine["OS1.2"].moderator_comment == "Seen at a visit"
    assert mine["OS1.2"].points_words == ""
    assert (mine["OS1.3"].self_points, mine["OS1.3"].moderated_points) == (3, 1)
    assert mine["OS1.3"].points_words == "Moderated before the answer was changed."


def test_the_critical_statement_and_its_action_are_found(home):
    found = released(home)
    assert [(each.agency_id, each.statement_id) for each in found.unmet] == [("ltht", "OS1.1")]
    action = found.action_on(found.unmet[0])
    assert action is not None
    assert (action.owner_role, action.state_words) == ("Chief nurse", "Overdue by 6 days")


@pytest.mark.parametrize("audience", ["executive", "partnership", "public"])
def test_the_club_is_counted_and_in_no_table_of_the_file(home, audience):
    found = released(home, audience)
    club = next(each for each in found.replies if each.sector == "third_sector")
    assert (club.owed, club.replied) == (1, 1)
    pointer = current(home, audience)
    assert pointer is not None
    names = frame(pointer, "select distinct table_name from information_schema.tables")["table_name"]
    whole = "".join(frame(pointer, f"from {name}").to_csv() for name in names)
    assert len(names) > 40
    assert "TS-0001" not in whole
    assert "Quarrybank" not in whole
    assert ("Name a lead" in whole) is (audience == "executive")
