"""Shapes of what officials enter about a figure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from tram.indicators.queries.figures import Indicator, indicators, read_amount, read_period
from tram.web.fields import Line, Text

PERIOD_HELP = {
    "stock": "Số liệu tính đến ngày nào, ví dụ 30/9/2026.",
    "flow": "Ví dụ 2026, tháng 9/2026, quý III/2026, 6 tháng 2026.",
}


class Seen(forms.Form):
    """Một bước chỉ cần bấm. `seen`: the version that stood on the page."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class Reason(forms.Form):
    """Một bước cần lý do."""

    reason = Text(label="Lý do", required=False, missing="", max_length=2000, widget=forms.Textarea({"rows": 3}))


class Brought(forms.Form):
    """Đưa vào một bảng số liệu."""

    file = forms.FileField(
        label="Tệp bảng", required=False, allow_empty_file=True, widget=forms.FileInput({"accept": ".xlsx,.csv", "data-key": "f8"}),
        help_text="XLSX, không quá 20 MB; CSV, không quá 5 MB. Máy đọc trang tính đầu tiên, theo tên cột.",
    )  # fmt: skip
    document = Line(
        label="Văn bản có số liệu", required=False, missing="", max_length=300,
        help_text="Dùng cho dòng để trống cột “Văn bản, bài có số liệu”. Ví dụ Báo cáo 45/BC-SKHCN ngày 10/10/2026.",
    )  # fmt: skip

    def clean_file(self) -> Any:
        """A file there is."""
        if not self.cleaned_data["file"]:
            raise forms.ValidationError("Chọn tệp bảng số liệu, rồi bấm Đọc bảng.")
        return self.cleaned_data["file"]


class Begin(forms.Form):
    """Bắt đầu một dãy số liệu."""

    code = forms.ChoiceField(
        label="Chỉ tiêu", error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn chỉ tiêu trong danh sách.")
    )
    about = forms.TypedChoiceField(
        label="Phạm vi", coerce=int, help_text="Số liệu nói về địa bàn, cơ quan nào.",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn phạm vi trong danh sách."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        groups: dict[str, list[tuple[str, str]]] = {}
        for code, one in indicators().items():
            groups.setdefault(one.group, []).append((code, f"{one.name} ({one.unit})"))
        self.fields["code"].choices = [("", "Chọn chỉ tiêu"), *groups.items()]  # type: ignore[attr-defined]
        self.fields["about"].choices = list(places)  # type: ignore[attr-defined]


class Entered(Seen):
    """Nhập, sửa một số liệu."""

    period = Line(
        label="Kỳ số liệu", missing="Nhập kỳ số liệu.", max_length=40, widget=forms.TextInput({"class": "short"})
    )
    value = Line(
        label="Giá trị", missing="Nhập giá trị.", max_length=40,
        widget=forms.TextInput({"class": "short", "inputmode": "decimal"}),
    )  # fmt: skip
    is_sure = forms.BooleanField(label="Đã xem lại, số đúng như nguồn", required=False)
    publisher = Line(
        label="Nơi công bố", required=False, missing="", max_length=200,
        help_text="Cơ quan, tổ chức đưa ra số này, ví dụ Sở Khoa học và Công nghệ.",
    )  # fmt: skip
    document = Line(
        label="Văn bản, bài có số liệu", required=False, missing="", max_length=300,
        help_text="Ví dụ Báo cáo 45/BC-SKHCN ngày 10/10/2026.",
    )  # fmt: skip
    link = Line(
        label="Liên kết tới nguồn", required=False, missing="", max_length=300,
        help_text="Trang của cơ quan nhà nước (https://….gov.vn/…) hoặc văn bản trên cổng này (/cong/van-ban/…).",
    )  # fmt: skip
    note = Line(
        label="Ghi chú", required=False, missing="", max_length=300, help_text="Hiện cạnh số liệu, ví dụ “Số sơ bộ”."
    )
    reason = Line(
        label="Lý do sửa", required=False, missing="", max_length=500,
        help_text="Hiện ngoài cổng cạnh số cũ, ví dụ “Doanh nghiệp báo cáo lại”.",
    )  # fmt: skip

    def __init__(self, *args: Any, indicator: Indicator, today: date, was_public: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.indicator, self.today = indicator, today
        self.fields["period"].help_text = PERIOD_HELP[indicator.kind]
        if indicator.kind == "stock":
            self.fields["period"].label = "Tính đến ngày"
        value = self.fields["value"]
        if indicator.type == "rank":
            value.label, value.help_text = (
                "Thứ hạng",
                "Gõ thứ hạng trên tổng số, ví dụ 5/56, đúng như nơi xếp hạng công bố.",
            )
        else:
            value.label = f"Giá trị ({indicator.unit})"
            value.help_text = "Ví dụ 1.234,5. Đặt ≥, ≤ hoặc ≈ phía trước nếu nguồn ghi trên, dưới, khoảng."
        if not was_public:
            del self.fields["reason"]

    def clean_period(self) -> Any:
        """As a period."""
        try:
            return read_period(self.cleaned_data["period"], self.indicator, self.today)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None

    def clean_value(self) -> Any:
        """As an amount."""
        try:
            return read_amount(self.cleaned_data["value"], self.indicator)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None
