"""Shapes of what comes in: what is told of an agency, of a person; why it is taken back."""

from typing import Any

from django import forms

from tram.contacts.rules import Told
from tram.web.fields import Line, Text


def _line(label: str, most: int, help_text: str, kind: str = "") -> Line:
    attributes = {"inputmode": kind} if kind else {}
    return Line(
        label=label,
        required=False,
        missing="",
        max_length=most,
        help_text=help_text,
        widget=forms.TextInput(attributes),
    )


class Agency(forms.Form):
    """Thông tin liên hệ của cơ quan."""

    words = Text(
        label="Cơ quan làm gì", required=False, missing="", max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text="Vài câu cho người dân: chức năng, việc chính.",
    )  # fmt: skip
    address = _line("Địa chỉ trụ sở", 300, "Ví dụ “Số 1 đường Trần Phú, phường Lào Cai”.")
    phone = _line("Điện thoại", 60, "Số trực của cơ quan, ví dụ 0214 3840 123.", "tel")
    email = _line("Thư điện tử", 120, "Hộp thư công vụ của cơ quan.", "email")
    hours = _line(
        "Tiếp công dân",
        300,
        "Ví dụ “Ngày 15 hằng tháng, 8:00–11:00, phòng 101”. Giờ làm việc tự lấy ở mục Giờ làm việc.",
    )

    def told(self) -> Told:
        """What the command is told."""
        return Told(**self.cleaned_data)


class Person(forms.Form):
    """Một người được công bố."""

    words = Text(
        label="Lĩnh vực phụ trách", required=False, missing="", max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text="Theo văn bản phân công, ví dụ “Bưu chính, viễn thông, chuyển đổi số”.",
    )  # fmt: skip
    phone = _line("Điện thoại công vụ", 60, "Để trống nếu không công bố.", "tel")
    email = _line("Thư điện tử công vụ", 120, "Để trống nếu không công bố.", "email")
    speaks = forms.BooleanField(label="Là người phát ngôn của cơ quan", required=False)
    hours = _line(
        "Giờ báo chí gọi được", 300, "Chỉ cho người phát ngôn, ví dụ “8:00–11:00 và 14:00–16:30 ngày làm việc”."
    )
    decision = _line(
        "Văn bản giao phát ngôn",
        200,
        "Chỉ cho người phát ngôn, nếu có, ví dụ “Quyết định 12/QĐ-SKHCN ngày 05/02/2026”.",
    )

    def told(self) -> Told:
        """What the command is told."""
        return Told(**self.cleaned_data)


class Withdraw(forms.Form):
    """Gỡ khỏi cổng."""

    reason = Text(
        label="Lý do gỡ", required=False, missing="", max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text="Chỉ cơ quan đọc được; ngoài cổng không hiện lý do.",
    )  # fmt: skip


def initial(row: Any) -> dict[str, Any]:
    """A form filled with what is public now; empty before anything was."""
    return Told.of(row)._asdict() if row else {}
