"""Where the dashboard is served: what it listens on, what readers type, and whose word it takes for who they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines.flows.reach import LOOPBACK

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Served:
    """One server. `public`: the address readers type, such as `https://throughline.example`; empty on this machine only.

    `proxies`: the addresses whose forwarded headers are believed; none, unless they are named.
    """

    home: Path
    address: str = LOOPBACK[0]
    port: int = 8501
    public: str = ""
    proxies: tuple[str, ...] = ()

    @property
    def is_https(self) -> bool:
        """Whether readers come over TLS."""
        return self.public.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """The names a request may be addressed to; any other is somebody else's name that leads here."""
        named = urlsplit(self.public).hostname
        return frozenset({*LOOPBACK, *((named,) if named else ())})

    def is_ours(self, origin: str, host: str) -> bool:
        """Whether a page of this origin is one of ours: the public address, or the very host it asks on this machine."""
        if self.public and origin.lower() == self.public.lower():
            return True
        said = _parts(origin)
        return said is not None and said[1] in LOOPBACK and urlsplit(origin).netloc.lower() == host.lower()

    def is_for_us(self, host: str) -> bool:
        """Whether a request's Host is one of ours, whatever its port."""
        found = _parts(f"//{host}")
        return found is not None and found[1] in self.hosts


def _parts(address: str) -> tuple[str, str] | None:
    """Scheme and host of an address; None where it is none, or carries more than a host and a port."""
    try:
        split = urlsplit(address)
        host, _ = split.hostname, split.port  # asked, because a port that is no number is found out only then
    except ValueError:
        return None
    if not host or split.username or split.path or split.query or split.fragment:
        return None
    return split.scheme, host
