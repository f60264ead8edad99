"""States of work. The kind of a task decides its life: what is read is done by reading, what is made must be confirmed."""

from enum import StrEnum

from tram.kernel.moves import Moves
from tram.tasks.events import Kind


class State(StrEnum):
    """Trạng thái của việc."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    COMPLETED = "completed"
    RETURNED = "returned"
    RECALLED = "recalled"
    CLOSED_UNFINISHED = "closed_unfinished"


STATE_NAMES = {
    State.ASSIGNED: "Mới giao",
    State.IN_PROGRESS: "Đang làm",
    State.SUBMITTED: "Chờ xác nhận",
    State.COMPLETED: "Hoàn thành",
    State.RETURNED: "Đã trả lại",
    State.RECALLED: "Đã thu hồi",
    State.CLOSED_UNFINISHED: "Kết thúc, chưa hoàn thành",
}
RUNNING = (State.ASSIGNED, State.IN_PROGRESS)
OPEN = (*RUNNING, State.SUBMITTED)

_BEGIN = {(State.ASSIGNED, "accept"): State.IN_PROGRESS, (State.IN_PROGRESS, "accept"): State.IN_PROGRESS}
_LEAVE = {
    (state, verb): end
    for state in (State.ASSIGNED, State.IN_PROGRESS)
    for verb, end in (("return", State.RETURNED), ("recall", State.RECALLED))
}
_FINISH = {(State.ASSIGNED, "finish"): State.COMPLETED, (State.IN_PROGRESS, "finish"): State.COMPLETED}
_CONFIRM = {
    (State.ASSIGNED, "submit"): State.SUBMITTED,
    (State.IN_PROGRESS, "submit"): State.SUBMITTED,
    (State.SUBMITTED, "confirm"): State.COMPLETED,
    (State.SUBMITTED, "send_back"): State.IN_PROGRESS,
    (State.SUBMITTED, "recall"): State.RECALLED,
    (State.IN_PROGRESS, "report"): State.IN_PROGRESS,
    (State.ASSIGNED, "report"): State.IN_PROGRESS,
    (State.ASSIGNED, "close"): State.CLOSED_UNFINISHED,
    (State.IN_PROGRESS, "close"): State.CLOSED_UNFINISHED,
}
_MADE = Moves({**_BEGIN, **_LEAVE, **_CONFIRM}, STATE_NAMES)
_ANSWERED = Moves({**_BEGIN, **_LEAVE, **_FINISH}, STATE_NAMES)
_READ = Moves({**_FINISH, (State.ASSIGNED, "recall"): State.RECALLED}, STATE_NAMES)

MOVES = {
    Kind.HANDLE: _MADE,
    Kind.REPORT: _MADE,
    Kind.DIRECT: _ANSWERED,
    Kind.COORDINATE: _ANSWERED,
    Kind.COMMENT: _ANSWERED,
    Kind.REVIEW: _ANSWERED,
    Kind.APPROVE: _ANSWERED,
    Kind.INFORM: _READ,
}


class ExtensionState(StrEnum):
    """Trạng thái xin gia hạn."""

    WAITING, GRANTED, REFUSED, LAPSED = "waiting", "granted", "refused", "lapsed"


EXTENSION_MOVES = Moves(
    {
        (ExtensionState.WAITING, "grant"): ExtensionState.GRANTED,
        (ExtensionState.WAITING, "refuse"): ExtensionState.REFUSED,
        (ExtensionState.WAITING, "lapse"): ExtensionState.LAPSED,
    },
    {
        ExtensionState.WAITING: "chờ trả lời",
        ExtensionState.GRANTED: "đồng ý",
        ExtensionState.REFUSED: "không đồng ý",
        ExtensionState.LAPSED: "không còn cần, việc đã kết thúc",
    },
)
