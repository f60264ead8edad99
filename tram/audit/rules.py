"""The chain: how one row is bound to the row before it (trust.md D1)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST = b""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the audit, before it has a place in its chain."""

    agency: int
    at: datetime
    what: str
    about: str
    actor: int | None
    actor_name: str
    post: int | None
    principal: int | None
    principal_name: str
    detail: dict[str, Any]


def canonical(entry: Entry, seq: int) -> bytes:
    """The bytes that are hashed: JSON with sorted keys, no spaces, UTF-8, the moment in UTC with microseconds."""
    fields = {
        "about": entry.about,
        "actor": entry.actor,
        "actor_name": entry.actor_name,
        "agency": entry.agency,
        "at": entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "detail": entry.detail,
        "post": entry.post,
        "principal": entry.principal,
        "principal_name": entry.principal_name,
        "seq": seq,
        "what": entry.what,
    }
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link(prev: bytes, entry: Entry, seq: int) -> bytes:
    """SHA-256 over the hash before and the canonical row."""
    return hashlib.sha256(prev + canonical(entry, seq)).digest()
