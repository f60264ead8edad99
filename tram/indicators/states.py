"""States of a figure on its way from whoever enters it to the public."""

from enum import StrEnum

from tram.kernel.moves import Moves


class State(StrEnum):
    """Trạng thái số liệu. What the public sees stands in the log of publications."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"


NAMES = {
    State.DRAFT: "Nháp",
    State.SUBMITTED: "Chờ duyệt",
    State.APPROVED: "Đã công bố",
    State.REVISED: "Đang sửa, số cũ vẫn công bố",
    State.WITHDRAWN: "Đã rút",
}
MOVES = Moves(
    {
        (State.DRAFT, "write"): State.DRAFT,
        (State.APPROVED, "write"): State.REVISED,
        (State.REVISED, "write"): State.REVISED,
        (State.SUBMITTED, "write"): State.DRAFT,
        (State.WITHDRAWN, "write"): State.DRAFT,
        (State.DRAFT, "submit"): State.SUBMITTED,
        (State.REVISED, "submit"): State.SUBMITTED,
        (State.SUBMITTED, "approve"): State.APPROVED,
        (State.SUBMITTED, "send_back"): State.DRAFT,
        (State.APPROVED, "withdraw"): State.WITHDRAWN,
        (State.REVISED, "withdraw"): State.WITHDRAWN,
        (State.SUBMITTED, "withdraw"): State.WITHDRAWN,
        (State.DRAFT, "drop"): State.WITHDRAWN,
        (State.REVISED, "drop"): State.APPROVED,
    },
    NAMES,
)
