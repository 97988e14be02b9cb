from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from schemas.catalogue import CatalogueError, load
from schemas.catalogue.loading import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

PROTECTION = "indicators/04_child_protection.toml"


class Broken:
    """A copy of the catalogue to break: what is edited, and what loading it then says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def edit(self, file: str, old: str, new: str, *, after: str = "") -> None:
        before, mark, rest = (self.folder / file).read_text(encoding="utf-8").partition(after or old)
        rest = rest if after else mark + rest
        assert old in rest
        (self.folder / file).write_text(before + (mark if after else "") + rest.replace(old, new, 1), encoding="utf-8")

    @property
    def faults(self) -> list[str]:
        with pytest.raises(CatalogueError) as refused:
            load(self.folder)
        assert refused.value.exit_code == 2
        return [str(fault) for fault in refused.value.faults]

    @property
    def fault(self) -> str:
        (only,) = self.faults
        return only


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    ignore = shutil.ignore_patterns("*.py", "__pycache__")
    return Broken(shutil.copytree(FOLDER, tmp_path / "catalogue", ignore=ignore))


def entry(name: str) -> str:
    return f"[{name}]\n"


def test_a_copy_that_nobody_broke_is_read(broken: Broken) -> None:
    assert len(load(broken.folder).indicators) == 128


def test_every_fault_is_named_at_once(broken: Broken) -> None:
    broken.edit(PROTECTION, 'agency_id = "lcc_cf"', 'agency_id = "lcc_fc"')
    broken.edit("breakdowns.toml", 'title = "Sex"', 'title = "Age"')
    broken.edit("counted.toml", "protected = true", 'protected = "perhaps"')
    broken.edit("calendar.toml", "due_days = 31\n", "")
    broken.edit("disclosure.toml", entry("public"), "[public\n")
    found = broken.faults
    files = {fault.partition(",")[0].partition(":")[0] for fault in found}
    assert files == {PROTECTION, "breakdowns.toml", "counted.toml", "calendar.toml", "disclosure.toml"}
    with pytest.raises(CatalogueError, match=rf"^The catalogue has {len(found)} faults\.\n  ") as refused:
        load(broken.folder)
    assert len(str(refused.value).splitlines()) == len(found) + 1


def test_toml_that_cannot_be_read_is_named_with_its_line(broken: Broken) -> None:
    broken.edit("disclosure.toml", entry("public"), "[public\n")
    assert broken.fault.startswith("disclosure.toml: cannot be read as TOML: ")
    assert "line" in broken.fault


def test_a_missing_file_is_named(broken: Broken) -> None:
    (broken.folder / "priorities.toml").unlink()
    assert broken.fault == f"priorities.toml: is missing from {broken.folder}. Put it back."


def test_a_file_in_another_encoding_is_named(broken: Broken) -> None:
    (broken.folder / "areas.toml").write_bytes("[E08000035]\nname = “Leeds”".encode("cp1252"))
    assert broken.fault == "areas.toml: cannot be read as TOML: it is not UTF-8 text; save it as UTF-8."


def test_a_missing_field_is_named(broken: Broken) -> None:
    broken.edit("agencies.toml", 'short = "Probation"\n', "")
    assert broken.fault == "agencies.toml, probation_wy, short: is missing. Add it."


def test_a_misspelt_field_is_named_with_the_one_meant(broken: Broken) -> None:
    broken.edit(PROTECTION, "polarity =", "polarty =")
    assert broken.faults == [
        f"{PROTECTION}, CP01, polarity: is missing. Add it.",
        f"{PROTECTION}, CP01, polarty: is not a field here. Take it out or mend the spelling. Did you mean “polarity”?",
    ]


def test_a_word_outside_its_list_is_named_with_the_list(broken: Broken) -> None:
    broken.edit(PROTECTION, 'polarity = "neutral"', 'polarity = "down"')
    assert broken.fault == (f"{PROTECTION}, CP01, polarity: is “down”; it must be 'higher', 'lower' or 'neutral'.")


def test_an_empty_text_is_named(broken: Broken) -> None:
    broken.edit(PROTECTION, 'question = "Are children coming back onto plans?"', 'question = ""')
    assert broken.fault == f"{PROTECTION}, CP07, question: is empty. Fill it in."


def test_an_id_of_the_wrong_shape_is_named(broken: Broken) -> None:
    broken.edit("counted.toml", entry("replies"), "[Replies]\n")
    assert broken.faults[0].startswith(
        "counted.toml, Replies, id: is “Replies”, which does not have the shape of an id"
    )


def test_a_value_of_the_wrong_kind_is_named(broken: Broken) -> None:
    broken.edit("calendar.toml", "due_days = 31", 'due_days = "a month"')
    assert broken.fault.startswith("calendar.toml, figures, due_days: is “a month”; it must be a whole number")


def test_an_indicator_that_contradicts_itself_is_named_with_all_that_does(broken: Broken) -> None:
    broken.edit(PROTECTION, 'denominator = "initial_conferences"\n', "annualise = true\n")
    broken.edit(PROTECTION, 'base = "flow"\n', "", after=entry("CP05"))
    assert broken.fault == (
        f"{PROTECTION}, CP05: a percent needs a denominator; a percent needs a base (flow, snapshot or window);"
        " only a rate is annualised. Change one of them."
    )


def test_a_lone_value_is_named(broken: Broken) -> None:
    broken.edit("breakdowns.toml", entry("age_band"), 'stray = "x"\n\n[age_band]\n')
    assert broken.fault == "breakdowns.toml, stray: is a lone value. Write it as [stray] with its fields below."


def test_a_file_without_its_domain_is_named(broken: Broken) -> None:
    broken.edit(PROTECTION, 'domain = "Child protection"\n', "")
    assert broken.fault == f'{PROTECTION}, domain: is missing. Start the file with domain = "…".'


def test_a_folder_without_indicators_is_named(broken: Broken) -> None:
    shutil.rmtree(broken.folder / "indicators")
    assert "indicators/: holds no indicator. Add one TOML file for each domain." in set(broken.faults)


def test_an_indicator_in_two_files_is_named_with_both(broken: Broken) -> None:
    text = (broken.folder / PROTECTION).read_text(encoding="utf-8")
    (broken.folder / "indicators/99_again.toml").write_text(text.partition(entry("CP02"))[0], encoding="utf-8")
    assert broken.faults == [
        f"indicators/99_again.toml, CP01: is already in {PROTECTION}. Keep one, or give it a new id.",
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            (PROTECTION, 'agency_id = "lcc_cf"', 'agency_id = "lcc_fc"'),
            "CP01, agency_id: “lcc_fc” is not in agencies.toml.",
        ),
        (
            ("indicators/10_health.toml", 'senders = ["lch", "lypft"]', 'senders = ["lch", "lpft"]'),
            "HE03, senders: “lpft” is not in agencies.toml. Did you mean “lypft”?",
        ),
        ((PROTECTION, '"abuse_category"', '"abuse_categories"'), "CP06, breakdowns: “abuse_categories” is not in"),
        (
            (PROTECTION, 'priorities = ["family_help"]', 'priorities = ["neglect"]'),
            "CP07, priorities: “neglect” is not in",
        ),
        (
            (PROTECTION, 'themes = ["neglect"', 'themes = ["neglekt"'),
            "CP06, themes: “neglekt” is not in priorities.toml.",
        ),
        (
            ("indicators/01_family_help.toml", 'pair_with = ["EH04", "FD04"]', 'pair_with = ["EH04", "FD94"]'),
            "EH05, pair_with: “FD94” is not in indicators/.",
        ),
        (
            ("quantities.toml", 'counts_of = "babies"', 'counts_of = "infants"'),
            "counts_of: “infants” is not in counted.toml.",
        ),
        (("priorities.toml", '"DA05"', '"DA55"'), "domestic_abuse, shown: “DA55” is not in indicators/."),
        (("areas.toml", 'parent = "E12000003"', 'parent = "E12000033"'), "parent: “E12000033” is not in areas.toml."),
        (("partnership.toml", '"E08000035"', '"E08000036"'), "area_code: “E08000036” is not in areas.toml."),
    ],
)
def test_an_id_nobody_knows_is_named_with_the_nearest(
    broken: Broken, change: tuple[str, str, str], message: str
) -> None:
    broken.edit(*change)
    assert message in broken.fault
    assert broken.fault.startswith(change[0])
    assert broken.fault.endswith("Mend it, or add it there.")


def test_a_quantity_nobody_knows_is_named_and_so_is_the_one_left_over(broken: Broken) -> None:
    broken.edit(PROTECTION, 'numerator = "plans_started_again"', 'numerator = "plans_restarted"')
    unknown, unused = broken.faults
    assert unknown.startswith(f"{PROTECTION}, CP07, numerator: “plans_restarted” is not in quantities.toml. Did you")
    assert unused.startswith("quantities.toml, plans_started_again: no indicator uses it. Take it out, or mend")


def test_what_a_broken_file_hides_is_not_called_unknown(broken: Broken) -> None:
    broken.edit("agencies.toml", entry("lcc_cf"), "[lcc_cf\n")
    assert broken.fault.startswith("agencies.toml: cannot be read as TOML")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            ("agencies.toml", 'aliases = ["LCC Learning"', 'aliases = ["LTHT", "LCC Learning"'),
            "“ltht” already means lcc_learning",
        ),
        (("areas.toml", 'name = "Pudsey"', 'name = "Rothwell"'), "“rothwell” already means ward_pudsey"),
        (("breakdowns.toml", 'title = "Sex"', 'title = "Age"'), "“age” already means age_band"),
        (
            (PROTECTION, 'title = "Second or subsequent plans"', 'title = "Long plans"'),
            "“long plans” already means CP07",
        ),
    ],
)
def test_a_word_that_means_two_things_is_named_with_both(
    broken: Broken, change: tuple[str, str, str], message: str
) -> None:
    broken.edit(*change)
    assert message in broken.fault


def test_categories_that_share_a_word_or_an_id_are_named(broken: Broken) -> None:
    broken.edit("breakdowns.toml", 'aliases = ["1-4"', 'aliases = ["5-9", "1-4"')
    broken.edit("breakdowns.toml", '{ id = "girls"', '{ id = "boys"')
    assert set(broken.faults) == {
        "breakdowns.toml, age_band, categories.age_5_to_9: “5 9” already means age_1_to_4. Let it mean one of them.",
        "breakdowns.toml, sex, categories: “boys” stands twice. Keep one.",
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            ("plans_started_again", '"agencies", "areas", "time"', '"agencies", "areas"'),
            "CP07, year_value: is a sum over the year",
        ),
        (("children_on_a_plan", '"agencies", "areas"', '"agencies", "areas", "time"'), "CP06, base: stands on one day"),
        (
            ("plans_started_again", '"agencies", "areas", "time"', '"agencies", "time"'),
            "CP07, wards: are collected, but",
        ),
        (("staff_trained", '"agencies"', '"areas"'), "HE08, senders: are several, but the numerator does not add"),
    ],
)
def test_sums_that_cannot_hold_are_named(broken: Broken, change: tuple[str, str, str], message: str) -> None:
    quantity, adds, instead = change
    broken.edit("quantities.toml", adds, instead, after=entry(quantity))
    assert message in broken.fault


def test_a_share_of_itself_is_named(broken: Broken) -> None:
    broken.edit(PROTECTION, 'denominator = "plans_started"', 'denominator = "plans_started_again"')
    assert f"{PROTECTION}, CP07, denominator: is the numerator itself. Name what it is a share of." in broken.faults


def test_an_impossible_target_is_named(broken: Broken) -> None:
    broken.edit(PROTECTION, "value = 85.0", "value = 850.0")
    assert broken.fault == f"{PROTECTION}, CP05, target: of a percentage must lie between 0 and 100. Mend it."


def test_an_agreed_target_on_a_neutral_indicator_is_named(broken: Broken) -> None:
    target = 'target = { value = 30.0, kind = "agreed", agreed_by = "Executive (sample)" }\n'
    broken.edit(PROTECTION, entry("CP02"), entry("CP02") + target)
    assert "a neutral indicator cannot have an agreed target" in broken.fault


def test_an_indicator_paired_with_itself_is_named(broken: Broken) -> None:
    broken.edit("indicators/01_family_help.toml", 'pair_with = ["EH04"', 'pair_with = ["EH05"')
    assert "EH05, pair_with: names the indicator itself." in broken.fault


def test_definitions_out_of_order_or_without_a_period_are_named(broken: Broken) -> None:
    broken.edit(PROTECTION, 'from_period = "2023-24-Q2"', 'from_period = "2020-21-Q2"')
    assert "CP07, definitions.from_period: does not run forward from version to version" in broken.fault
    broken.edit(PROTECTION, 'from_period = "2020-21-Q2"', 'from_period = "2023-25-Q2"')
    assert "CP07, definitions.from_period: “2023-25-Q2” is not a period: 2023-25 is not one year." in broken.fault
    broken.edit(PROTECTION, "version = 2", "version = 3")
    assert "definition versions must run 1, 2, 3 in order" in broken.fault


def test_a_first_period_that_is_none_is_named(broken: Broken) -> None:
    broken.edit("partnership.toml", '"2021-22-Q3"', '"autumn"')
    assert broken.fault.startswith("partnership.toml, first_period: “autumn” is not a period")


def test_a_partnership_without_a_name_does_not_hide_the_other_faults(broken: Broken) -> None:
    broken.edit("partnership.toml", 'marking = "OFFICIAL-SENSITIVE"\n', "")
    broken.edit("agencies.toml", 'short = "Probation"\n', "")
    assert broken.faults == [
        "partnership.toml, marking: is missing. Add it.",
        "agencies.toml, probation_wy, short: is missing. Add it.",
    ]


def test_a_survey_question_for_nobody_that_is_known_is_named(broken: Broken) -> None:
    broken.edit("choices/survey_question.toml", '["practitioners"]', '["practicioners"]')
    broken.edit("choices/survey_question.toml", 'indicator_id = "CR03"', 'indicator_id = "CR99"')
    first, second = sorted(broken.faults)
    assert first.startswith(
        "choices/survey_question.toml, confident_concerns, indicator_id: “CR99” is not in indicators/."
    )
    assert second.startswith(
        "choices/survey_question.toml, confident_sharing, asked_of: “practicioners” is not in choices/."
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("meeting_after = 40", "meeting_afer = 40", "meeting_afer: is not a field here"),
        ("preview_before = 3", "preview_before = 0", "preview_before: is “0”"),
        ("meeting = 2026-11-25", "meeting = 2026-11-28", "2026-27-Q2, meeting: is 28 November 2026, a Saturday."),
        ("[quarters.2026-27-Q2]", "[quarters.2026-27-Q5]", "2026-27-Q5"),
    ],
)
def test_a_fault_in_the_days_of_a_quarter_is_named(broken: Broken, old: str, new: str, said: str) -> None:
    broken.edit("cycle.toml", old, new)
    assert any(fault.startswith("cycle.toml") and said in fault for fault in broken.faults)


def test_days_that_are_not_there_are_said_to_be_missing(broken: Broken) -> None:
    (broken.folder / "cycle.toml").unlink()
    assert broken.fault.startswith("cycle.toml: is missing from")
