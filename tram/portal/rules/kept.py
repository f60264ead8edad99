"""Pages kept as they were sent, so that a thousand readers cost one rendering. In the memory of one process; nothing is told to it."""

import gzip
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

from tram.portal.rules.addresses import place_of, place_word

MOST_BYTES = 64 * 1024 * 1024
LONGEST_WAIT = 10.0
"""Seconds that one waits for a page that somebody else is making."""
OLDEST_SECONDS = 60.0
"""What no generation tells of (a unit's name, an hour that has come) is shown after so long at the latest."""


@dataclass(frozen=True, slots=True)
class Page:
    """Trang đã dựng: its bytes compressed, of which site, in which generation, since when (seconds of a monotonic clock).

    `ref`: as what it is counted, for the agency `counted`; empty for what is no page to people. `name`: under which it is
    downloaded; empty for what is shown.
    """

    packed: bytes
    media_type: str
    mark: str
    site: int
    generation: int
    made: float
    ref: str
    counted: int
    name: str = ""


def packed(text: str | bytes) -> tuple[bytes, str]:
    """What is sent, and the mark by which it is known."""
    body = text.encode() if isinstance(text, str) else text
    return gzip.compress(body, 6, mtime=0), sha256(body).hexdigest()[:24]


class Kept:
    """Pages by their address, the longest unasked forgotten first."""

    def __init__(self, most: int = MOST_BYTES, oldest: float = OLDEST_SECONDS) -> None:
        self.most, self.oldest = most, oldest
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, address: str, generations: dict[int, int], now: float) -> Page | None:
        """The page of an address, unless its site has moved on or it is old."""
        with self._lock:
            page = self._pages.get(address)
            if page is None or page.generation != generations.get(page.site, 0) or now - page.made > self.oldest:
                return None
            self._pages.move_to_end(address)
            return page

    def keep(self, address: str, page: Page) -> None:
        """In place of an older one of that address."""
        with self._lock:
            before = self._pages.pop(address, None)
            self._bytes += len(page.packed) - (len(before.packed) if before else 0)
            self._pages[address] = page
            while self._bytes > self.most:
                self._bytes -= len(self._pages.popitem(last=False)[1].packed)

    def forget(self) -> None:
        """All of them."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0


@dataclass(slots=True)
class _Turn:
    lock: Lock
    waiting: int = 0


class Turns:
    """One at a time for an address: when a hundred ask at once for what is not kept, one makes it and the others wait for it."""

    def __init__(self, seconds: float = LONGEST_WAIT) -> None:
        self.seconds = seconds
        self._turns: dict[str, _Turn] = {}
        self._lock = Lock()

    @contextmanager
    def of(self, address: str) -> Iterator[None]:
        """Inside it is one's turn, or one has waited long enough."""
        with self._lock:
            turn = self._turns.setdefault(address, _Turn(Lock()))
            turn.waiting += 1
        is_mine = turn.lock.acquire(timeout=self.seconds)
        try:
            yield
        finally:
            if is_mine:
                turn.lock.release()
            with self._lock:
                turn.waiting -= 1
                if not turn.waiting:
                    del self._turns[address]


TURNS = Turns()
KEPT, OLDER = Kept(), Kept(most=8 * 1024 * 1024)
"""First pages; and the pages further down in lists, of which anybody can invent places: those push out one another alone."""


def shelf_of(path: str, word: str) -> tuple[Kept, str]:
    """Where the page of an address is kept, and under what: of the query only `word`, the place in a list, makes another."""
    place = place_of(word)
    return (OLDER, f"{path}?{place_word(place)}") if place else (KEPT, path)
