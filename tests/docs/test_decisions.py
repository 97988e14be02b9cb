from __future__ import annotations

import tomllib

import pytest

from app.widgets import to_mend
from pipelines.checking import annotated, problem_sheet
from pipelines.checking.laid_out import grid
from pipelines.checking.marking import comments
from pipelines.flows import inviting, wrong_links
from pipelines.measures import agreement, impact_kinds, impact_limits, impact_signals
from pipelines.measures import spc_methods as spc
from pipelines.measures.chance import RATES
from pipelines.measures.disparities import FEWEST
from pipelines.measures.funnels import ACTION as WARD_LIMIT
from pipelines.measures.impact_segmented import FEWEST_EACH_SIDE
from pipelines.measures.rates import EXACT_BELOW
from pipelines.publishing import funnels
from pipelines.publishing.comparing import ENOUGH_NEIGHBOURS
from pipelines.publishing.standardising import MOST_UNKNOWN
from pipelines.reading import guard, package, parts, process, reader
from schemas.published import assuring
from schemas.returns.alike import AGAIN_MONTHS, ALIKE
from schemas.rules import reviews_dates, reviews_incidents
from tests.docs.blocks import ROOT

DECISIONS = ROOT / "docs" / "explanation" / "decisions"
DUCKDB = next(
    d for d in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"] if "duckdb" in d
)
SAID = {
    "0021-what-a-log-is-asked.md": [
        f"at least {ALIKE:g} of 100 alike",
        f"within {AGAIN_MONTHS} months",
        f"after {reviews_incidents.LATE_DAYS} calendar days",
        f"a rapid review after {reviews_dates.RAPID_DAYS}",
    ],
    "0027-links-and-drafts.md": [
        f"{inviting.TOKEN_BYTES} random bytes",
        f"{inviting.OPENS.days} days",
        f"More than {wrong_links.MOST} within a minute",
    ],
    "0028-several-eyes-on-one-thing.md": [
        f"{agreement.FAR:g} points (half the line) are far apart, {agreement.APART:g}",
        f"lie below {'half' if agreement.CONTRARY == 50 else agreement.CONTRARY}",
        f"reported in the {assuring.MONTHS} months\n   before",
        f"to the nearest {assuring.COARSE}",
        {6: "at least six cases"}[assuring.ENOUGH],
        {80: "four in five of what is scored 2 or 3"}[assuring.EVIDENCED],
    ],
    "0030-an-agencys-own-spreadsheet.md": [
        f"Up to {({3: 'three'})[grid.LINES]}\n  lines",
        f"within the first {grid.SEARCHED:,} rows",
    ],
    "0032-the-analysts-own-workbook.md": [
        f"beyond the first {annotated.COMMENTS:,} cells",
        f"after “{comments.BEGIN}”",
        f"ours is called {problem_sheet.OTHER_NAME}",
    ],
    "0035-mended-beside-the-file.md": [{12: "Twelve fields stand on the page at once"}[to_mend.FIELDS]],
    "0005-duckdb-and-new-names.md": [DUCKDB.split("==")[1].split()[0]],
    "0006-what-a-chart-shows.md": [
        f"fewer than {spc.ENOUGH} points",
        f"({spc.ENOUGH - 1}\n   changes",
        f"fewer than {spc.NEAR_ZERO_COUNT:g} on average",
        f"fewer than {spc.NEAR_ZERO_PART:g} events",
        f"{RATES['xmr']:.1%} of series",
    ],
    "0008-reading-in-a-child-process.md": [
        f"over {guard.BYTES_LIMIT // 1_000_000} MB",
        f"more than {package.ENTRIES_LIMIT:,} parts",
        f"more than {package.TOTAL_LIMIT // 1_000_000} MB",
        f"{process.MEMORY_LIMIT // 1_000_000_000} GB of memory",
        f"{reader.SECONDS:g}\nseconds",
        f"at most {process.ANSWER_LIMIT // 1_000_000} MB",
    ],
    "0010-compared-only-by-interval.md": [
        f"at least {ENOUGH_NEIGHBOURS} of them",
        f"At least {funnels.ENOUGH['ward']} wards, or {funnels.ENOUGH['agency']} agencies",
        f"outside the {WARD_LIMIT:.1%} limits",
        f"exact below {EXACT_BELOW} events",
    ],
    "0011-groups-and-their-populations.md": [
        f"below {FEWEST} counted",
        f"None below {EXACT_BELOW} events",
        f"more than {MOST_UNKNOWN:.0%} of unknown age",
    ],
    "0014-did-practice-change.md": [
        f"Fewer than {spc.ENOUGH} points ({spc.ENOUGH - 1} changes",
        f"Fewer than {spc.ENOUGH - impact_limits.FEWER}: not measurable",
        f"Before the {impact_kinds.FEWEST_AFTER}th point",
        f"Once {impact_signals.LAST} points have come",
        f"If one of the last {impact_signals.JUST_BEFORE} points",
        f"from {FEWEST_EACH_SIDE} points on each side",
        f"at least {impact_kinds.YEARS_BEFORE} years before",
    ],
}


@pytest.mark.parametrize("page", SAID)
def test_a_decision_names_the_numbers_the_code_holds_to(page):
    text = (DECISIONS / page).read_text(encoding="utf-8")
    assert [number for number in SAID[page] if number not in text] == []


def test_cells_beyond_five_million_are_refused_as_the_decision_says():
    assert parts.CELLS_LIMIT == 5_000_000


@pytest.mark.parametrize("page", sorted(DECISIONS.glob("0*.md")), ids=lambda page: page.stem)
def test_a_decision_has_its_context_its_decision_and_its_consequence(page):
    headings = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert headings[0].startswith(f"# {page.stem[:4]} ")
    assert headings[1:] == ["## Context", "## Decision", "## Consequence"]
