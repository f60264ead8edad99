"""States of an article on its way to the public, and of an old file on its way to an article."""

from enum import StrEnum

from tram.kernel.moves import Moves


class State(StrEnum):
    """Trạng thái bài: of its newest revision. What the public sees stands in the log of publications, and may be older."""

    DRAFT = "draft"
    WITH_EDITOR = "with_editor"
    WITH_PUBLISHER = "with_publisher"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


NAMES = {
    State.DRAFT: "Đang soạn",
    State.WITH_EDITOR: "Chờ biên tập",
    State.WITH_PUBLISHER: "Chờ duyệt đăng",
    State.SCHEDULED: "Hẹn giờ đăng",
    State.PUBLISHED: "Đang đăng",
    State.EXPIRED: "Hết hạn đăng",
    State.WITHDRAWN: "Đã gỡ",
}
WRITING = (State.DRAFT, State.WITH_EDITOR)
"""While it may still be written in: the writer, then the editor."""
ON_THEIR_WAY = (*WRITING, State.WITH_PUBLISHER, State.SCHEDULED)
REVISED = (State.PUBLISHED, State.EXPIRED, State.WITHDRAWN)

PARTS = {
    "": ("Tất cả", ()),
    "dang-lam": ("Đang làm", ON_THEIR_WAY),
    "dang-dang": ("Đang đăng", (State.PUBLISHED,)),
    "thoi-dang": ("Thôi đăng", (State.EXPIRED, State.WITHDRAWN)),
}
"""Parts of the list of articles: the word in its address, its name, its states (none: all)."""

MOVES = Moves(
    {
        (State.DRAFT, "present"): State.WITH_EDITOR,
        (State.WITH_EDITOR, "pass_on"): State.WITH_PUBLISHER,
        **{(state, "send_back"): State.DRAFT for state in (State.WITH_EDITOR, State.WITH_PUBLISHER, State.SCHEDULED)},
        (State.WITH_PUBLISHER, "publish"): State.PUBLISHED,
        (State.WITH_PUBLISHER, "schedule"): State.SCHEDULED,
        (State.SCHEDULED, "appear"): State.PUBLISHED,
        **{(state, "expire"): State.EXPIRED for state in (State.PUBLISHED,)},
        **{(state, "revise"): State.DRAFT for state in REVISED},
        **{(state, "withdraw"): State.WITHDRAWN for state in State if state not in (State.WITHDRAWN, State.EXPIRED)},
    },
    NAMES,
)


class OldState(StrEnum):
    """Trạng thái tệp bài cũ."""

    WAITING, TAKEN, SET_ASIDE = "waiting", "taken", "set_aside"


OLD_NAMES = {OldState.WAITING: "Chờ xem lại", OldState.TAKEN: "Đã thành bản nháp", OldState.SET_ASIDE: "Không nhập"}
OLD_MOVES = Moves(
    {
        (OldState.WAITING, "choose"): OldState.WAITING,
        (OldState.WAITING, "confirm"): OldState.TAKEN,
        (OldState.WAITING, "set_aside"): OldState.SET_ASIDE,
        (OldState.SET_ASIDE, "choose"): OldState.WAITING,
    },
    OLD_NAMES,
)
