"""Sockets of the skin: who is asking and whom they may ask, what stands round a POST and in the menu. Higher rooms plug in."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class NavItem:
    """Mục menu: one line of the side menu; `order` places it."""

    url: str
    label: str
    icon: str
    order: int
    count: int | None = None


brackets: Registry[Callable[[bool], AbstractContextManager[None]]] = Registry()
"""What is entered round the whole of each POST, in its transaction, and left just before it commits; told whether the
door goes on after a command has failed, as pages do to show what was typed. The doors for programs do not."""
identifiers: Registry[Callable[[HttpRequest], Actor]] = Registry()
guides: Registry[Callable[[HttpRequest], str]] = Registry()
"""Whom somebody may ask for what they may not do, by name; the answer rests on who asks, never on what they asked for."""
menus: Registry[Callable[[HttpRequest], list[NavItem]]] = Registry()
ready: Registry[Callable[[HttpRequest], HttpResponse | None]] = Registry()
"""Pages that lie ready and are the same for everybody: given before anybody is asked who they are. None: there is none."""
