"""Moves: the states of a thing as a table that a lawyer can read."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from tram.kernel.verdicts import WrongState

S = TypeVar("S", bound=StrEnum)


class Moves(Generic[S]):
    """Which verb leads from which state to which; anything not in the table is impossible."""

    def __init__(self, table: Mapping[tuple[S, str], S], names: Mapping[S, str]) -> None:
        self._table = dict(table)
        self._names = dict(names)

    def after(self, state: S | str, verb: str) -> S:
        """The state after `verb`; raises WrongState with the present state's Vietnamese name."""
        for (source, word), target in self._table.items():
            if source == state and word == verb:
                return target
        raise WrongState(f"Việc này đang ở trạng thái “{self.name(state)}” nên không làm được bước vừa chọn.")

    def can(self, state: S | str, verb: str) -> bool:
        """Whether `verb` fits the state."""
        return any(source == state and word == verb for source, word in self._table)

    def name(self, state: S | str) -> str:
        """The state's Vietnamese name."""
        return next((name for known, name in self._names.items() if known == state), str(state))

    def verbs(self, state: S | str) -> list[str]:
        """Every verb that fits the state, in the table's order."""
        return [word for source, word in self._table if source == state]
