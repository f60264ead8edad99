"""States of outgoing documents and of what becomes of them at each place they go to (NĐ 30/2020 Điều 10–19)."""

from collections.abc import Iterable
from enum import StrEnum

from tram.kernel.moves import Moves


class State(StrEnum):
    """Trạng thái văn bản đi."""

    DRAFTING = "drafting"
    UNIT_REVIEW = "unit_review"
    CONTENT_CHECKED = "content_checked"
    FORMAT_CHECKED = "format_checked"
    PRESENTED = "presented"
    RETURNED = "returned"
    APPROVED = "approved_to_sign"
    SIGNED = "signed"
    NUMBERED = "numbered"
    SEALED = "sealed"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"
    VOID = "void"
    RECALLED = "recalled"
    REPLACED = "replaced"
    CORRECTED = "corrected"


NAMES = {
    State.DRAFTING: "Đang soạn",
    State.UNIT_REVIEW: "Chờ kiểm tra nội dung",
    State.CONTENT_CHECKED: "Chờ kiểm tra thể thức",
    State.FORMAT_CHECKED: "Chờ trình ký",
    State.PRESENTED: "Đã trình ký",
    State.RETURNED: "Bị trả lại để sửa",
    State.APPROVED: "Đã duyệt, chờ ký",
    State.SIGNED: "Đã ký, chờ cấp số",
    State.NUMBERED: "Đã cấp số",
    State.SEALED: "Đã ký số của cơ quan",
    State.ISSUED: "Đã phát hành",
    State.WITHDRAWN: "Thôi không ban hành",
    State.VOID: "Đã hủy số",
    State.RECALLED: "Đã thu hồi",
    State.REPLACED: "Đã bị thay thế",
    State.CORRECTED: "Đã đính chính",
}
WRITABLE = (State.DRAFTING, State.RETURNED, State.UNIT_REVIEW)
IN_CHECK = (State.UNIT_REVIEW, State.CONTENT_CHECKED, State.FORMAT_CHECKED, State.PRESENTED)
BEFORE_APPROVAL = (State.DRAFTING, State.RETURNED, *IN_CHECK)
AT_THE_CLERK = (State.APPROVED, State.SIGNED, State.NUMBERED, State.SEALED)
"""What the clerk has in hand: to be signed, numbered, sealed, issued."""
OUT = (State.ISSUED, State.CORRECTED)
"""Letters that left and are in force."""

MOVES = Moves(
    {
        **{(state, "submit"): State.UNIT_REVIEW for state in (State.DRAFTING, State.RETURNED)},
        (State.UNIT_REVIEW, "check_content"): State.CONTENT_CHECKED,
        (State.CONTENT_CHECKED, "check_form"): State.FORMAT_CHECKED,
        (State.FORMAT_CHECKED, "present"): State.PRESENTED,
        (State.PRESENTED, "approve"): State.APPROVED,
        **{(state, "send_back"): State.RETURNED for state in (*IN_CHECK, State.APPROVED, State.SIGNED)},
        **{(state, "take_back"): State.DRAFTING for state in IN_CHECK},
        **{(state, "withdraw"): State.WITHDRAWN for state in (*BEFORE_APPROVAL, State.APPROVED, State.SIGNED)},
        (State.APPROVED, "sign"): State.SIGNED,
        (State.SIGNED, "number"): State.NUMBERED,
        (State.NUMBERED, "seal"): State.SEALED,
        **{(state, "issue"): State.ISSUED for state in (State.NUMBERED, State.SEALED)},
        **{(state, "void"): State.VOID for state in (State.NUMBERED, State.SEALED)},
        **{(state, "recall"): State.RECALLED for state in OUT},
        **{(state, "replace"): State.REPLACED for state in OUT},
        **{(state, "correct"): State.CORRECTED for state in OUT},
    },
    NAMES,
)


class Part(StrEnum):
    """Ký tắt về phần nào: the head of the drafting unit for the content, whom the agency charged for the form (Điều 12)."""

    CONTENT, FORM = "content", "form"


class Stance(StrEnum):
    """Ý kiến của đơn vị được hỏi."""

    AGREES, AGREES_WITH_CHANGES, DISAGREES = "agrees", "agrees_with_changes", "disagrees"


STANCE_NAMES = {
    Stance.AGREES: "Nhất trí",
    Stance.AGREES_WITH_CHANGES: "Nhất trí, có sửa",
    Stance.DISAGREES: "Không nhất trí",
}


class Asked(StrEnum):
    """Việc xin ý kiến đang ở đâu."""

    WAITING, GIVEN, DECLINED, RECALLED = "waiting", "given", "declined", "recalled"


class Outcome(StrEnum):
    """Kết quả trình ký."""

    WAITING, APPROVED, RETURNED, TAKEN_BACK = "waiting", "approved", "returned", "taken_back"


class Relation(StrEnum):
    """Quan hệ với văn bản trước."""

    NONE, REPLACES, CORRECTS, RECALLS = "", "replaces", "corrects", "recalls"


class Way(StrEnum):
    """Đường đi đến một nơi nhận."""

    INTERNAL, EXCHANGE, POST, HAND = "internal", "exchange", "post", "hand"


WAY_NAMES = {Way.INTERNAL: "Nội bộ", Way.EXCHANGE: "Liên thông", Way.POST: "Bưu chính", Way.HAND: "Chuyển tay"}


class Delivery(StrEnum):
    """Văn bản đã đến đâu ở một nơi nhận (QĐ 28/2018/QĐ-TTg cho liên thông)."""

    QUEUED = "queued"
    SENT = "sent"
    ARRIVED = "arrived"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    PROCESSING = "processing"
    FINISHED = "finished"
    REJECTED = "rejected"
    RECALL_REQUESTED = "recall_requested"
    RECALLED = "recalled"


DELIVERY_NAMES = {
    Delivery.QUEUED: "Chờ chuyển đi",
    Delivery.SENT: "Đã gửi",
    Delivery.ARRIVED: "Đã nhận",
    Delivery.ACCEPTED: "Đã vào sổ",
    Delivery.ASSIGNED: "Đã phân công",
    Delivery.PROCESSING: "Đang xử lý",
    Delivery.FINISHED: "Đã hoàn thành",
    Delivery.REJECTED: "Đã trả lại",
    Delivery.RECALL_REQUESTED: "Đang thu hồi",
    Delivery.RECALLED: "Đã thu hồi",
}
CODES = {
    "01": Delivery.ARRIVED, "02": Delivery.REJECTED, "03": Delivery.ACCEPTED, "04": Delivery.ASSIGNED,
    "05": Delivery.PROCESSING, "06": Delivery.FINISHED, "13": Delivery.RECALL_REQUESTED, "15": Delivery.RECALLED,
}  # fmt: skip
"""Status codes of QĐ 28/2018/QĐ-TTg; 16 (the receiver refuses the recall) leads back to where the letter was."""
MEANINGS = {code: DELIVERY_NAMES[state] for code, state in CODES.items()} | {"16": "Từ chối cho thu hồi"}


def delivery_of(codes: Iterable[str]) -> Delivery:
    """Where a sent letter stands after these reports, in whatever order and however often they came."""
    told = set(codes)
    if "02" in told:
        return Delivery.REJECTED
    if "15" in told:
        return Delivery.RECALLED
    if "13" in told and "16" not in told:
        return Delivery.RECALL_REQUESTED
    steps = [code for code in ("01", "03", "04", "05", "06") if code in told]
    return CODES[steps[-1]] if steps else Delivery.SENT
