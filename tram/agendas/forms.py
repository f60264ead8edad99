"""Shapes of what comes in: an item of the schedule, why a week is taken back."""

from datetime import date
from typing import Any

from django import forms

from tram.agendas.commands import Told
from tram.web.fields import Day, Hour, Line, Text


def _hour(label: str, help_text: str, missing: str = "") -> Hour:
    return Hour(
        label=label, required=bool(missing), help_text=help_text, error_messages={"required": missing},
        widget=forms.TextInput({"class": "short", "autocomplete": "off"}),
    )  # fmt: skip


class Item(forms.Form):
    """Một mục lịch."""

    day = Day(
        label="Ngày", missing="Nhập ngày, ví dụ 17/11/2026.", widget=forms.TextInput({"class": "short", "autocomplete": "off"}),
        help_text="Gõ 17/11, 17 hoặc h (hôm nay).",
    )  # fmt: skip
    begins = _hour("Bắt đầu", "Gõ 8, 8h30 hoặc 14:00.", "Nhập giờ bắt đầu, ví dụ 8h30.")
    ends = _hour("Kết thúc", "Để trống nếu chưa rõ.")
    what = Line(label="Việc", required=False, missing="", max_length=300, help_text="Ví dụ “Họp giao ban tháng 11”.")
    place = Line(
        label="Nơi",
        required=False,
        missing="",
        max_length=200,
        help_text="Ví dụ “Phòng họp tầng 2”. Để trống nếu chưa rõ.",
    )
    chair = Line(
        label="Chủ trì", required=False, missing="", max_length=200, help_text="Ví dụ “Giám đốc Đinh Quang Sơn”."
    )
    is_public = forms.BooleanField(
        label="Công khai được: người ngoài biết mục này khi tuần được công khai", required=False
    )

    def told(self) -> Told:
        """What the command is told."""
        return Told(**self.cleaned_data)


class Withdraw(forms.Form):
    """Gỡ lịch tuần khỏi cổng."""

    reason = Text(
        label="Lý do gỡ", required=False, missing="", max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text="Chỉ cơ quan đọc được; ngoài cổng không hiện lý do.",
    )  # fmt: skip


def typed(day: date) -> dict[str, Any]:
    """A new item of a day: what is usual."""
    return {"day": f"{day:%d/%m/%Y}", "is_public": True}
