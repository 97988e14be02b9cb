"""Acts that decide, tell and hand out, to be killed step by step; run as `python -m tests.pipelines.killed_decisions FOLDER`.

Those that send, publish and keep a home are in killed_acts.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.flows import (
    access,
    agreements,
    answering,
    by_the_files,
    inviting,
    layouts,
    preparing,
    publication,
    taking_away,
    tidying,
)
from pipelines.flows import withdrawing_publications as withdrawing
from pipelines.flows.inviting import Whom
from pipelines.flows.taking_away import Taken
from pipelines.publishing.prepared import Basis, keep, told_by
from pipelines.queries.frame import served
from pipelines.queries.pointer import every
from pipelines.queries.prepared import looked_at, standing
from pipelines.queries.reading import rows
from pipelines.reports.marked import of_contents
from pipelines.store import agreements as stored
from pipelines.store import events, invitations, keys, rekeying
from pipelines.store.opening import transaction
from sample_data.own_sheets.layouts import layout
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.problems import UserError
from schemas.returns.mends import Mend
from tests.pipelines import form_home, killed_acts
from tests.pipelines.agreed import SAMPLE, invented
from tests.pipelines.kill_points import not_yet_met
from tests.pipelines.killed_acts import AUDIENCES, STEWARD, next_releases, receive, report, silent
from tests.pipelines.killing import Act, outcomes

AT = killed_acts.AT
OTHER = Actor("Somebody Else", "business_unit")
POLICE = layout("police")
ANSWERS = {"EY1.1": {"self_score": "s2"}}
REASON = "The wrong quarter was shown for one indicator"
TWO = SAMPLE.model_copy(update={"release": SAMPLE.release.model_copy(update={"two_people": True})})
KEY = keys.new()


def log(home: Path) -> tuple[list[str], list[Any]]:
    """The entries of the log, and what is wrong with it."""
    with transaction(home, write=False) as connection:
        return events.listing(connection)["action"].tolist(), events.verify(connection, home)


def table(home: Path, query: str) -> list[list[Any]]:
    with transaction(home, write=False) as connection:
        return [[str(cell) for cell in row] for row in connection.execute(query).fetchall()]


def told(query: str):
    """The log and the rows of a query; both must speak of the same."""

    def found(home: Path) -> dict[str, Any]:
        acts, faults = log(home)
        return {"faults": faults, "log": acts, "rows": table(home, query)}

    return found


def with_layout(home: Path) -> None:
    receive(home, 1)
    layouts.save(home, STEWARD, POLICE, AT)


def saved(home: Path, _: Any) -> None:
    layouts.save(home, STEWARD, POLICE, AT, is_new=True)


def taken_back(home: Path, _: Any) -> None:
    layouts.withdraw(home, STEWARD, POLICE.agency_id, POLICE.id, AT)


def mended(home: Path, _: Any) -> None:
    from dataclasses import replace

    from pipelines.store import submissions

    checked, content = report(2)
    whole = replace(checked, mends=(Mend("Figures", "F2", "numerator", "2", AT),))
    with transaction(home, write=True) as connection:
        submissions.receive(connection, home, STEWARD, whole, content, at=AT)


def once(home: Path, name: str, build: Any) -> Any:
    """What takes long to build is built for the first act that begins with it, and copied for the others."""
    kept = home.parents[1] / f"built-{name}"
    if not kept.exists():
        kept.mkdir()
        (kept / "given").write_bytes(pickle.dumps(build(kept / "home")))
    shutil.copytree(kept / "home", home, dirs_exist_ok=True)
    return pickle.loads((kept / "given").read_bytes())  # noqa: S301 - our own


def with_register(home: Path) -> None:
    def build(there: Path) -> None:
        form_home.registered(there, there.parent)

    once(home, "register", build)


def with_link(home: Path) -> str:
    with_register(home)
    return form_home.invited(home)


def with_answers(home: Path) -> list[str]:
    """A link whose answers are given and were checked already, which takes longer than to send them."""
    token = with_link(home)
    answering.open_form(home, token, AT)
    answering.save(home, token, ANSWERS, AT)
    found, form = answering.opened(home, token, AT)
    checked = answering._checked(home, found, answering._signed(form, "Manager", "Owner", AT), AT)  # noqa: SLF001
    return [token, pickle.dumps(checked).hex()]


def invited(home: Path, _: Any) -> None:
    if "invitation.made" not in log(home)[0]:
        inviting.invite(home, STEWARD, Whom(sector="early_years"), form_home.YEAR, AT)


def ended(home: Path, _: Any) -> None:
    inviting.end(home, STEWARD, form_home.NURSERY, AT)


def answered(home: Path, token: str) -> None:
    answering.save(home, token, ANSWERS, AT)


def sent(home: Path, given: list[str]) -> None:
    answering._checked = lambda *_: pickle.loads(bytes.fromhex(given[1]))  # noqa: S301, SLF001 - our own
    answering.send(home, given[0], "Manager", "Owner", AT)


LINKS = "select respondent_id, instrument, ended_at is null, coalesce(submission_id, '') from invitation order by all"


def told_of_answers(home: Path) -> dict[str, Any]:
    acts, faults = log(home)
    with transaction(home, write=False) as connection:
        drafts = [invitations.draft(connection, sha).answers for (sha,) in
                  connection.execute("select token_sha256 from invitation").fetchall()]  # fmt: skip
    received = table(home, "select submission_id, state from submission order by all")
    return {"faults": faults, "log": acts, "links": table(home, LINKS), "drafts": drafts, "received": received}


def exported(home: Path, _: Any) -> None:
    taken = Taken("figures", "csv", 1, "Official")
    out = home / "figures.csv"
    taking_away.write(
        home, STEWARD, taken, out, pd.DataFrame({"a": [1]}), AT, title="Figures", marked=of_contents({"returns"})
    )


def not_yet_exported(home: Path) -> None:
    receive(home, 1)


def told_of_export(home: Path) -> dict[str, Any]:
    """A file nobody knows of would be the fault; that a file was about to be given may stand in the log without it."""
    acts, faults = log(home)
    is_there = "export.made" in acts
    return {"faults": [*faults, *(["not logged"] if _out(home) and not is_there else [])], "there": _out(home)}


def _out(home: Path) -> bool:
    out = home / "figures.csv"
    return out.exists() and out.read_bytes().endswith(b"1\n")


ACCESS = 'contact = "The business unit"\n[[provider]]\nissuer = "https://id.example"\n'


def with_access(home: Path) -> None:
    receive(home, 1)
    (home / "access.toml").write_text(ACCESS)
    access.notice(home, AT)


def added(home: Path, _: Any) -> None:
    access.add(home, STEWARD, AT, name="A Reader", email="reader@leeds.example", role="executive")


def with_reader(home: Path) -> None:
    with_access(home)
    added(home, None)


def revoked(home: Path, _: Any) -> None:
    access.revoke(home, STEWARD, "reader@leeds.example", AT)


def told_of_access(home: Path) -> dict[str, Any]:
    text = (home / "access.toml").read_text()
    acts, faults = log(home)
    return {"faults": faults, "people": [text.count("[[person]]"), text.count("revoked")], "log": acts}


def started(home: Path) -> None:
    """What the start of the dashboard does."""
    tidying.tidy(home)
    access.notice(home, AT)


def with_agreements(home: Path) -> None:
    invented(home)
    receive(home, 1)


def recorded(home: Path, _: Any) -> None:
    if stored.read(home).agency["ltht"].review_on != date(2035, 1, 1):
        agreements.record(home, STEWARD, "ltht", AT, review_on=date(2035, 1, 1))


def told_of_agreements(home: Path) -> dict[str, Any]:
    acts, faults = log(home)
    return {"faults": faults, "review": str(stored.read(home).agency["ltht"].review_on), "log": acts}


def ready(home: Path) -> str:
    """Two people release here; one release is out, and the next is made and audited."""

    def build(there: Path) -> str:
        invented(there)
        receive(there, 1)
        publication.brought_out(there, next_releases(there, AT, 500), silent, by_the_files.noted(there))
        stored.write(there, TWO)
        return pickle.dumps(next_releases(there, AT + timedelta(days=1), 600)).hex()

    return once(home, "ready", build)


def prepared(home: Path, given: str) -> None:
    if standing(home) is not None:
        return
    # One of them: what is written of each takes longest.
    made = pickle.loads(bytes.fromhex(given))[:1]  # noqa: S301 - our own

    @contextmanager
    def worked_out(*_: Any):
        yield made

    publication.worked_out = worked_out
    list(preparing.prepare(home, [one.order for one in made]))


def both_prepared(home: Path) -> None:
    def build(there: Path) -> None:
        made = pickle.loads(bytes.fromhex(ready(there)))  # noqa: S301 - our own
        basis = Basis(
            preparing._terms(there, AT.date()),  # noqa: SLF001
            stored.digest(there),
            told_by(there, list(catalogue().audiences)),
        )
        by = made[0].order.actor
        files = by_the_files.noted(there)
        keep(there, made, basis, 0, lambda one: preparing._log(there, by, preparing.PREPARED, one, one.at, files))  # noqa: SLF001

    once(home, "prepared", build)


def let_out(home: Path, _: Any) -> None:
    list(preparing.release(home, OTHER, AT + timedelta(days=1)))


def discarded(home: Path, _: Any) -> None:
    list(preparing.discard(home, OTHER, AT + timedelta(days=1)))


def told_of_prepared(home: Path) -> dict[str, Any]:
    """What readers have and what waits; a release that waits opens whole, and nothing of it is out that is not logged."""
    acts, faults = log(home)
    found = standing(home)
    for one in found.files if found else ():
        try:
            rows(looked_at(home, OTHER, one.publication_id), "select publication_id from publication")
        except UserError as why:
            faults.append(str(why))
    shown = {each: _shown(home, each) for each in AUDIENCES}
    counted = {act: acts.count(act) for act in ("publication.released", "publication.discarded")}
    return {"faults": faults, "waits": found is not None, "shown": shown, "log": counted}


def _shown(home: Path, audience: str) -> list[Any]:
    found = served(home, STEWARD, audience)
    # A withdrawal that was cut off is said to the readers until it is done again.
    assert not found.fault or "its withdrawal was never finished" in found.fault, found.fault
    return rows(found.pointer, "select publication_id from publication") if found.pointer else []


def two_released(home: Path) -> None:
    given = ready(home)
    stored.write(home, SAMPLE)
    publication.brought_out(home, pickle.loads(bytes.fromhex(given)), silent, by_the_files.noted(home))  # noqa: S301 - our own


def withdrawn_newest(home: Path, _: Any) -> None:
    newest = max(each.publication_id for each in every(home, "partnership"))
    withdrawing.withdraw(home, STEWARD, newest, REASON, AT + timedelta(days=2))


def encrypted(home: Path, _: Any) -> None:
    if not told_of_encryption(home)["encrypted"]:
        rekeying.change(home, None, keys.of(KEY, "new"), STEWARD, at=AT)


def told_of_encryption(home: Path) -> dict[str, Any]:
    """Which key opens the home, and what it holds; the fault would be that none does."""
    for key in (None, KEY):
        os.environ.pop(keys.VARIABLE, None)
        if key:
            os.environ[keys.VARIABLE] = key
        try:
            acts, faults = log(home)
        except UserError:
            continue
        return {"faults": faults, "encrypted": key is not None, "log": acts}
    return {"faults": ["no key opens it"], "encrypted": None, "log": []}


def one_return(home: Path) -> None:
    receive(home, 1)


_tidied = tidying.tidy
_LAYOUTS = "select agency_id, layout_id, version, withdrawn_at is null from layout order by all"
_MENDS = (
    "select submission_id, cell, value from mend union all select submission_id, '', state from submission order by all"
)
ACTS = {
    "save a layout": Act(one_return, saved, told(_LAYOUTS), _tidied),
    "withdraw a layout": Act(with_layout, taken_back, told(_LAYOUTS), _tidied),
    "send what was mended": Act(one_return, mended, told(_MENDS), _tidied),
    "make links": Act(with_register, invited, told(LINKS), _tidied),
    "end a link": Act(with_link, ended, told_of_answers, _tidied),
    "save an answer": Act(with_link, answered, told_of_answers, _tidied),
    "send the answers": Act(with_answers, sent, told_of_answers, _tidied),
    "take a file away": Act(not_yet_exported, exported, told_of_export, _tidied),
    "give access": Act(with_access, added, told_of_access, started),
    "end access": Act(with_reader, revoked, told_of_access, started),
    "record an agreement": Act(with_agreements, recorded, told_of_agreements, _tidied),
    "prepare": Act(ready, prepared, told_of_prepared, _tidied),
    "release what is prepared": Act(both_prepared, let_out, told_of_prepared, _tidied),
    "take what is prepared away": Act(both_prepared, discarded, told_of_prepared, _tidied),
    "withdraw a publication": Act(two_released, withdrawn_newest, told_of_prepared, _tidied),
    "encrypt": Act(one_return, encrypted, told_of_encryption, lambda _: None),
}

if __name__ == "__main__":
    folder, wanted = Path(sys.argv[1]), sys.argv[2:] or list(ACTS)
    answers: dict[str, Any] = {}
    met: set[str] = set()
    for name in wanted:
        place = folder / name.replace(" ", "_")
        (place / "first").mkdir(parents=True)
        began = datetime.now(UTC)
        answers[name] = outcomes(ACTS[name], place, not_yet_met(met))
        answers[name]["seconds"] = (datetime.now(UTC) - began).total_seconds()
    sys.stdout.write(json.dumps(answers))
