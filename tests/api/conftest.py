"""Programs of the cast."""

from collections.abc import Callable

import pytest

from tests.api.program import Program, token
from tests.cast import Cast

Programs = Callable[[str], Program]


@pytest.fixture
def program(cast: Cast) -> Programs:
    """`program("hoa")`: Hoa's program, always the same one; all of them share what was reached."""
    known: dict[str, Program] = {}
    reached: set[tuple[str, str]] = set()

    def of(name: str) -> Program:
        if name not in known:
            known[name] = Program(token(cast, name), reached)
        return known[name]

    return of
