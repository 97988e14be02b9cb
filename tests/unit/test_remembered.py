"""What is remembered is worked out once, and an error is no answer."""

from __future__ import annotations

import ast
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest

from pipelines.queries.remembered import remembered
from schemas.problems import UserError

APP = Path(__file__).parents[2] / "app"


def test_those_who_ask_while_it_is_worked_out_wait_and_it_is_worked_out_once():
    many, began, done = [], Event(), Event()

    @remembered(maxsize=4)
    def worked_out(what: str) -> str:
        many.append(what)
        began.set()
        done.wait(5)
        return what.upper()

    with ThreadPoolExecutor(8) as readers:
        asked = [readers.submit(worked_out, "page") for _ in range(8)]
        assert began.wait(5)
        done.set()
        assert {each.result() for each in asked} == {"PAGE"}
    assert many == ["page"]


def test_an_error_is_told_to_those_who_waited_and_asked_afresh_by_the_next():
    tries, began, may_fail = [], Barrier(2), Event()

    @remembered(maxsize=4)
    def worked_out() -> str:
        tries.append(1)
        if len(tries) > 1:
            return "here"
        began.wait(5)
        may_fail.wait(5)
        raise UserError("In use", exit_code=1)

    with ThreadPoolExecutor(4) as readers:
        first = readers.submit(worked_out)
        began.wait(5)
        waiting = [readers.submit(worked_out) for _ in range(3)]
        while any(not each.running() for each in waiting):
            time.sleep(0.01)
        may_fail.set()
        with pytest.raises(UserError, match="In use"):
            first.result()
        met = Counter(type(each.exception()).__name__ if each.exception() else each.result() for each in waiting)
    # Whoever was not yet in the queue when it failed asks again, and finds it.
    assert met.keys() <= {"UserError", "here"}
    assert worked_out() == "here"
    assert len(tries) == 2


def test_nothing_the_app_remembers_asks_who_is_here():
    """What is kept of a publication is kept for all its readers: in it nothing may come from the one who happened to be first."""
    found = {path: _asked_of_the_reader(path) for path in sorted(APP.rglob("*.py"))}
    assert sum(len(kept) for kept, _ in found.values()) > 20, (
        "No remembered function was found, so nothing was looked at"
    )
    assert {path.name: reached for path, (_, reached) in found.items() if reached} == {}


def _asked_of_the_reader(path: Path) -> tuple[set[str], set[str]]:
    """The functions of a module that are remembered, and whatever of session or Streamlit they reach in the module."""
    functions = {
        each.name: each for each in ast.parse(path.read_text("utf-8")).body if isinstance(each, ast.FunctionDef)
    }
    kept = {
        name for name, each in functions.items() if any("remembered" in ast.unparse(d) for d in each.decorator_list)
    }
    reached, todo = set[str](), list(kept)
    seen = set[str]()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        for node in ast.walk(functions[name]):
            if isinstance(node, ast.Name) and node.id in functions:
                todo.append(node.id)
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in {"session", "st"}
            ):
                reached.add(f"{name}: {node.value.id}.{node.attr}")
    return kept, reached
