"""Every way to data asks who it is for: a query or flow that is added without asking fails here."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

import pipelines.flows
import pipelines.queries
from pipelines.publishing import Order
from pipelines.queries.pointer import Pointer
from pipelines.store.to_expunge_named import Named
from schemas.actors import AUDIENCE_OF_ROLE, ROLES, SENDERS, Actor
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.problems import UserError

STEWARD = ("business_unit",)
ITS_OWN = ("analyst", "approver", "business_unit")
READERS = {audience: tuple(r for r in ROLES if AUDIENCE_OF_ROLE[r] in wide) for audience, wide in (
    ("executive", ("executive",)), ("partnership", ("executive", "partnership")), ("public", tuple(catalogue().audiences)),
)}  # fmt: skip
# Who may call what. The business unit acts for every agency, the others of these roles for their own only.
MAY = {
    "flows.access.add": STEWARD,
    "flows.access.listed": STEWARD,
    "flows.access.revoke": STEWARD,
    "flows.agreements.end": STEWARD,
    "flows.agreements.listing": STEWARD,
    "flows.agreements.record": STEWARD,
    "flows.agreements.warnings": STEWARD,
    "flows.annotating.annotated": SENDERS,
    "flows.asked_on_page.note": STEWARD,
    "flows.asked_on_page.refuse_unasked": STEWARD,
    "flows.backing_up.asked": STEWARD,
    "flows.before_release.look": STEWARD,
    "flows.before_release.texts": STEWARD,
    "flows.backing_up.back_up": STEWARD,
    "flows.benchmarks.load": STEWARD,
    "flows.benchmarks.told": STEWARD,
    "flows.expunging.asked": STEWARD,
    "flows.expunging.refuse": STEWARD,
    "flows.finding.find": STEWARD,
    "flows.export.export": READERS["partnership"],
    "flows.holding.release_or_hold": STEWARD,
    "flows.invitations_listed.asked": STEWARD,
    "flows.invitations_listed.write": STEWARD,
    "flows.inviting.end": STEWARD,
    "flows.inviting.invite": STEWARD,
    "flows.inviting.planned": STEWARD,
    "flows.loading.load": SENDERS,
    "flows.keys.decrypt": STEWARD,
    "flows.keys.encrypt": STEWARD,
    "flows.keys.rotate": STEWARD,
    "flows.layouts.save": ITS_OWN,
    "flows.layouts.withdraw": ITS_OWN,
    "flows.log.export": STEWARD,
    "flows.log.listed": STEWARD,
    "flows.log.table": STEWARD,
    "flows.log.verify": STEWARD,
    "flows.log.warning": STEWARD,
    "flows.one_record.send": SENDERS,
    "flows.preparing.discard": STEWARD,
    "flows.preparing.prepare": STEWARD,
    "flows.preparing.release": STEWARD,
    "flows.preparing.why_not": STEWARD,
    "flows.previewing.give_account": ITS_OWN,
    "flows.previewing.look": ITS_OWN,
    "flows.previewing.make": STEWARD,
    "flows.publication.preview": STEWARD,
    "flows.publication.publish": STEWARD,
    "flows.publication.publish_each": STEWARD,
    "flows.publication.worked_out": STEWARD,
    "flows.releasing.asked": STEWARD,
    "flows.reminding.asked": STEWARD,
    "flows.reminding.remind": STEWARD,
    "flows.restoring.restore": STEWARD,
    "flows.retaining.purge": STEWARD,
    "flows.retaining.with_release": STEWARD,
    "flows.returns.preview": SENDERS,
    "flows.returns.revert": SENDERS,
    "flows.returns.submit": SENDERS,
    "flows.returns.withdraw": SENDERS,
    "flows.scrutiny.place_view": ("scrutineer",),
    "flows.status.lines": STEWARD,
    "flows.templates.write_template": SENDERS,
    "flows.texts_read.listed": STEWARD,
    "flows.texts_read.refuse_unread": STEWARD,
    "flows.texts_read.waiting_words": STEWARD,
    "flows.themselves.as_oneself": STEWARD,
    "flows.withdrawing.revert": SENDERS,
    "flows.withdrawing.withdraw": SENDERS,
    "flows.withdrawing_publications.told": STEWARD,
    "flows.withdrawing_publications.withdraw": STEWARD,
    "queries.agreements.agreed": STEWARD,
    "queries.agreements.review_due": STEWARD,
    "queries.brought_back.is_back": STEWARD,
    "queries.brought_back.waiting": STEWARD,
    "queries.event_log.entries": STEWARD,
    "queries.event_log.people": STEWARD,
    "queries.event_log.state": STEWARD,
    "queries.frame.kept": READERS["partnership"],
    "queries.frame.pointer": READERS["partnership"],
    "queries.frame.previous": READERS["partnership"],
    "queries.frame.releases": READERS["partnership"],
    "queries.frame.withdrawn": READERS["partnership"],
    "queries.inbox.event_log": STEWARD,
    "queries.inbox.everything": STEWARD,
    "queries.inbox.history": SENDERS,
    "queries.inbox.logs_owed": SENDERS,
    "queries.inbox.pending": STEWARD,
    "queries.inbox.problems": SENDERS,
    "queries.inbox.returns_owed": SENDERS,
    "queries.invited.links": STEWARD,
    "queries.invited.respondents": STEWARD,
    "queries.preview.has_preview": STEWARD,
    "queries.preview.has_seen": ("analyst", "approver"),
    "queries.preview.looked": STEWARD,
    "queries.preview.period_of": STEWARD,
    "queries.prepared.looked_at": STEWARD,
    "queries.prepared.waiting": STEWARD,
    "queries.prepared_became.became": STEWARD,
    "queries.preview.preview": ITS_OWN,
    "queries.receipts.receipt": SENDERS,
    "queries.removals.waiting": STEWARD,
    "queries.reminders.for_agencies": STEWARD,
    "queries.reminders.for_sectors": STEWARD,
    "queries.reminders.registered": STEWARD,
    "queries.respondents.by_sector": STEWARD,
    "queries.respondents.owed": SENDERS,
    "queries.respondents.sent": STEWARD,
    "queries.to_read.just_published": STEWARD,
    "queries.to_read.to_read": STEWARD,
    "queries.served.served": READERS["partnership"],
}
# Those that take an actor and stop nobody: for whoever is not the agency's they leave out what is the agency's.
LEAVE_OUT = {
    "flows.known.known",
    "flows.layouts.standing",
    "flows.layouts.to_read_by",
    "flows.returns.check_file",
    "flows.snapshot.checked",
    "queries.kept_layouts.kept",
    # Of two names they were handed: whether they are one person's.
    "queries.prepared.is_one_person",
    "queries.prepared.may_be_one_person",
    "queries.removals.why_not_by",
}
# Those that say of a publication whether it can be opened, and give nothing of it.
YES_OR_NO = {"queries.pointer.opened_if_whole", "queries.pointer.is_whole", "queries.pointer.stands"}
# Those that find data without an actor, and why they may.
WITHOUT = {
    "flows.answering.look_over": "the link is all that is asked for, and opens its own form only",
    "flows.answering.open_form": "the link",
    "flows.answering.save": "the link",
    "flows.answering.send": "the link",
    "flows.answer_link.opened": "the link",
    "flows.answer_link.ours": "the hashes of open links, of which nothing opens without the token itself",
    "flows.answer_link.to_fill": "the link",
    "flows.access.as_logged": "for themselves.as_oneself, which has asked",
    "flows.access.notice": "writes what a hand has changed, and gives nothing",
    "flows.agreed.invented_words": "whether a home is one of made-up data",
    "flows.alone_with_backups.alone_with_backups": "a lock",
    "flows.by_the_files.noted": "writes what a hand has changed, and gives nothing of it but stamps",
    "flows.cell_named.by_column": "which column a cell is of, for a removal, which has asked",
    "flows.carrying_over.since": "as pointer.every, for a restore, which has asked",
    "flows.restoring_words.told": "what a restore has done, in words: the restore has asked",
    "flows.demo.build": "makes a home of made-up data, and no other",
    "flows.demo.is_marked": "whether a home is one of made-up data",
    "flows.keys.check": "whether a key opens the home",
    "flows.keys.new": "makes a key that opens nothing yet",
    "flows.taking_in.take": "each file says who sends it, and is refused where that one may not",
    "flows.preparing.settle": "clears away what was let out or taken away already, as tidy does",
    "flows.replacing.is_out": "yes or no, for preparing, which has asked",
    "flows.replacing.waits": "for preparing, which has asked",
    "flows.publication.finish_cut_off": "finishes or clears what was cut off, as tidy does",
    "flows.publication.brought_out": "what is released was ordered by somebody, who is asked again",
    "flows.reach.refuse_openly": "whether the dashboard may be started so",
    "flows.readiness.ready": "yes or no, and nothing else",
    "queries.served.damaged": "ids of what is damaged, and nothing of what stands in it: for acts that have asked",
    "queries.release_names.label_of": "what a release was called, for entries of the log, which were asked for",
    "flows.retaining.refuse_slips": "what is wrong with the settings",
    "flows.returns.begin": "makes an empty vault",
    "flows.serving.command": "starts the dashboard",
    "flows.serving.entrance": "for whoever starts the dashboard: whether anybody can sign in",
    "flows.serving.environment": "starts the dashboard",
    "flows.serving.secrets": "a path",
    "flows.serving.serve": "starts the dashboard",
    "flows.settings.retention": "how long originals are kept",
    "flows.taking_away.note": "writes that a file was taken, and gives nothing",
    "flows.taking_away.write": "writes what somebody was given already, and that they took it",
    "flows.tidying.finish_removal": "finishes a removal that was cut off, and gives nothing",
    "flows.tidying.tidy": "finishes or clears what was cut off, at the start",
    "flows.signing_in.arrive": "makes the actor",
    "flows.signing_in.door": "whom to ask, for those who are nobody yet",
    "flows.signing_in.sign_out": "ends a sign-in, by its own token",
    "queries.strays.strays": "how many files lie where none should, and not which",
    "queries.under_way.is_under_way": "whether a lock is held",
    "queries.under_way.under_way": "as is_under_way",
    "queries.log_stamp.stamp": "when files changed: says that something happened, and not what",
    "queries.frame.mark_of": "when a pointer changed: says that something was released, and not what",
    "queries.forgetting.once_replaced": "lets go of what a server remembers, and gives nothing",
    "queries.forgetting.vault_of": "the number of a file",
    "queries.inbox.as_of": "the hash of the last entry: says that something happened, and not what",
    "queries.inbox.has_vault": "whether there is a vault",
    "queries.first_said.unread": "of texts it is handed, which no publication has shown",
    "queries.pointer.before": "as current",
    "queries.pointer.file": "a path",
    "queries.pointer.pointed": "as current",
    "queries.pointer.pointed_id": "an id, and nothing of what stands under it",
    "queries.pointer.pointer_file": "a path",
    "queries.pointer.current": "for releases, which rest on the one before; a page cannot reach it, as is tested below",
    "queries.pointer.earlier": "as current",
    "queries.pointer.every": "as current",
    "queries.pointer.folder": "as current",
    "queries.pointer.latest_whole": "as current",
    "queries.pointer.named": "as current",
    "queries.prepared.needs_two_people": "how a release is made",
    "queries.removals.stands_until": "how long something stands that was asked for",
    "queries.prepared.prepared": "for the flows that let it out, which ask; a page has `waiting`",
    "queries.prepared.prepared_folder": "a path",
    "queries.prepared.standing": "as prepared",
    "queries.preview.preview_folder": "a path",
    "queries.vault.asked": "keeps what a query found that has asked first; a page cannot reach it, as is tested below",
    "queries.vault.stamp": "when files changed: says that something happened, and not what",
}  # fmt: skip


def functions() -> dict[str, object]:
    found = {}
    for package in (pipelines.flows, pipelines.queries):
        for module in pkgutil.iter_modules(package.__path__):
            one = importlib.import_module(f"{package.__name__}.{module.name}")
            for name, each in vars(one).items():
                if inspect.isfunction(each) and each.__module__ == one.__name__ and not name.startswith("_"):
                    found[f"{one.__name__.removeprefix('pipelines.')}.{name}"] = each
    return found


EVERY = functions()


def takes(each) -> dict[str, str]:
    return {name: str(one.annotation) for name, one in inspect.signature(each).parameters.items()}


def by_type(*types: str) -> set[str]:
    return {name for name, each in EVERY.items() if any(said in types for said in takes(each).values())}


def arguments(each, actor: Actor, home: Path) -> dict[str, object]:
    """Something of the right kind for whatever a function asks for; it is stopped before it looks at most of them."""
    at = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    order = Order("partnership", "A release", actor, at)
    known = {
        "home": home, "actor": actor, "at": at, "now": lambda: at, "today": date(2026, 11, 26), "path": home / "r.xlsx",
        "out": home / "out.xlsx", "paths": [home / "a.csv"], "files": [], "agency_id": "ltht", "agency": "ltht",
        "sender_id": "ltht", "submission_id": "ltht.figures.2026-27-Q2.v1", "reason": "It was sent by mistake.",
        "report": SimpleNamespace(agency_id="ltht"), "layout": SimpleNamespace(agency_id="ltht"), "layout_id": "sheet",
        "kind": "figures", "kind_id": "learning", "period": "2026-27-Q2", "quarter": parse("2026-27-Q2"),
        "audience": "partnership", "audiences": ["partnership"], "preview": False, "say": lambda _: None,
        "progress": iter, "what": "figures", "cover": {"Agency": "ltht", "Period": "2026-27-Q2"}, "answers": {},
        "account": SimpleNamespace(), "order": order, "orders": [order], "label": "x", "who": "a@leeds.example",
        "preview_id": "x", "recommendation_id": "R-1", "view": "accept", "of_level": 1, "of_publication": "x",
        "whom": SimpleNamespace(sector="education", respondents=(), instrument=""), "year": "2026-27", "sector": "",
        "respondents": (), "respondent": "SCH-0012", "instrument": "", "wanted": SimpleNamespace(), "limit": 9, "many": 9, "held": None, "backup": home / "b.tar", "replace": False, "dry_run": False, "new_file": None,
        "publication_id": "20261117T093000Z-00000000", "records": (), "why": "slip", "yes": True, "withdraw": False,
        "named": Named(), "read": "", "which": ("partnership", None), "stands": None, "words": "Somebody", "by_another": False, "address": "", "ended": "SCH-0012", "act": "publish", "order_sha256": "", "on": date(2026, 11, 26),
    }  # fmt: skip
    parameters = inspect.signature(each).parameters.values()
    asked = [p for p in parameters if p.default is p.empty and p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)]
    return {p.name: known[p.name] for p in asked}


def call(name: str, actor: Actor, home: Path):
    done = EVERY[name](**arguments(EVERY[name], actor, home))
    if isinstance(done, AbstractContextManager):
        with done as held:
            return held
    return list(done) if inspect.isgenerator(done) else done


def test_every_query_and_flow_is_known_and_asks_who_it_is_for():
    acting = by_type("Actor", "Order", "Sequence[Order]")
    # What is handed an open vault, or what a check has found, was asked for by one of these before.
    handed = by_type("Connection", "Report")
    assert acting - handed - set(WITHOUT) == set(MAY) - handed | LEAVE_OUT
    finding = {name for name, each in EVERY.items() if "home" in takes(each)}
    assert finding - (acting - set(WITHOUT)) - by_type("Pointer", "Connection") == set(WITHOUT)


@pytest.mark.parametrize("name", sorted(MAY))
def test_nobody_in_another_role_gets_anything(name, tmp_path):
    for role in (each for each in ROLES if each not in MAY[name]):
        with pytest.raises(UserError, match=r"needs the role|cannot act for|does not read|Only the independent"):
            call(name, Actor("Somebody", role, "ltht"), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", sorted(name for name in MAY if set(MAY[name]) & {"analyst"} and "ltht" in str(arguments(EVERY[name], None, Path())))
)  # fmt: skip
def test_nobody_gets_anything_of_another_agency(name, tmp_path):
    for role in ("analyst", "approver", "scrutineer", "respondent"):
        with pytest.raises(UserError, match=r"cannot act for|needs the role|Only the independent|cannot be read"):
            call(name, Actor("Somebody", role, "lcc_cf"), tmp_path)


@pytest.mark.parametrize("name", sorted(MAY))
def test_nobody_whose_access_has_ended_gets_anything(name, tmp_path):
    def ended() -> None:
        raise UserError("The sign-in has ended")

    for role in MAY[name]:
        with pytest.raises(UserError, match="The sign-in has ended"):
            call(name, Actor("Somebody", role, "ltht", ended), tmp_path)


@pytest.mark.parametrize("name", sorted(by_type("Pointer") - YES_OR_NO))
def test_no_query_opens_a_publication_for_a_reader_below_it(name, tmp_path):
    path = tmp_path / "publications" / "executive" / "20261117T093000Z-00000000.duckdb"
    low = Pointer(path.stem, path, "", None, Actor("Somebody", "analyst", "ltht"))
    each = EVERY[name]
    values = {"Path": tmp_path, "str": "CP07", "Pointer": low, "list[str]": ["CP07"], "Pointer | None": None}
    values |= {"list[Any] | dict[str, Any]": [], "list[tuple[str, list[Any]]]": [("select 1", [])]}
    asked = [p for p in inspect.signature(each).parameters.values() if p.default is p.empty]
    given = {p.name: values[str(p.annotation)] for p in asked}
    with (
        ExitStack() as opened,
        pytest.raises(UserError, match="does not read what is published for the audience executive"),
    ):
        opened.enter_context(each(**given))


def test_pages_come_by_a_publication_through_the_reader_s_own_door_only():
    said = [path for path in Path("app").rglob("*.py") for line in path.read_text("utf-8").splitlines()
            if "queries.pointer" in line and not line.startswith("    from pipelines.queries.pointer import Pointer")]  # fmt: skip
    assert said == []
    assert [path for path in Path("app").rglob("*.py") if "Pointer(" in path.read_text("utf-8")] == []


def test_pages_put_no_question_to_the_vault_past_the_queries_that_ask_who_it_is_for():
    names = ("queries.vault", "queries import vault")
    assert [path for path in Path("app").rglob("*.py") if any(name in path.read_text("utf-8") for name in names)] == []
