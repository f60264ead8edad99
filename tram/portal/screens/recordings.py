"""Recordings of an article: to be heard, to be kept, to be read."""

from typing import Any

from tram.files.queries import Card
from tram.news.queries.public import Block, tongue
from tram.portal.rules.english import ENGLISH, lasting

SHORT = 400
"""Letters of a recording's words up to which they stand open."""


def heard(language: str, block: Block, card: Card, url: str) -> dict[str, Any]:
    """A recording as a page shows it whose own words are of this language."""
    told, is_english = tongue(block.spoken), language == ENGLISH
    spoken = (told.own if is_english else told.phrase) if told else ""
    return {
        "url": url, "who": block.who, "what": card.kind_name, "type": card.media_type, "seconds": card.seconds,
        "size": card.size_text, "length": lasting(card.seconds or 0) if is_english else card.length, "spoken": spoken,
        "own_lang": block.spoken if is_english else "", "lang": block.written or block.spoken,
        "is_short": len(block.text) <= SHORT,
    }  # fmt: skip


def structured(one: dict[str, Any], url: str) -> dict[str, Any]:
    """A recording as AudioObject of schema.org."""
    return {
        "@type": "AudioObject", "name": one["caption"], "contentUrl": url, "encodingFormat": one["type"],
        "duration": f"PT{one['seconds']}S", "transcript": one["text"],
    }  # fmt: skip
