"""Shapes of what officials enter about a question."""

from collections.abc import Iterable
from typing import Any

from django import forms

from tram.web.fields import Line, Text


class Seen(forms.Form):
    """Một bước chỉ cần bấm. `seen`: the answer that stood on the page."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class Answer(Seen):
    """Soạn câu trả lời."""

    title = Line(label="Việc được hỏi, như sẽ đăng", required=False, missing="")
    text = Text(
        label="Câu hỏi như sẽ đăng", required=False, missing="", widget=forms.Textarea({"rows": 5}),
        help_text="Rút gọn được; bỏ tên, số điện thoại, địa chỉ của người hỏi và của người khác. Lời gốc vẫn giữ trong cơ quan.",
    )  # fmt: skip
    answer = Text(
        label="Câu trả lời", required=False, missing="", max_length=40_000, widget=forms.Textarea({"rows": 10}),
        help_text="Chữ thường, mỗi đoạn một dòng. Nêu căn cứ, nơi làm, giấy tờ, thời hạn, phí nếu có.",
    )  # fmt: skip


class Comment(Seen):
    """Sửa lời một ý kiến về bài, và trả lời nếu cần."""

    text = Text(
        label="Ý kiến như sẽ đăng", required=False, missing="", widget=forms.Textarea({"rows": 5}),
        help_text="Rút gọn được; bỏ tên, số điện thoại của người khác. Lời gốc vẫn giữ trong cơ quan.",
    )  # fmt: skip
    answer = Text(
        label="Trả lời của cơ quan (không bắt buộc)",
        required=False,
        missing="",
        max_length=40_000,
        widget=forms.Textarea({"rows": 5}),
    )


class Reason(forms.Form):
    """Một bước cần lý do."""

    reason = Text(label="Lý do", required=False, missing="", max_length=2000, widget=forms.Textarea({"rows": 3}))


class Told(Reason):
    """Không đăng."""

    reason = Text(
        label="Lý do", required=False, missing="", max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text="Người hỏi đọc được lý do này khi tra mã. Đừng ghi thông tin cá nhân.",
    )  # fmt: skip


class PassOn(Reason):
    """Chuyển cơ quan khác."""

    to = forms.TypedChoiceField(
        label="Cơ quan nhận", coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn cơ quan trong danh sách."),
    )  # fmt: skip
    field_order = ("to", "reason")

    def __init__(self, *args: Any, choices: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [("", "Chọn cơ quan"), *choices]  # type: ignore[attr-defined]


class Entrust(forms.Form):
    """Giao một đơn vị soạn."""

    unit = forms.TypedChoiceField(
        label="Đơn vị", coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn đơn vị trong danh sách."),
    )  # fmt: skip
    note = Line(label="Lời nhắn", required=False, missing="", max_length=500)

    def __init__(self, *args: Any, choices: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", "Chọn đơn vị"), *choices]  # type: ignore[attr-defined]
