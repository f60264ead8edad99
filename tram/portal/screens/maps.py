"""What the map of the whole portal names: places, and articles by the month in which they were let out."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from tram.kernel.clock import local
from tram.news.queries.public import addresses_between, languages_out
from tram.portal.queries import all_faces, province
from tram.portal.rules.procedures import procedures
from tram.portal.screens.articles import (
    AGENDAS,
    DOCUMENTS,
    DRAFTS,
    MOST_IN_A_MAP,
    PEOPLE,
    PRESS,
    PROCEDURES,
    QUESTIONS,
    menu,
    places,
    whole,
)
from tram.portal.screens.languages import address as list_in
from tram.vietnamese.text import WORD, fold

NAMED = 3
ASK, OPEN_DATA, PROVE = "Đặt câu hỏi", "Số liệu mở", "Xác minh văn bản"
OTHERS = ((ASK, "portal:ask"), (OPEN_DATA, "portal:open_data"), (PROVE, "outgoing:prove"))
SAYS = {
    PROCEDURES: "thủ tục hành chính: hồ sơ, giấy tờ, lệ phí, nơi nộp, bao nhiêu ngày",
    DOCUMENTS: "quyết định, chỉ thị, công văn, thông báo của các cơ quan",
    DRAFTS: "góp ý, lấy ý kiến dự thảo",
    QUESTIONS: "câu hỏi của người dân và trả lời của cơ quan; tra câu hỏi bằng mã",
    PEOPLE: "danh bạ, số điện thoại, địa chỉ, giờ làm việc, lãnh đạo của các cơ quan",
    AGENDAS: "lịch làm việc của lãnh đạo trong tuần",
    PRESS: "người phát ngôn, thông cáo báo chí, họp báo",
    ASK: "hỏi cơ quan, kiến nghị, phản ánh",
    OPEN_DATA: "chỉ tiêu, thống kê, xếp hạng, lượt truy cập; tải về",
    PROVE: "kiểm tra văn bản thật hay giả bằng mã hoặc tệp",
}
"""What stands on the pages, in the words by which people ask for it."""


def named(text: str) -> list[dict[str, str]]:
    """The pages of the portal in whose name, or in the words by which people ask for them, every word stands. No query."""
    asked = set(fold(text.replace('"', " ")).split())
    if not asked:
        return []
    home = province()
    pages = [(name, url) for name, url in places(home)] + [(name, reverse(where)) for name, where in OTHERS]
    return [
        {"name": name, "line": SAYS[name], "url": url}
        for name, url in pages
        if asked <= set(WORD.findall(fold(f"{name} {SAYS[name]}")))
    ][:NAMED]


def places_told(at: datetime, more: Iterable[str] = ()) -> list[tuple[str, datetime | None]]:
    """Whole addresses of the fronts, the categories, the languages in which something is public, the procedures, and of what else there is."""
    home = province()
    urls = [
        home.url,
        reverse("portal:sites"),
        reverse("portal:open_data"),
        *(url for _, url in places(home)),
        *(reverse("portal:procedure", args=[slug]) for slug in procedures()),
        *(one["url"] for one in menu(home, "")),
        *(list_in(one.code) for one in languages_out(at)),
        *(one.url for one in all_faces(at)),
        *more,
    ]
    return [(whole(url), None) for url in urls]


def articles_told(since: datetime, until: datetime, at: datetime) -> list[tuple[str, datetime | None]]:
    """Whole addresses of what was let out from `since` to before `until`, with the moment."""
    rows = addresses_between(since, until, at, MOST_IN_A_MAP)
    return [(whole(reverse("portal:article", args=[slug])), local(moment)) for slug, moment in rows]
