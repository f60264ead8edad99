"""Reading the audit: the history of a thing, and the proof that nobody changed it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import connection
from django.db.models.fields.json import KT

from tram.audit.events import Mark
from tram.audit.models import Chain, Event
from tram.audit.rules import FIRST, MOMENT, Tree, Watch, canonical, json_of, parsed
from tram.audit.sockets import phrases
from tram.kernel import clock

End = tuple[int, bytes]
"""The last place of a chain and its hash."""
SEALED = "audit.sealed"
EXPORTS = {
    "events": "SELECT row_to_json(e)::text FROM audit_event e ORDER BY agency, seq",
    "chains": "SELECT row_to_json(c)::text FROM audit_chain c ORDER BY agency",
}
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
    return [_line(row) for row in reversed(rows)]


def newest(about: str, what: str) -> Line | None:
    """The last time that this happened to a thing."""
    row = Event.objects.filter(about=about, what=what).order_by("-id").first()
    return _line(row) if row else None


def latest(abouts: Iterable[str], whats: Iterable[str]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Of each thing the last of these events: what it was, its details. One query; a thing without any is left out."""
    rows = Event.objects.filter(about__in=list(abouts), what__in=list(whats)).order_by("about", "-id").distinct("about")
    return {about: (what, detail) for about, what, detail in rows.values_list("about", "what", "detail")}


def latest_within(
    abouts: Iterable[str], whats: Iterable[str], part: str
) -> dict[tuple[str, str], tuple[str, dict[str, Any]]]:
    """The same of each part of a thing, which the details tell by this name: (thing, part) -> what it was, its details."""
    rows = Event.objects.filter(about__in=list(abouts), what__in=list(whats)).annotate(part=KT(f"detail__{part}"))
    found = (
        rows.order_by("about", "part", "-id").distinct("about", "part").values_list("about", "part", "what", "detail")
    )
    return {(about, one): (what, detail) for about, one, what, detail in found}


def _line(row: Event) -> Line:
    who = _who(row.actor_name, row.principal_name)
    return Line(clock.local(row.at), who, sentence(row.what, row.detail), row.what, row.detail)


def _who(name: str, principal: str) -> str:
    return f"{name} thay {principal}" if principal else name


def what_happened(about: str) -> list[str]:
    """The names of the events of a thing, in order."""
    return list(Event.objects.filter(about=about).order_by("id").values_list("what", flat=True))


def printed(agency: int) -> list[tuple[str, str]]:
    """What the closing page of a book carries, so that paper proves the record: (of when, mark as it is published)."""
    end = _end(agency)
    found = [("lúc in", Mark(agency, "head", end[0], end[0], bytes(end[1])))] if end and end[0] else []
    for words, root in (("cơ quan", last_root(agency)), ("toàn hệ thống", last_root(0))):
        if root and root.at:
            found.append((f"{words}, niêm {clock.local(root.at):%H:%M %d/%m/%Y}", root))
    return [(words, mark.line) for words, mark in found]


def told(event: Event, seq: int) -> str:
    """What is hashed of an event at this place of its chain, behind the hash of the event before it."""
    return canonical(
        seq, event.agency, event.at.astimezone(UTC).strftime(MOMENT), event.what, event.about, event.actor_id,
        event.actor_name, event.post, event.principal, event.principal_name, json_of(event.detail),
    ).decode()  # fmt: skip


def verify(agency: int | None = None, *, published: Iterable[Mark] = ()) -> Iterator[Break | int]:
    """Walk every chain. Yields the number of rows verified of each sound chain, or its first break.

    A chain is broken where a row was changed, removed, added, moved, where rows after the head's place were cut, and
    where its rows are not as they were sealed each night in the installation's own chain. Who rewrites every chain to
    its end leaves no break inside: that is found by `published` marks, kept where the database's owner cannot reach.
    """
    told = [*marks(agency), *published]
    chains = set(Chain.objects.values_list("agency", flat=True))
    agencies = chains | set(Event.objects.values_list("agency", flat=True).distinct()) | {mark.agency for mark in told}
    for number in sorted(agencies if agency is None else {agency}):
        yield _verify_chain(number, Watch(mark for mark in told if mark.agency == number))


def _verify_chain(agency: int, watch: Watch) -> Break | int:
    seq, head, chain = 0, FIRST, _end(agency)
    for place, prev, kept, made, moment, end in _rows(agency):
        chain = end
        seq += 1
        if place != seq:
            return Break(agency, seq, f"thiếu dòng {seq}: dòng kế tiếp còn lại mang số {place}")
        if prev != head or made != kept:
            return Break(agency, seq, f"dòng {seq} không còn như lúc ghi")
        if wrong := watch.wrong(seq, moment, kept):
            return Break(agency, *wrong)
        head = kept
    if watch.last > seq:
        return Break(agency, seq + 1, f"dấu kiểm đã công bố đến dòng {watch.last} nhưng sổ còn {seq} dòng")
    if chain is None:
        return Break(agency, 1, "mất đầu chuỗi của cơ quan này")
    last, final = chain
    if last != seq:
        return Break(agency, min(seq, last) + 1, f"chuỗi ghi đến dòng {last} nhưng sổ còn {seq} dòng")
    if final != head:
        return Break(agency, seq, f"dòng cuối {seq} không khớp đầu chuỗi")
    return seq


def marks(agency: int | None = None) -> list[Mark]:
    """The roots that were sealed each night into the installation's chain, oldest first; `agency`: of one chain."""
    sealed = Event.objects.filter(agency=0, what=SEALED)
    if agency is not None:
        sealed = sealed.filter(about=f"audit.chain/{agency}")
    return [_mark(at, told) for at, told in sealed.order_by("id").values_list("at", "detail")]


def last_root(agency: int) -> Mark | None:
    """The newest root of a chain."""
    found = Event.objects.filter(agency=0, what=SEALED, about=f"audit.chain/{agency}").order_by("-id")
    return next((_mark(at, told) for at, told in found.values_list("at", "detail")[:1]), None)


def _mark(at: datetime, told: dict[str, Any]) -> Mark:
    return Mark(told["chain"], "root", told["first"], told["last"], bytes.fromhex(told["root"]), at)


def heads() -> list[Mark]:
    """Where every chain ends now."""
    ends = Chain.objects.exclude(seq=0).order_by("agency")
    return [Mark(end.agency, "head", end.seq, end.seq, bytes(end.head)) for end in ends]


def unsealed(agency: int) -> Mark | Break | None:
    """The root of the rows that came after the newest root, each checked; the break; None where nothing came."""
    before = last_root(agency)
    seq = before.last if before else 0
    first, tree, head = seq + 1, Tree(), None if before else FIRST
    for place, prev, kept, made, _moment, _end_now in _rows(agency, after=seq):
        seq += 1
        if place != seq or head not in (None, prev) or made != kept:
            return Break(agency, seq, f"dòng {seq} không còn như lúc ghi")
        tree.add(kept)
        head = kept
    return Mark(agency, "root", first, seq, tree.root) if seq >= first else None


def export(table: str) -> Iterator[str]:
    """Every row of "events" or "chains" as one line of JSON, in the words of PostgreSQL (`row_to_json`)."""
    statement = EXPORTS[table]
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(2000):
            yield from (line for (line,) in rows)


ROWS = """
SELECT e.seq, e.prev, e.hash, c.seq, c.head, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    e.what, e.about, e.actor_id, e.actor_name, e.post, e.principal, e.principal_name, e.detail
FROM audit_event e LEFT JOIN audit_chain c ON c.agency = e.agency WHERE e.agency = %s AND e.seq > %s ORDER BY e.seq
"""
BATCH = 2000


class _Row(NamedTuple):
    seq: int
    prev: bytes
    kept: bytes
    made: bytes
    moment: str
    end: End | None


def _end(agency: int) -> End | None:
    chain = Chain.objects.filter(agency=agency).first()
    return (chain.seq, bytes(chain.head)) if chain else None


def _rows(agency: int, after: int = -(2**62)) -> Iterator[_Row]:
    """The rows of a chain, with the hash they kept and the hash made anew, each with the chain's end as one statement
    sees both: commands go on while the chain is walked.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS, [agency, after])
        while rows := cursor.fetchmany(BATCH):
            for seq, prev, kept, last, head, moment, *told, detail in rows:
                written = canonical(seq, agency, moment, *told, json_of(parsed(detail)[0]))  # type: ignore[call-arg]
                end = None if last is None else (last, head)
                yield _Row(seq, prev, kept, sha256(prev + written).digest(), moment, end)
