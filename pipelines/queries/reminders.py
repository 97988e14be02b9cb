"""What each agency, and each respondent, still owes the partnership for a quarter: for reminding them of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pipelines.checking.echo import leads_to_anybody
from pipelines.queries import inbox, respondents
from pipelines.queries.frame import pointer
from pipelines.queries.preview import AUDIENCE, has_preview, looked, period_of
from pipelines.queries.reading import rows
from pipelines.queries.reminder_facts import RETURN, Challenge, Overdue, Reminder, SectorReminder, ToMend, ToSend
from pipelines.store import records, submissions
from pipelines.store.opening import VAULT, transaction
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.catalogue.cycle import cycle
from schemas.returns import kinds
from schemas.returns.meaning import meaning
from schemas.returns.records import EVERYBODYS, standing
from schemas.returns.titles import title_of
from schemas.rules.file_contents import FIGURES_ABSENT
from schemas.rules.file_sender import OUTSIDE_WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from pipelines.queries.inbox import Sent
    from pipelines.store.opening import Connection
    from schemas.actors import Actor
    from schemas.periods import Period

_CHALLENGED = "challenge"
_COVER = "Cover"


def for_agencies(home: Path, actor: Actor, quarter: Period, today: date) -> tuple[Reminder, ...]:
    """What every agency owes for a quarter, those with nothing to be reminded of among them; for the business unit."""
    require(actor, "business_unit")
    days, every = cycle(catalogue(), quarter), defaultdict[str, list["Sent"]](list)
    for sent in reversed(inbox.everything(home, actor)):
        every[sent.agency_id].append(sent)
    with transaction(home, write=False) as connection:
        mend = {agency.id: tuple(_to_mend(connection, every[agency.id], quarter)) for agency in catalogue().reporting}
    assessed = _assessments(home, actor, today)
    late, asked = _overdue(home, today), _challenges(home, actor)
    is_its = has_preview(home, actor) and period_of(home, actor) == quarter.id
    previewed = {each.agency_id: each for each in looked(home, actor)} if is_its else {}
    found: list[Reminder] = []
    for agency in catalogue().reporting:
        seen = previewed.get(agency.id)
        found.append(
            Reminder(
                to=agency.id,
                title=agency.title,
                quarter=quarter,
                today=today,
                days=days,
                send=(*_to_send(agency.id, every[agency.id], quarter, today), *assessed.get(agency.id, ())),
                mend=mend[agency.id],
                actions=late.get(agency.id, ()),
                challenges=asked.get(agency.id, ()),
                preview_open=seen.sentences if seen else 0,
                preview_waiting=seen.open if seen else 0,
            )
        )
    return tuple(found)


def for_sectors(home: Path, actor: Actor, today: date) -> tuple[SectorReminder, ...]:
    """The sectors of the register of whom somebody has not replied; for the business unit."""
    found: list[SectorReminder] = []
    by_title = {choice.label: name for name, choice in catalogue().choices["sector"].items()}
    for sector in respondents.by_sector(home, actor, today):
        mine = [each for each in sector.everybody if each.is_registered]
        waiting = tuple(each for each in sector.waiting if each.is_registered)
        if waiting:
            one = waiting[0]
            name = by_title.get(sector.sector, sector.sector)
            found.append(SectorReminder(name, sector.sector, one.due, one.year.short, today, len(mine), waiting))
    return tuple(found)


def registered(home: Path, actor: Actor, today: date) -> frozenset[str]:
    """Every respondent that owes a self-assessment this year, whether or not it has replied; for the business unit."""
    every = respondents.by_sector(home, actor, today)
    return frozenset(each.sender_id for sector in every for each in sector.everybody if each.is_registered)


def _to_send(agency_id: str, mine: Sequence[Sent], quarter: Period, today: date) -> Iterator[ToSend]:
    """Returns and logs that have not come, or are not approved."""
    owed = inbox.return_of(agency_id, mine, quarter, today)
    if owed.figures and not owed.state.startswith("received"):
        many = f"{owed.figures} {'figure' if owed.figures == 1 else 'figures'}"
        yield ToSend(RETURN, quarter.short, owed.due, owed.state, many)
    elif owed.figures and owed.state != "received":
        yield ToSend("Approval of the return of figures", quarter.short, owed.due, "awaited")
    for log in inbox.logs_of(agency_id, mine, quarter, today):
        if log.is_owed and log.state in ("late", "due"):
            yield ToSend(log.title, log.period.short, log.due, log.state)


def _assessments(home: Path, actor: Actor, today: date) -> dict[str, list[ToSend]]:
    """By agency, the self-assessments that have not come in full or are not signed off."""
    every = [each for sector in respondents.by_sector(home, actor, today) for each in sector.everybody]
    for keeper in EVERYBODYS:
        every += respondents.owed(home, actor, keeper, today)
    found: dict[str, list[ToSend]] = defaultdict(list)
    for each in every:
        if not each.is_registered and each.state != respondents.RECEIVED:
            found[each.sender_id].append(ToSend(each.instrument, each.year.short, each.due, each.words))
    return found


def _to_mend(connection: Connection, mine: Sequence[Sent], quarter: Period) -> Iterator[ToMend]:
    """Of each kind the newest version for the quarter that stands or was refused, where it has errors or queries.

    What nobody has to send is no debt where it was refused: whoever sent it was told at once.
    """
    newest = {sent.kind: sent for sent in mine if sent.period == quarter.id and _counts(sent)}
    for kind, sent in newest.items():
        told = submissions.problems(connection, sent.submission_id)
        told = told[told["rule"].ne(OUTSIDE_WINDOW.name)]  # that it came late is past mending
        errors, queries = (_by_rule(told, severity, kind) for severity in ("error", "query"))
        refused = sent.state == "refused"
        absent = "" if refused else next(iter(told.loc[told["rule"].eq(FIGURES_ABSENT.name), "message"]), "")
        if errors or queries or refused or absent:
            title = catalogue().calendar[kind].title if kind in catalogue().calendar else "Return"
            left_out, came = sent.rows - sent.rows_accepted, sent.received_at.date()
            yield ToMend(title, quarter.short, sent.version, came, refused, left_out, errors, queries, absent)


def _counts(sent: Sent) -> bool:
    return sent.stands or (sent.state == "refused" and _is_owed(sent.kind))


def _is_owed(kind: str) -> bool:
    """Whether somebody owes the kind; of a file that no kind was seen in, nobody knows, so yes."""
    known = catalogue().calendar.get(kind)
    return known is None or known.required


def _by_rule(told: pd.DataFrame, severity: str, kind: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The rules broken, in words, each with its cells in the order of the file."""
    cells: dict[str, list[str]] = defaultdict(list)
    for row in told[told["severity"].eq(severity)].to_dict("records"):
        cells[title_of(str(row["rule"]))].append(_cell(row, kind))
    return tuple((rule, tuple(each for each in found if each)) for rule, found in cells.items())


def _cell(row: dict[Any, Any], kind: str) -> str:
    """Where it stands; the sheet by a name of ours, or by the agency's own where that leads to nobody."""
    layout, cell = kinds().get(kind), str(row["cell"] or "")
    ours = {meaning(each.name) for each in (*layout.sheets, *layout.notes)} if layout else set[str]()
    sheet = str(row["sheet"] or "")
    is_shown = meaning(sheet) in ours | {meaning(_COVER)} or not leads_to_anybody(sheet)
    return f"{sheet}!{cell}" if sheet and cell and is_shown else cell


def _overdue(home: Path, today: date) -> dict[str, tuple[Overdue, ...]]:
    """By agency, its open actions whose day has passed, the longest first; none of a recommendation taken back."""
    stands = {row["recommendation_id"] for row in _log(home, "learning", "Recommendations")}
    found: dict[str, list[Overdue]] = defaultdict(list)
    for row in (each for each in _log(home, "learning", "Actions") if each["recommendation_id"] in stands):
        due = row["due_on"]
        if row["status"] not in ("done", "stopped") and due == due and due.date() < today:  # noqa: PLR0124 - no day
            found[row["agency_id"]].append(Overdue(row["action_id"], row["recommendation_id"], due.date()))
    return {agency: tuple(sorted(mine, key=lambda each: (each.due, each.action_id))) for agency, mine in found.items()}


def _challenges(home: Path, actor: Actor) -> dict[str, tuple[Challenge, ...]]:
    """By owner, the scrutineer's challenges that are published and stand last, with no evidence or account since."""
    shown = pointer(home, actor, AUDIENCE)
    if shown is None:
        return {}
    made_at = rows(shown, "select made_at from publication")[0]["made_at"]
    last: dict[str, dict[Any, Any]] = {}
    for row in sorted(_log(home, "scrutiny", "Views"), key=lambda row: row["viewed_on"]):
        last[row["recommendation_id"]] = row
    since: dict[str, Any] = {}
    for kind, sheet in (("learning", "Evidence"), ("account", "Accounts")):
        for row in _log(home, kind, sheet):
            known = since.get(row["recommendation_id"])
            since[row["recommendation_id"]] = max(known, row["received_at"]) if known else row["received_at"]
    found: dict[str, list[Challenge]] = defaultdict(list)
    for row in _log(home, "learning", "Recommendations"):
        view, answered = last.get(row["recommendation_id"]), since.get(row["recommendation_id"])
        if view is None or view["view"] != _CHALLENGED or view["received_at"].tz_localize(None) > made_at:
            continue
        if answered is None or answered <= view["received_at"]:
            found[row["agency_id"]].append(Challenge(row["recommendation_id"], view["viewed_on"].date()))
    return {agency: tuple(mine) for agency, mine in found.items()}


def _log(home: Path, kind: str, sheet: str) -> list[dict[Any, Any]]:
    """The records of one sheet of a log that stand."""
    if not (home / VAULT).exists():
        return []
    with transaction(home, write=False) as connection:
        return _standing(connection, kind, sheet)


def _standing(connection: Connection, kind: str, sheet: str) -> list[dict[Any, Any]]:
    return standing(records.standing(connection, kinds()[kind])[sheet]).to_dict("records")
