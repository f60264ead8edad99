"""Shapes of what comes in: what is told of a letter that becomes public, why one is taken back."""

from dataclasses import fields
from typing import Any
from uuid import UUID

from django import forms

from tram.files.queries import Card
from tram.gazette.queries.log import kinds
from tram.gazette.rules import Slip, legal_kinds, topics
from tram.web.fields import Day, Line, Text

REVIEWED = "Tôi đã đọc lại: không có bí mật nhà nước, bí mật công tác, thông tin cá nhân không được công khai"


def _topic() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Lĩnh vực", required=False, choices=lambda: [("", "Chưa xếp lĩnh vực"), *topics().items()],
        help_text="Người đọc thu hẹp danh sách theo lĩnh vực này.",
        error_messages={"invalid_choice": "Chọn lĩnh vực trong danh sách."},
    )  # fmt: skip


class Annexed(forms.Form):
    """Phụ lục đưa lên cùng: of the files besides the page some may stay inside."""

    annexes = forms.MultipleChoiceField(
        label="Phụ lục đưa lên cùng", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Chọn phụ lục trong danh sách."},
        help_text="Bỏ dấu ở phụ lục không công khai. Trang văn bản đã ký luôn có.",
    )  # fmt: skip

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


class Publish(Annexed):
    """Công khai một văn bản soạn ở đây."""

    topic = _topic()
    effective_on = Day(
        label="Có hiệu lực từ ngày", required=False, missing="", widget=forms.TextInput({"class": "short"}),
        help_text="Như văn bản ghi. Để trống nếu văn bản không quy định hiệu lực, ví dụ công văn, báo cáo.",
    )  # fmt: skip
    effective_until = Day(
        label="Đến hết ngày", required=False, missing="", widget=forms.TextInput({"class": "short"}),
        help_text="Để trống nếu văn bản không ghi ngày hết hiệu lực.",
    )  # fmt: skip
    reviewed = forms.BooleanField(label=REVIEWED, required=False)

    field_order = ("topic", "effective_on", "effective_until", "annexes", "reviewed")


def _kinds() -> list[Any]:
    legal = legal_kinds()
    others = [(code, name) for code, name in kinds().items() if code not in legal]
    return [
        ("", "Chọn loại văn bản"),
        ("Văn bản quy phạm pháp luật", list(legal.items())),
        ("Văn bản hành chính", others),
    ]


class Written(Annexed):
    """Phiếu văn bản đưa lên."""

    kind = forms.ChoiceField(
        label="Loại văn bản", required=False, choices=_kinds,
        error_messages={"invalid_choice": "Chọn loại văn bản trong danh sách."},
    )  # fmt: skip
    code = Line(label="Số, ký hiệu", required=False, missing="", max_length=45)
    issued_date = Day(label="Ngày ban hành", required=False, missing="", widget=forms.TextInput({"class": "short"}))
    issuer = Line(label="Cơ quan ban hành", required=False, missing="", max_length=200)
    subject = Line(label="Trích yếu", required=False, missing="", max_length=500, widget=forms.Textarea({"rows": 3}))
    signer_position = Line(label="Chức vụ người ký", required=False, missing="", max_length=100)
    signer_full_name = Line(label="Người ký", required=False, missing="", max_length=50)
    topic = _topic()
    effective_on = Day(
        label="Có hiệu lực từ ngày", required=False, missing="", widget=forms.TextInput({"class": "short"}),
        help_text="Như văn bản ghi. Để trống nếu văn bản không quy định hiệu lực.",
    )  # fmt: skip
    effective_until = Day(
        label="Đến hết ngày", required=False, missing="", widget=forms.TextInput({"class": "short"}),
        help_text="Để trống nếu văn bản không ghi ngày hết hiệu lực.",
    )  # fmt: skip
    relations = Text(
        label="Văn bản liên quan", required=False, missing="", max_length=10_000, widget=forms.Textarea({"rows": 4}),
        help_text="Mỗi dòng một văn bản, ví dụ: Thay thế 12/2019/QĐ-UBND ngày 05/3/2019. Đầu dòng là Thay thế, Bãi bỏ, Bãi bỏ một phần, Sửa đổi, bổ sung, Căn cứ hoặc Hướng dẫn.",
    )  # fmt: skip
    more = forms.FileField(
        label="Thêm phụ lục", required=False, error_messages={"empty": "Tệp không có nội dung."},
    )  # fmt: skip
    reviewed = forms.BooleanField(label=REVIEWED, required=False)

    field_order = (*(one.name for one in fields(Slip)), "annexes", "more", "reviewed")

    @property
    def slip(self) -> Slip:
        """What is told of the document."""
        return Slip(**{one.name: self.cleaned_data[one.name] for one in fields(Slip)})


class Withdraw(forms.Form):
    """Gỡ khỏi cổng."""

    reason = Text(
        label="Lý do gỡ", required=False, missing="", max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text="Chỉ cơ quan đọc được; ngoài cổng không hiện lý do.",
    )  # fmt: skip
