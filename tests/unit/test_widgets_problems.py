from __future__ import annotations

from app.widgets.html import plain
from app.widgets.problems import problems
from schemas.problems import Problem

QUERY = Problem("swing_has_no_reason", "query", "It rose by half.", "Look again.", "Figures", "F4")


def test_a_log_has_no_column_for_a_reason_and_none_is_asked_for():
    of_log = plain(problems([QUERY], "learning"))
    assert "Reason column" not in of_log
    assert "Correct them and send the log again; what is right as it stands can stay." in of_log


def test_a_return_of_figures_asks_for_the_reason_in_its_column():
    assert "write the reason in the Reason column" in plain(problems([QUERY], "figures"))
    assert "write the reason in the Reason column" in plain(problems([QUERY], None))
