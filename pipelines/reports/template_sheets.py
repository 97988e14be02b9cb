"""The template's other sheets: cover, instructions, the agency's account, what it does not hold, the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from schemas.catalogue import catalogue
from schemas.catalogue.cycle import due_on
from schemas.periods import day_words
from schemas.returns.markers import MARKERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from pipelines.reports.template_look import Look
    from schemas.catalogue import Agency, Owed
    from schemas.periods import Period
    from schemas.returns import Kind, SheetLayout

_PREPARERS = ("Performance analyst", "Information manager", "Data lead", "Service manager", "Business support")
_APPROVERS = ("Head of service", "Designated safeguarding lead", "Chief nurse", "Superintendent", "Director")
# What the cover says: label, answer, hint. What it asks: label, style, hint, what may be chosen.
Given: TypeAlias = tuple[str, str, str]
Asked: TypeAlias = tuple[str, str, str, tuple[str, ...]]
_FIRST = 4
_ASKED = (
    ("Prepared by (role)", "answer", "A role, never a name.", _PREPARERS),
    ("Approved by (role)", "answer", "Who in your agency stands by these figures: a role, never a name.", _APPROVERS),
    ("Approved on", "date", "As 20 October 2026.", ()),
    ("Audit", "answer", "Only where every row is of one audit: its number, as AU-2026-1.", ()),
    ("Nil return", "answer", "Yes only if every figure asked for is zero.", ("No", "Yes")),
)
# What the cover asks of some kinds only, by the name of the answer they have for it.
_OF_SOME = {"Audit": "audit_ref", "Nil return": "nil_return"}
_IN_SHORT = (
    ("1", "Fill the white cells of the sheet Figures, or paste a block into the sheet Paste."),
    ("2", "Say what happened, why, and what you are doing on the sheet Commentary, for what has moved."),
    ("3", "Put what you cannot send on the sheet Not held, with the reason."),
    ("4", "Fill in the Cover, and check the file before you send it: throughline check FILE."),
)
_NEVER = (
    (
        "People",
        "Nothing about one person: no names, dates of birth, NHS or pupil numbers, postcodes, no child's story.",
    ),
    ("Small numbers", "Send them as they are. They are protected when figures are published."),
    ("Formulas", "Send values. A formula that has not been calculated is read as text."),
)


def cover_sheet(look: Look, kind: Kind, agency: Agency, period: Period) -> None:
    """Whose return it is, for when, and who stands by it."""
    asked = [each for each in _ASKED if each[0] not in _OF_SOME or _OF_SOME[each[0]] in kind.cover]
    cover(look, kind.title, _given(kind, agency, period), asked)


def cover(look: Look, title: str, given: Sequence[Given], asked: Sequence[Asked]) -> tuple[Worksheet, int]:
    """The first sheet: what is known already, and what is asked of whoever stands by it; with the row below."""
    sheet = look.sheet("Cover", title, catalogue().partnership.name, landscape=False)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 46)
    sheet.set_column(2, 2, 44)
    if catalogue().partnership.synthetic:
        sheet.write_string(2, 0, "SYNTHETIC: every figure is invented", look["flag"])
    for row, (label, answer, hint) in enumerate(given, _FIRST):
        sheet.write_string(row, 0, label, look["label"])
        sheet.write_string(row, 1, answer, look["given_wrap"])
        sheet.write_string(row, 2, hint, look["hint"])
    first = _FIRST + len(given) + 1
    for row, (label, style, hint, choices) in enumerate(asked, first):
        sheet.write_string(row, 0, label, look["label"])
        sheet.write_blank(row, 1, None, look[style])
        sheet.write_string(row, 2, hint, look["hint"])
        if choices:
            offered = {"validate": "list", "source": list(choices), "error_type": "information"}
            sheet.data_validation(row, 1, row, 1, offered)
    return sheet, first + len(asked)


def due_words(kind: Kind, period: Period) -> str:
    """The day a return is due, as people say it."""
    return day_words(due_on(catalogue(), period, kind.id))


def _given(kind: Kind, agency: Agency, period: Period) -> tuple[Given, ...]:
    due = due_words(kind, period)
    return (
        ("Template version", kind.template_version, ""),
        ("Kind of return", kind.id, ""),
        ("Agency", agency.title, agency.area_note),
        ("Period", period.id, f"{period.label}. Due by {due}"),
    )


def instructions_sheet(look: Look, kind: Kind, period: Period) -> None:
    """How to fill the return, on one page."""
    sheet = look.sheet("Instructions", "How to fill this in", period.label, landscape=False)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 78)
    columns = [column for column in kind.data.columns if column.answer or column.name == "reason"]
    rows = (
        ("In short", ""),
        *_IN_SHORT,
        ("Columns", ""),
        *((column.heading, _column_words(column.name)) for column in columns),
        ("Markers", ""),
        *((code, f"{words[0].upper()}{words[1:]}.") for code, words in MARKERS.items()),
        ("Never send", ""),
        *_NEVER,
    )
    for row, (label, words) in enumerate(rows, 3):
        if words:
            sheet.write_string(row, 0, label, look["text"])
            sheet.write_string(row, 1, words, look["text"])
            sheet.set_row(row, 15 * (1 + len(words) // 88))
        else:
            sheet.set_row(row, 26)
            sheet.write_string(row, 0, label, look["section"])


def beside_sheet(look: Look, layout: SheetLayout, figures: Sequence[Owed], carried: Mapping[str, str]) -> None:
    """A row for each indicator owed, with room for words; reasons given last time stand until changed."""
    hints = {
        "Commentary": "For what has moved, or what the Executive will ask about. Roles, never names.",
        "Not held": "Only what you cannot send this quarter. Reasons given last time are carried forward: clear or change them.",
    }
    sheet = look.sheet(layout.name, layout.name, hints.get(layout.name, ""))
    for place, column in enumerate(layout.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(2, place, column.hint, look["hint"])
        sheet.write_string(3, place, column.heading, look["head"])
    sheet.freeze_panes(4, 2)
    sheet.repeat_rows(3, 3)
    for row, indicator_id in enumerate(dict.fromkeys(figure.indicator_id for figure in figures), 4):
        sheet.write_string(row, 0, indicator_id, look["given"])
        sheet.write_string(row, 1, catalogue().indicators[indicator_id].title, look["strong"])
        for place in range(2, len(layout.columns)):
            words = carried.get(indicator_id, "") if layout.columns[place].name == "reason" else ""
            sheet.write_string(row, place, words, look["answer"]) if words else sheet.write_blank(
                row, place, None, look["answer"]
            )


def lists_sheet(look: Look, figures: Sequence[Owed]) -> None:
    """The labels the return uses: areas, and the categories of each breakdown asked for."""
    sheet = look.sheet("Lists", "Lists", "The labels to use. Case and spaces do not matter.")
    known = catalogue()
    used = dict.fromkeys(figure.breakdown for figure in figures if figure.breakdown != "all")
    city = known.areas[known.partnership.area_code]
    lists = {
        "Area": [city.name, *(ward.name for ward in known.wards)],
        "Marker": [f"{code}  {words}" for code, words in MARKERS.items()],
        **{known.breakdowns[b].title: [category.label for category in known.breakdowns[b].categories] for b in used},
    }
    for place, (title, labels) in enumerate(lists.items()):
        sheet.set_column(place, place, 26)
        sheet.write_string(3, place, title, look["head"])
        for row, label in enumerate(labels, 4):
            sheet.write_string(row, place, label, look["given"])
    sheet.freeze_panes(4, 0)


def _column_words(name: str) -> str:
    return {
        "numerator": "How many: a whole number. What is counted shows as you enter the cell.",
        "denominator": "Out of how many. Grey where it is not needed, or comes from official statistics.",
        "value": "Worked out from the two before: leave it empty, or write 24.2 for 24.2%.",
        "marker": "Why there is no number, from the list below. Never beside a number.",
        "nil": "x where there were none. Blank means not supplied, and is never read as zero.",
        "reason": "What happened and why, where a figure has moved far: one sentence somebody else can use.",
    }[name]
