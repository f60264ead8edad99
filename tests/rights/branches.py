"""Which ways the conditions of some modules went: each test of each `if`, `and`, `or` and comparison, true and false.

Read from the bytecode, so one line with three conditions counts as three; lines and arcs of the source would count one.
"""

import dis
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType, ModuleType
from typing import Any

HANDLERS = {"CHECK_EXC_MATCH", "WITH_EXCEPT_START"}
"""Before a fork that the compiler put in: whether an exception is of the kind caught, or swallowed by a `with`."""


class Ways:
    """The conditional jumps of modules, and which of their two ways were gone."""

    def __init__(self, modules: list[ModuleType]) -> None:
        self._files = {str(module.__file__) for module in modules}
        self._codes = [code for module in modules for code in _codes(module)]
        self._gone: set[tuple[CodeType, int, int]] = set()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Watch what runs meanwhile."""
        before = sys.gettrace()
        sys.settrace(self._enter)
        try:
            yield
        finally:
            sys.settrace(before)

    def _enter(self, frame: FrameType, _event: str, _arg: Any) -> Any:
        if frame.f_code.co_filename not in self._files:
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        code, gone, last = frame.f_code, self._gone, -1

        def step(inner: FrameType, event: str, _arg: Any) -> Any:
            nonlocal last
            if event == "opcode":
                gone.add((code, last, inner.f_lasti))
                last = inner.f_lasti
            return step

        return step

    def missing(self) -> list[str]:
        """Each condition that went one way only, or never: "policy.py:41 may_see: never false"."""
        found = []
        for code in self._codes:
            steps = list(dis.get_instructions(code))
            for before, step, after in zip(steps, steps[1:], steps[2:], strict=False):
                if not _forks(step) or before.opname in HANDLERS:
                    continue
                line = step.positions.lineno if step.positions else 0
                for way, offset in (("falls through", after.offset), ("jumps", step.argval)):
                    if (code, step.offset, offset) not in self._gone:
                        found.append(f"{code.co_filename}:{line} {code.co_qualname}: {step.opname} never {way}")
        return found

    @property
    def count(self) -> int:
        """How many ways there are."""
        return sum(2 for code in self._codes for step in dis.get_instructions(code) if _forks(step))


def _codes(module: ModuleType) -> list[CodeType]:
    found, todo = [], [function.__code__ for function in vars(module).values() if _own(module, function)]
    while todo:
        code = todo.pop()
        found.append(code)
        todo += [inner for inner in code.co_consts if isinstance(inner, CodeType)]
    return found


def _own(module: ModuleType, thing: Any) -> bool:
    return callable(thing) and hasattr(thing, "__code__") and thing.__module__ == module.__name__


def _forks(step: dis.Instruction) -> bool:
    """Whether it jumps or not, by what it finds."""
    return "JUMP" in step.opname and "_IF_" in step.opname
