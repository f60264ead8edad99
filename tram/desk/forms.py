"""Shapes of what comes in from the desks."""

from typing import Any

from django import forms

from tram.web.fields import Line

PHRASES = (
    "Nghiên cứu, tham mưu trả lời đúng hạn",
    "Chủ trì tham mưu, báo cáo trước khi trình",
    "Tổng hợp số liệu, báo cáo",
    "Phối hợp thực hiện",
    "Biết, theo dõi",
)
"""Ready words of direction."""


class Share(forms.Form):
    """Phân nhiều việc cho một người."""

    task = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": "Chọn ít nhất một việc trong bảng."})
    to = forms.IntegerField(error_messages=dict.fromkeys(("required", "invalid"), "Chọn người nhận việc."))
    word = Line(missing="", required=False)
    days_before = forms.IntegerField(required=False, min_value=0, max_value=30)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        chosen = [pk for pk in data.getlist("task") if pk.isascii() and pk.isdigit() and len(pk) < 13]
        self.fields["task"].choices = [(pk, "") for pk in chosen]  # type: ignore[attr-defined]
        self.fields["task"].error_messages["invalid_choice"] = "Chọn ít nhất một việc trong bảng."
        self.fields["days_before"].error_messages = dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Số ngày trước hạn là số từ 0 đến 30."
        )
