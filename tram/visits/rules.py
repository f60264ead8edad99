"""Counting: what is a visit, whose it is, sums in the memory of a process; and what comes of a sum and a population."""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from hashlib import blake2b
from threading import Lock
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

import yaml

from tram.kernel.verdicts import WrongState
from tram.vietnamese.calendar import CATALOGUE
from tram.web.throttle import neighbourhood

MOST_KEYS = 20_000
"""Pages a process holds between two writings, and networks it can tell apart at once: some megabytes."""
PER = 1000
"""Visits are told per so many inhabitants."""
TYPED = re.compile(r"(?:(\d{1,2})/(\d{4}))|(?:(\d{4})-(\d{2}))", re.ASCII)
KINDS = {
    "committee": "Ủy ban nhân dân tỉnh", "province_committee": "Ủy ban nhân dân tỉnh", "department": "Sở, ban, ngành",
    "commune": "Xã, phường, đặc khu", "commune_committee": "Xã, phường, đặc khu",
}  # fmt: skip
"""What is ranked by itself, as the tables call it."""
MEANINGS = (
    ("Lượt truy cập", "Một lần một trang của cổng được trả cho trình duyệt của người đọc; tải lại trang tính thêm một lượt."),
    ("Rô-bốt", "Máy tự động đọc trang, và phần vượt quá sức đọc của người từ một mạng. Đếm riêng, không tính vào lượt truy cập."),
    ("Không đếm", "Trang trình duyệt tải sẵn khi chưa ai mở; trang lưu ở máy chủ trung gian. Không dùng cookie, không giữ địa chỉ máy."),
    ("Dân số", "Số do cán bộ nhập, kèm nguồn và ngày; tháng nào dùng số có hiệu lực trong tháng ấy."),
    ("Lượt trên 1.000 dân", "Lượt truy cập trong tháng chia dân số, nhân 1.000, làm tròn hai chữ số; xếp hạng theo số chưa làm tròn."),
    ("Thứ hạng", "Trong các cơ quan cùng loại có dân số; bằng nhau thì cùng hạng và bỏ hạng kế tiếp."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Robots:
    """Rô-bốt: how their agents are told from browsers (catalogue/robots.yaml)."""

    browsers: tuple[str, ...]
    people: tuple[str, ...]
    robots: tuple[str, ...]

    def has(self, agent: str) -> bool:
        """Whether it is one; who names no browser is."""
        words = agent.lower()
        if not words.startswith(self.browsers):
            return True
        for word in self.people:
            words = words.replace(word, "")
        for word in self.robots:  # noqa: SIM110  (half the time of any(): it is asked for every page)
            if word in words:
                return True
        return False


@cache
def robots() -> Robots:
    """As the catalogue has them."""
    with (CATALOGUE / "robots.yaml").open(encoding="utf-8") as stream:
        told = yaml.safe_load(stream)
    return Robots(*(tuple(told[name]) for name in ("browsers", "people", "robots")))


@cache
def settled() -> dict[str, Any]:
    """How the province counts (catalogue/visits.yaml)."""
    with (CATALOGUE / "visits.yaml").open(encoding="utf-8") as stream:
        told: dict[str, Any] = yaml.safe_load(stream)
    return told


class Seen(StrEnum):
    """Ai xem."""

    PERSON, ROBOT = "person", "robot"


AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
"""Headers by which a browser says that it fetches before anybody asked."""


def seen_by(method: str, headers: Mapping[str, str]) -> Seen | None:
    """Who sees a page that is answered; None where nobody does: HEAD, what is fetched ahead, a part or a picture of a page."""
    if method != "GET" or any(headers.get(name) for name in AHEAD):
        return None
    if headers.get("Sec-Fetch-Dest", "document") != "document":
        return None
    return Seen.ROBOT if robots().has(headers.get("User-Agent", "")) else Seen.PERSON


def network_of(address: str) -> str:
    """What counts as one network: an IPv4 address, the /64 of an IPv6 address."""
    return neighbourhood(address) if ":" in address else address


def mark_of(key: bytes, *words: str) -> bytes:
    """A keyed one-way mark: nobody finds the words without the key, nor with it but by trying them all."""
    return blake2b("\n".join(words).encode(), key=key, digest_size=16).digest()


class Hurry:
    """More than `most` times in `seconds` from one network. Networks are told apart by a mark whose key is as short-lived
    as the span itself, so nothing tells who was here; of more networks than fit, those that come late are not held back.
    """

    def __init__(
        self, most: int, seconds: float, *, keys: int = MOST_KEYS, clock: Callable[[], float] = monotonic
    ) -> None:
        self.most, self.seconds, self._keys, self._clock = most, seconds, keys, clock
        self._lock = Lock()
        self._begin(clock())

    def _begin(self, at: float) -> None:
        self._since, self._key, self._times = at, secrets.token_bytes(32), dict[bytes, int]()

    def is_too_much(self, address: str) -> bool:
        """One more time; whether it is beyond what a network may."""
        at, network = self._clock(), network_of(address)
        with self._lock:
            if at - self._since >= self.seconds:
                self._begin(at)
            mark = mark_of(self._key, network)
            times = self._times.get(mark, 0) + 1
            if times == 1 and len(self._times) >= self._keys:
                return False
            self._times[mark] = times
            return times > self.most

    def __len__(self) -> int:
        return len(self._times)


Key = tuple[str, int, date]
"""Page, agency, day. The page "" stands for those that no longer fitted: their visits count for the agency alone."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Một lần ghi: what a process adds to the tables, once, however often it tries."""

    sums: Mapping[Key, list[int]]
    id: UUID = field(default_factory=uuid4)


class Counter:
    """What a process has counted since it last wrote. Bounded: where there are too many pages, the page is lost, not the visit."""

    def __init__(self, most: int = MOST_KEYS) -> None:
        self._most, self._lock = most, Lock()
        self._sums: dict[Key, list[int]] = {}
        self._batch: Batch | None = None

    def add(self, page: str, agency: int, day: date, seen: Seen) -> None:
        """One more."""
        with self._lock:
            sums, key = self._sums, (page, agency, day)
            if key not in sums and len(sums) >= self._most:
                key = ("", agency, day)
            pair = sums.setdefault(key, [0, 0])
            pair[seen is Seen.ROBOT] += 1

    def batch(self) -> Batch | None:
        """What is to be written now: the one whose writing failed before, else all that came since; None for nothing."""
        with self._lock:
            if self._batch is None and self._sums:
                self._batch, self._sums = Batch(self._sums), {}
            return self._batch

    def written(self, batch: Batch) -> None:
        """It is in the tables."""
        with self._lock:
            if self._batch is batch:
                self._batch = None

    def __len__(self) -> int:
        return len(self._sums)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def following(month: date) -> date:
    """The first day of the month after it."""
    return month_of(month.replace(day=1) + timedelta(days=31))


def back(month: date, months: int) -> date:
    """The first day of the month that lies so many months before."""
    whole = month.year * 12 + month.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)


def month_typed(text: str) -> date | None:
    """A month as people type it, 10/2026, or as browsers send it, 2026-10; None for anything else."""
    found = TYPED.fullmatch(text.strip())
    year, month = (int(found[3] or found[2]), int(found[4] or found[1])) if found else (0, 0)
    return date(year, month, 1) if 2000 <= year < 2100 and 1 <= month <= 12 else None


def closes_on(month: date) -> date:
    """The day from which on nothing more is counted for a month, so that it may be published."""
    return following(month).replace(day=settled()["closes_on"])


def is_closed(month: date, on: date) -> bool:
    """Whether a month may be published."""
    return on >= closes_on(month)


def must_be_closed(month: date, on: date) -> None:
    """Raises WrongState while something may yet be counted for a month."""
    if not is_closed(month, on):
        raise WrongState(f"Tháng {month:%m/%Y} chưa khóa số. Công bố được từ ngày {closes_on(month):%d/%m/%Y}.")


def meanings() -> tuple[tuple[str, str], ...]:
    """What each figure of a month means."""
    day = settled()["closes_on"]
    return (*MEANINGS, ("Tháng", f"Tính theo ngày giờ Việt Nam; khóa số từ ngày {day} của tháng sau."))


def folds_before(on: date) -> date:
    """Days of pages before this one are kept as months."""
    return back(on, settled()["keep_days_months"])


@dataclass(frozen=True, slots=True)
class Line:
    """Một cơ quan trong một tháng: `people` 0 where nobody has entered a population."""

    agency: int
    name: str
    kind: str
    visits: int
    robots: int
    people: int = 0
    source: str = ""
    counted_on: date | None = None

    @property
    def rate(self) -> Decimal | None:
        """Visits per 1,000 inhabitants, to two places; None without a population."""
        if not self.people:
            return None
        return (Decimal(self.visits) * PER / self.people).quantize(Decimal("0.01"), ROUND_HALF_UP)


def kind_name(kind: str) -> str:
    """What a kind of agency is called in the tables."""
    return KINDS.get(kind, "Cơ quan khác")


@dataclass(frozen=True, slots=True)
class Placed:
    """Thứ hạng: a line with its place among `of` of its kind; both 0 where it is not ranked."""

    line: Line
    place: int
    of: int


def ranked(lines: Iterable[Line]) -> list[Placed]:
    """Each kind of agency by itself, most visits a head first. Equals share a place and the next one is skipped (1, 2, 2, 4);
    compared is the fraction itself, not what is printed of it. Those without a population stand last, without a place; so do
    kinds of which none has one.
    """
    found, by_kind = list[Placed](), dict[str, list[Line]]()
    for line in lines:
        by_kind.setdefault(line.kind, []).append(line)
    for group in sorted(by_kind.values(), key=lambda group: not any(line.people for line in group)):
        known = sorted((line for line in group if line.people), key=lambda line: -Fraction(line.visits, line.people))
        place, before = 0, Fraction(-1)
        for number, line in enumerate(known, start=1):
            share = Fraction(line.visits, line.people)
            place, before = (place, before) if share == before else (number, share)
            found.append(Placed(line, place, len(known)))
        found += [Placed(line, 0, 0) for line in group if not line.people]
    return found
