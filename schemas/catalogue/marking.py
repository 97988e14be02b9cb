"""How what leaves here is marked: by what it holds, not alike for everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from schemas.catalogue.entry import Entry, Identifier, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from schemas.catalogue.models import Audience

FILE = "markings.toml"

# What a page or a file may hold beside figures, whose own marking is their audience's.
Content = Literal[
    "official_statistics",
    "definitions",
    "wards",
    "accounts",
    "exact_totals",
    "learning",
    "agencies_judged",
    "returns",
    "people_at_work",
]
CONTENTS: tuple[Content, ...] = get_args(Content)
# What a release for anybody holds was made to be shown to anybody.
PUBLIC = "public"


class Marking(Entry):
    """One marking: what it is called, how what bears it is handled, and which contents bear it. The file has them from the lowest."""

    id: Identifier
    name: Text
    handling: Text
    contents: tuple[Content, ...] = ()


def marking_of(
    markings: Mapping[str, Marking], audience: Audience | None, contents: Iterable[Content], *, figures: bool = True
) -> Marking:
    """The highest marking of anything that is held.

    `audience`: whose release it is from; None where it is from none. `figures`: whether it holds figures of that release,
    which bear the audience's own marking. Everything in a release for anybody bears that release's.
    """
    order = {marking.name: place for place, marking in enumerate(markings.values())}
    if audience is not None and audience.id == PUBLIC:
        names = {audience.marking}
    else:
        held = set(contents)
        names = {marking.name for marking in markings.values() if held & set(marking.contents)}
        names |= {audience.marking} if audience is not None and figures else set()
    highest = max((order[name] for name in names), default=0)
    return list(markings.values())[highest]


def held_by(audience: Audience) -> frozenset[Content]:
    """What a whole release of an audience may hold beside its figures, by its disclosure policy."""
    held: set[Content] = {"learning"}
    held |= set() if audience.drops_accounts else {"accounts"}
    held |= set() if audience.drops_wards else {"wards"}
    held |= set() if audience.drops_agencies_judged else {"agencies_judged"}
    return frozenset(held | with_figures(audience))


def with_figures(audience: Audience) -> frozenset[Content]:
    """What comes with the figures of an audience whatever else is left out: small totals that it may see exactly.

    Which agencies let it is in the agreements of the day, not in the catalogue: an audience for which anything is named that
    is never shown exactly (`never_exact`) is one that may see the rest so, and is marked for it either way.
    """
    return frozenset({"exact_totals"}) if audience.exact_totals_from or audience.never_exact else frozenset()


def faults_of(markings: Mapping[str, Marking], names: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the markings: a content that none, or more than one, marks, and a name that none has.

    `names`: a marking's name by where it is used.
    """
    for content in CONTENTS:
        bearing = [marking.id for marking in markings.values() if content in marking.contents]
        if len(bearing) != 1:
            said = "by none" if not bearing else f"by {' and '.join(bearing)}"
            yield f"{content} is marked {said}. Put it under contents of one marking."
    known = {marking.name for marking in markings.values()}
    for where, name in names.items():
        if name not in known:
            yield f"{where} is marked “{name}”, which no marking is called. Use {' or '.join(known)}."
