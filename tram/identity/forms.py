"""The shapes of what people type."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tram.web.fields import Line

AS_TYPED = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


def _secret(label: str, missing: str, autocomplete: str, hint: str = "") -> forms.CharField:
    """A password: never trimmed, never cut."""
    return forms.CharField(
        label=label, strip=False, max_length=256, help_text=hint,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": missing, "max_length": "Mật khẩu dài nhất 256 ký tự."},
    )  # fmt: skip


def _code(label: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=40, error_messages={"required": missing},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, **AS_TYPED}),
    )  # fmt: skip


class SignIn(forms.Form):
    """Login and password."""

    login = forms.CharField(
        label="Tên đăng nhập", max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "username webauthn", "autofocus": True, **AS_TYPED}),
        error_messages={"required": "Nhập tên đăng nhập, ví dụ hoa.nt."},
    )  # fmt: skip
    password = _secret("Mật khẩu", "Nhập mật khẩu.", "current-password")


class Code(forms.Form):
    """A code of the second step."""

    code = _code("Mã 6 số, hoặc mã dự phòng", "Nhập mã 6 số đang hiện trong ứng dụng, hoặc một mã dự phòng.")


class FirstCode(forms.Form):
    """The first code of a new code app."""

    code = _code("Mã 6 số", "Nhập mã 6 số đang hiện trong ứng dụng.")


class Prove(forms.Form):
    """One's password once more."""

    password = _secret("Mật khẩu của bạn", "Nhập mật khẩu của bạn.", "current-password")


class NewPassword(forms.Form):
    """A new password, twice, so that a slip of the input method is found at once."""

    password = _secret(
        "Mật khẩu mới",
        "Nhập mật khẩu mới, ít nhất 10 ký tự.",
        "new-password",
        "Ít nhất 10 ký tự. Cả một câu thì dễ nhớ.",
    )
    again = _secret("Nhập lại mật khẩu mới", "Nhập lại mật khẩu mới.", "new-password")

    def clean_again(self) -> str:
        """Both must be the same."""
        if self.cleaned_data["again"] != self.cleaned_data.get("password", self.cleaned_data["again"]):
            raise ValidationError("Hai lần nhập mật khẩu khác nhau. Nhập lại cho giống.")
        return str(self.cleaned_data["again"])


class Credential(forms.Form):
    """What the browser's passkey machinery answered, as JSON text."""

    credential = forms.CharField(
        max_length=20_000,
        widget=forms.HiddenInput,
        error_messages={"required": "Trình duyệt chưa trả lời về khóa. Bấm lại nút, rồi làm theo máy."},
    )

    def clean_credential(self) -> dict[str, Any]:
        """The JSON as a dict."""
        try:
            said = json.loads(self.cleaned_data["credential"])
        except ValueError:
            said = None
        if not isinstance(said, dict):
            raise ValidationError("Trình duyệt trả lời về khóa không đọc được. Bấm lại nút, rồi làm theo máy.")
        return said


class NewPasskey(Credential):
    """A passkey with the name its owner gives it."""

    name = Line(label="Tên khóa", missing="Nhập tên khóa, ví dụ điện thoại của tôi.", max_length=80)


class NewToken(forms.Form):
    """A token for a program."""

    name = Line(label="Tên thẻ", missing="Nhập tên thẻ, ví dụ máy quét phòng văn thư.", max_length=80)
    days = forms.IntegerField(
        label="Dùng trong (ngày)", min_value=1, max_value=365, initial=90,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "Nhập số ngày từ 1 đến 365."),
    )  # fmt: skip
    may_write = forms.BooleanField(label="Được ghi, không chỉ đọc", required=False)


class Person(forms.Form):
    """Whose account it is."""

    name = Line(label="Họ và tên", missing="Nhập họ và tên, ví dụ Nguyễn Thị Hoa.", max_length=120)
    email = Line(label="Thư điện tử", missing="", required=False, max_length=254)
    phone = Line(label="Điện thoại", missing="", required=False, max_length=20)
    needs_second_factor = forms.BooleanField(label="Phải có bước hai khi đăng nhập", required=False)


class NewAccount(Person):
    """An account to open."""

    login = Line(
        label="Tên đăng nhập", missing="Nhập tên đăng nhập, ví dụ hoa.nt.", max_length=60,
        help_text="Chữ a–z không dấu, số, dấu chấm hoặc gạch.", widget=forms.TextInput(attrs=AS_TYPED),
    )  # fmt: skip
    field_order = ["name", "login", "email", "phone", "needs_second_factor"]
