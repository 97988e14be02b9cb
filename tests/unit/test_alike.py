from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schemas.returns.alike import ALIKE, alike, finished, likeness

SAME = [
    ("Core groups meet within ten working days of the conference",
     "Ensure core groups are held within 10 working days of conferences"),
    ("Core groups meet within ten working days of the conference",
     "Core group meetings should take place within ten working days"),
    ("Schools hear of police domestic abuse calls before the next school day",
     "Police to tell schools about domestic abuse incidents before the next school day"),
    ("Supervision records show the child's lived experience", "The child's lived experience is recorded in supervision"),
    ("Strategy discussions include health and education", "Health and education take part in every strategy discussion"),
    ("Multi-agency training on neglect includes schools and the third sector",
     "Extend multi-agency neglect training to schools and third sector"),
    ("Pre-birth plans are agreed by 32 weeks", "Pre-birth safeguarding plans to be agreed by 32 weeks of pregnancy"),
    ("Return interviews are offered within 72 hours of a child coming home",
     "Offer every missing child a return interview within 72 hours"),
    ("Professionals challenge decisions through the concerns resolution process",
     "Practitioners use the concerns resolution process to challenge decisions"),
    ("GPs are invited to initial child protection conferences and send a report",
     "GPs send reports to initial child protection conferences"),
]  # fmt: skip
OTHER = [
    ("Core groups meet within ten working days of the conference",
     "Conferences are held within fifteen working days of the strategy discussion"),
    ("Core groups meet within ten working days of the conference", "Core groups record what the child says"),
    ("Schools hear of police domestic abuse calls before the next school day",
     "Schools refer children missing from school to the police the same day"),
    ("Supervision records show the child's lived experience", "Supervision of health visitors takes place every quarter"),
    ("Strategy discussions include health and education", "Health assessments of children in care are up to date"),
    ("Multi-agency training on neglect includes schools and the third sector",
     "Multi-agency training on exploitation includes housing staff"),
    ("Pre-birth plans are agreed by 32 weeks", "Transition plans are agreed by age seventeen"),
    ("Return interviews are offered within 72 hours of a child coming home",
     "Return interviews are written up and shared with the police"),
    ("Domestic abuse is asked about at every ante-natal visit", "Police share domestic abuse notices within 24 hours"),
    ("Domestic abuse", "Domestic abuse training for health visitors is renewed each year"),
    ("Fathers are included in assessments", "Assessments include the views of children"),
]  # fmt: skip
# Two that differ in one telling word: as alike as the same thing said twice, which is why a person is asked.
ONE_WORD_APART = (
    "Multi-agency audits of domestic abuse are held each year",
    "Multi-agency audits of neglect are held each year",
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_wordings_of_one_recommendation_are_alike(one, other):
    assert likeness(one, other) >= ALIKE + 3


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_recommendations_on_one_subject_are_not(one, other):
    assert likeness(one, other) < ALIKE - 5


@pytest.mark.parametrize(("one", "other"), [*SAME, *OTHER])
def test_likeness_is_the_same_both_ways_and_within_bounds(one, other):
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 100
    assert likeness(one, one) == 100 or len(one.split()) < 3


def test_one_telling_word_makes_another_recommendation_and_cannot_be_told_by_the_score():
    assert likeness(*ONE_WORD_APART) >= ALIKE


def test_case_punctuation_and_order_do_not_count():
    assert likeness("Core groups meet in ten days.", "IN TEN DAYS, core-groups meet") == 100


def test_every_pair_at_once_is_each_pair_by_itself():
    ones, others = [one for one, _ in (*SAME, *OTHER)], [other for _, other in (*SAME, *OTHER)]
    table = alike(ones, others)
    for row, one in enumerate(ones):
        for column, other in enumerate(others):
            score = likeness(one, other)
            assert table[row, column] == pytest.approx(score if score >= ALIKE else 0)
    assert (np.diag(table)[: len(SAME)] > 0).all()


def test_a_recommendation_is_finished_on_the_day_of_its_last_action():
    rows = [
        ("R-01", "done", "2025-06-30"),
        ("R-01", "done", "2025-09-30"),
        ("R-01", "stopped", None),
        ("R-02", "done", "2025-06-30"),
        ("R-02", "in_progress", None),
        ("R-03", "done", None),
        ("R-04", "stopped", None),
    ]
    actions = pd.DataFrame(rows, columns=["recommendation_id", "status", "done_on"])
    found = finished(actions.assign(done_on=pd.to_datetime(actions["done_on"])))
    assert found.astype("str").to_numpy().tolist() == [["R-01", "2025-09-30"]]
