"""Finding: rights, words and time in one index scan, newest first, never reading more of the past than is shown."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.search.models import Card
from tram.search.rules import marks, tiers
from tram.search.rules.asked import Chip, Query, ask
from tram.search.rules.marks import Piece
from tram.search.rules.slices import Slice, latest, newest_first
from tram.search.rules.tiers import Tier
from tram.search.sockets import Entry, directories, sources

PAGE = 20
FEW = 200
"""Up to this many cards are read and put in order at once."""
FULL = 500
"""A slice with more hits than this is read again as the smaller slices inside it."""
BUDGET = 0.2
"""Seconds of searching after which a page is shown as far as it goes, with a link that goes on from there."""
SHORTEST = 2
LAST = 2**62
LATEST = 10**17
INSTANT = timedelta(microseconds=1)
ONE_DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIELDS = ("id", "kind", "key", "at", "title", "line", "number", "sender", "url", "due_on")
STEADY = "SELECT set_config('enable_seqscan', 'off', true), set_config('work_mem', '64MB', true), set_config('jit', 'off', true)"
"""One plan only, whatever the statistics say: the bitmap of the one index."""


@dataclass(frozen=True, slots=True)
class Place:
    """Chỗ dừng: the tier and the last card read; a search goes on below it."""

    tier: int
    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.tier}_{(self.at - EPOCH) // INSTANT}_{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """A place as written into a link; None for anything else."""
        parts = text.split("_")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 18 for part in parts):
            return None
        tier, at, pk = map(int, parts)
        if at > LATEST:
            return None
        return cls(tier, EPOCH + timedelta(microseconds=at), pk)


@dataclass(frozen=True, slots=True)
class Hit:
    """Kết quả: what is shown of one card, and why it was found."""

    ref: str
    kind: str
    icon: str
    url: str
    number: list[Piece]
    title: list[Piece]
    line: list[Piece]
    sender: list[Piece]
    at: datetime
    due_on: date | None
    is_inside: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Trang kết quả: hits, how many there are, what was understood, and where to go on."""

    hits: list[Hit]
    count: str
    chips: tuple[Chip, ...]
    sentences: tuple[str, ...]
    is_forgiving: bool
    next_place: str
    searched_to: datetime | None
    is_empty: bool


def search(*, actor: Actor, at: datetime, text: str, place: str = "", limit: int = PAGE) -> Found:
    """The next hits that this actor may read. `place` is `next_place` of the page before."""
    day = clock.local_day(at)
    query = ask(text, day, _kinds())
    if query.is_empty:
        return Found([], "", query.chips, query.sentences, False, "", None, True)
    start, top = Place.read(place), Place(0, at, LAST)
    keys, words, is_forgiving = actor.keys(day), marks.wanted(query), False
    walk = _walk(query, tiers.tiers(query, keys), start or top, top, limit)
    if not walk.places and not walk.rest and start is None:
        walk, words = _walk(query, tiers.unmarked(query, keys), top, top, limit), marks.forgiving(words)
        is_forgiving, walk.rest = bool(walk.places), None
    is_cut = walk.rest is not None and len(walk.ids) <= limit
    return Found(
        hits=_hits(walk.ids[:limit], words), count=_count(walk, is_first=start is None), chips=query.chips,
        sentences=query.sentences, is_forgiving=is_forgiving,
        next_place=str(walk.rest) if walk.rest else "",
        searched_to=clock.local(walk.rest.at) if walk.rest and is_cut else None, is_empty=False,
    )  # fmt: skip


def cards_of(kind: str, after: int, limit: int) -> list[tuple[int, str]]:
    """Keys above `after` of the things of a kind that can be found, in their order, with all that a hit shows of each."""
    rows = Card.objects.filter(kind=kind, key__gt=after).order_by("key")
    return [
        (key, " ".join(words))
        for key, *words in rows.values_list("key", "title", "line", "number", "sender", "url")[:limit]
    ]


def suggest(*, actor: Actor, at: datetime, text: str, limit: int = 8) -> list[Hit]:
    """The first hits for words that are still being typed."""
    day = clock.local_day(at)
    query = ask(text, day, _kinds())
    if query.is_empty:
        return []
    keys, top = actor.keys(day), Place(0, at, LAST)
    found = _walk(query, tiers.tiers(query, keys), top, top, limit).ids
    if len(found) < limit:
        found += [pk for pk in _walk(query, tiers.unfinished(query, keys), top, top, limit).ids if pk not in found]
    return _hits(found[:limit], marks.wanted(query))


def entries(*, actor: Actor, at: datetime, text: str, limit: int = 3) -> list[Entry]:
    """What the directories of the rooms know of words that are still being typed; nothing for a single letter."""
    text = " ".join(text.replace("\x00", " ").split())[:100]
    if len(text) < SHORTEST:
        return []
    day = clock.local_day(at)
    return [entry for _room, directory in directories.items() for entry in directory.find(actor, day, text, limit)]


def _kinds() -> Mapping[str, tuple[str, str]]:
    return {name: (kind.word, kind.name) for name, kind in sources.items()}


@dataclass(slots=True)
class Walk:
    """Cards in order, more than asked for when there are more; `rest` is where to go on, None when all was read."""

    places: list[Place]
    rest: Place | None = None
    was_full: bool = False

    @property
    def ids(self) -> list[int]:
        return [place.pk for place in self.places]

    def add(self, places: Iterable[Place]) -> None:
        self.places += places

    def cut(self, limit: int) -> "Walk":
        """Note where to go on when there is more than was asked for."""
        if len(self.places) > limit:
            self.rest = self.places[limit - 1]
        return self


def _walk(query: Query, asked: list[Tier], start: Place, top: Place, limit: int) -> Walk:
    began, walk, last = time.monotonic(), Walk([]), len(asked)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STEADY)
        scan = Scan(cursor, query, asked, top, limit + 1)
        for tier in range(start.tier, last):
            place = start if tier == start.tier else replace(top, tier=tier)
            if not asked[tier].is_narrow and (few := scan.few(asked[tier].rest, place)) is not None:
                walk.add(few)
                return walk.cut(limit)
            differs = asked[tier].is_narrow or tier + 1 < last
            if differs and (few := scan.few(asked[tier].own, place, tier + 1)) is not None:
                walk.add(few)
                if len(walk.places) > limit:
                    return walk.cut(limit)
                continue
            for places, reached in scan.below(place):
                walk.add(places)
                walk.was_full |= scan.was_full
                if len(walk.places) > limit:
                    return walk.cut(limit)
                if time.monotonic() - began > BUDGET:
                    walk.rest = Place(tier, reached, 0)
                    return walk
    return walk


class Scan:
    """One question put to the index, as few cards at once or slice by slice."""

    def __init__(self, cursor: Any, query: Query, asked: list[Tier], top: Place, most: int) -> None:
        self.cursor, self.asked, self.top, self.most = cursor, asked, top, most
        self.clauses, self.values, self.was_full = "", list[Any](), False
        self.since, self.until = None, None
        if query.came:
            self.since, self.until = _midnight(query.came.first), _midnight(query.came.last + ONE_DAY)
            self._where("at >= %s AND at < %s", self.since, self.until)
        if query.due:
            self._where("due_on BETWEEN %s AND %s", query.due.first, query.due.last)
        if query.overdue:
            self._where("due_on < %s", query.overdue)

    def few(self, condition: str, place: Place, last: int | None = None) -> list[Place] | None:
        """Cards from the tier of `place` up to `last` in order: all of them when they are few, or of that tier alone as many as
        are wanted below the place, the newest; None when they are many.

        The newest season is asked first, then this round and the last: what is frequent is found there, before all years are
        read in vain.
        """
        first = place.tier
        *own, _ = [tier.own for tier in self.asked[first:last]]
        which = "".join(f" WHEN terms @@ %s::tsquery THEN {first + number}" for number in range(len(own)))
        tier = f"CASE{which} ELSE {first + len(own)} END" if own else str(first)
        for lately in (*latest(self.top.at), None):
            asked = f"{lately.term} & {condition}" if lately else condition
            self.cursor.execute(
                f"SELECT {tier}, at, id FROM search_card WHERE terms @@ %s::tsquery AND at <= %s{self.clauses} LIMIT %s",
                [*own, asked, self.top.at, *self.values, FEW + 1],
            )
            rows = self.cursor.fetchall()
            if len(rows) > FEW:
                return None
            found = sorted((Place(*row) for row in rows), key=lambda one: (-one.tier, one.at, one.pk), reverse=True)
            found = [one for one in found if one.tier > first or (one.at, one.pk) < (place.at, place.pk)]
            newest = [one for one in found if one.tier == first]
            if lately and len(newest) >= self.most:
                return newest
        return found

    def _where(self, clause: str, *values: Any) -> None:
        self.clauses += f" AND {clause}"
        self.values += values

    def below(self, place: Place) -> Iterator[tuple[list[Place], datetime]]:
        """Places of cards, newest first, each time with the moment down to which all has been read."""
        if self.until and place.at >= self.until:
            place = replace(place, at=self.until, pk=0)
        # A place without a card lies between cards: what is below it begins an instant earlier.
        start = place.at if place.pk else place.at - INSTANT
        for stretch in newest_first(start, self.since):
            yield from self._read(stretch, place)
            place = replace(place, at=min(place.at, stretch.begins), pk=0)

    def _read(self, stretch: Slice, place: Place) -> Iterator[tuple[list[Place], datetime]]:
        smaller = stretch.smaller()
        found = self._places(stretch, place, in_order=not smaller)
        if smaller and len(found) > FULL:
            self.was_full = True
            for part in smaller:
                if part.begins < place.at:
                    yield from self._read(part, place)
                    place = replace(place, at=min(place.at, part.begins), pk=0)
            return
        yield sorted(found, key=lambda one: (one.at, one.pk), reverse=True), stretch.begins

    def _places(self, stretch: Slice, place: Place, *, in_order: bool) -> list[Place]:
        order, most = ("ORDER BY at DESC, id DESC", self.most) if in_order else ("", FULL + 1)
        self.cursor.execute(
            f"SELECT at, id FROM search_card WHERE terms @@ %s::tsquery AND (at, id) < (%s, %s){self.clauses}"
            f" {order} LIMIT {most}",
            [f"{stretch.term} & {self.asked[place.tier].own}", place.at, place.pk, *self.values],
        )
        return [Place(place.tier, at, pk) for at, pk in self.cursor.fetchall()]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), clock.LOCAL)


def _count(walk: Walk, *, is_first: bool) -> str:
    """Never counted further than was read."""
    if walk.rest is None:
        return f"{len(walk.ids)} kết quả" if is_first else ""
    return f"hơn {FULL} kết quả" if walk.was_full else f"ít nhất {len(walk.ids)} kết quả"


def _hits(ids: list[int], words: frozenset[str]) -> list[Hit]:
    rows = {row["id"]: row for row in Card.objects.filter(id__in=ids).values(*FIELDS)}
    return [_hit(rows[pk], words) for pk in ids if pk in rows]


def _hit(row: dict[str, Any], words: frozenset[str]) -> Hit:
    lines = [row[name] for name in ("number", "title", "line", "sender")]
    number, title, line, sender = (marks.pieces(text, words) for text in lines)
    kind = sources.find(row["kind"])
    name, icon = (kind.name, kind.icon) if kind else ("", "file")
    return Hit(
        f"{row['kind']}/{row['key']}", name, icon, row["url"], number, title, line, sender,
        clock.local(row["at"]), row["due_on"], not marks.seen(lines, words),
    )  # fmt: skip


def plain(pieces: list[Piece]) -> str:
    """The line without its marks."""
    return "".join(piece.text for piece in pieces)
