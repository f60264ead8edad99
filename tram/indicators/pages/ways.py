"""The steps of a figure as addresses and words: which of them this person is offered now, what comes of them, and why not."""

from dataclasses import dataclass
from datetime import date

from tram.indicators.models import Figure, Publication
from tram.indicators.policy import RULES
from tram.indicators.states import MOVES, State
from tram.kernel.actors import Actor, wear


@dataclass(frozen=True, slots=True)
class Way:
    """Một bước trên màn hình. `key`: on the keyboard; `asks`: it has a form of its own."""

    slug: str
    label: str
    done: str
    key: str = ""
    asks: bool = True
    is_grave: bool = False


STEPS: dict[str, Way] = {
    "approve": Way("duyet", "Duyệt, công bố", "Đã công bố.", "d", asks=False),
    "submit": Way("trinh", "Trình duyệt", "Đã chuyển người duyệt.", "d", asks=False),
    "write": Way("sua", "Sửa số liệu", "Đã lưu.", "s"),
    "send_back": Way("tra-lai", "Trả lại", "Đã trả lại."),
    "drop": Way("bo", "Bỏ bản đang sửa", "Đã bỏ bản đang sửa.", asks=False),
    "withdraw": Way("rut", "Rút khỏi cổng", "Đã rút khỏi cổng.", is_grave=True),
}
BY_SLUG = {way.slug: step for step, way in STEPS.items()}
FORWARD = ("approve",)
"""Whoever may not take it is told why; all others are left out."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Bước được mời: with what comes of it, or why this person may not take it."""

    way: Way
    consequence: str
    why_not: str = ""


def fits(figure: Figure, out: Publication | None, step: str) -> bool:
    """Whether a step fits the state of a figure and what is public of it."""
    return MOVES.can(figure.state, step) and not (step == "withdraw" and out is None)


def offers(actor: Actor, figure: Figure, out: Publication | None, on: date) -> list[Offer]:
    """Every step that fits a figure now, the way to the public first."""
    found = []
    for step, way in STEPS.items():
        if fits(figure, out, step):
            why_not = RULES[step](wear(actor, figure, RULES[step], on), figure, on).reason
            if not why_not or step in FORWARD:
                found.append(Offer(way, consequence(figure, out, step), why_not))
    return found


def consequence(figure: Figure, out: Publication | None, step: str) -> str:
    """What comes of a step, for this very figure."""
    approve = f"Ai cũng đọc được {figure.amount.text} ngay khi bấm."
    if out:
        approve = f"Ai cũng đọc được {figure.amount.text} ngay khi bấm; bên cạnh ghi trước đây là {out.amount.text}, kèm lý do sửa."
    write = "Lưu nháp hoặc trình duyệt. Công chúng chưa đọc được gì."
    if out:
        write = f"Công chúng vẫn đọc {out.amount.text} cho tới khi người khác duyệt số mới. Số cũ ở lại cạnh số mới, kèm lý do."
    words = {
        "approve": approve,
        "submit": "Vào hộp việc của người duyệt. Công chúng chưa đọc được gì.",
        "write": write,
        "send_back": "Về người nhập kèm lý do của bạn.",
        "drop": f"Bỏ bản đang sửa; cổng vẫn ghi {out.amount.text}."
        if out
        else "Bỏ bản nháp này, không ai phải duyệt nữa. Sau vẫn sửa và trình lại được.",
        "withdraw": "Công chúng thôi thấy số này ngay khi bấm, cả ở các bài có dẫn. Lý do không hiện ra ngoài.",
    }
    return words[step]


def state_name(figure: Figure, out: Publication | None) -> str:
    """How a figure stands, in words."""
    name = MOVES.name(figure.state)
    return f"{name}, số cũ vẫn công bố" if figure.state == State.SUBMITTED and out else name
