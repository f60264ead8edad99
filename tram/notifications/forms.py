"""The shape of a person's wishes, and of a device."""

from django import forms

from tram.notifications.rules.digests import OFFERED


class NewDevice(forms.Form):
    """What the browser's push service gave it."""

    endpoint = forms.CharField(max_length=1000)
    point = forms.CharField(max_length=120)
    auth = forms.CharField(max_length=40)


class Wishes(forms.Form):
    """Which switches stay on, the hour of the digest, and the quiet hours."""

    on = forms.MultipleChoiceField(required=False)
    hour = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    since = forms.TimeField(required=False, error_messages={"invalid": "Viết giờ bắt đầu như 21:30."})
    until = forms.TimeField(required=False, error_messages={"invalid": "Viết giờ kết thúc như 6:30."})

    def __init__(self, data: object, switches: list[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        hour = self.fields["hour"]
        assert isinstance(hour, forms.TypedChoiceField)
        hour.choices = [(str(one), "") for one in OFFERED]
        hour.error_messages["invalid_choice"] = f"Chọn giờ từ {OFFERED[0]}:00 đến {OFFERED[-1]}:00."
        choices = self.fields["on"]
        assert isinstance(choices, forms.MultipleChoiceField)
        choices.choices = [(switch, switch) for switch in switches]
        choices.error_messages["invalid_choice"] = "Không có loại thông báo này. Tải lại trang rồi chọn lại."

    def clean(self) -> dict[str, object]:
        wishes = super().clean() or {}
        if (wishes.get("since") is None) != (wishes.get("until") is None) and not self.errors:
            self.add_error("until", "Nhập cả giờ bắt đầu và giờ kết thúc, hoặc để trống cả hai.")
        return wishes
