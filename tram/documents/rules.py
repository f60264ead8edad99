"""Rules of the slip: what must be there, what a number looks like, which words name a field."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, time
from functools import cache
from typing import Any

import yaml

from tram.documents.states import SECRECY_NAMES, URGENCY_NAMES, Secrecy, Urgency
from tram.vietnamese.calendar import CATALOGUE, WorkingCalendar
from tram.vietnamese.text import fold

LABELS = {
    "organ_name": "Cơ quan ban hành",
    "code_number": "Số",
    "code_notation": "Ký hiệu",
    "issued_date": "Ngày văn bản",
    "type_name": "Loại",
    "subject": "Trích yếu",
    "urgency": "Độ khẩn",
    "secrecy": "Độ mật",
    "page_amount": "Số trang",
    "issued_amount": "Số bản",
    "due_date": "Hạn xử lý",
    "to_places": "Đơn vị hoặc người nhận",
    "signer_position": "Chức vụ người ký",
    "signer_full_name": "Người ký",
    "arrival_date": "Ngày đến",
    "arrival_time": "Giờ đến",
    "keeping_place": "Nơi giữ bản giấy",
    "description": "Ghi chú",
    "file_code": "Hồ sơ",
    "language": "Ngôn ngữ",
}
BOOKS = {False: "incoming", True: "incoming_secret"}
BOOK_NAMES = {"incoming": "Sổ đăng ký văn bản đến", "incoming_secret": "Sổ đăng ký văn bản mật đến"}


@dataclass(frozen=True, slots=True)
class Slip:
    """Phiếu vào sổ: what the clerk fills in, with the field names of Phụ lục VI."""

    organ_name: str = ""
    code_number: str = ""
    code_notation: str = ""
    issued_date: date | None = None
    type_name: str = ""
    subject: str = ""
    language: str = "Tiếng Việt"
    page_amount: int | None = None
    issued_amount: int | None = None
    description: str = ""
    signer_position: str = ""
    signer_full_name: str = ""
    urgency: int = Urgency.NORMAL
    due_date: date | None = None
    to_places: str = ""
    file_code: str = ""
    arrival_date: date | None = None
    arrival_time: time | None = None
    secrecy: int = Secrecy.NONE
    keeping_place: str = ""
    organ_unit: int | None = field(default=None)

    def values(self) -> dict[str, object]:
        """Field name -> value."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


def page_of(document: int) -> str:
    """The address of a document's page."""
    return f"/van-ban-den/{document}"


def code_of(number: str, notation: str) -> str:
    """Số, ký hiệu as printed: "45/UBND-KT"; the notation alone when there is no number."""
    return "/".join(part for part in (number, notation) if part)


def number_key(number: str, notation: str) -> str:
    """What two papers with the same number share, whatever their separators: "45/UBND-KT" -> "45ubndkt"."""
    return re.sub(r"[^0-9a-z]", "", fold(f"{number} {notation}"))[:60]


def mistakes(slip: Slip, today: date) -> dict[str, str]:
    """What is wrong with a slip, by field, and how to mend it."""
    wrong = {}
    if not slip.organ_name:
        wrong["organ_name"] = "Nhập cơ quan ban hành, ví dụ “Sở Tài chính” hoặc gõ tắt “stc”."
    if slip.secrecy == Secrecy.UTMOST and slip.subject:
        wrong["subject"] = "Văn bản Tuyệt mật không ghi trích yếu. Xóa trích yếu rồi vào sổ."
    elif not slip.subject and slip.secrecy == Secrecy.NONE:
        wrong["subject"] = "Nhập trích yếu, ví dụ câu sau chữ V/v trên văn bản."
    if slip.issued_date and slip.issued_date > today:
        wrong["issued_date"] = f"Ngày văn bản phải là hôm nay ({today:%d/%m/%Y}) hoặc trước đó."
    if slip.arrival_date and slip.arrival_date > today:
        wrong["arrival_date"] = f"Ngày đến phải là hôm nay ({today:%d/%m/%Y}) hoặc trước đó."
    if slip.arrival_date and slip.issued_date and slip.arrival_date < slip.issued_date:
        wrong["arrival_date"] = "Ngày đến phải từ ngày văn bản trở đi."
    if slip.due_date and slip.due_date < (slip.arrival_date or today):
        wrong["due_date"] = "Hạn xử lý phải từ ngày đến trở đi."
    if slip.urgency >= Urgency.VERY_URGENT and slip.arrival_time is None:
        wrong["arrival_time"] = "Văn bản thượng khẩn, hỏa tốc phải ghi giờ đến, ví dụ 14:30."
    if slip.secrecy and not slip.keeping_place:
        wrong["keeping_place"] = "Ghi nơi giữ bản giấy, ví dụ “Tủ mật số 2, phòng Văn thư”."
    return wrong


def secret_sentence(secrecy: int) -> str:
    """What S4 says when a file is brought for a secret paper."""
    name = SECRECY_NAMES[Secrecy(secrecy)] if secrecy else "mật"
    return f"Văn bản {name} không được tải lên hệ thống này. Chỉ ghi sổ theo quy định; bản giấy giữ tại tủ của cơ quan."


def bare_title(secrecy: int) -> str:
    """What inbox, notices and the index say of a secret paper: nothing of its content; "" for a paper that is none."""
    return f"Văn bản {SECRECY_NAMES[Secrecy(secrecy)]}: xem bản giấy ở văn thư" if secrecy else ""


CODE = re.compile(r"(?:số\s*:?\s*)?(\d{1,10}[a-zđ]?)(?:\s*[/-]\s*(.+))?", re.IGNORECASE)


def split_code(text: str) -> tuple[str, str]:
    """Số, ký hiệu as one string into its two fields: "45/UBND-KT" is ("45", "UBND-KT"); no number: ("", text)."""
    found = CODE.fullmatch(text.strip())
    return (found[1], (found[2] or "").strip()) if found else ("", text.strip().lstrip("/").strip())


@cache
def kinds() -> dict[str, int | None]:
    """Tên loại -> working days to settle it where the paper names no day, None when nothing has to be done."""
    catalogue = yaml.safe_load((CATALOGUE / "document_kinds.yaml").read_text(encoding="utf-8"))
    named: dict[str, int | None] = {}
    for group in catalogue.values():
        for kind in group:
            named.setdefault(kind["name"], kind["deadline"])
    return named


ASKS = re.compile(
    r"\b(?:đề nghị|yêu cầu|kính đề nghị|xin ý kiến|giao)\b[^.;]{0,240}?"
    r"\b(?:báo cáo|trả lời|phúc đáp|góp ý|tham gia ý kiến|cho ý kiến|có ý kiến|gửi về|gửi ý kiến|xem xét)\b",
    re.IGNORECASE,
)


def asks_for_answer(text: str) -> bool:
    """Whether a letter asks its reader for something back."""
    return ASKS.search(" ".join(text.split())) is not None


def default_due(type_name: str, text: str, arrival: date, calendar: WorkingCalendar) -> date | None:
    """The day to settle a paper that names none: by its kind, in working days from arrival, if it asks for an answer."""
    days = kinds().get(type_name)
    return calendar.add(arrival, days) if days and asks_for_answer(text) else None


LEVELS_SEEN = {"secret": Secrecy.SECRET, "top_secret": Secrecy.TOP_SECRET, "absolute_secret": Secrecy.UTMOST}
"""The level of a stamp, as files name it."""

READY_WORDS = (
    "Chủ trì tham mưu, đề xuất trình Lãnh đạo.",
    "Giải quyết theo thẩm quyền, báo cáo kết quả.",
    "Nghiên cứu, triển khai thực hiện.",
    "Dự thảo văn bản trả lời trình ký.",
)
DUE_CHIPS = (3, 5, 7)
DOUBTFUL_BELOW = 0.8
READ_AS = {
    "organ_name": "issuer",
    "code_number": "number",
    "code_notation": "symbol",
    "issued_date": "date",
    "type_name": "kind",
    "subject": "subject",
    "urgency": "urgency",
    "secrecy": "secrecy",
    "page_amount": "page_count",
    "due_date": "due_on",
    "signer_full_name": "signer_name",
    "signer_position": "signer_title",
}
LONGEST = {"code_number": 11, "code_notation": 30, "signer_full_name": 50, "signer_position": 100, "organ_name": 200}
LEVELS = {
    "urgency": {fold(name): int(level) for level, name in URGENCY_NAMES.items()},
    "secrecy": {fold(name): int(level) for level, name in SECRECY_NAMES.items()},
}


def proposed(read: Any) -> dict[str, dict[str, Any]]:
    """What was read (fields of the reading room) under the names of the slip.

    Each is {value, confidence, place: "page x y w h" in parts of the page, raw, doubtful}; unread fields are left out.
    A day of which only month or year was read keeps no value, only the words that it was read from.
    """
    found = {}
    for name, source in READ_AS.items():
        one = getattr(read, source)
        if one.value is None:
            continue
        value, sure = _as_typed(name, one.value), one.confidence
        doubtful = sure < DOUBTFUL_BELOW or value in (None, "")
        place = one.place.box if one.place and one.place.box else None
        found[name] = {
            "value": value,
            "confidence": sure,
            "place": f"{one.place.page} {_frame(place)}" if place else "",
            "raw": one.raw,
            "doubtful": doubtful,
        }
    return found


def _frame(box: Any) -> str:
    return f"{box.x0} {box.y0} {round(box.x1 - box.x0, 4)} {round(box.y1 - box.y0, 4)}"


def _as_typed(name: str, value: Any) -> Any:
    if name in LEVELS:
        return LEVELS[name].get(fold(value), 0)
    if name in ("issued_date", "due_date"):
        return value if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else ""
    if name == "type_name":
        return value[:1].upper() + value[1:]
    return value[: LONGEST.get(name, 1000)] if isinstance(value, str) else value


SEPARATOR = "TRAM:TO-NGAN"
"""What the square code on a separator sheet says."""
BLANK_BELOW = 0.0001
"""Part of a page that is ink on a blank sheet as scanned, at most: a line of ten letters has five times as much."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Chỗ tách: pages on which a letter begins and pages that fall away, each with the reason."""

    starts: dict[int, str]
    drops: dict[int, str]


def dropped_pages(looks: Sequence[tuple[float, str]]) -> dict[int, str]:
    """Separator sheets and blank ones, of (share of ink, words of a code) for each page."""
    return {
        page: "tờ ngăn" if code == SEPARATOR else "trang trắng"
        for page, (ink, code) in enumerate(looks, 1)
        if code == SEPARATOR or ink < BLANK_BELOW
    }


def proposed_cuts(pages: int, drops: Mapping[int, str], firsts: Mapping[int, str]) -> Cuts:
    """Where letters begin in a file: after a separator or a blank sheet, and at a page with the head of a letter.

    Where every second page is blank and the first bears the head of a letter, the blanks are backs of sheets and part
    nothing. The first page that stays begins a letter by itself and is named only when its head was read.
    """
    starts: dict[int, str] = {}
    evens = range(2, pages + 1, 2)
    backs = 1 in firsts and len(evens) > 1 and all(drops.get(page) == "trang trắng" for page in evens)
    before: list[str] = []
    is_first = True
    for page in range(1, pages + 1):
        if page in drops:
            before += [] if backs and drops[page] == "trang trắng" else [f"sau {drops[page]}"]
            continue
        head = [f"trang đầu: {firsts[page]}"] if page in firsts else []
        reasons = head if is_first else [*dict.fromkeys(before), *head]
        if reasons:
            starts[page] = " · ".join(reasons)
        before, is_first = [], False
    return Cuts(starts, dict(drops))


def letters_of(pages: int, starts: Collection[int], drops: Collection[int]) -> list[list[int]]:
    """The pages of each letter. A mark on a page that falls away holds for the next one that stays."""
    letters: list[list[int]] = []
    begins = True
    for page in range(1, pages + 1):
        begins = begins or page in starts
        if page in drops:
            continue
        if begins:
            letters.append([])
        letters[-1].append(page)
        begins = False
    return letters


def page_words(pages: Sequence[int]) -> str:
    """Pages as people write them: [1, 2, 3, 5] is "1-3, 5"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    return ", ".join("-".join(map(str, run)) for run in runs)
