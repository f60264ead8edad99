"""Sockets of the audit: each room says its events in Vietnamese."""

from collections.abc import Mapping

from tram.kernel.registry import Registry

phrases: Registry[str] = Registry()


def plug_phrases(sentences: Mapping[str, str]) -> None:
    """Plug a room's sentences: "documents.registered" -> "đã vào sổ văn bản đến số {number}"."""
    for what, sentence in sentences.items():
        phrases.plug(what, sentence)
