"""A page tells a reader nothing of the machine: what a flow refuses with goes through one function that sees to it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

# Where an error is turned into words, or is about publications only, which name no place.
SEES_TO_IT = {"app/refusing.py", "app/session.py"}
THROUGH = {"on_page", "not_done", "told", "confirm"}


def spelt_out(text: str) -> list[int]:
    """The lines in which a caught UserError is made text in another way."""
    found: list[int] = []
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Name) and node.name):
            continue
        if node.type.id != "UserError":
            continue
        passed = {
            id(given)
            for call in ast.walk(node)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in THROUGH
            for given in call.args
        }
        passed |= {id(each.cause) for each in ast.walk(node) if isinstance(each, ast.Raise)}
        found += [
            each.lineno
            for each in ast.walk(node)
            if isinstance(each, ast.Name) and each.id == node.name and id(each) not in passed
        ]
    return found


def test_every_refusal_on_a_page_is_said_by_the_one_function():
    said = {str(path): spelt_out(path.read_text("utf-8")) for path in sorted(Path("app").rglob("*.py"))}
    assert {path: lines for path, lines in said.items() if lines and path not in SEES_TO_IT} == {}


@pytest.mark.parametrize("said", ["str(why)", 'f"{why}"', "why.args[0]"])
def test_another_way_is_found(said):
    assert spelt_out(f"try:\n    act()\nexcept UserError as why:\n    put({said})\n") == [4]
