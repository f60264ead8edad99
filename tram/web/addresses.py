"""Addresses of pages by their names: looked up once, for they stay while the program runs, and every page shows its menu."""

from functools import cache

from django.urls import reverse


@cache
def address(name: str) -> str:
    """The address of a page that takes no key. Raises NoReverseMatch for an unknown name."""
    return reverse(name)
