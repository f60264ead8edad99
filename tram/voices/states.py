"""States of a question, or of what a reader says of an article, on its way from a stranger to the public."""

from enum import StrEnum

from tram.kernel.moves import Moves


class State(StrEnum):
    """Trạng thái câu hỏi. What the public sees stands in the log of publications."""

    WAITING = "waiting"
    ANSWERED = "answered"
    PUBLISHED = "published"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"


NAMES = {
    State.WAITING: "Chờ trả lời",
    State.ANSWERED: "Chờ duyệt đăng",
    State.PUBLISHED: "Đang đăng",
    State.SET_ASIDE: "Không đăng",
    State.WITHDRAWN: "Đã gỡ",
}
OPEN = (State.WAITING, State.ANSWERED)
"""While somebody of the agency has to act."""

MOVES = Moves(
    {
        **{(state, "answer"): State.ANSWERED for state in State if state is not State.PUBLISHED},
        **{(state, "publish"): State.PUBLISHED for state in OPEN},
        (State.ANSWERED, "send_back"): State.WAITING,
        (State.WAITING, "entrust"): State.WAITING,
        **{(state, "pass_on"): State.WAITING for state in OPEN},
        **{(state, "set_aside"): State.SET_ASIDE for state in OPEN},
        (State.PUBLISHED, "withdraw"): State.WITHDRAWN,
    },
    NAMES,
)
