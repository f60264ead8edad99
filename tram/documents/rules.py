"""Rules of the slip: what must be there, what a number looks like, which words name a field."""

import re
from dataclasses import dataclass, field, fields
from datetime import date, time

from tram.documents.states import SECRECY_NAMES, Secrecy, Urgency
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


def number_key(number: str, notation: str) -> str:
    """What two papers with the same number share, whatever their separators: "45/UBND-KT" -> "45ubndkt"."""
    return re.sub(r"[^0-9a-z]", "", fold(f"{number} {notation}"))[:60]


def mistakes(slip: Slip, today: date) -> dict[str, str]:
    """What is wrong with a slip, by field, and how to mend it (interface.md 5)."""
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
