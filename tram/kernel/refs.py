"""Refs: how one room names a thing of another without importing it, as "documents.incoming/12"."""

from typing import NamedTuple


class Ref(NamedTuple):
    """A room, the kind of thing in it, and its key."""

    room: str
    kind: str
    pk: int


def ref_of(room: str, kind: str, pk: int) -> str:
    """Write a ref: `ref_of("documents", "incoming", 12)` is "documents.incoming/12"."""
    return f"{room}.{kind}/{pk}"


def parse_ref(text: str) -> Ref:
    """Read a ref; raises ValueError when the text is none."""
    what, slash, pk = text.partition("/")
    room, dot, kind = what.partition(".")
    if not (slash and dot and room and kind and pk.isdigit()):
        raise ValueError(f"not a ref: {text!r}")
    return Ref(room, kind, int(pk))
