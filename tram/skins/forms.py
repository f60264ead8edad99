"""Shapes of what comes in: the look of a site; which one was seen."""

from typing import Any

from django import forms

from tram.skins.rules import Told, choices, colour_of
from tram.web.fields import Line

OTHER = "khac"


class Look(forms.Form):
    """Diện mạo trang."""

    colour = forms.ChoiceField(
        label="Màu chủ đạo",
        required=False,
        error_messages={"invalid_choice": "Chọn một màu trong danh sách, hoặc màu khác."},
    )
    other = Line(
        label="Mã màu khác", required=False, missing="", max_length=20,
        help_text="Chỉ khi chọn “Màu khác”: sáu chữ số hoặc chữ từ a đến f, ví dụ 1b4b8f.",
    )  # fmt: skip
    slogan = Line(label="Dòng giới thiệu dưới tên trang", required=False, missing="")
    foot = Line(label="Dòng liên hệ ở chân trang", required=False, missing="")
    file = forms.FileField(
        label="Ảnh biểu trưng",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".png,.jpg,.jpeg"}),
    )
    drops_logo = forms.BooleanField(label="Bỏ ảnh đang có", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(one.hex, one.name) for one in choices()]
        self.fields["colour"].choices = [("", "Như cơ quan cấp trên"), *named, (OTHER, "Màu khác")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("colour") == OTHER and not cleaned.get("other"):
            self.add_error("other", "Nhập mã màu, ví dụ 1b4b8f, hoặc chọn một màu có tên.")
        return cleaned

    def told(self) -> Told:
        """What the command is told."""
        typed = self.cleaned_data
        colour = typed["other"] if typed["colour"] == OTHER else typed["colour"]
        return Told(colour_of(colour) or colour, typed["slogan"], typed["foot"])


def initial(told: Told) -> dict[str, str]:
    """A form filled with what stands."""
    is_named = not told.colour or told.colour in {one.hex for one in choices()}
    colour, other = (told.colour, "") if is_named else (OTHER, told.colour)
    return {"colour": colour, "other": other, "slogan": told.slogan, "foot": told.foot}


class Seen(forms.Form):
    """Điều đã xem: the mark of what is let out."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
