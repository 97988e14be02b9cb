"""What must go is gone from every byte of the home, with what shows it; nothing else is, and a hold or one person stops it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from datetime import timedelta

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.flows import backing_up, expunging, finding, log, preparing, publication, restoring, status, tidying
from pipelines.publishing.writing import seal
from pipelines.queries import brought_back, removals
from pipelines.queries.frame import served
from pipelines.queries.pointer import digest, every, is_whole, opened
from pipelines.queries.reading import rows as read
from pipelines.queries.receipts import receipt
from pipelines.queries.withdrawn import is_withdrawn
from pipelines.store import chain, events, expunged, expunging_asked, fingerprints, submissions
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.problems import UserError
from schemas.published.prose import PROSE
from schemas.published.tables import TABLES
from tests.pipelines.full_disk import full_disk
from tests.pipelines.releases import order
from tests.pipelines.removed_home import (
    AT,
    BETTER,
    CLEAN,
    LOG,
    NAME,
    SLIPPED,
    STEWARD,
    WROTE,
    corrected,
    filled,
    holding,
    published,
)
from tests.pipelines.test_store import FIRST, Return, figures

pytestmark = pytest.mark.slow

REASON = "What it said must not be kept"
LATER = AT + timedelta(days=1)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The home once, for each test to have its own copy of."""
    home = tmp_path_factory.mktemp("removed")
    filled(home)
    published(home)
    return home


@pytest.fixture
def home(built, tmp_path):
    """A copy that may be changed."""
    return shutil.copytree(built, tmp_path / "home")


@pytest.fixture(scope="module")
def built_corrected(tmp_path_factory):
    """A home in which the same words stand in a return and in its correction."""
    home = tmp_path_factory.mktemp("corrected")
    corrected(home)
    return home


@pytest.fixture
def two_versions(built_corrected, tmp_path):
    """A copy of it that may be changed."""
    return shutil.copytree(built_corrected, tmp_path / "two")


def remove(home, *what, actor=STEWARD, at=LATER, records=(), **said):
    given = {"why": "slip", "reason": REASON, "yes": True, "withdraw": True} | said
    return list(expunging.asked(home, actor, at, what=what, records=records, **given))


def rows(home, table="submission", column="submission_id"):
    with transaction(home, write=False) as vault:
        return [row[0] for row in vault.table(table).project(column).order("all").fetchall()]


def test_without_yes_it_says_what_goes_and_what_stays_and_touches_nothing(home):
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and path.suffix != ".lock"}
    said = remove(home, SLIPPED, yes=False, why="", reason="")
    assert "No publication will then stand for Partnership, until you publish again." in said
    assert any("with --row or --record" in line for line in said)
    assert said[0].startswith(f"{SLIPPED}: everything that was read of it")
    assert any("(partnership) shows it" in line for line in said)
    assert "Stays: backup.20261101T020000Z, made on 9 November 2026. Make a new backup, then destroy it." in said
    assert said[-1] == "Nothing was removed. Add --yes to remove it for good."
    assert NAME not in " ".join(said)
    assert {path: path.read_bytes() for path in before} == before


def test_a_submission_is_gone_from_every_byte_and_the_rest_stands(home):
    assert {"vault.duckdb", *(n for n in holding(home) if n.startswith(("files/", "publications/")))} <= {
        *holding(home)
    }
    assert len(holding(home)) == 4
    kept = rows(home, "observation", "submission_id || indicator_id")
    said = remove(home, SLIPPED) + remove(home, LOG)
    assert holding(home) == []
    assert NAME not in " ".join(said)
    gone = rows(home, "observation", "submission_id || indicator_id")
    assert gone == [each for each in kept if not each.startswith(SLIPPED)]
    assert BETTER in " ".join(gone) and rows(home, "record", "submission_id") == [CLEAN, CLEAN, BETTER, BETTER]
    assert rows(home, "draft", "body") == []
    assert rows(home) == sorted([CLEAN, SLIPPED, BETTER, LOG])
    assert receipt(home, STEWARD, SLIPPED).counts == "It no longer counts: it is withdrawn."
    assert not (home / "expunging").exists() and not list(home.glob("vault.duckdb.*"))


def test_the_log_is_whole_and_says_that_it_was_done_and_never_what(home):
    remove(home, SLIPPED)
    found = log.verify(home, STEWARD)
    assert found.faults == ()
    with transaction(home, write=False) as vault:
        last = events.listing(vault).iloc[-1]
    assert (last["action"], last["subject"], last["actor"]) == ("submission.expunged", SLIPPED, "a.steward")
    assert set(json.loads(last["detail"])) == {"why", "whole", "reason_sha256", "rows_sha256", "beside_sha256"}


def test_a_publication_that_shows_it_must_be_withdrawn_and_its_numbers_stay(home):
    [before] = every(home, "partnership")
    with pytest.raises(UserError, match=r"shows it, and is one of 1\. Add --withdraw, or tick it"):
        remove(home, SLIPPED, withdraw=False)
    assert holding(home)
    remove(home, SLIPPED)
    assert served(home, STEWARD, "partnership").pointer is None
    [after] = every(home, "partnership")
    assert after.publication_id == before.publication_id and after.sha256 != before.sha256 and is_whole(after)
    assert read(after, "select numerator from figure where indicator_id = 'FD01' limit 1") == [{"numerator": 813.0}]
    assert read(after, "select what_happened, why from commentary") == [
        {"what_happened": "Removed for good", "why": "One team"}
    ]


def tables(publication):
    """Every table of a publication without the columns that hold sentences, and those columns by themselves."""
    codes, prose = {}, {}
    with opened(publication) as connection:
        for table in TABLES.values():
            said = connection.table(table.name)
            names = ", ".join(f'"{column.name}"' for column in table.columns if column.type != "prose")
            codes[table.name] = sorted(map(repr, said.project(names).fetchall()))
            for column in PROSE.get(table.name, ()):
                prose[f"{table.name}.{column}"] = sorted(map(repr, said.project(f'"{column}"').fetchall()))
    return codes, prose


def test_only_words_are_rewritten_and_only_where_they_can_stand(two_versions):
    newest, oldest = every(two_versions, "partnership")
    before, untouched = tables(newest), oldest.path.read_bytes()
    said = remove(two_versions, SLIPPED, BETTER)
    assert f"{newest.publication_id} (partnership) shows it" in " ".join(said)
    assert oldest.publication_id not in " ".join(said), "it was made before either came"
    after = tables(every(two_versions, "partnership")[0])
    assert after[0] == before[0], "keys, ids and every figure, by which the next release goes"
    changed = {name for name, rows in after[1].items() if rows != before[1][name]}
    assert "commentary.what_happened" in changed and "indicator.title" not in after[1]
    assert all("Removed for good" in str(after[1][name]) for name in changed)
    assert NAME not in str(after[1])
    assert oldest.path.read_bytes() == untouched and not is_withdrawn(oldest.path)


def test_no_key_and_no_id_can_be_rewritten():
    for table in TABLES.values():
        assert not {*PROSE.get(table.name, ())} & {*table.key}, table.name
        assert not [name for name in PROSE.get(table.name, ()) if name.endswith(("_id", "_ids"))], table.name
    assert not {"indicator", "definition", "breakdown", "area", "statement"} & {*PROSE}, "what is the catalogue's own"


def test_what_a_correction_keeps_is_said_and_never_denied(two_versions):
    said = remove(two_versions, SLIPPED, yes=False)
    newest, _ = every(two_versions, "partnership")
    told = next(
        line for line in said if line.startswith("Stays: the words in Commentary!") and "(what_happened)" in line
    )
    assert "stand as well in" in told and f"{BETTER} Commentary!" in told
    assert f"Stays: {newest.publication_id} (partnership) shows words of it, which stand there as well." in said
    assert "none of its words" not in " ".join(said)
    done = remove(two_versions, SLIPPED)
    assert f"Words of it still stand in {BETTER}, as was said." in done
    assert not is_withdrawn(newest.path)


def test_with_copies_the_words_go_from_every_version_and_its_figures_stand(two_versions):
    figures = rows(two_versions, "observation", "indicator_id || numerator")
    said = remove(two_versions, SLIPPED, copies="near")
    [told] = [line for line in said if line.startswith(f"{BETTER}: the same words (Commentary!")]
    assert told.endswith("), and the whole file it came in. Its figures stand.")
    old = [path for path in holding(two_versions) if every(two_versions, "partnership")[1].publication_id not in path]
    assert old == [], "all but the release that was made before they came"
    assert "“the old one”" not in str(rows(two_versions, "record", "body")) and "u201cthe old" not in str(
        rows(two_versions, "record", "body")
    )
    assert rows(two_versions, "observation", "indicator_id || numerator") == figures[:1]
    with transaction(two_versions, write=False) as vault:
        stands = vault.execute("select submission_id from submission where state = 'accepted'").fetchall()
    assert stands == [(BETTER,)]


def test_what_many_say_is_counted_and_taken_only_where_that_is_asked(two_versions):
    """The same comment stands in the correction and in four returns of others: only the correction is a copy."""
    others = ("lch", "lypft", "wyp_leeds", "lcc_cf")
    beside = figures({"FD01": (5, None)}).assign(reason=WROTE)
    with transaction(two_versions, write=True) as vault:
        for number, sender in enumerate(others):
            sent = Return(
                sender.encode(),
                beside.assign(agency_id=sender),
                agency_id=sender,
                commentary=beside.iloc[:0],
                not_held=beside.iloc[:0],
            )
            submissions.receive(vault, two_versions, STEWARD, sent, sent.content, at=AT.replace(day=16, minute=number))
    newest, _ = every(two_versions, "partnership")
    said = remove(two_versions, SLIPPED, copies="everywhere", yes=False)
    assert {name for name in others if any(line.startswith(f"{name}.figures") for line in said)} == {*others}
    said = remove(two_versions, SLIPPED, copies="near")
    assert any(line.startswith(f"{BETTER}: the same words (Commentary!") for line in said)
    [told] = [line for line in said if "that many use" in line]
    assert told.startswith("Stays: 1 phrase that many use, in 1 place of it and in 4 other submissions: Commentary!")
    assert NAME not in " ".join(said)
    assert f"Stays: {newest.publication_id} (partnership) shows words of it, which stand there as well." in said
    assert rows(two_versions, "observation", "reason").count(WROTE) == 4
    assert NAME not in str(rows(two_versions, "record", "body")), "gone from every version of the return itself"
    with transaction(two_versions, write=False) as vault:
        kept = vault.execute("select count(*) from submission where original_kept").fetchone()
    assert kept == (4,), "nobody else loses a file"


def test_one_cell_goes_by_its_address_or_its_column_and_the_row_stands(home):
    """The address is looked up in the file as it came, whose columns stand in an order of their own."""
    said = pd.DataFrame([{"indicator_id": "FD01", "what_happened": "More came", "why": f"{NAME} moved", "what_we_are_doing": "Audit"}], index=[2])  # fmt: skip
    content = f"Why,What we are doing,What happened\n{NAME}  moved,Audit,More came\n".encode()
    sent = Return(
        content,
        figures({"FD01": (5, None)}).iloc[:0],
        agency_id="lch",
        file=f"{NAME}.csv",
        commentary=said,
        not_held=said.iloc[:0],
    )
    with transaction(home, write=True) as vault:
        name = submissions.receive(vault, home, STEWARD, sent, content, at=LATER).submission_id
        vault.execute("update record set sheet = 'CSV' where submission_id = ?", [name])
    for wrong, why in (("CSV!D2", "in no column of words"), ("CSV!A9", "in no column of words"), ("CSV!2 (who)", "nothing stands in words")):  # fmt: skip
        with pytest.raises(UserError, match=why) as told:
            remove(home, name, rows=[wrong])
        assert NAME not in str(told.value)
    lines = remove(home, name, rows=["CSV!A2"], yes=False)
    assert lines == remove(home, name, rows=["CSV!2 (Why)"], yes=False), "either way it is the same"
    assert lines[0].startswith(f"{name}: the words in CSV!2 (why), and the whole file it came in.")
    remove(home, name, rows=["CSV!A2"])
    with transaction(home, write=False) as vault:
        [(body,)] = vault.execute("select body from record where submission_id = ?", [name]).fetchall()
    assert json.loads(body) == {**said.iloc[0].to_dict(), "why": "Removed for good"}
    again = remove(home, name, rows=["CSV!2 (what_happened)"], yes=False)
    assert (
        again[0]
        == f"{name}: the words in CSV!2 (what_happened), and no file, as it is no longer kept. Its figures stand."
    )
    with pytest.raises(UserError, match="no longer kept, so nobody can say which column"):
        remove(home, name, rows=["CSV!B2"])


def test_the_words_of_one_row_go_and_everything_else_of_the_return_stands(home):
    """The reason beside the figure of row 2 names somebody; the comment of the same return does not."""
    kept = rows(home, "observation", "submission_id || indicator_id || numerator")
    with transaction(home, write=False) as vault:
        [(row,)] = vault.execute("select row from observation where submission_id = ?", [SLIPPED]).fetchall()
    said = remove(home, SLIPPED, rows=[f"Figures!{row}"])
    assert said[0] == f"{SLIPPED}: the words in Figures!{row}, and the whole file it came in. Its figures stand."
    assert rows(home, "observation", "submission_id || indicator_id || numerator") == kept
    assert NAME not in str(rows(home, "observation", "reason")) and "One team" in str(rows(home, "record", "body"))
    for wrong, why in (("Figures!99", "nothing stands in words"), ("H8", "is no row")):
        with pytest.raises(UserError, match=why):
            remove(home, SLIPPED, rows=[wrong])


def test_the_words_of_a_named_row_go_however_short_and_whoever_else_holds_them(two_versions):
    """The version before holds the same comment, and one word of it may be a name."""
    with transaction(two_versions, write=True) as vault:
        vault.execute("update record set row = 3 where sheet = 'Commentary'")
    assert {"One team", "Audit"} <= comment(two_versions).keys()
    said = remove(two_versions, BETTER, rows=["Commentary!3"])
    assert comment(two_versions) == {"FD01": 1, "Removed for good": 3}
    assert any("still stand in" in line for line in said), "what others keep is said"
    newest, _ = every(two_versions, "partnership")
    assert is_withdrawn(newest.path) and "One team" not in newest.path.read_bytes().decode("latin-1")
    with transaction(two_versions, write=True) as vault:
        asked = "update record set body = replace(body, 'Removed for good', 'Zoe') where submission_id = ?"
        vault.execute(asked, [BETTER])
    remove(two_versions, BETTER, rows=["Commentary!3"])
    assert comment(two_versions) == {"FD01": 1, "Removed for good": 3}


def comment(home):
    """What stands in the comment of the better version, and how often."""
    with transaction(home, write=False) as vault:
        asked = "select body from record where submission_id = ? and sheet = 'Commentary' and row = 3"
        [(body,)] = vault.execute(asked, [BETTER]).fetchall()
    return Counter(json.loads(body).values())


def test_a_record_goes_by_its_reference_with_the_file_it_came_in_and_its_submission_stands(home):
    said = remove(home, records=["V-1"])
    assert said[0] == f"{LOG}: the record, what was said of it, and the whole file it came in."
    assert "V-1" not in rows(home, "record", "record_key")
    with transaction(home, write=False) as vault:
        assert vault.execute(
            "select state, original_kept from submission where submission_id = ?", [LOG]
        ).fetchone() == (
            "accepted",
            False,
        )
    assert not any(name.startswith("files/") and b"log with" in (home / name).read_bytes() for name in holding(home))


def test_the_very_same_file_is_not_taken_in_again(home):
    sha256 = FIRST.file_sha256
    remove(home, sha256[:16])
    with transaction(home, write=True) as vault, pytest.raises(UserError, match="removed for good on 18 November 2026"):
        submissions.receive(vault, home, STEWARD, FIRST, FIRST.content, at=LATER)
    with transaction(home, write=False) as vault:
        assert expunged.removed_on(vault, sha256) == LATER
    with pytest.raises(UserError, match="Nothing of it is left here"):
        remove(home, CLEAN)


@pytest.mark.parametrize("hold", ["true", '["ltht"]', f'["{SLIPPED}"]', '["lcc_fc"]'])
def test_a_legal_hold_stops_it_in_one_sentence(home, hold):
    (home / "settings.toml").write_text(f"[retention]\nlegal_hold = {hold}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"othing was removed\.$") as said:
        remove(home, SLIPPED)
    assert "legal" in str(said.value) and holding(home)


def test_a_hold_lifted_before_it_and_put_back_while_it_runs_stops_it_and_shows_in_the_log(home):
    place = home / "settings.toml"
    held = f'[retention]\nlegal_hold = ["{SLIPPED}"]\n'
    place.write_text(held, encoding="utf-8")
    with transaction(home, write=True):
        pass
    place.write_text("", encoding="utf-8")
    before = holding(home)

    def put_back(step: str) -> None:
        if step == "Writing the vault anew":
            place.write_text(held, encoding="utf-8")

    with pytest.raises(UserError, match=r"settings\.toml was changed while .* Nothing was removed\. Start again"):
        remove(home, SLIPPED, say=put_back)
    assert holding(home) == before and not (home / "expunging").exists()
    with transaction(home, write=False) as vault:
        *_, last = events.of(vault, "settings.changed")
        assert json.loads(last["detail"])["after"] == hashlib.sha256(b"").hexdigest()
        assert events.of(vault, "submission.expunged") == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"why": ""}, "Say why, with --why slip or erasure or court"),
        ({"reason": "Too short"}, "at least 10 letters"),
        ({"reason": f"The name of {NAME}, aged 7, was in it"}, "may tell of a person"),
    ],
)
def test_a_reason_is_a_code_and_words_that_tell_of_nobody(home, given, said):
    with pytest.raises(UserError, match=said):
        remove(home, SLIPPED, **given)
    assert holding(home)
    with pytest.raises(UserError, match=said):  # before anything is looked for
        remove(home, "nothing.of.the.v1", **given)


def test_where_two_people_release_one_asks_and_another_does_it(home):
    path = home / "agreements.toml"
    path.write_text("[release]\ntwo_people = true\n", encoding="utf-8")
    assert remove(home, SLIPPED)[-1].startswith("It is asked for. Another person")
    assert holding(home)
    with pytest.raises(UserError, match="You asked for this yourself"):
        remove(home, SLIPPED, actor=Actor(" A.Steward", "business_unit"), why="", reason="")
    with pytest.raises(UserError, match="leave --by out"):
        remove(home, SLIPPED, actor=Actor("b.other", "business_unit"), by_another=True)
    other = Actor("b.other", "business_unit")
    late = remove(home, SLIPPED, actor=other, at=LATER + timedelta(days=60))
    assert late[-1].startswith("It is asked for."), "what was asked two months ago is asked anew"
    remove(home, SLIPPED, actor=STEWARD, why="", reason="", at=LATER + timedelta(days=61))
    assert [name for name in holding(home) if name.startswith("publications/")] == []
    with transaction(home, write=False) as vault:
        [done] = events.of(vault, "submission.expunged")
        assert vault.execute("select count(*) from expunging_asked").fetchone() == (0,)
    assert (done["actor"], json.loads(done["detail"])["asked_by"]) == ("a.steward", "b.other")


def test_what_was_asked_counts_for_no_more_than_that_and_not_again_once_it_is_taken_away(home):
    (home / "agreements.toml").write_text("[release]\ntwo_people = true\n", encoding="utf-8")
    other, asked_anew = Actor("b.other", "business_unit"), "It is asked for. Another person"
    remove(home, SLIPPED)
    with transaction(home, write=True) as vault:
        [kept] = vault.execute("select * from expunging_asked").fetchall()
        wider = json.dumps(json.loads(kept[0]) | {"copies": True})
        vault.execute("update expunging_asked set target = ?", [wider])
    assert remove(home, SLIPPED, actor=other, copies="everywhere")[-1].startswith(asked_anew)
    with transaction(home, write=True) as vault:
        vault.execute("delete from expunging_asked")
        vault.execute("insert into expunging_asked values (?, ?, ?, ?, ?, ?)", kept)
        [each] = expunging_asked.waiting(vault)
        assert expunging_asked.refuse(vault, other, each.named, LATER)
        vault.execute("insert into expunging_asked values (?, ?, ?, ?, ?, ?)", kept)
        assert expunging_asked.waiting(vault) == []


def test_one_login_does_not_ask_as_one_person_and_do_it_as_another(home):
    (home / "agreements.toml").write_text("[release]\ntwo_people = true\n", encoding="utf-8")
    one = Actor("One Name", "business_unit", login="shared")
    assert remove(home, SLIPPED, actor=one)[-1].startswith("It is asked for.")
    with pytest.raises(UserError, match="You asked for this yourself"):
        remove(home, SLIPPED, actor=Actor("Another Name", "business_unit", login="shared"), why="", reason="")
    with transaction(home, write=True) as vault:
        vault.execute("update expunging_asked set asked_by = 'b.other'")
    other = Actor("Another Name", "business_unit", login="shared")
    assert remove(home, SLIPPED, actor=other)[-1].startswith("It is asked for."), (
        "what the log does not have is not asked"
    )
    assert holding(home)
    with transaction(home, write=False) as vault:
        assert [json.loads(each["detail"])["login"] for each in events.of(vault, "submission.expunging")] == [
            "shared"
        ] * 2


def test_a_note_of_what_was_removed_for_good_or_asked_that_is_gone_or_another_is_a_fault(home):
    remove(home, SLIPPED)
    with transaction(home, write=True) as vault:
        vault.execute("update expunged set reason = 'Another'")
    said = [fault.words for fault in log.verify(home, STEWARD).faults]
    assert [words.partition(", and")[0] for words in said] == [
        f"Something of {SLIPPED} was removed for good by the log",
        f"The vault notes that something of {SLIPPED} was removed for good",
    ]
    with transaction(home, write=True) as vault:
        vault.execute("delete from expunged")
        vault.execute("update submission set reason = 'x' where submission_id = ?", [SLIPPED])
    said = " ".join(fault.words for fault in log.verify(home, STEWARD).faults)
    assert "the same file could come in again" in said and f"The reason kept with {SLIPPED} is not the one of" in said


def logged(home):
    """The release, with the entry that it has where it is not made by itself."""
    [shown] = every(home, "partnership")
    with transaction(home, write=True) as vault:
        told = {"audience": "partnership", "sha256": digest(shown.path)}
        events.append(vault, STEWARD, "publication.released", shown.publication_id, told, at=AT)
    return shown


def test_what_was_said_of_another_return_in_the_same_words_goes_and_the_log_knows_what_is_left(home):
    row = [CLEAN, 1, "r", "query", "", "", 2, "", f"{NAME} moved away in the summer", "x", ""]
    with transaction(home, write=True) as vault:
        vault.execute("insert into problem values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        held = fingerprints.beside(vault, CLEAN)
        [entry] = [each for each in events.of(vault, "submission.received") if each["subject"] == CLEAN]
        detail = chain.canonical(chain.facts(entry["detail"]) | {"beside_sha256": held})
        vault.execute("update event set detail = ? where position = ?", [detail, entry["position"]])
    logged(home)
    assert not any("beside its rows" in fault.words for fault in log.verify(home, STEWARD).faults)
    remove(home, SLIPPED)
    with transaction(home, write=False) as vault:
        assert vault.execute("select count(*) from problem where submission_id = ?", [CLEAN]).fetchone() == (0,)
        [entry] = events.of(vault, "submission.expunged")
        assert chain.facts(entry["detail"])["others"] == {CLEAN: fingerprints.beside(vault, CLEAN)}
        [anew] = events.of(vault, "publication.rewritten")
        assert "was_altered" not in entry["detail"] + anew["detail"]
    words = " ".join(fault.words for fault in log.verify(home, STEWARD).faults)
    assert "beside its rows" not in words and "was not" not in words


def test_what_had_been_altered_is_removed_all_the_same_and_named_for_good(home):
    """Each is given a new fingerprint by the removal: the return, another that says the same words, and the publication."""
    shown = logged(home)
    with duckdb.connect(shown.path) as file:
        file.execute("update figure set numerator = 99 where indicator_id = 'FD01'")
    seal(home, "partnership", shown.publication_id, digest(shown.path))
    row = [CLEAN, 1, "r", "query", "", "", 2, "", f"{NAME} moved away in the summer", "x", ""]
    with transaction(home, write=True) as vault:
        vault.execute("insert into problem values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        vault.execute("update observation set numerator = 600 where submission_id = ?", [SLIPPED])
    remove(home, SLIPPED)
    remove(home, LOG)  # an honest act afterwards changes nothing of it
    assert holding(home) == []
    found = [fault.words for fault in log.verify(home, STEWARD).faults]
    anew = f"The publication {shown.publication_id} was not the file that was released when something was removed from it in entry"
    assert len(found) == 3 and any(words.startswith(anew) for words in found)
    for each in (CLEAN, SLIPPED):
        assert any(words.startswith(f"What the vault held of {each} was not what was logged of it") for words in found)


def test_what_is_left_after_a_record_went_is_what_the_log_says(home):
    remove(home, records=["V-1"])
    assert (found := log.verify(home, STEWARD)).faults == () and found.rows_of == 4
    with transaction(home, write=True) as vault:
        vault.execute("update record set body = replace(body, 'e', 'a')")
    words = " ".join(fault.words for fault in log.verify(home, STEWARD).faults)
    assert "What the vault holds of" in words and "is not what was accepted" in words


def test_an_earlier_home_that_was_put_aside_stops_it(home):
    (home / "replaced-20261101T000000Z").mkdir()
    with pytest.raises(UserError, match="holds an earlier home"):
        remove(home, SLIPPED)


def test_a_backup_made_afterwards_holds_nothing_of_it(home, tmp_path):
    remove(home, SLIPPED)
    remove(home, LOG)
    out = tmp_path / "after.tar"
    assert "is damaged" not in backing_up.back_up(home, STEWARD, out, LATER), "what was written anew is as it should be"
    assert NAME.encode() not in out.read_bytes()


def test_a_backup_from_before_brings_it_back_and_the_restore_says_so(home, tmp_path):
    out = tmp_path / "before.tar"
    backing_up.back_up(home, STEWARD, out, AT)
    backing_up.back_up(home, STEWARD, tmp_path / "second.tar", AT.replace(hour=11))
    remove(home, records=["V-1"])
    remove(home, SLIPPED)
    said = restoring.restore(home, STEWARD, out, LATER, replace=True)
    is_back = (
        f"What had been removed for good of {SLIPPED} on 18 November 2026 is back with the backup that was restored: remove it "
        f"again, with “throughline expunge {SLIPPED}”."
    )
    first, *others = said.splitlines()
    assert first.startswith(
        f"A part (Heard!2) that had been removed for good of {LOG} on 18 November 2026 is back with"
    )
    assert others[:2] == [is_back, "Until then nothing is published, prepared or previewed."]
    assert brought_back.waiting(home, STEWARD) == (first, is_back)
    assert next(status.lines(home, STEWARD, LATER)) == first
    with pytest.raises(UserError) as stopped:
        publication.publish(home, order("For a meeting", LATER))
    assert str(stopped.value) == f"{first} {is_back} Nothing was published."
    with pytest.raises(UserError, match="is back with the backup"):
        list(preparing.prepare(home, [order("For a meeting", LATER)]))
    with pytest.raises(UserError, match="is back with the backup"):
        publication.preview(home, order("For a meeting", LATER))
    aside = next(home.glob("replaced-*"))
    assert (
        "until it is deleted nothing can be removed for good" in said and f"deletes it, with “rm -r {aside}”." in said
    )
    shutil.rmtree(aside)
    known = next(line for line in finding.find(home, STEWARD, NAME) if line.startswith("Not looked into"))
    for name in (
        "backup.20261117T113000Z (which the home that was replaced",
        f"SHA-256 {digest(out)[:12]} (made on 17 November 2026, from which this home was restored)",
        "backup.20261101T020000Z",
    ):
        assert name in known, name
    look = " ".join(remove(home, SLIPPED, yes=False))
    assert "Stays: backup.20261117T113000Z" in look and f"SHA-256 {digest(out)[:12]}" in look
    assert len(holding(home)) > 2
    # Removed again in another order than before, which changes what is kept beside the other one in between.
    remove(home, SLIPPED)
    assert brought_back.waiting(home, STEWARD) == (first,)
    remove(home, records=["V-1"])
    assert brought_back.waiting(home, STEWARD) == ()
    assert log.verify(home, STEWARD).faults == ()


def test_a_publication_that_cannot_be_looked_through_stops_it(home):
    [one] = every(home, "partnership")
    one.path.write_bytes(b"no publication")
    with pytest.raises(UserError, match="Until then nobody can say whether it shows it"):
        remove(home, SLIPPED)


@pytest.mark.parametrize("room", [20_000, 1_000_000])
def test_on_a_full_disk_nothing_is_removed_and_it_is_one_sentence(home, room):
    with full_disk(room), pytest.raises(UserError, match=r"[Mm]ake (sure the disk has )?room"):
        remove(home, SLIPPED)
    assert holding(home) and not (home / expunged.FOLDER).exists()
    assert not [each for each in every(home, "partnership") if is_withdrawn(each.path)]


def test_what_names_nothing_is_said_and_the_command_is_one_sentence(home, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    for arguments, said in (
        (["expunge"], "Name a submission, a file"),
        (["expunge", "nothing.of.the.v1"], "There is no submission, and no file, nothing.of.the.v1."),
        (["expunge", "--record", "R-99"], "No record is called “R-99”."),
    ):
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 2 and done.stderr.startswith(said), done.output


def test_withdrawals_are_of_the_same_instant_and_advise_nothing_that_is_being_done(home, monkeypatch):
    [one] = every(home, "partnership")

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(expunged, "decide", cut_off)
        with pytest.raises(KeyboardInterrupt):
            remove(home, SLIPPED)
    assert not is_withdrawn(one.path) and served(home, STEWARD, "partnership").pointer is not None
    assert len(holding(home)) == 4
    said = remove(home, SLIPPED)
    assert "withdraw that too" not in " ".join(said)
    assert any("is withdrawn; its file stays, marked. No other publication" in line for line in said)
    with transaction(home, write=False) as vault:
        assert [each["subject"] for each in events.of(vault, "publication.withdrawn")] == [one.publication_id]
    assert any(line.startswith("The only publication was withdrawn") for line in status.lines(home, STEWARD, LATER))


def test_a_removal_cut_off_once_decided_is_finished_by_a_server_without_being_asked(home, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(expunged, "settle", lambda _: None)
        remove(home, SLIPPED)
    assert [each for each in holding(home) if each.startswith("publications")]
    assert tidying.finish_removal(home) and not tidying.finish_removal(home)
    assert not [each for each in holding(home) if each.startswith("publications")]
    assert not (home / expunged.FOLDER).exists()


def test_one_person_on_the_page_and_at_the_command_line_is_not_two(home):
    (home / "agreements.toml").write_text("[release]\ntwo_people = true\n", encoding="utf-8")
    remove(home, SLIPPED, actor=Actor("service", "business_unit", login="service"))
    for second in (Actor("service", "business_unit", login="service"), Actor("a.steward", "business_unit")):
        with pytest.raises(UserError, match=r"asked for this yourself|may be one person"):
            remove(home, SLIPPED, actor=second, why="", reason="")
    [found] = removals.waiting(home, STEWARD, LATER)
    assert (found.words, found.by) == (SLIPPED, "service") and "may be one person" in found.not_by
    assert expunging.refuse(home, STEWARD, found.named, LATER).startswith("It is asked for no longer")
    assert removals.waiting(home, STEWARD, LATER) == ()
    with transaction(home, write=False) as vault:
        assert events.listing(vault).iloc[-1]["action"] == "submission.expunging_ended"
    with pytest.raises(UserError, match="Nobody asks for it"):
        expunging.refuse(home, STEWARD, found.named, LATER)
    assert holding(home)


def test_a_reference_that_is_an_indicator_too_takes_no_figure_out_of_a_publication(home):
    [before] = every(home, "partnership")
    codes = tables(before)[0]
    remove(home, records=["FD04"])
    after = tables(every(home, "partnership")[0])[0]
    assert after["figure"] == codes["figure"] and after["indicator"] == codes["indicator"]
