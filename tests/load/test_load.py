from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.load import faults
from tests.load.clicking import Findings, click
from tests.load.watched import SEALED, VAULT

pytestmark = pytest.mark.slow
READERS = 6
# Returns and Publish show what has come in and waits for the next release.
MAY_OPEN_THE_VAULT = {"returns", "publish"}


def test_readers_meet_no_failed_or_mixed_page_while_a_release_is_made_and_a_writer_is_killed(published, tmp_path):
    found, notes = Findings(), tmp_path / "notes"

    async def clicking(address: str) -> None:
        stop = asyncio.Event()
        readers = asyncio.create_task(click(address, READERS, stop, 0.3, found))
        try:
            killed = faults.release(published, ["partnership"], "Cut off")
            assert await asyncio.to_thread(faults.kill_writing, published, killed), "It was done before it was killed"
            whole = faults.release(published, ["partnership"], "Meanwhile")
            said, _ = await asyncio.to_thread(whole.communicate)
            assert whole.returncode == 0, said
            await asyncio.sleep(2)
        finally:
            stop.set()
            await readers

    # In a thread of its own: another test of this process may have a loop going.
    with faults.served(published, notes) as (address, _), ThreadPoolExecutor(1) as own:
        own.submit(asyncio.run, clicking(address)).result()
    opened = {tuple(json.loads(line)) for line in notes.read_text().splitlines()}
    assert not list(found.faults())
    # Nothing has been published for the public in this home.
    assert not [said for said in found.unstated() if not said.startswith("public ")]
    assert not found.mixed()
    stated = {run.publications for run in found.runs if run.role == "analyst"}
    assert len(stated) > 1, "No reader saw the new release"
    assert {page for page, what in opened if what == VAULT} <= MAY_OPEN_THE_VAULT
    assert {what for _, what in opened} <= {VAULT, SEALED}
