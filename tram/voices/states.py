"""States of a question, or of what a reader says of an article or a draft, on its way from a stranger to the public; and of drafts."""

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


class DraftState(StrEnum):
    """Trạng thái dự thảo lấy ý kiến."""

    WORDED = "worded"
    RETURNED = "returned"
    PUBLIC = "public"
    SUMMED = "summed"
    WITHDRAWN = "withdrawn"


DRAFT_NAMES = {
    DraftState.WORDED: "Chờ duyệt đăng",
    DraftState.RETURNED: "Trả lại để sửa",
    DraftState.PUBLIC: "Đang đăng",
    DraftState.SUMMED: "Bản tổng hợp chờ duyệt",
    DraftState.WITHDRAWN: "Đã gỡ",
}
OUT = (DraftState.PUBLIC, DraftState.SUMMED)
"""While everybody reads it."""
DRAFT_MOVES = Moves(
    {
        **{(state, "revise"): DraftState.WORDED for state in DraftState if state not in OUT},
        (DraftState.WORDED, "publish"): DraftState.PUBLIC,
        (DraftState.SUMMED, "publish"): DraftState.PUBLIC,
        (DraftState.WORDED, "send_back"): DraftState.RETURNED,
        (DraftState.SUMMED, "send_back"): DraftState.PUBLIC,
        **{(state, "summarise"): DraftState.SUMMED for state in OUT},
        **{(state, "withdraw"): DraftState.WITHDRAWN for state in OUT},
    },
    DRAFT_NAMES,
)
