from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from pipelines.flows import reach, serving
from schemas.problems import UserError

pytestmark = pytest.mark.slow
_SERVE = "from pipelines.cli import main; main()"


def free() -> int:
    with socket.socket() as probe:
        probe.bind((reach.ADDRESS, 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{reach.ADDRESS}:{port}/_stcore/health", timeout=2) as said:
            return said.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def within(seconds: float, comes_true) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if comes_true():
            return True
        time.sleep(0.2)
    return False


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
@pytest.mark.parametrize("how", ["SIGTERM", "SIGKILL", "SIGINT"])
def test_the_server_ends_with_the_command_however_it_ends(tmp_path, how):
    port = free()
    place = os.environ | {"THROUGHLINE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", _SERVE, "serve", "--port", str(port)]
    parent = subprocess.Popen(command, env=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert within(60, lambda: answers(port))
        parent.send_signal(getattr(signal, how))
        parent.wait(timeout=30)
        assert within(20, lambda: not answers(port))
    finally:
        parent.kill()
        parent.wait(timeout=30)


def test_a_port_in_use_is_said_in_a_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind((reach.ADDRESS, 0))
        taken.listen()
        with pytest.raises(UserError, match="is in use"):
            serving.serve(tmp_path, reach.Where(taken.getsockname()[1]), demo=False)
