"""Shapes of what officials enter about a question or a draft."""

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
    """Sửa lời một ý kiến về bài, về dự thảo, và trả lời nếu cần."""

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


class Draft(Seen):
    """Soạn dự thảo lấy ý kiến."""

    kind = forms.ChoiceField(
        label="Loại", error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn loại dự thảo trong danh sách.")
    )
    title = Line(
        label="Tên dự thảo", required=False, missing="",
        help_text="Như sẽ đứng trên văn bản, ví dụ: Quyết định ban hành Quy chế quản lý mạng viễn thông.",
    )  # fmt: skip
    purpose = Text(
        label="Tờ trình tóm tắt", required=False, missing="", widget=forms.Textarea({"rows": 6}),
        help_text="Vì sao ban hành, quy định gì mới, ai chịu tác động. Mỗi đoạn một dòng.",
    )  # fmt: skip
    text = Text(
        label="Toàn văn", required=False, missing="", max_length=200_000, widget=forms.Textarea({"rows": 12}),
        help_text="Chữ thường, mỗi đoạn một dòng. Có tệp PDF thì để trống được.",
    )  # fmt: skip
    file = forms.FileField(
        label="Tệp PDF", required=False, allow_empty_file=True, widget=forms.FileInput({"accept": ".pdf"}),
        help_text="Một tệp. Ai cũng tải được; xem lại chữ ký, số máy, tên người trong tệp.",
    )  # fmt: skip
    drops_file = forms.BooleanField(label="Bỏ tệp đang có", required=False)
    days = forms.IntegerField(
        label="Nhận ý kiến trong bao nhiêu ngày", required=False, widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={"invalid": "Nhập số ngày bằng chữ số, ví dụ 20."},
    )  # fmt: skip
    short_reason = Line(label="Vì sao ngắn hơn thời gian luật định", required=False, missing="", max_length=500)

    def __init__(
        self, *args: Any, kinds: Iterable[tuple[str, str]], least: int, file_name: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", "Chọn loại"), *kinds]  # type: ignore[attr-defined]
        self.fields[
            "days"
        ].help_text = (
            f"Tính sau ngày đăng. Luật định ít nhất {least} ngày; ngắn hơn thì ghi lý do, lý do hiện trên cổng."
        )
        if file_name:
            self.fields["file"].help_text = f"Đang có: {file_name}. Chọn tệp khác thì thay tệp này."
        else:
            del self.fields["drops_file"]


class Summary(Seen):
    """Soạn bản tổng hợp, tiếp thu, giải trình."""

    summary = Text(
        label="Bản tổng hợp, tiếp thu, giải trình", required=False, missing="", max_length=100_000,
        widget=forms.Textarea({"rows": 14}),
        help_text="Ý kiến nào tiếp thu, sửa ở đâu; ý kiến nào không, vì sao. Mỗi đoạn một dòng; không ghi tên người góp ý.",
    )  # fmt: skip
