"""Shapes of what comes in: the slip, the direction, small acts; the book's page, range and acts."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.urls import reverse_lazy

from tram.documents.rules import LEVELS_SEEN, Slip, kinds, split_code
from tram.documents.states import SECRECY_NAMES, URGENCY_NAMES, Secrecy, Urgency
from tram.vietnamese.dates import short
from tram.web.fields import Day, Hour, Line, Text, key_of

DAY_HINT = reverse_lazy("documents:day")
UNDECIDED = "Chưa chuyển"
CODE = dict.fromkeys(("code_number", "code_notation"), "code")
"""One field of the forms stands for two of the commands."""


def number_of(data: Mapping[str, Any], name: str, default: int) -> int:
    """A positive whole number of the address line; the default for anything else."""
    number = key_of(data, name)
    return number if 0 < number < 10**8 else default


def year_of(data: Mapping[str, Any], default: int) -> int:
    """The year asked for, between 2000 and 2100; the default for anything else."""
    year = number_of(data, "nam", default)
    return year if 2000 <= year <= 2100 else default


class Lock(forms.Form):
    """Khóa sổ đến số."""

    until = forms.IntegerField(
        min_value=1,
        error_messages={"required": "Nhập số cuối của phần đã in và ký.", "invalid": "Nhập một số, ví dụ 150."},
    )


class Reserve(forms.Form):
    """Giữ số."""

    reason = Line(missing="Nhập lý do giữ số, ví dụ “Chờ ký lại Tờ trình 45”.", max_length=300)


class Void(forms.Form):
    """Hủy số."""

    number = forms.IntegerField(
        min_value=1, error_messages={"required": "Nhập số cần hủy.", "invalid": "Nhập một số, ví dụ 118."}
    )
    reason = Line(missing="Nhập lý do hủy số; lý do được in trong sổ.", max_length=300)


ACTS: dict[str, type[forms.Form]] = {"khoa": Lock, "dong": forms.Form, "giu": Reserve, "huy": Void}


def _day_input() -> forms.TextInput:
    return forms.TextInput(attrs={"data-echo": DAY_HINT, "class": "short", "autocomplete": "off", "inputmode": "text"})


def _count(label: str) -> forms.IntegerField:
    wrong = {"invalid": f"{label} là một con số, ví dụ 3.", "min_value": f"{label} là số từ 1 trở lên."}
    wrong["max_value"] = f"{label} nhiều nhất là 9.999."
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=9999, error_messages=wrong, widget=widget
    )


class SlipForm(forms.Form):
    """Phiếu vào sổ, in the order of the book."""

    arrival_date = Day(label="Ngày đến", missing="Nhập ngày đến, ví dụ h (hôm nay).", widget=_day_input())
    arrival_time = Hour(
        label="Giờ đến", required=False, widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"})
    )
    organ_name = Line(
        label="Cơ quan ban hành",
        max_length=200,
        missing="Nhập cơ quan ban hành, ví dụ “Sở Tài chính” hoặc gõ tắt “stc”.",
        widget=forms.TextInput(
            attrs={"data-suggest": reverse_lazy("documents:senders"), "data-suggest-target": "id_organ_unit"}
        ),
    )
    organ_unit = forms.IntegerField(required=False, widget=forms.HiddenInput)
    code = Line(
        label="Số, ký hiệu", max_length=41, required=False, missing="", widget=forms.TextInput({"autocomplete": "off"})
    )
    issued_date = Day(label="Ngày văn bản", required=False, missing="", widget=_day_input())
    type_name = Line(label="Loại", max_length=100, required=False, missing="", widget=forms.Select)
    subject = Line(label="Trích yếu", max_length=1000, required=False, missing="", widget=forms.Textarea({"rows": 2}))
    urgency = forms.TypedChoiceField(
        label="Độ khẩn", coerce=int, choices=[(int(level), name.capitalize()) for level, name in URGENCY_NAMES.items()]
    )
    secrecy = forms.TypedChoiceField(
        label="Độ mật", coerce=int, choices=[(int(level), name.capitalize()) for level, name in SECRECY_NAMES.items()]
    )
    keeping_place = Line(label="Giữ tại tủ", max_length=200, required=False, missing="")
    page_amount = _count("Số trang")
    issued_amount = _count("Số bản")
    due_date = Day(label="Hạn xử lý", required=False, missing="", widget=_day_input())
    present_to = forms.TypedChoiceField(label="Chuyển", coerce=int, required=False, empty_value=None)
    kept_number = forms.TypedChoiceField(label="Số đến", coerce=int, required=False, empty_value=None)
    file_code = Line(label="Hồ sơ", max_length=80, required=False, missing="")
    signer_full_name = Line(label="Người ký", max_length=50, required=False, missing="")
    signer_position = Line(label="Chức vụ", max_length=100, required=False, missing="")
    duplicate_reason = Line(label="Lý do vẫn vào sổ", max_length=300, required=False, missing="")

    def __init__(
        self, *args: Any, leaders: Iterable[tuple[int, str]] = (), kept: Iterable[tuple[int, str]] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if numbers := list(kept):
            self.fields["kept_number"].choices = [("", "Số kế tiếp"), *numbers]  # type: ignore[attr-defined]
            self.fields["kept_number"].error_messages["invalid_choice"] = "Chọn số kế tiếp hoặc một số đang giữ."
        else:
            del self.fields["kept_number"]
        self.fields["present_to"].choices = [("", UNDECIDED), *leaders]  # type: ignore[attr-defined]
        kind = self["type_name"].value() or ""
        names = list(kinds()) if not kind or kind in kinds() else [kind, *kinds()]
        self.fields["type_name"].widget.choices = [("", ""), *((name, name) for name in names)]
        for name, source in (("urgency", URGENCY_NAMES), ("secrecy", SECRECY_NAMES)):
            self.fields[name].error_messages["invalid_choice"] = f"Chọn một mức: {', '.join(source.values()).lower()}."
        self.fields["present_to"].error_messages["invalid_choice"] = "Chọn lãnh đạo trong danh sách."

    def clean(self) -> dict[str, Any]:
        """A Tuyệt mật row has no subject, whatever was typed before; only urgent papers bear the hour of arrival."""
        told = super().clean() or {}
        if told.get("urgency", 0) < Urgency.VERY_URGENT:
            told["arrival_time"] = None
        if told.get("secrecy") == Secrecy.UTMOST:
            told["subject"] = ""
        return told

    def slip(self) -> Slip:
        """The slip as commands take it; the form must be valid."""
        told = dict(self.cleaned_data)
        number, notation = split_code(told.pop("code"))
        for name in ("present_to", "duplicate_reason", "kept_number"):
            told.pop(name, None)
        return Slip(code_number=number[:11], code_notation=notation[:30], **told)


class Reason(forms.Form):
    """Lý do: one sentence."""

    reason = Line(label="Lý do", missing="Nhập lý do, ví dụ “Gửi nhầm cơ quan”.")


class DirectionForm(forms.Form):
    """Ý kiến chỉ đạo: who leads, who helps, who is told, in which words, until when."""

    lead = forms.ChoiceField(label="Chủ trì", required=False)
    coordinating = forms.MultipleChoiceField(label="Phối hợp", required=False)
    informed = forms.MultipleChoiceField(label="Để biết", required=False)
    phrase = Line(label="Ý kiến mẫu", required=False, missing="")
    note = Text(label="Ý kiến chỉ đạo", max_length=2000, required=False, missing="", widget=forms.Textarea({"rows": 2}))
    due = forms.CharField(label="Hạn", required=False, max_length=10)
    due_date = Day(label="Ngày khác", required=False, missing="", widget=_day_input())

    def __init__(self, *args: Any, targets: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = list(targets)
        for name in ("lead", "coordinating", "informed"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].error_messages["invalid_choice"] = "Chọn đơn vị trong danh sách của cơ quan."

    def clean(self) -> dict[str, Any]:
        """A typed day goes before the chip, typed words before the ready phrase."""
        told = super().clean() or {}
        chip = told.pop("due", "")
        if not told.get("due_date") and chip:
            try:
                told["due_date"] = date.fromisoformat(chip)
            except ValueError:
                self.add_error("due_date", "Chọn lại hạn xử lý.")
        told["note"] = told.get("note") or told.get("phrase", "")
        return told


class Pages(forms.Field):
    """Page numbers, each sent by itself; what is no number is told, not guessed."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> frozenset[int]:
        if not all(text.isascii() and text.isdigit() and len(text) < 6 for text in value or ()):
            raise forms.ValidationError("Số trang phải là số, ví dụ 3.")
        return frozenset(map(int, value or ()))


class SplitForm(forms.Form):
    """Tách văn bản: pages on which a letter begins, pages that fall away."""

    start = Pages(required=False)
    drop = Pages(required=False)


class Outcome(forms.Form):
    """Kết quả giải quyết."""

    outcome = Line(label="Kết quả", missing="Ghi kết quả, ví dụ “Lưu hồ sơ, không phải trả lời”.")


class Recalled(forms.Form):
    """Nơi gửi thu hồi."""

    reason = Line(
        label="Văn bản thu hồi của nơi gửi",
        missing="Ghi văn bản thu hồi của nơi gửi, ví dụ “Thông báo 12/TB-STC ngày 05/03/2026”.",
    )


class Presented(forms.Form):
    """Trình lãnh đạo."""

    to = forms.TypedChoiceField(
        label="Trình", coerce=int, error_messages={"required": "Chọn lãnh đạo.", "invalid_choice": "Chọn lãnh đạo."}
    )

    def __init__(self, *args: Any, leaders: Iterable[tuple[int, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = list(leaders)  # type: ignore[attr-defined]


class Annex(forms.Form):
    """Thêm tệp."""

    file = forms.FileField(label="Tệp", error_messages={"required": "Chọn một tệp.", "empty": "Tệp không có nội dung."})


class CorrectionForm(forms.Form):
    """Chữa một dòng của sổ: the fields that are printed there, and why."""

    organ_name = Line(label="Cơ quan ban hành", max_length=200, missing="Nhập cơ quan ban hành.")
    code = Line(label="Số, ký hiệu", max_length=41, required=False, missing="")
    issued_date = Day(label="Ngày văn bản", required=False, missing="", widget=_day_input())
    type_name = Line(label="Loại", max_length=100, required=False, missing="")
    subject = Line(label="Trích yếu", max_length=1000, required=False, missing="", widget=forms.Textarea({"rows": 2}))
    due_date = Day(label="Hạn xử lý", required=False, missing="", widget=_day_input())
    description = Line(label="Ghi chú", required=False, missing="")
    file_code = Line(label="Hồ sơ", max_length=80, required=False, missing="")
    reason = Line(label="Lý do chữa", max_length=300, missing="Nhập lý do chữa sổ, ví dụ “Gõ nhầm ngày văn bản”.")

    def changes(self) -> dict[str, Any]:
        """Field -> new value, as the command takes them."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("code", "reason")}
        number, notation = split_code(self.cleaned_data["code"])
        return {**told, "code_number": number[:11], "code_notation": notation[:30]}


def shown(values: dict[str, Any]) -> dict[str, Any]:
    """Values as they stand in fields: days as dd/mm/yyyy, hours as 14:30."""
    return {
        name: short(value) if isinstance(value, date) else f"{value:%H:%M}" if isinstance(value, time) else value
        for name, value in values.items()
    }


class MarkAnswer(forms.Form):
    """Trả lời về dấu mật: the level that the paper bears, or none."""

    level = forms.ChoiceField(
        choices=[("none", "Không có dấu mật"), *((seen, SECRECY_NAMES[level]) for seen, level in LEVELS_SEEN.items())],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Chọn mức ghi trên dấu của bản giấy, hoặc “Không có dấu mật”."
        ),
    )
