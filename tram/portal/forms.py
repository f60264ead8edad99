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


DAILY, HOURLY = "ngay", "gio"


def rhythm(is_hourly: bool) -> str:
    """When somebody wants their mail, as the form says it."""
    return HOURLY if is_hourly else DAILY


class Several(forms.MultipleChoiceField):
    """What was ticked; which of it there is, the command knows."""

    def valid_value(self, value: Any) -> bool:
        """Any."""
        return True


class Reading(forms.Form):
    """Chọn chủ đề và khi nào nhận thư."""

    topics = Several(
        label="Chủ đề", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Chọn ít nhất một chủ đề."}
    )
    rhythm = forms.ChoiceField(
        label="Khi nào gửi", choices=[(DAILY, ""), (HOURLY, "")], initial=DAILY, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn khi nào gửi thư."),
    )  # fmt: skip

    @property
    def picked(self) -> list[str]:
        """The topics that are ticked on the form as it stands."""
        return list(self["topics"].value() or [])

    @property
    def told(self) -> dict[str, Any]:
        """What the command is told."""
        return {"topics": self.cleaned_data["topics"], "is_hourly": self.cleaned_data["rhythm"] == HOURLY}


class Mail(Reading):
    """Xin nhận tin qua thư. `page`: what no person fills in, for it is seen by none."""

    email = Line(
        label="Thư điện tử", missing="Nhập địa chỉ thư, ví dụ ten@congty.vn.", max_length=254,
        widget=forms.TextInput({"inputmode": "email", "autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    page = forms.CharField(
        label="Để trống ô này", required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"})
    )
    consents = forms.BooleanField(
        error_messages={"required": "Đánh dấu ô này thì cổng mới được giữ địa chỉ để gửi tin."}
    )
    clean_page = Ask.clean_page
    field_order = ("email", "topics", "rhythm", "page", "consents")

    def __init__(self, data: Any = None, *, consent: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["consents"].label = consent

    @property
    def told(self) -> dict[str, Any]:
        """What the command is told."""
        return super().told | {"address": self.cleaned_data["email"], "consents": True}
