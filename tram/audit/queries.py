"""Reading the audit: the history of a thing, and the proof that nobody changed it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from tram.audit.models import Chain, Event
from tram.audit.rules import FIRST, Entry, link
from tram.audit.sockets import phrases
from tram.kernel import clock

End = tuple[int, bytes]
"""The last place of a chain and its hash."""
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Line:
    """Dòng lịch sử: one event as a sentence."""

    at: datetime
    who: str
    sentence: str
    what: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """Chỗ đứt: the first row of a chain that is not what was written."""

    agency: int
    seq: int
    reason: str


class _Words(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(what: str, detail: dict[str, Any]) -> str:
    """The event's Vietnamese sentence with its details filled in."""
    return (phrases.find(what) or what).format_map(_Words({name: _told(value) for name, value in detail.items()}))


def _told(value: Any) -> Any:
    """A day as people write it; it was kept as 2026-03-05."""
    parts = DAY.fullmatch(value) if isinstance(value, str) else None
    return f"{parts[3]}/{parts[2]}/{parts[1]}" if parts else value


def history(*about: str, limit: int = 200) -> list[Line]:
    """What happened to a thing, or to several told as one story, oldest first; the `limit` newest rows."""
    rows = Event.objects.filter(about__in=about).order_by("-id")[:limit]
    return [
        Line(
            clock.local(row.at),
            _who(row.actor_name, row.principal_name),
            sentence(row.what, row.detail),
            row.what,
            row.detail,
        )
        for row in reversed(rows)
    ]


def _who(name: str, principal: str) -> str:
    return f"{name} thay {principal}" if principal else name


def what_happened(about: str) -> list[str]:
    """The names of the events of a thing, in order."""
    return list(Event.objects.filter(about=about).order_by("id").values_list("what", flat=True))


def head_of(agency: int) -> str:
    """The hash at the end of an agency's chain, as printed on the closing page of a book; "" for an empty chain."""
    chain = Chain.objects.filter(agency=agency).first()
    return bytes(chain.head).hex() if chain else ""


def verify(agency: int | None = None) -> Iterator[Break | int]:
    """Walk every chain. Yields the number of rows verified of each sound chain, or its first break.

    A chain is broken where a row was changed, removed, added, moved, or where rows after the head's place were cut.
    """
    chains = {c.agency: (c.seq, bytes(c.head)) for c in Chain.objects.all()}
    agencies = set(chains) | set(Event.objects.values_list("agency", flat=True).distinct())
    for number in sorted(agencies if agency is None else {agency}):
        yield _verify_chain(number, chains.get(number))


def _verify_chain(agency: int, chain: End | None) -> Break | int:
    seq, head = 0, FIRST
    for place, entry, prev, kept, end in _rows(agency):
        chain = end
        seq += 1
        if place != seq:
            return Break(agency, seq, f"thiếu dòng {seq}: dòng kế tiếp còn lại mang số {place}")
        if prev != head or link(prev, entry, seq) != kept:
            return Break(agency, seq, f"dòng {seq} không còn như lúc ghi")
        head = kept
    if chain is None:
        return Break(agency, 1, "mất đầu chuỗi của cơ quan này")
    last, final = chain
    if last != seq:
        return Break(agency, min(seq, last) + 1, f"chuỗi ghi đến dòng {last} nhưng sổ còn {seq} dòng")
    if final != head:
        return Break(agency, seq, f"dòng cuối {seq} không khớp đầu chuỗi")
    return seq


ROWS = """
SELECT e.seq, e.prev, e.hash, c.seq, c.head,
    e.at, e.what, e.about, e.actor_id, e.actor_name, e.post, e.principal, e.principal_name, e.detail
FROM audit_event e LEFT JOIN audit_chain c ON c.agency = e.agency WHERE e.agency = %s ORDER BY e.seq
"""


def _rows(agency: int) -> Iterator[tuple[int, Entry, bytes, bytes, End | None]]:
    """The rows of a chain, each with its end as one statement sees both: commands go on while the chain is walked."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS, [agency])
        while rows := cursor.fetchmany(2000):
            for seq, prev, kept, last, end, *told, detail in rows:
                chain = None if last is None else (last, bytes(end))
                entry = Entry(agency, *told, json.loads(detail))  # type: ignore[call-arg]
                yield seq, entry, bytes(prev), bytes(kept), chain
