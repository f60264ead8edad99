"""Shapes of what readers enter: a question to an agency, and the code of one."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tram.voices.queries import longest
from tram.web.fields import Line, Text

PHONE = re.compile(r"\+?[0-9][0-9 .-]{7,18}")


class Ask(forms.Form):
    """Đặt câu hỏi. `page`: what no person fills in, for it is seen by none."""

    agency = forms.TypedChoiceField(
        label="Hỏi cơ quan nào", coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn cơ quan trong danh sách."),
    )  # fmt: skip
    title = Line(
        label="Hỏi về việc gì",
        missing="Nhập việc bạn hỏi, ví dụ “Giờ làm việc của bộ phận một cửa”.",
        help_text="Một câu ngắn, ví dụ: Giờ làm việc của bộ phận một cửa.",
    )
    text = Text(
        label="Câu hỏi", missing="Nhập câu hỏi.", widget=forms.Textarea({"rows": 7}),
        help_text="Đừng ghi số điện thoại, số căn cước hay chuyện riêng của người khác ở đây: câu hỏi có thể được đăng.",
    )  # fmt: skip
    name = Line(label="Họ và tên", missing="Nhập họ tên; tên chỉ hiện trên cổng khi bạn chọn cho hiện.")
    shows_name = forms.BooleanField(label="Cho hiện họ tên tôi trên cổng", required=False)
    email = Line(
        label="Thư điện tử", required=False, missing="", max_length=254, widget=forms.TextInput({"inputmode": "email", "autocomplete": "email"}),
        help_text="Chỉ cán bộ trả lời đọc được. Không bao giờ đăng.",
    )  # fmt: skip
    phone = Line(
        label="Số điện thoại", required=False, missing="", max_length=60, widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
        help_text="Chỉ cán bộ trả lời đọc được. Không bao giờ đăng.",
    )  # fmt: skip
    page = forms.CharField(
        label="Để trống ô này", required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"})
    )
    consents = forms.BooleanField(
        error_messages={"required": "Đánh dấu ô này thì cơ quan mới được dùng thông tin của bạn để trả lời."}
    )

    def __init__(
        self, data: Any = None, *, agencies: Iterable[tuple[int, str]] = (), consent: str, **options: Any
    ) -> None:
        super().__init__(data, **options)
        if "agency" in self.fields:
            self.fields["agency"].choices = [("", "Chọn cơ quan"), *agencies]  # type: ignore[attr-defined]
        self.fields["consents"].label = consent
        for name in {"title", "name"} & set(self.fields):
            self.fields[name].widget.attrs["maxlength"] = longest(name)
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def clean_email(self) -> str:
        """An address, or nothing."""
        told = str(self.cleaned_data["email"])
        if told:
            try:
                validate_email(told)
            except ValidationError:
                raise forms.ValidationError(
                    "Xem lại địa chỉ thư điện tử, ví dụ ten@congty.vn; hoặc để trống."
                ) from None
        return told

    def clean_phone(self) -> str:
        """A number, or nothing."""
        told = str(self.cleaned_data["phone"])
        if told and not PHONE.fullmatch(told):
            raise forms.ValidationError("Xem lại số điện thoại, ví dụ 0912 345 678; hoặc để trống.")
        return told

    def clean_page(self) -> str:
        """What machines fill in."""
        if self.cleaned_data["page"]:
            raise forms.ValidationError("Xóa chữ trong ô “Để trống ô này”: ô ấy chặn máy gửi tự động.")
        return ""


class Comment(Ask):
    """Ý kiến về một bài."""

    agency = title = None  # type: ignore[assignment]
    text = Text(
        label="Ý kiến của bạn", missing="Nhập ý kiến.", widget=forms.Textarea({"rows": 6}),
        help_text="Đừng ghi số điện thoại, số căn cước hay chuyện riêng của người khác ở đây: ý kiến có thể được đăng.",
    )  # fmt: skip


class Code(forms.Form):
    """Tra mã câu hỏi."""

    code = Line(
        label="Mã câu hỏi", required=False, missing="", max_length=60, help_text="Mười sáu chữ và số, ví dụ ABCD-EFGH-2345-67AB.",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
