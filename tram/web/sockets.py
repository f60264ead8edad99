"""Sockets of the skin: who is asking, and what stands in the menu. Higher rooms plug in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class NavItem:
    """Mục menu: one line of the side menu; `order` places it (interface.md 3.1)."""

    url: str
    label: str
    icon: str
    order: int
    count: int | None = None


identifiers: Registry[Callable[[HttpRequest], Actor]] = Registry()
menus: Registry[Callable[[HttpRequest], list[NavItem]]] = Registry()
