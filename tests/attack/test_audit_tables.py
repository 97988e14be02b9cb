"""Can a reader work out a case, or how a few were judged, from what a release says of audits, or from two releases?"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import numpy as np
import pandas as pd
import pytest

from pipelines.publishing.writing import identity, write
from pipelines.queries.pointer import Pointer
from tests.attack.audit_worlds import QUARTER, leaks, released, told, truth_of, voice_figure, world
from tests.pipelines.audit_records import audit, cases, grades, times

pytestmark = pytest.mark.slow
WORLDS = [(6,), (9,), (24,), (12, 8), (20, 4), (18, 14), (16, 9, 7)]
AU = "AU-0"


def sizes_of(made):
    refs = [case["audit_ref"] for case in made[1]]
    return {ref: refs.count(ref) for ref in set(refs)}


def filed(home, tables, audience="partnership"):
    at = datetime(2026, 11, 17, 9, tzinfo=UTC)
    publication_id = identity(at, {k: v for k, v in tables.items() if k != "publication"})
    tables["publication"]["publication_id"] = publication_id
    path = write(home, audience, publication_id, {"restatement": pd.DataFrame()} | tables)
    return Pointer(publication_id, path, "", None)


@pytest.mark.parametrize("sizes", WORLDS, ids=str)
@pytest.mark.parametrize(("audience", "seed"), [("partnership", 0), ("partnership", 1), ("executive", 1)])
def test_no_hidden_count_of_cases_can_be_worked_out(seed, audience, sizes):
    made = world(np.random.default_rng(seed), sizes)
    tables = released(made, audience)
    assert leaks(tables, sizes_of(made), truth_of(made[1])) == []


@pytest.mark.parametrize("seed", range(2))
def test_what_is_shown_of_cases_is_true(seed):
    made = world(np.random.default_rng(seed), (26, 18))
    truth = truth_of(made[1])
    shown = {name: value for name, value in told(released(made)).items() if value is not None}
    mine = {name: value for name, value in shown.items() if name[1] in {d for _, d, _ in truth}}
    assert len(mine) > 10
    assert mine == {name: truth.get(name, 0) for name in mine}


def test_the_attack_finds_a_count_that_was_left_open():
    made = world(np.random.default_rng(1), (24,))
    tables, truth = released(made), truth_of(made[1])
    counted = tables["audit_case"]
    hidden = [name for name, value in told(tables).items() if value is None and name[1] == "plan_type"]
    small = next(name for name in hidden if 1 <= truth.get(name, 0) <= 5)
    for ref, dimension, category in set(hidden) - {small}:
        mine = counted["audit_ref"].eq(ref) & counted["dimension"].eq(dimension) & counted["category"].eq(category)
        counted.loc[mine, "count"] = truth.get((ref, dimension, category), 0)
    assert any(str(small) in leak for leak in leaks(tables, sizes_of(made), truth))


def test_a_handful_of_cases_is_told_by_no_difference():
    made = world(np.random.default_rng(3), (20, 4))
    tables = released(made)
    figures = tables["figure"]
    voice = figures[figures["indicator_id"].eq("VO01") & figures["period_id"].eq(QUARTER)]
    # The quarter's figure is of the larger audit alone: less the other, nothing is left.
    assert voice["denominator"].tolist() == [20]
    small = tables["audit"].set_index("audit_ref").loc["AU-1"]
    assert (small["cases_marker"], pd.isna(small["cases"])) == ("c", True)
    of_small = tables["audit_grade"][tables["audit_grade"]["audit_ref"].eq("AU-1")]
    assert of_small["n"].isna().all()


@pytest.mark.parametrize("seed", range(3))
def test_the_indicator_of_judgements_tells_no_more_than_the_table(seed):
    made = world(np.random.default_rng(seed), (20, 7, 5))
    tables = released(made)
    table = tables["audit_grade"]
    shown = table[table["basis"].eq("moderated") & table["marker"].eq("")]
    figures = tables["figure"][tables["figure"]["indicator_id"].eq("PA05") & tables["figure"]["period_id"].eq(QUARTER)]
    for category, whose in (("all", "all"), ("police", "wyp_leeds")):
        mine, one = shown[shown["whose"].eq(whose)], figures[figures["category"].eq(category)].iloc[0]
        assert (one["numerator"], one["denominator"]) == (mine["good_or_better"].sum(), mine["n"].sum())


# A case judged before and after moderation as good or not, or not judged at all.
PATTERNS = [each for each in product("gb-", repeat=2) if each != ("-", "-")]


def judged(self_good, self_bad, after_good, after_bad, moved):
    """Every way in which cases can have been judged twice, or once, that fits two distributions and what moderation did."""
    for gg, gb, bg, bb in product(range(15), repeat=4):
        once = (self_good - gg - gb, self_bad - bg - bb, after_good - gg - bg, after_bad - gb - bb)
        if min(once) >= 0 and moved in (None, (bg, gg + bb, gb)):
            yield once


@pytest.mark.parametrize("only_self", range(1, 6))
@pytest.mark.parametrize("changed", [0, 2])
def test_how_a_few_were_judged_before_moderation_cannot_be_worked_out(only_self, changed):
    before = [*times(g3=5, g2=4), *times(g2=only_self - 1, g3=1)]
    after = [*times(g2=changed, g3=5 - changed), *times(g2=4), *[""] * only_self]
    tables = released(([audit(AU)], cases(AU, len(before)), grades(AU, "impact", before, after)))
    table, moderation = tables["audit_grade"].set_index("basis"), tables["audit_moderation"].iloc[0]
    sides = [
        (int(table.loc[basis, "good"]), int(table.loc[basis, "requires_improvement"]))
        for basis in ("self", "moderated")
    ]
    moved = None if moderation["marker"] else tuple(int(moderation[name]) for name in ("raised", "same", "lowered"))
    fit = set(judged(*sides[0], *sides[1], moved))
    assert (1, only_self - 1, 0, 0) in fit
    assert len({once[:2] for once in fit}) > 1


def test_the_attack_finds_a_moderation_that_was_left_open():
    # Nine of ten judged twice and nothing changed: told together, the tenth stands alone.
    assert {once[:2] for once in judged(6, 4, 6, 3, (0, 9, 0))} == {(0, 1)}


@pytest.mark.parametrize("seed", range(2))
def test_a_case_added_later_is_told_by_no_two_releases(seed, tmp_path):
    random = np.random.default_rng(seed)
    made = world(random, (20, 12))
    first = released(made)
    more = grades(AU, "impact", ["g1"]) + grades(AU, "voice", ["g1"]) + grades(AU, "impact", ["g1"], whose="wyp_leeds")
    added = ([*made[0]], [*made[1], *cases(AU, 1, sex={"boys": 1}, voice_shaped={"no": 1})], [*made[2], *more])
    for late in (added[1][-1], *added[2][-3:]):
        late["case_no"] = 21
    again = released(added, before={"partnership": [filed(tmp_path, first)]})
    # Of the audit the case was added to, nothing of its cases is left; nor of the voice of the whole quarter.
    counts = told(again)
    assert {value for (ref, _, _), value in counts.items() if ref == AU} == {None}
    assert {value for (_, dimension, _), value in counts.items() if dimension == "voice_shaped"} == {None}
    assert again["audit_case"]["note"].str.startswith("Hidden: the records changed").any()
    # And no distribution that was shown is shown with one case more.
    key = ["audit_ref", "domain", "whose", "basis"]
    both = first["audit_grade"].merge(again["audit_grade"], on=key, suffixes=("_was", "_now"))
    both = both[both["n_was"].notna() & both["n_now"].notna()]
    assert len(both)
    assert (both["n_was"] == both["n_now"]).all()
    changed = again["audit_grade"][again["audit_grade"]["audit_ref"].eq(AU)]
    assert changed["words"].str.startswith("Hidden to protect: a few cases were added").any()


def with_a_case_more(made, domains=("impact", "voice"), grade="g1"):
    """The same audits, the first with one case more that was judged so in these domains, by all and of the police."""
    number = sum(case["audit_ref"] == AU for case in made[1]) + 1
    judged = [
        (domain, whose)
        for domain in domains
        for whose in ("", "wyp_leeds")
        if (domain, whose) != ("voice", "wyp_leeds")
    ]
    more = [row for domain, whose in judged for row in grades(AU, domain, [grade], whose=whose)]
    late = cases(AU, 1, sex={"boys": 1}, voice_shaped={"no": 1})
    for row in (*late, *more):
        row["case_no"] = number
    return made[0], [*made[1], *late], [*made[2], *more]


def figure_of(tables, indicator_id, category="all"):
    """Numerator and denominator of the quarter as a release has them; None where it has no such figure."""
    figures = tables["figure"]
    mine = figures[figures["indicator_id"].eq(indicator_id) & figures["period_id"].eq(QUARTER)]
    mine = mine[mine["category"].eq(category)]
    return None if mine.empty else tuple(mine[["numerator", "denominator"]].iloc[0])


@pytest.mark.parametrize("domains", [("impact", "voice"), ("impact",)], ids=str)
def test_a_case_added_later_is_told_by_no_figure(domains, tmp_path):
    made = world(np.random.default_rng(3), (20, 12))
    first = released(made)
    again = released(with_a_case_more(made, domains), before={"partnership": [filed(tmp_path, first)]})
    grade = first["audit_grade"].query("basis == 'moderated'").assign(now=1)
    assert (grade["marker"] == "").all()
    for whose, category in (("all", "all"), ("wyp_leeds", "police")):
        # What the figure lost is what the first release showed of the audit: nothing of the case is in it.
        others = grade[grade["whose"].eq(whose) & grade["audit_ref"].ne(AU)]
        told = figure_of(again, "PA05", category)
        assert told == (others["good_or_better"].sum(), others["n"].sum())
    assert figure_of(first, "VO01") is not None
    assert figure_of(again, "VO01") is None


def test_a_case_whose_grade_moves_no_percentage_moves_no_figure(tmp_path):
    # Nobody was good before and after: to the public 0% of about twenty both times, and one judgement more in the figure.
    made = ([audit(AU)], cases(AU, 18), grades(AU, "impact", times(g2=18)))
    public = filed(tmp_path, released(made, "public"), "public")
    again = released(with_a_case_more(made, ("impact",)), "public", before={"public": [public]})
    assert again["audit_grade"]["good_percent"].tolist() == [0.0]
    assert figure_of(again, "PA05") is None


@pytest.mark.parametrize("then", ["public", "partnership"])
def test_a_case_added_after_a_rounded_release_is_told_by_no_other(then, tmp_path):
    # 12 of 18, told as 67% of about 20; with one more 12 of 19, which would be 63%.
    made = ([audit(AU)], cases(AU, 18), grades(AU, "impact", times(g3=12, g2=6)))
    public = filed(tmp_path, released(made, "public"), "public")
    again = released(with_a_case_more(made, ("impact",)), then, before={"public": [public]})
    mine = again["audit_grade"].query("whose == 'all' and basis == 'moderated'").iloc[0]
    assert (mine["marker"], pd.isna(mine["n"]), pd.isna(mine["good_percent"])) == ("c", True, True)
    assert mine["words"].startswith("Hidden to protect: a few cases were added")
    assert figure_of(again, "PA05") == (0, 0)


def test_a_grade_corrected_after_both_releases_is_shown_to_both(tmp_path):
    made = ([audit(AU)], cases(AU, 18), grades(AU, "impact", times(g3=12, g2=6)))
    before = {name: [filed(tmp_path, released(made, name), name)] for name in ("partnership", "public")}
    mended = (*made[:2], grades(AU, "impact", times(g3=11, g2=7)))
    told = {name: released(mended, name, before)["audit_grade"].iloc[-1] for name in before}
    assert (told["partnership"]["n"], told["partnership"]["good_or_better"]) == (18, 11)
    assert (told["public"]["n"], told["public"]["good_percent"]) == (20, 61)


def test_unchanged_audits_are_shown_again_as_they_were(tmp_path):
    made = world(np.random.default_rng(5), (24, 10))
    first = released(made)
    again = released(made, before={"partnership": [filed(tmp_path, first)]})
    for name in ("audit", "audit_grade", "audit_moderation", "audit_case"):
        pd.testing.assert_frame_equal(first[name], again[name])


def test_what_one_release_hid_the_next_does_not_show(tmp_path):
    made = world(np.random.default_rng(7), (26,))
    first = released(made, "executive")
    name = next(name for name, value in told(released(made)).items() if value and name[1] == "sex")
    counted = first["audit_case"]
    mine = counted["dimension"].eq(name[1]) & counted["category"].eq(name[2])
    counted.loc[mine, ["count", "marker"]] = [None, "c"]
    assert told(released(made, before={"executive": [filed(tmp_path, first, "executive")]}))[name] is None


def test_rounded_numbers_of_the_public_are_no_earlier_values(tmp_path):
    made = world(np.random.default_rng(2), (23,))
    public = filed(tmp_path, released(made, "public"), "public")
    beside = released(made, before={"public": [public]})
    pd.testing.assert_frame_equal(beside["audit_grade"], released(made)["audit_grade"])


@pytest.mark.parametrize("audience", ["executive", "partnership", "public"])
def test_no_table_has_a_row_or_a_number_of_a_case(audience):
    made = world(np.random.default_rng(4), (20,))
    tables = released(made, audience)
    audits = {name: table for name, table in tables.items() if name.startswith("audit")}
    assert not any("case_no" in table.columns for table in audits.values())
    crossed = {"sex", "age_band", "ethnic_group", "locality", "plan_type"}
    assert not any(crossed & set(table.columns) for table in audits.values())
    assert "dimension" not in tables["audit_grade"].columns
    if audience == "public":
        assert tables["audit_case"].empty


def test_the_voice_of_a_quarter_is_taken_as_known_before_its_figure_is():
    # Reported in a quarter that no figure covers yet: its figure will come, and must not then give the smaller count away.
    made = world(np.random.default_rng(0), (20, 16))
    for one in made[0]:
        one["reported_on"] = "2026-10-20"
    voice = [case for case in made[1] if case["audit_ref"] == AU]
    for number, case in enumerate(made[1]):
        case["voice_shaped"] = "yes" if (number < 3 if case in voice else number < 32) else "no"
    tables = released(made)
    assert voice_figure(tables) in (None, 0.0)
    counts = told(tables)
    assert (counts[AU, "voice_shaped", "yes"], counts["AU-1", "voice_shaped", "yes"]) == (None, None)
