from __future__ import annotations

import pandas as pd
import pytest

from pipelines.publishing.accounts import with_accounts
from pipelines.publishing.releasing import for_audience
from pipelines.publishing.wording import repeatable
from schemas.catalogue import catalogue
from schemas.returns.small_words import LEFT_OUT
from tests.pipelines.releases import SAID, figure, inputs

CAME = {"lch.figures.2026-27-Q2.v1": "2026-10-28", "lch.figures.2026-27-Q2.v2": "2026-11-15"}
SUBMISSIONS = pd.DataFrame({"submission_id": list(CAME), "received_at": pd.to_datetime(list(CAME.values()), utc=True)})


def wrote(version: int, what: str, indicator_id: str = "HE08") -> pd.DataFrame:
    row = [indicator_id, "lch", "2026-27-Q2", what, "", "", f"lch.figures.2026-27-Q2.v{version}"]
    return pd.DataFrame([row], columns=SAID)


def account(what: str, received: str = "2026-11-13", indicator_id: str = "HE08", recommendation_id: str = ""):
    row = [indicator_id, "lch", "2026-27-Q2", what, "", "", "lch.account.2026-27-Q2.v1", recommendation_id]
    found = pd.DataFrame([row], columns=[*SAID, "recommendation_id"])
    return found.assign(received_at=pd.Timestamp(received, tz="UTC"))


def last(said: pd.DataFrame) -> list[str]:
    return list(said.drop_duplicates(["indicator_id", "agency_id", "period_id"], keep="last")["what_happened"])


@pytest.mark.parametrize(("version", "stands"), [(1, "Given before the release"), (2, "Sent with the return")])
def test_of_an_account_and_the_commentary_the_one_received_last_stands(version, stands):
    said = with_accounts(wrote(version, "Sent with the return"), account("Given before the release"), SUBMISSIONS)
    assert last(said) == [stands]


def test_an_account_of_another_figure_stands_beside_the_commentary():
    said = with_accounts(wrote(2, "Of one"), account("Of another", indicator_id="HE12"), SUBMISSIONS)
    assert last(said) == ["Of one", "Of another"]


def test_an_account_of_a_recommendation_is_no_commentary():
    commentary = wrote(1, "Sent with the return")
    found = with_accounts(commentary, account("Of a verdict", indicator_id="", recommendation_id="R-07"), SUBMISSIONS)
    assert found.equals(commentary)


@pytest.mark.parametrize(
    "words", ["The rise is 4 children of one school", "Kayden Smith came back", "The mother of the twins died"]
)
def test_an_account_that_tells_of_a_few_is_left_out_for_every_audience(words):
    said = with_accounts(wrote(1, "Sent")[:0], account(words), SUBMISSIONS)
    (row,) = repeatable(inputs(figure("HE08", 90, 100), commentary=said)).commentary.to_dict("records")
    assert row["what_happened"] == LEFT_OUT


def test_an_audience_without_accounts_gets_none_of_either_kind():
    known = inputs(figure("HE08", 90, 100), commentary=wrote(1, "Sent"))
    held = {"account": {"Accounts": account("Given")}, "learning": {}}
    public = for_audience(
        inputs(figure("HE08", 90, 100), commentary=known.commentary, records=held), catalogue().audiences["public"]
    )
    assert public.commentary.empty
    assert list(public.records) == ["learning"]
