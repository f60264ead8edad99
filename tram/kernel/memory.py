"""Memory of one page: what was asked once while a page is read is not asked again. Nothing is kept from page to page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_known: ContextVar[dict[Any, Any] | None] = ContextVar("known", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """While a page is read, and nothing that it shows is written, questions marked `remembered` are asked once."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def remembered(question: Callable[P, R]) -> Callable[P, R]:
    """Mark a question whose answer may be kept while one page is read; its arguments are hashable, its answer is
    only read."""

    @wraps(question)
    def ask(*args: P.args, **named: P.kwargs) -> R:
        known = _known.get()
        if known is None:
            return question(*args, **named)
        key = (question, args, tuple(named.items()))
        if key not in known:
            known[key] = question(*args, **named)
        answer: R = known[key]
        return answer

    return ask
