"""States of an incoming document (NĐ 30/2020 Điều 20-24, Phụ lục VI)."""

from enum import IntEnum, StrEnum

from tram.kernel.moves import Moves


class State(StrEnum):
    """Trạng thái văn bản đến."""

    ARRIVED = "arrived"
    VERIFIED = "verified"
    REGISTERED = "registered"
    PRESENTED = "presented"
    DIRECTED = "directed"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"
    FOR_INFORMATION = "for_information"
    RETURNED_TO_SENDER = "returned_to_sender"
    DUPLICATE = "duplicate_of"
    CANCELLED_BY_RECALL = "cancelled_by_recall"
    PURGED = "purged"
    SPLIT = "split"
    REJOINED = "rejoined"


NAMES = {
    State.ARRIVED: "Chưa vào sổ",
    State.VERIFIED: "Đã kiểm tra, chưa vào sổ",
    State.REGISTERED: "Đã vào sổ",
    State.PRESENTED: "Đã trình",
    State.DIRECTED: "Đã có ý kiến chỉ đạo",
    State.ASSIGNED: "Đã phân việc",
    State.IN_PROGRESS: "Đang giải quyết",
    State.ANSWERED: "Đã trả lời",
    State.CLOSED: "Đã giải quyết",
    State.FOR_INFORMATION: "Lưu để biết",
    State.RETURNED_TO_SENDER: "Đã trả lại nơi gửi",
    State.DUPLICATE: "Trùng văn bản đã có",
    State.CANCELLED_BY_RECALL: "Nơi gửi đã thu hồi",
    State.PURGED: "Đã hủy nội dung, chuyển sổ mật",
    State.SPLIT: "Đã tách thành nhiều văn bản",
    State.REJOINED: "Đã gộp lại vào bản gốc",
}
BEFORE_THE_BOOK = (State.ARRIVED, State.VERIFIED)
NO_LETTER = (State.SPLIT, State.REJOINED)
"""A scan that was several letters, and a part of it that was put back: neither is a letter by itself."""
RUNNING = (State.REGISTERED, State.PRESENTED, State.DIRECTED, State.ASSIGNED, State.IN_PROGRESS)

_DIRECTABLE = (State.REGISTERED, State.PRESENTED)
_SETTLING = (State.DIRECTED, State.ASSIGNED, State.IN_PROGRESS)

MOVES = Moves(
    {
        (State.ARRIVED, "verify"): State.VERIFIED,
        **{(state, "register"): State.REGISTERED for state in BEFORE_THE_BOOK},
        **{(state, "return_to_sender"): State.RETURNED_TO_SENDER for state in BEFORE_THE_BOOK},
        **{(state, "mark_duplicate"): State.DUPLICATE for state in BEFORE_THE_BOOK},
        **{(state, "split"): State.SPLIT for state in BEFORE_THE_BOOK},
        (State.SPLIT, "rejoin"): State.ARRIVED,
        **{(state, "put_back"): State.REJOINED for state in BEFORE_THE_BOOK},
        (State.REGISTERED, "present"): State.PRESENTED,
        (State.PRESENTED, "present"): State.PRESENTED,
        **{(state, "direct"): State.DIRECTED for state in (*_DIRECTABLE, *_SETTLING)},
        **{(state, "inform"): State.FOR_INFORMATION for state in _DIRECTABLE},
        **{(state, "give_back"): State.REGISTERED for state in (State.PRESENTED,)},
        **{(state, "undirect"): State.PRESENTED for state in (*_SETTLING, State.FOR_INFORMATION, State.PRESENTED)},
        (State.REGISTERED, "undirect"): State.REGISTERED,
        **{(state, "assign"): State.ASSIGNED for state in (State.DIRECTED, State.ASSIGNED)},
        (State.IN_PROGRESS, "assign"): State.IN_PROGRESS,
        **{(state, "begin"): State.IN_PROGRESS for state in _SETTLING},
        **{(state, "answer"): State.ANSWERED for state in _SETTLING},
        **{(state, "close"): State.CLOSED for state in (*RUNNING, State.ANSWERED, State.FOR_INFORMATION)},
        **{
            (state, "cancel"): State.CANCELLED_BY_RECALL
            for state in (*BEFORE_THE_BOOK, *RUNNING, State.FOR_INFORMATION, State.CLOSED)
        },
        **{(state, "purge"): State.PURGED for state in State if state not in BEFORE_THE_BOOK},
    },
    NAMES,
)


class Urgency(IntEnum):
    """Độ khẩn (NĐ 30/2020 Phụ lục I)."""

    NORMAL, URGENT, VERY_URGENT, FLASH = 0, 1, 2, 3


URGENCY_NAMES = {
    Urgency.NORMAL: "Thường",
    Urgency.URGENT: "KHẨN",
    Urgency.VERY_URGENT: "THƯỢNG KHẨN",
    Urgency.FLASH: "HỎA TỐC",
}


class Secrecy(IntEnum):
    """Độ mật (Luật Bảo vệ bí mật nhà nước). Content of anything above NONE never enters the system."""

    NONE, SECRET, TOP_SECRET, UTMOST = 0, 1, 2, 3


SECRECY_NAMES = {
    Secrecy.NONE: "Thường",
    Secrecy.SECRET: "MẬT",
    Secrecy.TOP_SECRET: "TỐI MẬT",
    Secrecy.UTMOST: "TUYỆT MẬT",
}


class Channel(StrEnum):
    """Đường đến của văn bản."""

    SCAN, PAPER, EXCHANGE = "scan", "paper", "exchange"


CHANNEL_NAMES = {Channel.SCAN: "Bản quét", Channel.PAPER: "Bản giấy", Channel.EXCHANGE: "Liên thông"}
