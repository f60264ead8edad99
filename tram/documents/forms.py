"""Shapes of what comes in: the book's page, range and acts."""

from collections.abc import Mapping
from typing import Any

from django import forms

from tram.web.fields import Line


def number_of(data: Mapping[str, Any], name: str, default: int) -> int:
    """A positive whole number of the address line; the default for anything else."""
    text = str(data.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 10**8 else default


def year_of(data: Mapping[str, Any], default: int) -> int:
    """The year asked for, between 2000 and 2100; the default for anything else."""
    year = number_of(data, "nam", default)
    return year if 2000 <= year <= 2100 else default


class Range(forms.Form):
    """Từ số … đến số …"""

    first = forms.IntegerField(min_value=1)
    last = forms.IntegerField(min_value=1)

    def __init__(self, data: Any, *, last: int) -> None:
        super().__init__(data)
        self.end = last
        for field in self.fields.values():
            field.error_messages = {
                name: f"Nhập số từ 1 đến {last}." for name in ("required", "invalid", "min_value", "max_value")
            }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not first <= last <= self.end:
            self.add_error("last", f"Chọn đến số từ {first} đến {self.end}.")
        return cleaned


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
