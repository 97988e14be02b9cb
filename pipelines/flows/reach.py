"""Who may reach the dashboard: this machine alone, unless it is set up for others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from pipelines.flows import signing_in
from schemas.access.parsing import NAME as ACCESS
from schemas.hand_written import SlipError, text_of, toml
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "127.0.0.1"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
_ADDRESS = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::(?!443$)\d{1,5})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Where:
    """Where the dashboard is served: what it listens on, what readers type, and which proxies stand before it."""

    port: int
    address: str = ADDRESS
    public: str = ""
    proxies: tuple[str, ...] = ()


def refuse_openly(home: Path, where: Where, secrets: Path | None, *, demo: bool) -> None:
    """Refuse, with UserError, where others than this machine would reach a dashboard that is not made for it.

    The demonstration has no sign-in, so it stays on this machine. Anything else that others reach needs sign-in, an
    address of https, and the same address there as the sign-in provider sends readers back to.
    """
    if where.public and not _ADDRESS.fullmatch(where.public):
        raise UserError(
            f"{where.public} is not an address readers could type. Write https:// and a name, such as https://throughline.example."
        )
    for proxy in where.proxies:
        _network(proxy)
    is_here = where.address in LOOPBACK or _is_loopback(where.address)
    if demo and not (is_here and not where.public and not where.proxies):
        raise UserError("The demonstration has no sign-in and stays on this machine. Use throughline serve.")
    if is_here and not where.public:
        return
    if not where.public.startswith("https://"):
        raise UserError(
            "Others reach the dashboard over https only. Say the https address of the proxy before it with --public-address, "
            "or listen on 127.0.0.1 and leave it out. docs/how-to/deploy.md shows how."
        )
    door = signing_in.door(home)
    if door.fault or not door.is_there:
        raise UserError(
            door.fault or f"There is no {ACCESS} in {home}: others may not reach it until it says who may sign in."
        )
    _same_address(home, where, secrets, is_public=door.is_public)


def _same_address(home: Path, where: Where, secrets: Path | None, *, is_public: bool) -> None:
    """Whether the provider's settings are there, and send readers back to the address they came to."""
    if secrets is None:
        if is_public:
            return
        raise UserError(f"There is no secrets.toml in {home}: others may not reach it until readers can sign in.")
    try:
        said = toml(text_of(secrets.read_bytes())).get("auth", {}).get("redirect_uri", "")
    except (SlipError, AttributeError) as why:
        raise UserError(f"{secrets} cannot be read as TOML. Mend it before others may reach the dashboard.") from why
    if said != f"{where.public}/oauth2callback":
        raise UserError(
            f"redirect_uri in {secrets.name} is not {where.public}/oauth2callback: nobody could sign in. Make the two agree."
        )


def _network(proxy: str) -> None:
    try:
        network = ip_network(proxy)
    except ValueError as why:
        raise UserError(f"{proxy} is not the address of a proxy. Write one such as 127.0.0.1 or 10.0.0.0/24.") from why
    if network.prefixlen == 0:
        raise UserError(f"{proxy} is every address there is. Name the proxy that stands before the dashboard.")


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError as why:
        raise UserError(f"{address} is not an address to listen on. Write one such as 127.0.0.1.") from why
