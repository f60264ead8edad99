"""Form fields that know Vietnamese: text arrives in NFC and tidy; days as a clerk types them."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from django import forms

from tram.kernel import clock
from tram.kernel.verdicts import Invalid
from tram.vietnamese.dates import parse_typed
from tram.vietnamese.text import nfc, tidy


def key_in(text: str) -> int:
    """The key of a row; 0 for anything else, also for more digits than a key has: thousands of them Python does not read."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def key_of(data: Mapping[str, Any], name: str) -> int:
    """The key in a field of the address line or of a form; 0 for anything else."""
    return key_in(str(data.get(name, "")))


def tell(form: forms.BaseForm, wrong: Invalid, **called: str) -> None:
    """What a command found wrong, each sentence beside its field, above the form where it has none of that name.

    `called`: fields that the form calls otherwise than the command does.
    """
    for name, sentence in wrong.errors.items():
        field = called.get(name, name)
        form.add_error(field if field in form.fields else None, sentence)


def done(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Whether the form was sound and the command done; else the form says what to mend and keeps what was typed."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except Invalid as wrong:
        tell(form, wrong)
        return False
    return True


class Line(forms.CharField):
    """One line of text: NFC, single spaces."""

    def __init__(self, *, missing: str, **options: Any) -> None:
        options.setdefault("max_length", 500)
        super().__init__(error_messages={"required": missing}, **options)

    def to_python(self, value: Any) -> str:
        return tidy((super().to_python(value) or "").replace("\x00", ""))


class Text(forms.CharField):
    """Several lines of text: NFC, as typed."""

    widget = forms.Textarea

    def __init__(self, *, missing: str, **options: Any) -> None:
        options.setdefault("max_length", 20_000)
        super().__init__(error_messages={"required": missing}, **options)

    def to_python(self, value: Any) -> str:
        return nfc((super().to_python(value) or "").replace("\x00", "").replace("\r\n", "\n"))


class Day(forms.Field):
    """A day as clerks type it: 5, 5/3, 050326, h, h-1; or an ISO date from a program."""

    widget = forms.TextInput

    def __init__(self, *, missing: str, **options: Any) -> None:
        super().__init__(error_messages={"required": missing}, **options)

    def to_python(self, value: Any) -> date | None:
        if not value or isinstance(value, date):
            return value or None
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            pass
        try:
            return parse_typed(str(value), clock.local_day(clock.now()))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class Hour(forms.Field):
    """An hour as clerks type it: 14:30, 14h30, 1430, 9."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> time | None:
        """An hour of the day; None when left empty."""
        typed = str(value or "").strip().lower().replace("h", ":")
        if not typed:
            return None
        digits = "".join(part.zfill(2) for part in typed.split(":"))
        digits = digits.zfill(4) if len(digits) > 2 else digits + "00"
        try:
            return time(int(digits[:-2]), int(digits[-2:]))
        except (ValueError, OverflowError):
            raise forms.ValidationError("Gõ giờ như 14:30, 14h30 hoặc 9h.") from None


AT_ONCE = 20_000
"""Rows of a book that are printed in one go: half a minute."""


class Range(forms.Form):
    """Từ số … đến số …"""

    first = forms.IntegerField(min_value=1)
    last = forms.IntegerField(min_value=1)

    def __init__(self, data: Any, *, last: int) -> None:
        super().__init__(data)
        self.end = last
        for field in self.fields.values():
            field.error_messages = dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"), f"Nhập số từ 1 đến {last}."
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and first > self.end:
            self.add_error("first", f"Sổ mới có đến số {self.end}. Nhập số đầu từ 1 đến {self.end}.")
        elif first and last and not first <= last <= self.end:
            self.add_error("last", f"Chọn đến số từ {first} đến {self.end}.")
        elif first and last and last - first >= AT_ONCE:
            self.add_error(
                "last", f"Mỗi lần in nhiều nhất {AT_ONCE} số. Chọn đến số {first + AT_ONCE - 1} rồi in tiếp."
            )
        return cleaned
