"""States of a number in a book (NĐ 30/2020 Điều 15: numbers are never used again); the map; local days; kinds of units."""

from enum import IntEnum, StrEnum

from tram.kernel.moves import Moves
from tram.vietnamese import dates


class NumberState(StrEnum):
    USED, RESERVED, VOID = "used", "reserved", "void"


NUMBER_MOVES = Moves(
    {
        (NumberState.RESERVED, "use"): NumberState.USED,
        (NumberState.RESERVED, "void"): NumberState.VOID,
        (NumberState.USED, "void"): NumberState.VOID,
    },
    {NumberState.USED: "đã dùng", NumberState.RESERVED: "giữ chỗ", NumberState.VOID: "hủy"},
)


class Level(IntEnum):
    """Cấp của đơn vị hành chính; districts exist in the map of before 01/07/2025 only."""

    PROVINCE, DISTRICT, COMMUNE = 1, 2, 3


class LocalKind(StrEnum):
    """Ngày riêng của cơ quan: off, worked, or worked in one half."""

    OFF, WORKED, MORNING, AFTERNOON = "off", "worked", "morning", "afternoon"


LOCAL_KIND_NAMES = {
    LocalKind.OFF: "Ngày nghỉ riêng của cơ quan",
    LocalKind.WORKED: "Ngày làm việc riêng của cơ quan",
    LocalKind.MORNING: "Cơ quan chỉ làm việc buổi sáng",
    LocalKind.AFTERNOON: "Cơ quan chỉ làm việc buổi chiều",
}


UNIT_KINDS = {
    "committee": "Ủy ban nhân dân tỉnh",
    "department": "Sở, ban, ngành",
    "commune": "Ủy ban nhân dân xã, phường",
    "office": "Văn phòng",
    "division": "Phòng",
    "sub_department": "Chi cục",
    "centre": "Trung tâm",
    "council": "Hội đồng nhân dân",
    "party_committee": "Cấp ủy Đảng",
    "union": "Công đoàn, đoàn thể",
}
CODE_SCHEMES = {
    "qd20": "Quyết định 20/2020/QĐ-TTg",
    "qcvn102": "QCVN 102:2016/BTTTT",
    "dvcqg": "Cổng Dịch vụ công quốc gia",
    "budget": "Đơn vị quan hệ ngân sách",
}
WEEKDAYS = dict(enumerate(dates.WEEKDAYS, start=1))
