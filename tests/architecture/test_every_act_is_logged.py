"""Whatever writes the vault, or hands out a file, puts it in the event log: what does neither is named here with its reason."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from schemas.acts import ACTS

ROOT = Path(__file__).parents[2]
# What writes the vault and is nobody's act.
NO_ACT = {
    "pipelines.flows.answering.save": "a draft is nobody's act until it is sent, and saved with every answer typed",
    "pipelines.flows.loading.__init__": "looks at what stands, in a vault that is made for it where there is none",
}
# Buttons of which the log need not hear again.
NO_FIGURES = {
    "app.views.returns._templates": "an empty template",
    "app.views.returns._logs": "an empty template",
    "app.views.learning._template": "an empty template",
    "app.widgets.assessments._download": "a template",
    "app.widgets.inviting._download": "each link is an entry of its own when it is made",
    "app.widgets.reminding._show": "each reminder is an entry of its own when it is made",
}
TELLING = ("connection", "transaction", "write=", "events.", "download_button")


@cache
def functions(folder: str) -> dict[str, list[ast.Call]]:
    """The calls of every function and method, by its dotted name."""
    found: dict[str, list[ast.Call]] = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text("utf-8")
        if not any(word in text for word in TELLING):
            continue  # most modules touch neither the vault nor a button
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                found.setdefault(f"{module}.{node.name}", []).extend(calls(node))
    return found


def calls(node: ast.AST) -> list[ast.Call]:
    return [each for each in ast.walk(node) if isinstance(each, ast.Call)]


def called(call: ast.Call) -> str:
    """What is called, as it is written: `events.append`, `_note`; of a longer chain its last two parts."""
    if isinstance(call.func, ast.Attribute):
        whose = call.func.value
        name = whose.attr if isinstance(whose, ast.Attribute) else getattr(whose, "id", "")
        return f"{name}.{call.func.attr}"
    return getattr(call.func, "id", "")


def opens_to_write(found: list[ast.Call]) -> bool:
    return any(
        each.arg == "write" and isinstance(each.value, ast.Constant) and each.value.value is True
        for call in found
        for each in call.keywords
    )


def logging(found: dict[str, list[ast.Call]]) -> set[str]:
    """The functions that write an entry, themselves or through one of their own module, or of another by its name."""
    asked = {name: {called(call) for call in mine} for name, mine in found.items()}
    logs = {name for name, mine in asked.items() if "events.append" in mine}
    while True:
        by_module = {".".join(name.split(".")[-2:]) for name in logs}
        more = {name for name, mine in asked.items() if name not in logs and _reaches(name, mine, logs, by_module)}
        if not more:
            return logs
        logs |= more


def _reaches(name: str, mine: set[str], logs: set[str], by_module: set[str]) -> bool:
    module = name.rpartition(".")[0]
    own = {f"{module}.{each.removeprefix('self.')}" for each in mine if "." not in each.removeprefix("self.")}
    return bool(own & logs or mine & by_module)


# Called through a name that another module gives them: `submissions.withdraw` stands in taking_back.
FACADES = {"pipelines.store.submissions.withdraw", "pipelines.store.submissions.revert"}


def test_every_flow_that_writes_the_vault_puts_an_entry_in_the_log():
    found = functions("pipelines")
    whole = {
        **found,
        **{name: found[name.replace("submissions", "taking_back")] for name in FACADES},
    }
    logs = logging(whole)
    writers = {name for name, mine in found.items() if opens_to_write(mine)}
    assert writers >= {"pipelines.flows.returns.submit", "pipelines.flows.taking_away.note"}
    assert writers - logs == set(NO_ACT)


def test_every_entry_is_of_a_known_act_and_every_act_is_written_somewhere():
    written: set[str] = set()
    for name, mine in functions("pipelines").items():
        for call in mine:
            if called(call) == "events.append":
                written |= actions(name, call.args[2])
    unknown = written - ACTS.keys()
    assert unknown == set()
    assert ACTS.keys() - written == set()


def actions(where: str, node: ast.expr) -> set[str]:
    """The acts an expression can stand for: a literal, or one of the names below."""
    if isinstance(node, ast.Constant):
        return {node.value}
    return NAMED[where.rpartition(".")[0], ast.unparse(node)]


NAMED = {
    ("pipelines.store.submissions", "_action(report)"): {"submission.received", "submission.refused"},
    ("pipelines.flows.publication", "action"): {"publication.released", "preview.made"},
    ("pipelines.flows.preparing", "action"): {"publication.prepared", "publication.released"},
    ("pipelines.flows.replacing", "DISCARDED"): {"publication.discarded"},
    ("pipelines.flows.asked_on_page", "ACTION"): {"release.asked"},
    ("pipelines.flows.withdrawing_publications", "ACTION"): {"publication.withdrawn"},
    ("pipelines.flows.agreements", "act[0]"): {"agreement.recorded", "agreement.ended"},
    ("pipelines.flows.previewing", "previews.SEEN"): {"preview.seen"},
    ("pipelines.flows.refusals", "_ACT"): {"file.refused"},
    ("pipelines.store.access_changes", "CHANGED"): {"access.changed"},
    ("pipelines.flows.signing_in", "action"): {"session.began", "session.refused", "session.ended"},
    ("pipelines.flows.backing_up", "MADE"): {"backup.made"},
    ("pipelines.flows.restoring", "RESTORED"): {"backup.restored"},
    ("pipelines.flows.carrying_over", "CARRIED_OVER"): {"publication.carried_over"},
    ("pipelines.flows.carrying_over", "WITHDRAWN"): {"publication.withdrawn"},
    ("pipelines.store.opening", "events.NOTE_LOST"): {"log.note_lost"},
    ("pipelines.store.watched", "CHANGED"): {"settings.changed"},
    ("pipelines.store.watched", "NOTED"): {"settings.noted"},
    ("pipelines.store.expunging_asked", "_ASKED"): {"submission.expunging"},
    ("pipelines.store.expunging_asked", "_ENDED"): {"submission.expunging_ended"},
    ("pipelines.store.rekeying", "action"): {"home.encrypted", "home.decrypted", "key.rotated"},
}


def test_every_download_button_is_logged_when_pressed_or_holds_no_figures():
    silent = {
        name
        for name, mine in functions("app").items()
        for call in mine
        if called(call).endswith("download_button")
        and not {called(each) for each in calls(call)} & {"downloads.table", "downloads.content"}
    }
    assert silent == set(NO_FIGURES)
