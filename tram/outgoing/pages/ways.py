"""The steps of a letter as addresses and words: which of them this person is offered now."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django import forms as django_forms

from tram.kernel.actors import Actor
from tram.outgoing import forms
from tram.outgoing.models import Outgoing
from tram.outgoing.policy import steps
from tram.outgoing.queries.books import next_in_book
from tram.outgoing.queries.places import ways
from tram.outgoing.states import Way


@dataclass(frozen=True, slots=True)
class Act:
    """Một bước trên màn hình. `form`: what it asks; None when one press is enough. `slug`: its address.

    `busy`: what is said while it is done, where that takes longer than a moment.
    """

    slug: str
    label: str
    done: str
    form: Callable[..., django_forms.Form] | None = None
    is_grave: bool = False
    hint: str = ""
    busy: str = ""

    @property
    def is_pressed(self) -> bool:
        """Whether one press does it."""
        return self.form is None and self.slug not in PAGES


PAGES = ("sua", "ky", "dong-dau")
"""Steps with a page of their own."""
STEPS: dict[str, Act] = {
    "save": Act("sua", "Sửa", "Đã lưu"),
    "ask": Act("xin-y-kien", "Xin ý kiến", "Đã gửi xin ý kiến.", forms.Asked),
    "submit": Act("trinh-kiem-tra", "Trình kiểm tra", "Đã trình kiểm tra."),
    "check_content": Act("kiem-tra-noi-dung", "Đã kiểm tra nội dung", "Đã ký tắt nội dung.", forms.Noted),
    "check_form": Act("kiem-tra-the-thuc", "Đã kiểm tra thể thức", "Đã ký tắt thể thức.", forms.Noted),
    "present": Act("trinh-ky", "Trình ký", "Đã trình ký.", forms.Presented),
    "approve": Act("duyet", "Duyệt", "Đã duyệt.", busy="Đang duyệt và dựng trang…"),
    "make_paper": Act("dung-trang", "Dựng trang để ký", "Đã dựng trang văn bản.", busy="Đang dựng trang…"),
    "sign": Act("ky", "Ký", "Đã ký.", busy="Đang ký…"),
    "sign_on_paper": Act("ky-giay", "Đã ký trên giấy", "Đã ghi bản giấy đã ký.", forms.ByHand),
    "number": Act("cap-so", "Cấp số", "Đã cấp số.", forms.Numbered),
    "seal": Act("dong-dau", "Ký số của cơ quan", "Đã ký số của cơ quan.", busy="Đang ký…"),
    "issue": Act("phat-hanh", "Phát hành", "Đã phát hành.", forms.Step, busy="Đang phát hành…"),
    "send_back": Act("tra-lai", "Trả lại", "Đã trả lại.", forms.Returned),
    "take_back": Act("rut-ve", "Rút về", "Đã rút về.", forms.Reasoned),
    "withdraw": Act("thoi", "Thôi không ban hành", "Đã thôi.", forms.Reasoned, is_grave=True),
    "void": Act("huy-so", "Hủy số", "Đã hủy số.", forms.Reasoned, is_grave=True,
                hint="Số vẫn ở trong sổ với lý do, không cấp lại."),
    "recall": Act("thu-hoi", "Thu hồi", "Đã thu hồi.", forms.Reasoned, is_grave=True,
                  hint="Ghi văn bản thu hồi, ví dụ “Thông báo 12/TB-SKHCN ngày 05/03/2026: sai số liệu”."),
}  # fmt: skip
BY_SLUG = {way.slug: step for step, way in STEPS.items()}
FIRST = (
    "approve", "check_content", "check_form", "present", "sign", "number", "seal", "issue", "make_paper", "submit",
    "sign_on_paper",
)  # fmt: skip
"""What stands out as the main button, the first that is offered; what leads back, beside or away never does."""


WAY_WORDS = {
    Way.EXCHANGE: "cơ quan trên hệ thống",
    Way.INTERNAL: "đơn vị trong cơ quan",
    Way.POST: "nơi qua bưu chính",
    Way.HAND: "nơi chuyển tay",
}


def consequence(document: Outgoing, step: str, on: date) -> str:
    """What a step that cannot be undone is about to do, in its own numbers; "" for all others."""
    if step == "issue":
        counted = ways(document, on)
        told = ", ".join(f"{counted[way]} {words}" for way, words in WAY_WORDS.items() if counted[way])
        return (
            f"Phát hành {document.code} tới {counted.total()} nơi nhận: {told}."
            " Sau đó chỉ còn thu hồi, thay thế hoặc đính chính bằng văn bản."
        )
    if step == "number" and (found := next_in_book(document, on)):
        name, number = found
        return f"Số tiếp theo của {name}: {number}. Ngày văn bản: hôm nay, {on:%d/%m/%Y}. Số đã cấp không dùng lại."
    return ""


def offered(actor: Actor, document: Outgoing, on: date) -> tuple[list[Act], list[Act]]:
    """What this person may do with the letter now: the main thing, if there is one, and all else."""
    found = steps(actor, document, on)
    main = next((step for step in FIRST if step in found), None)
    acts = {step: STEPS[step] for step in found}
    if document.original_id is not None and "make_paper" in acts:
        acts["make_paper"] = replace(acts["make_paper"], label="Sao điện tử", done="Đã lập bản sao điện tử.")
    return [acts[main]] if main else [], [act for step, act in acts.items() if step != main]
