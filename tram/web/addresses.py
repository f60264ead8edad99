"""Addresses of pages by their names: looked up once, for they stay while the program runs, and every page shows its menu."""

from functools import lru_cache
from typing import Any

from django.urls import reverse


@lru_cache(maxsize=16_384)
def address(name: str, *keys: Any) -> str:
    """The address of a page, of the thing with these keys. Raises NoReverseMatch for an unknown name."""
    return reverse(name, args=keys)
