"""The shape of a person's wishes."""

from django import forms


class Wishes(forms.Form):
    """Which switches stay on, and the quiet hours."""

    on = forms.MultipleChoiceField(required=False)
    since = forms.TimeField(required=False, error_messages={"invalid": "Viết giờ bắt đầu như 21:30."})
    until = forms.TimeField(required=False, error_messages={"invalid": "Viết giờ kết thúc như 6:30."})

    def __init__(self, data: object, switches: list[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        choices = self.fields["on"]
        assert isinstance(choices, forms.MultipleChoiceField)
        choices.choices = [(switch, switch) for switch in switches]
        choices.error_messages["invalid_choice"] = "Không có loại thông báo này. Tải lại trang rồi chọn lại."

    def clean(self) -> dict[str, object]:
        wishes = super().clean() or {}
        if (wishes.get("since") is None) != (wishes.get("until") is None) and not self.errors:
            self.add_error("until", "Nhập cả giờ bắt đầu và giờ kết thúc, hoặc để trống cả hai.")
        return wishes
