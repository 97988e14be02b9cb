"""A workbook of each kind of this part is dropped on the page Returns: what is wrong is said, and what is right is sent."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pipelines.store import records
from pipelines.store.opening import transaction
from schemas.returns import kinds
from tests.browser.dashboard import served
from tests.browser.test_journeys import settle, text_of, upload, visit
from tests.pipelines.assessment_book import answered, registered, school
from tests.pipelines.log_book import write

pytestmark = pytest.mark.browser

NURSERY = {"respondent_id": "EY-0031", "instrument": "Early years", "name": "Acorns Nursery", "sector": "Early years"}
AUDIT = {
    "audit_ref": "AU-2026-9",
    "title": "Telling schools",
    "theme": "Domestic abuse",
    "question": "Do schools hear before the next school day?",
    "method": "Case files",
    "stage": "Planned",
    "agency_id": "wyp_leeds",
    "why_chosen": "Reviews found delays",
    "planned_for": date(2027, 3, 31),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("uploads") / "home"
    registered(place, school())
    return place


@pytest.fixture(scope="module")
def address(home):
    """The demonstration over a home with one school on its register."""
    with served(home) as there:
        yield there


@pytest.fixture
def page(tab, address):
    visit(tab, f"{address}/returns", "business_unit")
    return tab


def standing(home, kind, sheet):
    with transaction(home, write=False) as connection:
        return records.standing(connection, kinds()[kind])[sheet]


def a_register(home, folder, *, spoilt):
    row = NURSERY | ({"sector": "Gardening"} if spoilt else {})
    return write(folder / f"register-{spoilt}.xlsx", {"Respondents": [row]}, kind="register")


def a_self_assessment(home, folder, *, spoilt):
    differs = {"ED1.1": {"self_score": "4"}} if spoilt else None
    return answered(home, folder / f"school-{spoilt}.xlsx", differs=differs)


def an_audit(home, folder, *, spoilt):
    row = AUDIT | ({"stage": "Finished with"} if spoilt else {})
    return write(folder / f"audit-{spoilt}.xlsx", {"Audits": [row]}, kind="audit")


@pytest.mark.parametrize(
    ("made", "kind", "sheet", "wrong", "sent", "key"),
    [
        (a_register, "register", "Respondents", "Gardening", "Send 1 ", ("respondent_id", "EY-0031")),
        (a_self_assessment, "self_assessment", "Statements", "ED1.1|Score", r"Send \d+ ", ("statement_id", "ED1.1")),
        (an_audit, "audit", "Audits", "Finished with", "Send 1 ", ("audit_ref", "AU-2026-9")),
    ],
    ids=["register", "self_assessment", "audit"],
)
def test_a_workbook_is_judged_and_sent_on_the_page(  # noqa: PLR0913, PLR0917 - what is dropped, and what must come of it
    home, page, tmp_path, made, kind, sheet, wrong, sent, key
):
    upload(page, made(home, tmp_path, spoilt=True))
    page.get_by_text(re.compile(wrong)).first.wait_for()
    assert "Traceback" not in text_of(page)
    assert key[1] not in set(standing(home, kind, sheet)[key[0]])

    page.reload()
    settle(page)
    upload(page, made(home, tmp_path, spoilt=False))
    page.get_by_role("button", name=re.compile(sent)).click()
    page.get_by_text(re.compile(rf"\.{kind}\.")).first.wait_for()
    assert key[1] in set(standing(home, kind, sheet)[key[0]])
