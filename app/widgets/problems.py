"""What a check found, in words: what to do, each thing with its cells, its value, and the reason for the rule on request."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.widgets.html import Html, join, tag
from app.widgets.icons import icon
from app.widgets.page import group, more
from app.widgets.places import places
from app.widgets.pressed import pressed
from app.widgets.tables import Column, Row, table
from schemas.returns import kinds
from schemas.returns.titles import title_of
from schemas.rule import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schemas.problems import Problem, Severity

_HEADS: dict[Severity, tuple[str, str]] = {
    "error": ("To mend", "These are left out until they are mended. Everything else counts as it is."),
    "query": ("To explain", "These count as they are. Give the reason, or correct them."),
    "note": ("To know", "Nothing to do, unless one of these is not what you meant."),
}
# A log has no column for a reason: what is right is left as it is.
_OF_A_LOG = "These records count as they are. Correct what is wrong; what is right can stay."
_OF_NOTHING = "Nothing of this file counts until this is put right."
_SHOWN = 5
# Nobody reads further down a table than this; the copy with the cells marked has them all.
_LISTED = 200
_COLUMNS = [Column("Where", width="22%"), Column("Value", width="18%"), Column("What is wrong")]


class Remedy(NamedTuple):
    """What to do about one thing: the rule that asks for it, how it is mended, and the problems it is for.

    Where each of its problems is mended in its own way, the title says what is wrong, and each line how it is mended.
    """

    rule: str
    title: str
    problems: list[Problem]

    @property
    def told(self) -> bool:
        """Whether the title says what to do about every one."""
        return all(problem.fix == self.title for problem in self.problems)


def remedies(found: Iterable[Problem]) -> list[Remedy]:
    """Problems by what is to be done about them, in the order in which they were first met."""
    made: dict[str, list[Problem]] = {}
    for problem in found:
        made.setdefault(problem.rule, []).append(problem)
    fixes = {rule: {problem.fix for problem in mine} for rule, mine in made.items()}
    titles = {rule: next(iter(found)) if len(found) == 1 else "" for rule, found in fixes.items()}
    return [Remedy(rule, titles[rule] or title_of(rule), mine) for rule, mine in made.items()]


def head(severity: Severity, many: int, kind: str | None, *, refused: bool = False) -> Html:
    """The heading over all there is to mend, or to explain, and what it means for the return, `refused` or not."""
    title, meaning = _HEADS[severity]
    is_log = kind in kinds() and kinds()[kind].is_log
    meaning = _OF_A_LOG if is_log and severity == "query" else meaning
    meaning = _OF_NOTHING if refused and severity == "error" else meaning
    return tag("div", tag("h4", tag("span", icon(severity), f"{title} ({many:,})")), tag("p", meaning), cls="to-do")


def remedy(each: Remedy, kind: str | None) -> Html:
    """What to do, for how many, and the reason for the rule, folded."""
    many = len({(problem.sheet, problem.cell) for problem in each.problems})
    count = tag("span", f"{many:,} {'place' if many == 1 else 'places'}", cls="count")
    why = reason_of(each.rule, kind)
    return tag(
        "div",
        tag("h5", pressed(each.title), " ", count),
        more("Why this is asked", tag("p", why)) if why else None,
        cls="remedy",
    )


def like_ones(found: Sequence[Problem], *, told: bool = True) -> Html:
    """Problems that one answer mends as one line: where they stand, and what is wrong, in full once where it is the same.

    `told`: what to do about them stands above already.
    """
    said = list(dict.fromkeys(problem.aside for problem in found))
    is_one_cell = len({(problem.sheet, problem.cell) for problem in found}) == 1
    others = 0 if is_one_cell else len(found) - 1
    also = f" The same in {others:,} more {'place' if others == 1 else 'places'}." if others else ""
    fix = None if told or not found[0].fix else tag("span", pressed(found[0].fix))
    words = [tag("span", each) for each in said[:_SHOWN]] if is_one_cell else [tag("span", found[0].aside, also)]
    return tag("p", tag("b", places(found)), words, fix, cls="like-ones")


def listed(found: Sequence[Problem], *, told: bool = True) -> Html:
    """Problems to mend in the file: the first five in full, the others on request."""
    first, rest, beyond = found[:_SHOWN], found[_SHOWN:_LISTED], len(found) - _LISTED
    caption = title_of(found[0].rule)
    shown = table(caption, _COLUMNS, [_row(problem, told=told) for problem in first], cls="pairs", hide_caption=True)
    others = table(
        f"More: {caption}", _COLUMNS, [_row(problem, told=told) for problem in rest], cls="pairs", hide_caption=True
    )
    last = tag("p", f"And {beyond:,} more: the copy of your file has every cell marked.", cls="second on")
    inside = join(others, last if beyond > 0 else None)
    return join(shown, more(f"{len(found) - _SHOWN:,} more like these", inside) if rest else None)


def problems(found: Sequence[Problem], kind: str | None) -> Html:
    """Every problem to be read, and none to be mended here: what to do, then what to know."""
    parts: list[Html] = []
    for severity in ("error", "query"):
        mine = [problem for problem in found if problem.severity == severity]
        parts += [head(severity, len(mine), kind)] if mine else []
        parts += [join(remedy(each, kind), listed(each.problems, told=each.told)) for each in remedies(mine)]
    return join(*parts, notes([problem for problem in found if problem.severity == "note"], kind))


def notes(found: Sequence[Problem], kind: str | None) -> Html | None:
    """All there is to know and nothing to do about, folded."""
    if not found:
        return None
    each = [
        group(
            one.problems[0].message if len(one.problems) == 1 else title_of(one.rule),
            join(tag("p", tag("b", "Why: "), why, cls="second text") if (why := reason_of(one.rule, kind)) else None,
                 tag("p", one.title, cls="text"), listed(one.problems) if len(one.problems) > 1 else None),
            level=5,
        )
        for one in remedies(found)
    ]  # fmt: skip
    title, meaning = _HEADS["note"]
    inside = join(tag("p", meaning, cls="second"), each)
    return tag("div", group(tag("span", icon("note"), f"{title} ({len(found):,})"), inside, level=4), cls="to-know")


def reason_of(rule: str, kind: str | None) -> str:
    """Why a rule is there."""
    return next((r.reason for name in ("file", "log", kind or "figures") for r in rules_of(name) if r.name == rule), "")


def _row(problem: Problem, *, told: bool) -> Row:
    fix = None if told or not problem.fix else tag("span", pressed(problem.fix), cls="under")
    return Row(
        places([problem]), (problem.value if problem.value is not None else "–", join(pressed(problem.aside), fix))
    )
