"""States of a file that is made of a list."""

from enum import StrEnum

from tram.kernel.moves import Moves


class State(StrEnum):
    """Trạng thái bản kết xuất."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    STOPPED = "stopped"
    FAILED = "failed"
    SWEPT = "swept"


NAMES = {
    State.WAITING: "Đang chờ tới lượt",
    State.MAKING: "Đang làm",
    State.READY: "Đã xong",
    State.STOPPED: "Đã thôi",
    State.FAILED: "Không làm được",
    State.SWEPT: "Đã dọn",
}
ON_THE_WAY = (State.WAITING, State.MAKING)

MOVES = Moves(
    {
        (State.WAITING, "begin"): State.MAKING,
        (
            State.MAKING,
            "begin",
        ): State.MAKING,  # the machine that made it was stopped: it is made again from its first row
        **{(state, "stop"): State.STOPPED for state in ON_THE_WAY},
        **{(state, "fail"): State.FAILED for state in ON_THE_WAY},
        (State.MAKING, "finish"): State.READY,
        (State.READY, "sweep"): State.SWEPT,
    },
    NAMES,
)
