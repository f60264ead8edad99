"""Shapes of what comes in with a step of work. What the subject demands (a reason, a result) the commands say."""

from typing import Any

from django import forms

from tram.tasks.rules.verbs import Ask
from tram.web.fields import Day, Line, Text

WRONG_NUMBER = "Tiến độ là số từ 0 đến 100."


def _field(ask: Ask) -> forms.Field:
    match ask.kind:
        case "day":
            return Day(missing="", required=False)
        case "percent":
            return forms.IntegerField(error_messages=dict.fromkeys(("required", "invalid"), WRONG_NUMBER))
        case "people":
            return forms.IntegerField(
                error_messages=dict.fromkeys(("required", "invalid"), "Chọn người nhận việc trong danh sách.")
            )
        case "units":
            return forms.IntegerField(
                error_messages=dict.fromkeys(("required", "invalid"), "Chọn đơn vị nhận việc trong danh sách.")
            )
        case "answer":
            return forms.TypedChoiceField(
                choices=[("1", ""), ("0", "")],
                coerce=lambda value: value == "1",
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn đồng ý hoặc không đồng ý."),
            )
        case "file":
            return forms.FileField(required=False, allow_empty_file=True)
    return Text(missing="", required=False, max_length=4000)


class Step(forms.Form):
    """Một bước với việc: the fields that its verb asks for."""

    def __init__(self, asks: tuple[Ask, ...], *data: Any) -> None:
        super().__init__(*data)
        self.fields.update({ask.name: _field(ask) for ask in asks})

    def clean(self) -> dict[str, Any]:
        """Text without the blanks at its ends, so that blanks alone count as nothing."""
        cleaned = super().clean() or {}
        return {name: value.strip() if isinstance(value, str) else value for name, value in cleaned.items()}


class Order(forms.Form):
    """Giao việc: the six "rõ". `to` is "u12" for a unit's inbox or "p34" for a person."""

    title = Line(missing="Rõ việc: nhập tên việc, ví dụ “Rà soát điểm bưu điện, văn hóa xã”.", max_length=1000)
    to = forms.RegexField(
        r"^[up]\d{1,12}$",
        error_messages=dict.fromkeys(("required", "invalid"), "Rõ người: chọn đơn vị hoặc người chủ trì."),
    )
    coordinating = forms.TypedMultipleChoiceField(coerce=int, required=False)
    due_on = Day(missing="Rõ thời gian: nhập hạn, ví dụ 25/11.")
    product = Line(missing="Rõ sản phẩm: nhập thứ phải có khi xong, ví dụ “Báo cáo kèm số liệu 12 xã”.", max_length=300)
    note = Text(missing="", required=False, max_length=4000)
    is_key = forms.BooleanField(required=False)

    def __init__(self, *data: Any, units: list[int]) -> None:
        super().__init__(*data)
        self.fields["coordinating"].choices = [(unit, "") for unit in units]  # type: ignore[attr-defined]
        self.fields["coordinating"].error_messages["invalid_choice"] = "Chọn đơn vị phối hợp trong danh sách."
