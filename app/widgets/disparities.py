"""Groups of children side by side: how many times the rate or share of another group, and whether chance explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.amounts import Unit, count, unit_of
from app.widgets.html import Child, Html, join, tag
from app.widgets.page import group, section
from app.widgets.ratios import LogScale, dotted, ruler, scale_over
from app.widgets.tables import Column, Row, stacked, table, two_lines

if TYPE_CHECKING:
    from pipelines.queries import beside
    from pipelines.queries import indicator as queries

_WORDS = {"higher": "Higher", "lower": "Lower", "similar": "Similar"}


def disparities(view: queries.IndicatorView, found: beside.Compared | None) -> Html | None:
    """Each breakdown's groups beside its reference group, the one with the largest difference open."""
    if found is None or not found.splits:
        return None
    unit = unit_of(view.facts)
    first = found.furthest[0] if found.furthest else found.splits[0]
    ratios = [g for split in found.splits for g in split.groups if g.ratio]
    scale = scale_over(bound for g in ratios for bound in (g.lower or 1.0, g.upper or 1.0))
    made = [
        group(split.title, _groups(split, unit, scale), aside=_aside(split), is_open=split is first)
        for split in found.splits
    ]
    return section(_finding(found), made, note=_note(view, found), anchor="groups")


def _finding(found: beside.Compared) -> str:
    """The largest difference in a sentence, or that there is none."""
    if found.furthest is not None:
        _, furthest = found.furthest
        name = furthest.group_words
        return f"{name[0].upper()}{name[1:]}: {furthest.words.split(';')[0]}"
    if any(split.compared for split in found.splits):
        return "No group differs from the one it is compared with by more than chance explains"
    return "Groups cannot be compared: too few are counted, or they are hidden"


def _note(view: queries.IndicatorView, found: beside.Compared) -> str:
    periods = dict.fromkeys(split.period for split in found.splits)
    compared = sum(split.compared for split in found.splits)
    said = (
        f"{view.facts['title']}, {', '.join(periods)}: each group beside one other, with the 95% interval of the ratio. A "
        "group is called higher or lower only where the interval leaves out 1. It shows how often, not why."
    )
    if compared:
        said += f" If no group differed, chance alone would still mark about {found.chance:.1f} of these {compared}."
    return said


def _aside(split: beside.Split) -> Html:
    different = sum(g.is_different for g in split.groups)
    if not split.compared:
        return tag("span", "Not compared")
    if not different:
        return tag("span", "None differs")
    return tag("span", f"{different} of {split.compared} {'differs' if different == 1 else 'differ'}")


def _groups(split: beside.Split, unit: Unit, scale: LogScale) -> Html:
    columns = [
        Column("Group", width="24%"),
        Column("Figure", width="18%"),
        Column(join("Times, between", ruler(scale)), f"On a scale of {scale.words}", width="28%"),
        Column("Ratio"),
    ]
    caption = f"{split.title}, {split.period}: beside {split.reference_words}"
    rows = [_reference(split, unit, scale), *(_row(g, split, unit, scale) for g in split.groups)]
    return table(caption, columns, rows, cls="pairs fixed ratios")


def _reference(split: beside.Split, unit: Unit, scale: LogScale) -> Row:
    figure = _figure(split.reference_value, split.reference_numerator, split.reference_denominator, unit)
    one = dotted(1, (1, 1), scale, f"{split.reference}: 1, as the others are compared with it", stands_out=False)
    return Row(two_lines(split.reference, "Compared with"), (figure, one, "1, by definition"))


def _row(g: beside.Group, split: beside.Split, unit: Unit, scale: LogScale) -> Row:
    figure = _figure(g.value, g.numerator, g.denominator, unit)
    if g.ratio is None or g.lower is None or g.upper is None:
        return Row(g.label, (figure, "–", g.words))
    alt = f"{g.label} beside {split.reference_words}: {g.words}"
    drawn = dotted(g.ratio, (g.lower, g.upper), scale, alt, stands_out=g.is_different)
    return Row(g.label, (figure, drawn, two_lines(tag("b", _WORDS[g.word]), g.words)))


def _figure(value: float | None, numerator: float | None, denominator: float | None, unit: Unit) -> Child:
    if value is None:
        return "Not shown"
    return stacked(unit.value(value), f"{count(numerator)} of {count(denominator)}")
