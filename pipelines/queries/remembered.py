"""What was worked out for one reader is kept for all, and is worked out once however many ask in the same moment."""

from __future__ import annotations

import copy
from functools import lru_cache, update_wrapper
from threading import Lock
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

_Asked = ParamSpec("_Asked")
_Found = TypeVar("_Found")


def remembered(maxsize: int) -> Callable[[Callable[_Asked, _Found]], Remembered[_Asked, _Found]]:
    """Keep the answers to the last `maxsize` questions, asked in the same words; an error is not kept.

    In the minute after a release everybody asks for the same pages. `lru_cache` alone lets all of them work a page out side
    by side, each slowing down the others; here the others wait for the first.

    >>> asked = []
    >>> @remembered(maxsize=2)
    ... def square(number: int) -> int:
    ...     asked.append(number)
    ...     return number * number
    >>> square(3), square(3), asked
    (9, 9, [3])
    """
    return lambda work_out: Remembered(work_out, maxsize)


class Remembered(Generic[_Asked, _Found]):
    """A function that remembers. Nothing it asks in its turn may lead back to the same question: it would wait for itself."""

    def __init__(self, work_out: Callable[_Asked, _Found], maxsize: int) -> None:
        """`maxsize`: how many answers are kept."""
        self._work_out, self._finding = work_out, Lock()
        # A slot that is pushed out while it is being filled still serves those who wait for it.
        self._slots = lru_cache(maxsize=maxsize)(self._empty)
        update_wrapper(self, work_out)

    def __call__(self, *given: _Asked.args, **named: _Asked.kwargs) -> _Found:
        """The answer, remembered or worked out now. UserError where it cannot be had, for all who waited for it too."""
        with self._finding:  # held for the finding of a slot only, or two who come at once would get one each
            slot = self._slots(*given, **named)
        if slot.answer is None:
            failed = slot.failed
            with slot.filling:
                if slot.answer is None:
                    if slot.failed != failed and slot.fault is not None:
                        # Thirty who waited for a vault that is in use would else wait for it again, one after another.
                        raise copy.copy(slot.fault)
                    slot.answer = (self._tried(slot, *given, **named),)
        return slot.answer[0]

    def cache_clear(self) -> None:
        """Forget everything."""
        self._slots.cache_clear()

    def _tried(self, slot: _Slot[_Found], *given: _Asked.args, **named: _Asked.kwargs) -> _Found:
        try:
            return self._work_out(*given, **named)
        except UserError as why:
            slot.failed, slot.fault = slot.failed + 1, copy.copy(why)
            raise

    def _empty(self, *given: object, **named: object) -> _Slot[_Found]:
        del given, named
        return _Slot()


class _Slot(Generic[_Found]):
    """Room for one answer, which may be None: so it is kept in a tuple of its own. `fault`: why the last try gave none."""

    __slots__ = ("answer", "failed", "fault", "filling")

    def __init__(self) -> None:
        self.answer: tuple[_Found] | None = None
        self.filling = Lock()
        self.failed = 0
        self.fault: UserError | None = None
