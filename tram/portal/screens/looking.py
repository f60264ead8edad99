"""How the self-scan looks at one page: is it what a person let out, does it lead or run anywhere, are its words of the list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from tram.files.queries import Card, altered
from tram.kernel.actors import ANONYMOUS
from tram.portal.rules.watching import read, spam, strangers

NO_RECORD = "Đang công khai mà nhật ký không ghi ai cho đăng."
OTHER = "Nội dung đang công khai không phải nội dung đã duyệt đăng."
ELSEWHERE = "Đứng ở chuyên mục khác với lúc được duyệt đăng."
FILE_IS_OTHER = "Một tệp đã duyệt công khai nay không còn như khi duyệt."
TAKE_DOWN = "Rút xuống ngay, rồi xem ai đã sửa cơ sở dữ liệu: tram audit verify"
PUT_BACK = "Chép lại tệp từ bản sao lưu: tram restore; hình vẽ lại thì chỉ cần xóa, hệ thống vẽ lại khi có người xem."
REVIEW = (
    "Đọc lại. Tin thật thì ghi là đã xem: tram manage scan_portal --settle SỐ --reason LÝ-DO; không phải thì rút xuống."
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Điều thấy: at which address, of which agency, what, and what to do; `is_bad` where nobody can have wanted it."""

    place: str
    agency: int
    sentence: str
    mend: str
    is_bad: bool = True
    of: str = ""
    """The very words in which it was seen: other words are another thing."""

    @property
    def mark(self) -> str:
        """Of this very thing."""
        return sha256(f"{self.sentence}\n{self.of}".encode()).hexdigest()


def on_disk(place: str, agency: int, cards: Iterable[Card], since: datetime | None) -> Iterator[Seen]:
    """What is kept of these files, and drawn of these pictures, is as it was."""
    for card in cards:
        if trouble := altered(card, since):
            yield Seen(place, agency, f"{trouble} Tệp {card.name}.", PUT_BACK)


def against_record(
    place: str, agency: int, record: tuple[str, dict[str, Any]] | None, letting_out: tuple[str, ...], digests: set[str]
) -> Iterator[Seen]:
    """What stands there is what a person let out, by the last word of the audit. Older records tell no digest."""
    if record is None or record[0] not in letting_out:
        yield Seen(place, agency, NO_RECORD, TAKE_DOWN)
    elif digests != {record[1].get("digest", next(iter(digests)))}:
        yield Seen(place, agency, OTHER, TAKE_DOWN)


def in_its_lists(
    place: str, agency: int, record: tuple[str, dict[str, Any]] | None, filed: list[str]
) -> Iterator[Seen]:
    """An article stands in the lists in which a person let it out. Older records tell no categories."""
    told = record[1] if record else {}
    if not filed or filed != told.get("categories", filed):
        yield Seen(place, agency, ELSEWHERE, TAKE_DOWN)


def on_page(place: str, agency: int, template: str, context: dict[str, Any], words: list[str]) -> Iterator[Seen]:
    """The page as readers get it."""
    yield from looked(place, agency, render_to_string(f"portal/{template}.html", context), words)


def looked(place: str, agency: int, told: str, words: list[str]) -> Iterator[Seen]:
    """A page leads nowhere else and runs nothing; none of its words is of the list."""
    page = read(told)
    own = {urlsplit(url).hostname or "" for url in (settings.TRAM_PUBLIC_URL, settings.TRAM_FILES_URL)}
    text = "\n".join(words)
    for host in strangers(page.addresses, own):
        if host not in text:
            yield Seen(place, agency, f"Trang dẫn tới máy chủ lạ: {host}.", TAKE_DOWN)
    if page.running:
        yield Seen(place, agency, f"Trang có mã chạy được: {page.running[0]}.", TAKE_DOWN)
    if found := spam(text):
        yield Seen(
            place, agency, f"Có từ của danh mục cờ bạc, quảng cáo: {', '.join(found)}.", REVIEW, is_bad=False, of=text
        )


def asked(place: str, at: datetime) -> str:
    """A page as a robot gets it, so that it is counted apart; "" where nothing stands."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", place, place
    request.META = {"SERVER_NAME": urlsplit(settings.TRAM_PUBLIC_URL).hostname, "HTTP_USER_AGENT": "Tram tu kiem (bot)"}
    request.at, request.actor = at, ANONYMOUS  # type: ignore[attr-defined]
    try:
        found = resolve(place)
    except Resolver404:
        return ""
    answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return answer.content.decode()
