"""Shapes of what comes in: a population, the publishing of a month."""

from datetime import date
from typing import Any

from django import forms

from tram.visits.rules import month_typed
from tram.web.fields import Day, Line


class Month(forms.Field):
    """A month as it is typed, 10/2026, or as a browser sends it, 2026-10."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> date | None:
        if not value or isinstance(value, date):
            return value or None
        found = month_typed(str(value))
        if found is None:
            raise forms.ValidationError("Nhập tháng dạng 10/2026.")
        return found


class People(forms.Field):
    """A number of people, with or without points between thousands."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        text = "".join(str(value or "").replace(".", "").split())
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 12):
            raise forms.ValidationError("Nhập số dân là số nguyên dương, ví dụ 12.540.")
        return int(text)


class Population(forms.Form):
    """Dân số của cơ quan."""

    people = People(
        label="Số dân", widget=forms.TextInput({"inputmode": "numeric", "class": "short"}),
        help_text="Số người cơ quan phục vụ, ví dụ 12.540.",
        error_messages={"required": "Nhập số dân, ví dụ 12.540."},
    )  # fmt: skip
    since = Month(
        label="Áp dụng từ tháng", widget=forms.TextInput({"class": "short"}),
        help_text="Gõ 10/2026. Số này dùng từ tháng đó cho tới khi có số mới.",
        error_messages={"required": "Nhập tháng bắt đầu áp dụng, ví dụ 10/2026."},
    )  # fmt: skip
    counted_on = Day(
        label="Số liệu tính đến ngày", missing="Nhập ngày của số liệu, ví dụ 31/12/2025.",
        widget=forms.TextInput({"class": "short"}), help_text="Ngày ghi trong nguồn, ví dụ 31/12/2025.",
    )  # fmt: skip
    source = Line(
        label="Nguồn", missing="Ghi nguồn số liệu, ví dụ “Niên giám thống kê tỉnh 2025, trang 47”.", max_length=300,
        help_text="In cạnh số liệu khi công bố, ví dụ “Niên giám thống kê tỉnh 2025, trang 47”.",
    )  # fmt: skip


class Publishing(forms.Form):
    """Công bố một tháng."""

    document = Line(
        label="Văn bản công bố", required=False, missing="", max_length=200,
        help_text="Số, ký hiệu và ngày, nếu có, ví dụ “12/BC-UBND ngày 05/11/2026”.",
    )  # fmt: skip
    reason = Line(
        label="Lý do công bố lại", required=False, missing="", max_length=500,
        help_text="Chỉ cần khi tháng này đã công bố, ví dụ “Đính chính dân số xã Tả Phìn”.",
    )  # fmt: skip
