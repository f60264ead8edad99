"""The shapes of what is brought: a paper to be verified, a certificate, a picture, a reason."""

from typing import Any

from django import forms
from django.conf import settings

from tram.signing.states import KEEPERS
from tram.web.fields import Line

MOST_OF_A_CERTIFICATE = 64 * 1024


class Brought(forms.Form):
    """Tệp cần xác minh."""

    file = forms.FileField(
        label="Tệp PDF", help_text="Tệp của cơ quan mình hay nơi khác gửi đến. Tệp chỉ được xem, không được giữ lại.",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": "Chọn một tệp PDF rồi bấm Xác minh.", "empty": "Tệp không có nội dung. Tải lại bản gốc từ nơi gửi."},
    )  # fmt: skip


class Enrolled(forms.Form):
    """Chứng thư được đăng ký: the certificate itself, whose it is, where its key lies."""

    content = forms.FileField(
        label="Tệp chứng thư (.cer, .crt, .pem)", help_text="Chỉ chứng thư, không kèm khóa bí mật. Xuất từ thiết bị hoặc lấy ở nơi cấp.",
        max_length=200,
        error_messages={"required": "Chọn tệp chứng thư số.", "empty": "Tệp không có nội dung. Xuất lại chứng thư."},
    )  # fmt: skip
    login = Line(
        label="Tên đăng nhập của người dùng chứng thư", required=False, missing="", max_length=60,
        help_text="Để trống nếu là chứng thư của cơ quan (dấu).",
    )  # fmt: skip
    keeper = forms.ChoiceField(
        label="Khóa nằm ở đâu", choices=[(code, name) for code, name in KEEPERS.items() if code != "file"],
        widget=forms.RadioSelect, initial="token",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn nơi giữ khóa."),
    )  # fmt: skip
    module = forms.ChoiceField(
        label="Mô-đun PKCS#11 trên máy chủ", required=False,
        choices=lambda: [("", "Chưa chọn"), *((path, path) for path in settings.TRAM_TOKEN_MODULES)],
        error_messages={"invalid_choice": "Chọn một mô-đun trong danh sách."},
        help_text="Danh sách do người coi máy chủ khai ở TRAM_TOKEN_MODULES.",
    )  # fmt: skip
    token = Line(label="Tên thiết bị", required=False, missing="", max_length=100)
    key = Line(label="Tên khóa trong thiết bị", required=False, missing="", max_length=100)
    secret = forms.CharField(
        label="PIN của thiết bị", required=False, strip=False, max_length=100, widget=forms.PasswordInput({"autocomplete": "off"}),
        help_text="Chỉ nhập cho chứng thư của cơ quan, để máy tự mở; để trống thì mỗi lần ký phải nhập.",
    )  # fmt: skip

    def clean_content(self) -> Any:
        """A certificate is a few kilobytes."""
        if self.cleaned_data["content"].size > MOST_OF_A_CERTIFICATE:
            raise forms.ValidationError("Tệp lớn quá một chứng thư số. Chọn đúng tệp .cer, .crt hoặc .pem.")
        return self.cleaned_data["content"]

    def place(self) -> dict[str, str]:
        """Where in the token the key lies; nothing for a service far away."""
        told = {name: self.cleaned_data[name] for name in ("module", "token", "key")}
        return {name: value for name, value in told.items() if value} if self.cleaned_data["keeper"] == "token" else {}


class Withdrawn(forms.Form):
    """Ngừng dùng, with the reason."""

    reason = Line(label="Lý do", missing="Nhập lý do, ví dụ “Đổi thiết bị mới”.", max_length=200)
    is_compromised = forms.BooleanField(
        label="Khóa có thể đã lộ (mất thiết bị, lộ PIN). Phải báo cả nơi cấp chứng thư.", required=False
    )


class Pictured(forms.Form):
    """Ảnh chữ ký hoặc dấu."""

    file = forms.FileField(
        label="Ảnh PNG nền trong suốt", help_text="Chữ ký màu xanh; dấu màu đỏ, đúng cỡ thật.",
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,.png"}),
        error_messages={"required": "Chọn một ảnh PNG.", "empty": "Tệp không có nội dung. Chọn lại ảnh."},
    )  # fmt: skip
