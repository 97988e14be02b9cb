"""How many connections one address may hold open, and for how long one may stay silent: counted where they are made.

The limits behind it count what is asked. A connection that asks nothing never gets that far, and a thousand of them, which
one machine makes in a second, would leave no room for anybody.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from app.web.limits import whose

if TYPE_CHECKING:
    import asyncio

_REFUSED = (
    b"HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nRetry-After: 5\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Length: 66\r\n\r\nToo many connections from one address are open. Try again shortly\n"
)


class Connections(H11Protocol):
    """Uvicorn's own connection, closed at once where its address has too many open, and soon where it asks nothing.

    A proxy that is named (`forwarded_allow_ips`) is not counted, as everybody comes through it; it has limits of its own.
    """

    # Each of the 150 windows an address may have open is one, and while a page loads its browser holds six more for seconds.
    at_most = 400
    silent_for = 20.0  # seconds until the whole of the first request's head must have come

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Take it, or close it."""
        address = _address(transport)
        taken = 0 if self._is_proxy(address) else sum(_is_of(each, address) for each in self.connections)
        super().connection_made(transport)
        if taken >= self.at_most:
            transport.write(_REFUSED)
            transport.close()
        else:
            self.loop.call_later(self.silent_for, self._close_if_silent)

    def _close_if_silent(self) -> None:
        # One that has become a window's socket is no longer among the connections under this name.
        asks_nothing = self.cycle is None  # pyright: ignore[reportUnnecessaryComparison] - None until the first request
        if self in self.connections and asks_nothing:
            self.transport.abort()

    def _is_proxy(self, address: str) -> bool:
        named = self.config.forwarded_allow_ips if self.config.proxy_headers else None
        try:
            found = ip_address(address)
            return any(found in ip_network(each) for each in named or ())
        except ValueError:
            return False


def _is_of(connection: Any, address: str) -> bool:  # noqa: ANN401 - a connection before or after it has become a socket
    return _address(connection.transport) == address


def _address(transport: asyncio.BaseTransport) -> str:
    peer = transport.get_extra_info("peername")
    return whose(str(peer[0])) if isinstance(peer, tuple) and peer else ""
