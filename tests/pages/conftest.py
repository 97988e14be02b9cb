from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.context import ContextProxy

from pipelines.checking import Report
from pipelines.flows import publication
from pipelines.publishing import Order
from pipelines.store import submissions
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.periods import parse, quarters
from tests.pages.opening import ODD
from tests.pipelines.agreed import invented

if TYPE_CHECKING:
    from pathlib import Path

STEWARD = Actor("Steward", "business_unit")


def rows(period, plans: float, repeats: float, again: float) -> pd.DataFrame:
    def figure(indicator_id, numerator, denominator=None, marker=""):
        return {
            "indicator_id": indicator_id, "period_id": period.id, "agency_id": "lcc_cf", "area_id": "E08000035",
            "breakdown": "all", "category": "all", "numerator": numerator, "denominator": denominator,
            "value": numerator if denominator is None else 100 * numerator / denominator,
            "marker": marker, "reason": "", "definition_version": 1, "sheet": "Figures",
        }  # fmt: skip

    found = [figure("CP07", repeats, plans), figure("FD01", 9000.0 + plans), figure("FD04", again, 2500.0)]
    frame = pd.DataFrame(found).astype({"numerator": float, "denominator": float, "value": float})
    return frame.set_axis(range(2, 2 + len(frame)))


def report(period, figures: pd.DataFrame, content: bytes, said: str = "") -> Report:
    commentary = pd.DataFrame(
        [["CP07", said, "", ""]] if said else [],
        columns=["indicator_id", "what_happened", "why", "what_we_are_doing"],
        dtype="str",
    )
    return Report(
        f"{period.id}.csv", hashlib.sha256(content).hexdigest(), "figures", "lcc_cf", period.id, "accepted", 0,
        len(figures), len(figures), (), figures=figures, commentary=commentary,
        cover={"approved_by_role": "Head of service", "prepared_by_role": "Analyst", "approved_on": "2026-10-20"},
        template_version="1",
    )  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def _searched_once():
    """Every page that a test opens searches all that is installed for components: four fifths of its time, and never another answer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def published(copied_home):
    """Seventeen quarters of three indicators, published before and after the last; repeat plans double in the last."""
    return copied_home("published", _published)


def _published(home: Path) -> Path:
    invented(home)
    every = quarters(parse("2022-23-Q2"), parse("2026-27-Q2"))
    moments = [datetime(2026, 8, 18, 9, 30, tzinfo=UTC), datetime(2026, 11, 17, 9, 30, tzinfo=UTC)]
    for sent, moment in zip((every[:-1], every[-1:]), moments, strict=True):
        with transaction(home, write=True) as connection:
            for number, period in enumerate(sent):
                newest, before = period == every[-1], period == every[-2]
                figures = rows(
                    period, 220 + number, 96 if newest else 44 + number % 3, 900 if before else 500 + number % 4
                )
                content = period.id.encode()
                told = report(period, figures, content, f"More families came back. {ODD}" if newest else "")
                at = datetime.combine(period.next.start, moment.timetz()).replace(day=20)
                submissions.receive(connection, home, STEWARD, told, content, at=at)
        publication.publish(home, Order("partnership", "Published for the Executive", STEWARD, moment))
    return home


@pytest.fixture
def demonstration(monkeypatch, tmp_path):
    """The app as the demonstration starts it, with nothing in its home."""
    monkeypatch.setenv("THROUGHLINE_DEMO", "1")
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path))
    # AppTest has no socket and so no address; a reader on this machine has none either.
    monkeypatch.setattr(ContextProxy, "ip_address", None)
    before = config.get_option("server.address")
    config.set_option("server.address", "127.0.0.1")
    yield tmp_path
    config.set_option("server.address", before)


@pytest.fixture
def served(demonstration, published, monkeypatch):
    """The app with two publications to read."""
    monkeypatch.setenv("THROUGHLINE_HOME", str(published))
    return published
