"""The steps of a question as addresses and words: which of them this person is offered now, what comes of them, and why not."""

from dataclasses import dataclass
from datetime import date

from tram.kernel.actors import Actor
from tram.voices.models import Contact, Voice
from tram.voices.policy import verdicts
from tram.voices.states import MOVES


@dataclass(frozen=True, slots=True)
class Act:
    """Một bước trên màn hình. `key`: on the keyboard; `asks`: it has a form of its own."""

    slug: str
    label: str
    done: str
    key: str = ""
    asks: bool = True
    is_grave: bool = False


STEPS: dict[str, Act] = {
    "publish": Act("dang", "Đăng", "Đã đăng câu hỏi và câu trả lời.", "d", asks=False),
    "answer": Act("tra-loi", "Soạn câu trả lời", "Đã lưu và chuyển người duyệt.", "s"),
    "send_back": Act("tra-lai", "Trả lại để soạn lại", "Đã trả lại."),
    "entrust": Act("giao", "Giao đơn vị soạn", "Đã giao."),
    "pass_on": Act("chuyen", "Chuyển cơ quan khác", "Đã chuyển."),
    "set_aside": Act("khong-dang", "Không đăng", "Đã ghi là không đăng."),
    "withdraw": Act("go", "Gỡ khỏi cổng", "Đã gỡ khỏi cổng.", is_grave=True),
    "forget": Act("xoa-lien-he", "Xóa thông tin người hỏi", "Đã xóa họ tên và thông tin liên hệ.", is_grave=True),
}
OF_COMMENTS = {"answer": Act("tra-loi", "Sửa lời, trả lời", "Đã lưu và chuyển người duyệt.", "s")}
"""What is called otherwise where it is about what a reader says of an article or a draft."""
BY_SLUG = {way.slug: step for step, way in STEPS.items()}
FORWARD = ("answer", "publish")
"""Steps on the way to the public: whoever may not take one is told why, all others are left out."""


def way_of(voice: Voice, step: str) -> Act:
    """A step as it is called for this question or opinion."""
    return OF_COMMENTS.get(step, STEPS[step]) if voice.is_opinion else STEPS[step]


@dataclass(frozen=True, slots=True)
class Offer:
    """Bước được mời: with what comes of it, or why this person may not take it."""

    way: Act
    consequence: str
    why_not: str = ""


def fits(voice: Voice, step: str, contact: Contact | None) -> bool:
    """Whether a step fits the state of a question."""
    if step == "forget":
        return bool(voice.name or contact)
    if (step == "pass_on" and voice.is_opinion) or (step == "publish" and not voice.answer and not voice.is_opinion):
        return False
    return MOVES.can(voice.state, step)


def offers(actor: Actor, voice: Voice, contact: Contact | None, on: date, *, holds: bool) -> list[Offer]:
    """Every step that fits a question now, the way to the public first."""
    may = verdicts(actor, voice, on, holds=holds)
    return [
        Offer(way_of(voice, step), consequence(voice, step), may[step].reason)
        for step in STEPS
        if fits(voice, step, contact) and (may[step] or step in FORWARD)
    ]


def consequence(voice: Voice, step: str) -> str:
    """What comes of a step, for this very question."""
    who = voice.name if voice.shows_name and voice.name else "không ghi tên"
    words = {
        "publish": f"Ý kiến ({who}) đứng dưới {'dự thảo' if voice.draft_id else 'bài'} ngay khi bấm. Ai cũng đọc được."
        if voice.is_opinion
        else f"Ai cũng đọc được câu hỏi ({who}) và câu trả lời bản {voice.version} ngay khi bấm. Người hỏi thấy khi tra mã.",
        "answer": "Lưu xong thì chờ người khác duyệt đăng. Công chúng chưa đọc được gì.",
        "send_back": "Câu trả lời về người soạn kèm lý do của bạn.",
        "entrust": "Câu hỏi vào hộp việc của đơn vị; người của đơn vị đọc được câu hỏi và soạn câu trả lời. Hạn không đổi.",
        "pass_on": "Câu hỏi, lời gốc và việc sang cơ quan ấy, hạn tính lại từ hôm nay. Cơ quan bạn không còn thấy câu hỏi.",
        "set_aside": "Câu hỏi không lên cổng. Người hỏi đọc được lý do khi tra mã. Trả lời sau vẫn được.",
        "withdraw": "Công chúng thôi thấy ngay khi bấm. Lý do không hiện ra ngoài. Soạn lại rồi đăng lại thì địa chỉ như cũ.",
        "forget": "Họ tên, thư điện tử, số điện thoại của người hỏi bị xóa hẳn, không lấy lại được. Câu hỏi và câu trả lời ở lại.",
    }
    return words[step]
