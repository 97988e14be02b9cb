from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import date

import pytest

from pipelines.queries.reminder_facts import Challenge, Overdue, Reminder, SectorReminder, ToMend, ToSend
from pipelines.queries.respondents import Owes
from pipelines.reports.reminder_text import to_agency, to_respondent, to_sector
from schemas.catalogue import catalogue
from schemas.catalogue.cycle import cycle
from schemas.periods import parse

QUARTER = parse("2026-27-Q2")
DAYS = cycle(catalogue(), QUARTER)
RETURN = ToSend("Return of figures", "2026-27 Q2", DAYS.returns_due, "due", "9 figures")
PARTLY = ToMend(
    "Return of figures", "2026-27 Q2", 2, date(2026, 10, 28), is_refused=False, rows_left_out=3,
    errors=(("Part is larger than the whole", ("Figures!F14", "Figures!F20", "Figures!F21")),),
    queries=(("Swing has no reason", tuple(f"Figures!H{row}" for row in range(2, 14))),),
)  # fmt: skip


def reminder(today: date, **has: object) -> Reminder:
    return Reminder("lch", "Community Healthcare", QUARTER, today, DAYS, **has)  # type: ignore[arg-type]


def text(today: date, **has: object) -> str:
    return to_agency(reminder(today, **has)).text


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 10, 12), "it is due on 2 November 2026, in 21 days."),
        (date(2026, 11, 1), "it is due on 2 November 2026, tomorrow."),
        (date(2026, 11, 2), "it is due on 2 November 2026, today."),
        (date(2026, 11, 3), "it was due on 2 November 2026, yesterday."),
        (date(2026, 11, 16), "it was due on 2 November 2026, 14 days ago."),
    ],
)
def test_a_return_not_sent_is_named_with_its_days(today, said):
    assert f"- Return of figures for 2026-27 Q2 (9 figures): {said}" in text(today, send=(RETURN,))


@pytest.mark.parametrize(
    ("today", "there", "not_there"),
    [
        (
            date(2026, 11, 9),
            ["Queries close on 9 November 2026", "The release on 17 November 2026 goes ahead", "meets on 25 November"],
            ["has gone ahead"],
        ),
        (date(2026, 11, 10), ["The release on 17 November 2026 goes ahead"], ["Queries close", "has gone ahead"]),
        (date(2026, 11, 18), ["release of 17 November 2026 has gone ahead", "meets on 25 November"], ["goes ahead"]),
        (date(2026, 11, 26), ["release of 17 November 2026 has gone ahead"], ["The Executive meets"]),
    ],
)
def test_what_happens_next_follows_from_the_days_of_the_quarter(today, there, not_there):
    told = text(today, send=(RETURN,))
    assert all(words in told for words in there)
    assert not any(words in told for words in not_there)


def test_the_subject_is_friendly_before_the_day_and_says_overdue_after_it():
    assert to_agency(reminder(date(2026, 10, 30), send=(RETURN,))).subject == (
        "2026-27 Q2: what is still to come from Community Healthcare"
    )
    assert to_agency(reminder(date(2026, 11, 3), send=(RETURN,))).subject == (
        "2026-27 Q2: what is overdue from Community Healthcare"
    )


def test_what_came_with_faults_is_told_in_counts_and_cells():
    told = text(date(2026, 11, 3), mend=(PARTLY,))
    assert "Thank you for the return you have sent." in told
    assert "version 2, received on 28 October 2026: 3 rows are left out until mended." in told
    assert "To mend: Part is larger than the whole: Figures!F14, Figures!F20, Figures!F21." in told
    assert "Figures!H9 and 4 more." in told
    assert "Still to send" not in told


def test_figures_that_were_not_in_a_return_are_named():
    absent = "3 of 9 figures owed are not in the return: HE04, HE08, HE12."
    told = text(date(2026, 11, 3), mend=(replace(PARTLY, rows_left_out=0, errors=(), queries=(), absent=absent),))
    assert "received on 28 October 2026: it is taken, but for what was not in it." in told
    assert f"  Not yet there: {absent}" in told


def test_a_refused_return_is_not_thanked_for_as_if_it_counted():
    told = text(date(2026, 11, 3), send=(RETURN,), mend=(replace(PARTLY, is_refused=True),))
    assert "it was refused, and nothing of it has been taken." in told
    assert "Thank you for the return" not in told


def test_actions_questions_and_the_preview_are_named_by_reference_and_day():
    told = text(
        date(2026, 11, 13),
        actions=tuple(Overdue(f"R-07.{n}", "R-07", date(2026, 9, 30)) for n in range(1, 15)),
        challenges=(Challenge("R-06", date(2026, 10, 20)),),
        preview_open=3,
        preview_waiting=1,
    )
    assert "- R-07.1 of recommendation R-07: due 30 September 2026, 44 days ago." in told
    assert "And 2 more, on the page Learning and impact." in told
    assert "recommendation R-06 was challenged on 20 October 2026" in told
    assert "3 sentences are about you in the preview, 1 without an account of yours." in told
    assert "until the release on 17 November 2026" in told


def test_after_its_day_the_release_is_not_promised_for_that_day():
    told = text(date(2026, 11, 19), preview_open=1, preview_waiting=1)
    assert "1 sentence is about you in the preview, 1 without an account of yours." in told
    assert "You can add one until the release is made" in told


def test_nothing_owed_needs_no_reminder_and_an_answered_preview_neither():
    assert not reminder(date(2026, 11, 3)).is_needed
    assert not reminder(date(2026, 11, 13), preview_open=3).is_needed
    assert reminder(date(2026, 11, 13), preview_open=3, preview_waiting=1).is_needed


def test_a_mail_opens_as_a_draft_to_nobody_and_is_the_same_every_time():
    message = to_agency(reminder(date(2026, 11, 3), send=(RETURN,), mend=(PARTLY,)), "https://throughline.example/")
    mail = email.message_from_bytes(message.eml, policy=email.policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["Subject"] == message.subject
    assert not [name for name in ("From", "To", "Cc", "Date", "Message-ID") if mail[name]]
    assert mail.get_content().split() == message.text.split()
    assert "Where to send it: https://throughline.example/returns." in message.text
    again = to_agency(reminder(date(2026, 11, 3), send=(RETURN,), mend=(PARTLY,)), "https://throughline.example/")
    assert message.eml == again.eml


def owes(state: str, **has: object) -> Owes:
    made = Owes(
        "SCH-0142", "Moorfield Primary", "schools", "education", "Schools' self-assessment", parse("FY2026-27"),
        date(2026, 11, 30), state, 0, 48,
    )  # fmt: skip
    return replace(made, **has)


def test_one_message_for_a_sector_names_nobody():
    sector = SectorReminder(
        "schools", "Schools and academies", date(2026, 11, 30), "2026-27", date(2026, 11, 26), 30, (owes("due"),) * 12
    )
    message = to_sector(sector)
    assert "12 of the 30 on the register of schools and academies have not replied in full yet" in message.text
    assert "is due on 30 November 2026, in 4 days" in message.text
    assert "Moorfield" not in message.text + message.subject + message.name


def test_a_respondents_message_says_how_far_it_has_come():
    begun = to_respondent(owes("begun", answered=23), date(2026, 12, 2))
    assert "Moorfield Primary owes the schools' self-assessment for 2026-27." in begun.text
    assert "It was due on 30 November 2026, 2 days ago. So far: begun, 23 of 48 statements answered." in begun.text
    assert "Late replies still count." in begun.text
