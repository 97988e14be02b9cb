"""How learning was judged, in plain words: the ladder, what each kind of evidence can show, the rules of a verdict."""

from __future__ import annotations

from app.widgets.html import Html, join, tag
from app.widgets.page import group, section, terms
from app.widgets.tables import Column, Row, table
from pipelines.queries.learning_facts import STEPS
from pipelines.queries.learning_words import MEANINGS
from schemas.catalogue import catalogue
from schemas.catalogue.choice import EvidenceKind
from schemas.published.methods import methods

# The module whose methods decide a verdict; methods.toml describes them.
_MEASURES = "pipelines.measures.impact"
_VERDICTS = (
    ("Improved", "After the change date the indicator shows a signal, by the rules of its control chart, in the direction that was agreed before."),
    ("Got worse", "It shows a signal in the opposite direction."),
    ("No change", "Four or more points have come since, and none of them is a signal. Chance alone would give as much."),
    ("Too early", "Fewer than four points have come since the change. Counted apart from no change."),
    ("Not measurable", "No indicator is linked, it was said beforehand that none could show it, or too many of its points are hidden to protect children."),
)  # fmt: skip
_RULES = (
    "The indicator, the expected direction, the change date and the review date are agreed before anybody looks. Where they were registered afterwards, the page says so.",
    "The range before the change is worked out once and stays as it was: nothing that comes later can move it.",
    "Beside the signal stands the size of the change with its 95% interval, and whatever else touched the same indicator at the time.",
    "A change is consistent with a recommendation. Nothing here shows that one caused the other.",
    "An action that is closed is done, and no more. Impact is shown from “practised” on, and “difference” needs two kinds of evidence.",
)  # fmt: skip


def how_judged() -> Html:
    """Closed groups: the ladder, the verdicts, evidence, and the formulas where they are described."""
    ladder = terms([(f"{level} {step.capitalize()}", MEANINGS[step]) for level, step in enumerate(STEPS)])
    rules = tag("ul", [tag("li", rule) for rule in _RULES])
    verdicts = join(terms(list(_VERDICTS)), tag("div", rules, cls="text on"))
    return section(
        "How it was judged",
        group("The ladder", ladder, aside="6 steps"),
        group("The verdicts", verdicts, aside=f"{len(_VERDICTS)} verdicts"),
        group("What each kind of evidence can show", _evidence()),
        _formulas(),
        anchor="judged",
    )


def _evidence() -> Html:
    kinds = [kind for kind in catalogue().choices["evidence_kind"].values() if isinstance(kind, EvidenceKind)]
    columns = [Column("Kind of evidence", width="46%"), Column("Shows at most"), Column("Speaks of")]
    rows = [
        Row(
            kind.label,
            (
                STEPS[kind.can_show].capitalize() + (", with a second kind" if kind.can_show == 4 else ""),
                "Children and families" if kind.shows_difference else "What staff do",
            ),
        )
        for kind in kinds
    ]
    return table(
        "The highest step each kind of evidence can show by itself", columns, rows, cls="pairs", hide_caption=True
    )


def _formulas() -> Html | None:
    known = [each for each in methods().method if any(name.startswith(_MEASURES) for name in each.functions)]
    if not known:
        return None
    made = [
        join(
            tag("h4", each.title, cls="after"),
            terms(
                [
                    ("Formula", each.formula),
                    ("Used", each.when),
                    ("Not used", each.when_not),
                    ("Source", each.reference),
                ]
            ),
        )
        for each in known
    ]
    return group("The formulas", made, aside=f"{len(known)} methods")
