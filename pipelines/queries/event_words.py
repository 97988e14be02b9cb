"""An entry of the event log in plain words: who did what to what."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.queries.access_words import changes
from schemas.acts import ACTS, NOTED
from schemas.catalogue import catalogue
from schemas.catalogue.mappings import mappings
from schemas.periods import PeriodError, day_words, parse
from schemas.removals import WHYS
from schemas.returns import kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARTS_OF_A_SUBMISSION = 4
# Those who act for nobody but their role.
_WHO = {
    "business_unit": "The business unit",
    "executive": "An Executive member",
    "scrutineer": "The independent scrutineer",
    "legal_adviser": "The legal adviser",
    "public": "A member of the public",
}
# How the log names whoever changes a file by hand.
_BY_HAND = ", changed by hand"
_WHY = {
    "not on the list": "they are not on the list of who may sign in",
    "another provider": "their provider is not on the list of who may sign in",
    "address not verified": "their provider has not verified their address",
    "not yet": "their access has not begun yet",
    "over": "their access is over",
    "revoked": "their access was revoked",
}
_FILES = {
    "benchmarks": "official statistics",
    "event_log": "the event log",
    "marked_copy": "a return with its cells marked",
    "receipt": "a receipt",
}


def group(action: str) -> str:
    """The group an act is listed in; one this version does not know stands by itself."""
    act = ACTS.get(action)
    return act.group if act else "Other"


def sender(agency_id: str) -> str:
    """An agency by its title, anybody else who sends by their reference; empty for nobody."""
    agency = catalogue().agencies.get(agency_id)
    return agency.title if agency else agency_id


def said(row: Mapping[str, Any], detail: Mapping[str, Any], label: str = "") -> str:
    """An entry as a sentence, such as `Safer Leeds sent its quarterly return of figures for 2026-27 Q2`.

    `label`: what the publication is called that the entry is about.
    """
    act = ACTS.get(row["action"])
    if act is None:
        return f"{_who(row)}: {row['action']} ({row['subject']})."
    of = _OF.get(row["action"].split(".", 1)[0], _plain)(row, detail)
    return f"{_who(row)} {act.words.format(of=of, audience=_audience(detail))}{_more(row, detail, label)}."


def _who(row: Mapping[str, Any]) -> str:
    role, name = str(row["role"]), str(row["actor"])
    if row["action"] == "session.refused":
        return f"Somebody who signed in as {name}" if "@" in name else "Somebody whose provider gave no address"
    if name.endswith(_BY_HAND):
        return "Somebody, by hand,"
    if row["action"] == NOTED:
        return "Throughline"
    own = sender(row["agency_id"]) if row["agency_id"] else _WHO.get(role)
    return own or f"A {role.replace('_', ' ')}"


def _submission(row: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    """Which return it is, and whose where another acted; `a file` where the file did not tell."""
    parts = str(row["subject"]).split(".")
    if len(parts) != _PARTS_OF_A_SUBMISSION or "unknown" in parts[:2]:
        return "a file"
    whose, kind_id, period_id, version = parts
    kind = kinds().get(kind_id)
    title = _lower(kind.title) if kind else kind_id
    owner = "its" if whose == row["agency_id"] else f"{_of(sender(whose))}"
    number = "" if version == "v1" else f" (version {version.removeprefix('v')})"
    return f"{owner} {title} for {_period(period_id)}{number}"


def _layout(row: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    whose = str(row["subject"]).partition(".")[0]
    return "its own spreadsheet" if whose == row["agency_id"] else f"the spreadsheet of {sender(whose)}"


def _file(row: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    subject = str(row["subject"])
    first, _dot, rest = subject.partition(".")
    if first == "indicator":
        known = catalogue().indicators.get(rest)
        return f"the figures of “{known.title if known else rest}”"
    return _FILES.get(first, f"the {first.replace('_', ' ')}")


def _official(row: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    known = mappings().mappings.get(row["subject"])
    return known.title if known else str(row["subject"])


def _plain(row: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    return sender(row["subject"])


_OF = {"submission": _submission, "layout": _layout, "export": _file, "benchmarks": _official}


def _audience(detail: Mapping[str, Any]) -> str:
    known = catalogue().audiences.get(str(detail.get("audience", "")))
    return f"the audience {known.title}" if known else "an audience"


def _more(row: Mapping[str, Any], detail: Mapping[str, Any], label: str) -> str:
    """What is worth saying beside it: why somebody was refused, who gained what, which publication, which files, until when."""
    match str(row["action"]).split("."):
        case ["session", "refused"]:
            return f": {_WHY.get(str(detail.get('why', '')), 'why is not known')}"
        case ["access", _]:
            return f": {changes(detail) or 'nobody gained or lost anything by it'}"
        case ["publication", how]:
            which = f": “{label}”, {row['subject']}" if label else f": {row['subject']}"
            return f"{_for_whom(how, detail)}{which}{_sentences(how, detail)}"
        case ["settings", "noted"]:
            return f": {', '.join(sorted(detail.get('files', ())))}"
        case ["agreement", how]:
            return _agreed(how, detail)
        case _:
            return _aside(str(row["action"]), detail)


def _for_whom(how: str, detail: Mapping[str, Any]) -> str:
    """Who releases what was prepared. Entries of earlier versions do not say, and were made where two people release."""
    return ", for another person to release" if how == "prepared" and detail.get("two_people", True) else ""


def _sentences(how: str, detail: Mapping[str, Any]) -> str:
    """How many sentences readers had never been shown, and whether they were read before; nothing in entries that do not say."""
    if how != "released" or "sentences" not in detail:
        return ""
    many = int(detail["sentences"])
    if not many:
        return "; no sentence in it was new to its readers"
    new = "1 sentence was" if many == 1 else f"{many:,} sentences were"
    them = "it" if many == 1 else "them"
    is_read = detail.get("sentences_read") == many
    return f"; {new} new to its readers, and {'noted as read before' if is_read else f'nobody is noted as having read {them}'}"


def _aside(action: str, detail: Mapping[str, Any]) -> str:
    """Rows taken, why a file was refused, why a link was closed, how a file is marked."""
    if action == "submission.received" and "rows" in detail:
        return f": {detail['rows_accepted']:,} of {detail['rows']:,} rows taken"
    if action in {"submission.refused", "file.refused"} and detail.get("rules"):
        return f": {'; '.join(str(rule).replace('_', ' ') for rule in detail['rules'])}"
    if action in {"submission.expunging", "submission.expunged"}:
        return f": {_lower(WHYS.get(str(detail.get('why', '')), ''))}"
    if action == "invitation.ended":
        return f" ({detail.get('why', '')})"
    if action == "export.made" and detail.get("marking"):
        return f", marked {detail['marking']}"
    return ""


def _agreed(how: str, detail: Mapping[str, Any]) -> str:
    """What an agency has agreed, and until when; of one that was ended, from when."""
    if how == "ended":
        return f", from {_day(detail, 'ended_on')} on"
    known = catalogue().audiences
    named = [known[each].title if each in known else str(each) for each in detail.get("audiences", ())]
    whom = " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))
    exact = ", and its totals exactly to the Executive" if detail.get("exact_totals") else ""
    days = f"signed on {_day(detail, 'signed_on')}, to be reviewed by {_day(detail, 'review_on')}"
    return f": its figures may be shown to {whom or 'nobody'}{exact}; {days}"


def _day(detail: Mapping[str, Any], name: str) -> str:
    try:
        return day_words(date.fromisoformat(str(detail.get(name, ""))))
    except ValueError:
        return "a day that is not known"


def _period(period_id: str) -> str:
    try:
        return parse(period_id).short
    except PeriodError:
        return "a period that is not known"


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _of(title: str) -> str:
    """Whose it is: `Safer Leeds’s`, `Leeds Teaching Hospitals NHS Trust’s`, `Secondary schools’`."""
    return f"{title}’" if title.endswith("s") else f"{title}’s"
