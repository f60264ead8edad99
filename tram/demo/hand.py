"""A process that wakes Django before it meets any table: whoever starts it need not have it awake at import."""

from importlib import import_module
from typing import Any

import django


def lend(module: str, name: str, *args: Any) -> None:
    """Call a function of a module that holds tables, in a fresh process."""
    django.setup()
    getattr(import_module(module), name)(*args)
