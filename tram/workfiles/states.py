"""States of work files, file plans, hand-overs and disposals (NĐ 30/2020 Điều 28–31; Luật Lưu trữ 33/2024/QH15)."""

from enum import StrEnum

from tram.kernel.moves import Moves


class State(StrEnum):
    """Trạng thái hồ sơ công việc."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    DUE = "due_for_transfer"
    KEPT_BACK = "kept_back"
    TRANSFERRED = "transferred"
    ARCHIVED = "archived"
    DISPOSED = "disposed"


NAMES = {
    State.PLANNED: "Dự kiến mở",
    State.OPEN: "Đang mở",
    State.CLOSED: "Đã kết thúc",
    State.DUE: "Đến hạn nộp lưu",
    State.KEPT_BACK: "Được giữ lại",
    State.TRANSFERRED: "Đang giao nộp",
    State.ARCHIVED: "Trong lưu trữ cơ quan",
    State.DISPOSED: "Đã hủy",
}
COLLECTING = (State.PLANNED, State.OPEN)
"""What takes papers; the first one opens a planned file."""
AT_THE_UNIT = (State.CLOSED, State.DUE, State.KEPT_BACK)
"""Closed and still with the unit: what can be handed over."""
SEALED = (State.ARCHIVED, State.DISPOSED)
"""What the database itself keeps from any change."""

MOVES = Moves(
    {
        (State.PLANNED, "open"): State.OPEN,
        (State.OPEN, "close"): State.CLOSED,
        **{(state, "reopen"): State.OPEN for state in AT_THE_UNIT},
        (State.CLOSED, "fall_due"): State.DUE,
        (State.KEPT_BACK, "fall_due"): State.DUE,
        **{(state, "keep_back"): State.KEPT_BACK for state in (State.CLOSED, State.DUE)},
        **{(state, "hand_over"): State.TRANSFERRED for state in AT_THE_UNIT},
        (State.TRANSFERRED, "hand_back"): State.DUE,
        (State.TRANSFERRED, "receive"): State.ARCHIVED,
        (State.ARCHIVED, "dispose"): State.DISPOSED,
        (State.CLOSED, "dispose"): State.DISPOSED,
    },
    NAMES,
)


class PlanState(StrEnum):
    """Trạng thái danh mục hồ sơ."""

    DRAWING, SUBMITTED, APPROVED = "drawing", "submitted", "approved"


PLAN_NAMES = {PlanState.DRAWING: "Đang lập", PlanState.SUBMITTED: "Đang trình duyệt", PlanState.APPROVED: "Đã duyệt"}
PLAN_MOVES = Moves(
    {
        (PlanState.DRAWING, "submit"): PlanState.SUBMITTED,
        (PlanState.SUBMITTED, "return"): PlanState.DRAWING,
        (PlanState.SUBMITTED, "approve"): PlanState.APPROVED,
    },
    PLAN_NAMES,
)


class Decision(StrEnum):
    """Kết quả của một lần giao nộp hay đề nghị hủy."""

    WAITING, AGREED, REFUSED = "waiting", "agreed", "refused"


HAND_OVER_NAMES = {Decision.WAITING: "Chờ lưu trữ nhận", Decision.AGREED: "Đã nhận", Decision.REFUSED: "Đã trả lại"}
DISPOSAL_NAMES = {
    Decision.WAITING: "Chờ lãnh đạo quyết định",
    Decision.AGREED: "Đã hủy",
    Decision.REFUSED: "Không đồng ý hủy",
}


class Rights(StrEnum):
    """Chế độ sử dụng: who of the unit may see the file (Phụ lục VI, Rights)."""

    OPEN, RESTRICTED = "open", "restricted"


RIGHTS_NAMES = {Rights.OPEN: "Cả đơn vị xem", Rights.RESTRICTED: "Hạn chế"}
