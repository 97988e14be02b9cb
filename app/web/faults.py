"""What an unexpected fault leaves behind: a sentence with a reference for the reader, the place in the code for the log.

A fault's own words may hold what stood in a file, so they are never written: its kind, and the lines of our code it
passed through, are what somebody needs to find it.
"""

from __future__ import annotations

import logging
import secrets
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any

from app.refusing import on_page
from app.widgets.page import empty, put
from schemas.problems import UserError

if TYPE_CHECKING:
    from types import TracebackType

LOG = logging.getLogger("throughline")
# Whose lines repeat what anybody may put into an address, signed in or not.
_OF_STRANGERS = "streamlit.web.server.starlette.starlette_auth_routes"
_FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"


def told(fault: Exception) -> bool:
    """Say it to the reader of the page it happened on, and to the log; True, as Streamlit need not say it too."""
    if isinstance(fault, UserError):
        put(empty("This could not be done", on_page(fault)))
        return True
    reference = secrets.token_hex(4)
    LOG.error("Fault %s", reference, exc_info=fault)
    put(
        empty(
            "Something went wrong here",
            f"It is no fault of yours. Try again; if it comes back, tell the business unit this reference: {reference}.",
        )
    )
    return True


def place(fault: BaseException) -> str:
    """The kind of a fault and the lines it passed through, with those it came from; none of its own words."""
    told_of: list[str] = []
    seen: set[int] = set()
    now: BaseException | None = fault
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        lines = "".join(traceback.format_tb(now.__traceback__))
        told_of.append(f"{type(now).__module__}.{type(now).__qualname__} at\n{lines}".rstrip())
        now = now.__cause__ or now.__context__
    return "\nafter ".join(told_of)


def begin_log() -> None:
    """Send what this process has to say to standard error, with no words of a fault and no access to pages."""
    logging.setLogRecordFactory(_record)
    # What other libraries tell of their ordinary work, such as each request to the sign-in provider, is nobody's concern.
    logging.basicConfig(level=logging.WARNING, format=_FORM, stream=sys.stderr, force=True)
    LOG.setLevel(logging.INFO)
    # Streamlit says a fault of a page by itself, without the reference that `told` gives it.
    logging.getLogger("streamlit.error_util").addFilter(lambda record: record.msg != "Uncaught app execution")
    sys.excepthook = _uncaught
    threading.excepthook = lambda said: _uncaught(said.exc_type, said.exc_value, said.exc_traceback)


def _record(*args: Any, **kwargs: Any) -> logging.LogRecord:  # noqa: ANN401 - as logging makes its records
    """A record whose fault is written by its place only, whichever library's logger it comes from."""
    record = logging.LogRecord(*args, **kwargs)
    if record.exc_info and record.exc_info[1] is not None:
        record.exc_text, record.exc_info = place(record.exc_info[1]), None
    if isinstance(record.args, tuple):
        record.args = tuple(_said(each, record.name) for each in record.args)
    return record


def _said(value: object, logger: str) -> object:
    """What of a line's words may stand in the log: of a fault its kind, of an address somebody made up nothing."""
    if isinstance(value, BaseException):
        return type(value).__name__
    return "(left out)" if logger == _OF_STRANGERS and isinstance(value, str) else value


def _uncaught(kind: type[BaseException], fault: BaseException | None, _: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    LOG.critical("Uncaught fault", exc_info=fault)
