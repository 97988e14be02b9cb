"""A sign-in provider on 127.0.0.1, and a home whose dashboard signs in through it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines.flows.serving import SECRETS
from tests.browser.dashboard import await_answer, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Who has an account there: by the name the provider knows them by, with their address.
PEOPLE = {
    "exec": {"email": "executive@leeds.example", "email_verified": True},
    "analyst": {"email": "analyst@leeds.example", "email_verified": True},
    "first": {"email": "first@leeds.example", "email_verified": True},
    "second": {"email": "second@leeds.example", "email_verified": True},
    "stranger": {"email": "stranger@leeds.example", "email_verified": True},
}
LIST = """
contact = "the business unit, 0113 496 0000"

[[provider]]
issuer = "{issuer}"

[[person]]
name = "Executive Member"
email = "executive@leeds.example"
role = "executive"

[[person]]
name = "Analyst One"
email = "analyst@leeds.example"
role = "analyst"
agency = "lcc_cf"

[[person]]
name = "First Steward"
email = "first@leeds.example"
role = "business_unit"

[[person]]
name = "Second Steward"
email = "second@leeds.example"
role = "business_unit"
"""
_SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "made-up-for-a-test-and-used-nowhere-else"
client_id = "throughline"
client_secret = "made-up"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""


@contextmanager
def provider() -> Iterator[str]:
    """The provider's issuer; stopped at the end."""
    port = free_port()
    people = [f"--user-claims={json.dumps({'sub': sub, **claims})}" for sub, claims in PEOPLE.items()]
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), *people],
        env=os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await_answer(f"http://127.0.0.1:{port}/.well-known/openid-configuration", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def set_up(home: Path, issuer: str, port: int) -> None:
    """Write the list and the provider's settings into a home."""
    (home / "access.toml").write_text(LIST.format(issuer=issuer), encoding="utf-8")
    (home / SECRETS).write_text(_SECRETS.format(issuer=issuer, port=port), encoding="utf-8")
