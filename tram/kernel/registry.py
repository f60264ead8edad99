"""Registry: the sockets of a room, into which higher rooms plug themselves at start-up."""

from collections.abc import ItemsView
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Names and what is plugged there. A name taken twice is a mistake found at start-up."""

    def __init__(self) -> None:
        self._plugs: dict[str, T] = {}

    def plug(self, name: str, thing: T) -> None:
        """Plug `thing` in; raises LookupError when another thing holds the name."""
        if self._plugs.get(name, thing) is not thing:
            raise LookupError(f"the name {name!r} is taken")
        self._plugs[name] = thing

    def find(self, name: str) -> T | None:
        """What is plugged under the name, or None."""
        return self._plugs.get(name)

    def __getitem__(self, name: str) -> T:
        return self._plugs[name]

    def __contains__(self, name: str) -> bool:
        return name in self._plugs

    def items(self) -> ItemsView[str, T]:
        """Every name with its plug, in the order of plugging."""
        return self._plugs.items()
