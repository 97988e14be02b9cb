"""Many readers at once, each in a role, going from page to page and choosing on them; and what they met."""

from __future__ import annotations

import asyncio
import hashlib
import html
import random
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.load.session import Run, Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from streamlit.proto.Element_pb2 import Element

# The first has no address of its own.
EVERYBODYS = ("", "data-set", "indicator", "about")
PARTNERS = (*EVERYBODYS, "learning", "audits", "assurance", "reviews", "returns")
PAGES = {
    "executive": PARTNERS, "scrutineer": PARTNERS, "business_unit": (*PARTNERS, "publish"), "analyst": PARTNERS,
    "chair": PARTNERS, "public": EVERYBODYS,
}  # fmt: skip
# Who they are stays as it is: choosing another persona would be another reader.
_PERSONAS = ("You are looking as", "Agency")
# What these say comes from the vault and from the clock, by design.
LIVE = ("returns", "publish", "self-assessment")


@dataclass(frozen=True, slots=True)
class Met:
    """One run as it counts here: which page for whom and what was asked, when and how long, which publication, what it said."""

    role: str
    page: str
    asked: str
    begun: float
    seconds: float
    bytes: int
    publications: tuple[str, ...]
    body: str
    faults: tuple[str, ...]


@dataclass
class Findings:
    """What all readers met."""

    runs: list[Met] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def seconds(self) -> list[float]:
        """How long each run took, the shortest first."""
        return sorted(run.seconds for run in self.runs)

    def share(self, part: float) -> float:
        """The seconds within which that part of the runs were done; 0.95 for the usual measure."""
        took = self.seconds()
        return took[min(len(took) - 1, int(part * len(took)))]

    def between(self, begun: float, ended: float) -> Findings:
        """The runs that began in a while, by the clock that times them."""
        return Findings([run for run in self.runs if begun <= run.begun < ended])

    def faults(self) -> Iterator[str]:
        """Every page that failed, and every window that broke."""
        yield from self.failed
        for run in self.runs:
            yield from (f"{run.role} on {run.page}?{run.asked}: {fault}" for fault in run.faults)

    def unstated(self) -> list[str]:
        """Pages that do not say one publication, and one only."""
        return [f"{r.role} on {r.page}?{r.asked}: {r.publications}" for r in self.runs if len(r.publications) != 1]

    def mixed(self) -> list[str]:
        """Pages that said different things of one publication: at least one of them held something of another."""
        said: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for run in self.runs:
            if run.page not in LIVE:
                said[(run.role, run.page, run.asked, *run.publications)].add(run.body)
        return [" ".join(key) for key, bodies in said.items() if len(bodies) > 1]


def met(role: str, run: Run, chosen: str = "") -> Met:
    """A run as it counts."""
    body = hashlib.sha256(_figures(run).encode()).hexdigest()
    stated = tuple(sorted(run.publications))
    return Met(
        role, run.page, f"{run.asked} {chosen}", run.begun, run.seconds, run.bytes, stated, body, tuple(run.faults)
    )


def _figures(run: Run) -> str:
    """What the page says of its publication: its markup without the header line, which lists later releases too, and its charts."""
    blocks = [
        element.html.body for _, element in sorted(run.elements.items()) if 'class="frame"' not in element.html.body
    ]
    charts = [element.plotly_chart.spec for element in run.of_type("plotly_chart")]
    return "\n".join([*blocks, *charts])


def words(run: Run) -> str:
    """What a reader sees of a page's own markup, in one line."""
    body = re.sub(r"<(style|script)>.*?</\1>", " ", run.markup, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


async def click(address: str, readers: int, stop: asyncio.Event, pause: float, found: Findings) -> None:
    """That many readers until `stop`; each waits `pause` seconds on average between one answer and the next click."""
    roles = list(PAGES)
    await asyncio.gather(
        *(_reader(address, roles[n % len(roles)], random.Random(n), stop, pause, found) for n in range(readers))  # noqa: S311
    )


async def _reader(  # noqa: PLR0913, PLR0917 - all that one reader differs in
    address: str, role: str, chance: random.Random, stop: asyncio.Event, pause: float, found: Findings
) -> None:
    """One reader; what breaks their window is noted, and they open another, as anybody would."""
    while not stop.is_set():
        try:
            async with Session(address, role) as window:
                await _read(window, chance, stop, pause, found)
        except Exception as why:  # noqa: BLE001 - whatever it is, it is what this reader met, and it fails the test
            found.failed.append(f"{role}: {type(why).__name__}: {why}")
            await _waited(stop, 1)


async def _read(window: Session, chance: random.Random, stop: asyncio.Event, pause: float, found: Findings) -> None:
    run = await window.open("")
    found.runs.append(met(window.role, run))
    # Streamlit keeps some of what was chosen on a page and drops some when it is left, so what a page says rests on all that
    # was done on it in this window, and not on its address alone.
    chosen: dict[str, list[str]] = defaultdict(list)
    while not stop.is_set():
        await _waited(stop, chance.uniform(0.5, 1.5) * pause)
        choices = list(_choices(run, chance))
        if choices and chance.random() < 0.5:
            state, words_ = chance.choice(choices)
            run = await window.choose(state)
            chosen[run.page].append(f"{words_} at {run.asked}")
            found.runs.append(met(window.role, run, ", ".join(chosen[run.page])))
            choices = []
        if not choices:
            run = await window.open(chance.choice([page for page in PAGES[window.role] if page != run.page]))
            chosen[run.page] += ["opened"] * bool(chosen[run.page])
            found.runs.append(met(window.role, run, ", ".join(chosen[run.page])))


async def _waited(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def _choices(run: Run, chance: random.Random) -> Iterable[tuple[WidgetState, str]]:
    """What can be chosen on a page that stays with one reader, with its words."""
    for element in run.of_type("selectbox"):
        box = element.selectbox
        if box.label not in _PERSONAS and box.options:
            option = chance.choice(list(box.options))
            yield WidgetState(id=box.id, string_value=option), f"{box.label}: {option}"
    for element in run.of_type("button_group"):
        yield from _pressed(element, chance)


def _pressed(element: Element, chance: random.Random) -> Iterable[tuple[WidgetState, str]]:
    group = element.button_group
    if group.options:
        option = chance.choice(list(group.options)).content
        state = WidgetState(id=group.id)
        state.string_array_value.data.append(option)
        yield state, f"{group.label}: {option}"
