"""Shapes of what comes in: what is told of a letter that becomes public, why one is taken back."""

from typing import Any
from uuid import UUID

from django import forms

from tram.files.queries import Card
from tram.web.fields import Day, Text


class Publish(forms.Form):
    """Công khai một văn bản. `annexes`: the files besides the page, of which some may stay inside."""

    effective_on = Day(
        label="Có hiệu lực từ ngày", required=False, missing="", widget=forms.TextInput({"class": "short"}),
        help_text="Như văn bản ghi. Để trống nếu văn bản không quy định hiệu lực, ví dụ công văn, báo cáo.",
    )  # fmt: skip
    effective_until = Day(
        label="Đến hết ngày", required=False, missing="", widget=forms.TextInput({"class": "short"}),
        help_text="Để trống nếu văn bản không ghi ngày hết hiệu lực.",
    )  # fmt: skip
    annexes = forms.MultipleChoiceField(
        label="Phụ lục đưa lên cùng", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Chọn phụ lục trong danh sách."},
        help_text="Bỏ dấu ở phụ lục không công khai. Trang văn bản đã ký luôn có.",
    )  # fmt: skip
    reviewed = forms.BooleanField(
        label="Tôi đã đọc lại: không có bí mật nhà nước, bí mật công tác, thông tin cá nhân không được công khai",
        required=False,
    )

    def __init__(self, data: Any = None, *, annexes: list[Card], **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["annexes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(card.id), f"{card.name} ({card.size_text})") for card in annexes]
        if not annexes:
            del self.fields["annexes"]

    def told(self) -> dict[str, Any]:
        """What the command is told."""
        told = dict(self.cleaned_data)
        picked = told.pop("annexes", [])
        field = self.fields.get("annexes")
        offered = field.choices if isinstance(field, forms.MultipleChoiceField) else []
        return told | {"left_out": {UUID(str(key)) for key, _ in offered if key not in picked}}  # type: ignore[union-attr]


class Withdraw(forms.Form):
    """Gỡ khỏi cổng."""

    reason = Text(
        label="Lý do gỡ", required=False, missing="", max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text="Chỉ cơ quan đọc được; ngoài cổng không hiện lý do.",
    )  # fmt: skip
