"""The chain: how one row is bound to the row before it, and how many rows are told by one hash."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from json.encoder import encode_basestring as _quoted
from typing import Any, NamedTuple

from tram.audit.events import Mark

FIRST = b""
SLACK = timedelta(hours=1)
"""How much earlier than a seal a row written after it may say it was: a clock put right, a request that waited."""
SLIP = timedelta(hours=50)
"""A clock that was put right by so much does not turn the order of rows; more is no slip but another time."""
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
json_of = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")).encode
"""JSON as it is hashed."""
parsed = json.JSONDecoder().raw_decode
"""JSON as PostgreSQL writes it, and where it ends."""


class Entry(NamedTuple):
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


def in_order(entry: Entry, last: datetime | None) -> Entry:
    """The entry as it enters a chain whose last row says `last`: not before it, by a clock set back or a later wait."""
    return entry._replace(at=last) if last and last - SLIP < entry.at < last else entry


def link(prev: bytes, entry: Entry, seq: int) -> bytes:
    """SHA-256 over the hash before and the canonical row."""
    agency, at, *told, detail = entry
    written = canonical(seq, agency, at.astimezone(UTC).strftime(MOMENT), *told, json_of(detail))  # type: ignore[arg-type, call-arg]
    return sha256(prev + written).digest()


def canonical(
    seq: int,
    agency: int,
    moment: str,
    what: str,
    about: str,
    actor: int | None,
    actor_name: str,
    post: int | None,
    principal: int | None,
    principal_name: str,
    detail: str,
) -> bytes:
    """The bytes that are hashed: JSON with sorted keys, no spaces, UTF-8, the moment in UTC with microseconds.

    Put together by hand, because a verifier does it for every row there is; `detail` is JSON of that form already.
    """
    return (
        f'{{"about":{_quoted(about)},"actor":{_number(actor)},"actor_name":{_quoted(actor_name)},"agency":{agency},'
        f'"at":"{moment}","detail":{detail},"post":{_number(post)},"principal":{_number(principal)},'
        f'"principal_name":{_quoted(principal_name)},"seq":{seq},"what":{_quoted(what)}}}'
    ).encode()


def _number(value: int | None) -> int | str:
    return "null" if value is None else value


class Tree:
    """A Merkle tree over the hashes of rows (RFC 6962, 2.1): grows leaf by leaf and keeps only its peaks."""

    def __init__(self) -> None:
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        """Put the next row's hash under the tree."""
        size, node = 1, sha256(b"\0" + leaf).digest()
        while self._peaks and self._peaks[-1][0] == size:
            node = sha256(b"\1" + self._peaks.pop()[1] + node).digest()
            size *= 2
        self._peaks.append((size, node))

    @property
    def root(self) -> bytes:
        """The hash that tells all rows so far; of no rows, the hash of nothing."""
        if not self._peaks:
            return sha256().digest()
        _, node = self._peaks[-1]
        for _, left in reversed(self._peaks[:-1]):
            node = sha256(b"\1" + left + node).digest()
        return node


class Watch:
    """The marks of one chain, held against its rows as they go by."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._roots: dict[tuple[int, int], set[bytes]] = {}
        self._heads: dict[int, set[bytes]] = {}
        self._sealed: dict[int, str] = {}
        self.last = 0
        for mark in marks:
            self.last = max(self.last, mark.last)
            if mark.kind == "root":
                self._roots.setdefault((mark.first, mark.last), set()).add(mark.hash)
            else:
                self._heads.setdefault(mark.last, set()).add(mark.hash)
            if mark.at:
                self._sealed[mark.last] = (mark.at - SLACK).astimezone(UTC).strftime(MOMENT)
        self._waiting = sorted(self._roots, reverse=True)
        self._growing: list[tuple[int, int, Tree]] = []
        self._not_before = ""

    def wrong(self, seq: int, moment: str, kept: bytes) -> tuple[int, str] | None:
        """The first row that is not as marked, and why; None while all is well. `moment` is written as in the row."""
        if moment < self._not_before:
            return seq, f"dòng {seq} ghi giờ trước dấu kiểm của các dòng trước nó: đồng hồ máy chủ bị vặn lùi"
        while self._waiting and self._waiting[-1][0] == seq:
            self._growing.append((*self._waiting.pop(), Tree()))
        for first, last, tree in self._growing:
            tree.add(kept)
            if last == seq and self._roots[first, last] != {tree.root}:
                return first, f"các dòng {first}–{last} không khớp dấu kiểm đã công bố"
        if self._growing:
            self._growing = [item for item in self._growing if item[1] > seq]
        if self._heads.get(seq, {kept}) != {kept}:
            return seq, f"các dòng đến dòng {seq} không khớp dấu kiểm đã công bố"
        self._not_before = self._sealed.get(seq, self._not_before)
        return None
