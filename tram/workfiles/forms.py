"""Shapes of what comes in: a file as it is opened, lines of the plan, what each step asks for."""

from itertools import groupby
from typing import Any

from django import forms

from tram.web.fields import Day, Line, Text, key_in
from tram.workfiles.rules import LONGEST_NOTE, LONGEST_TITLE, retentions
from tram.workfiles.states import RIGHTS_NAMES, Rights

NO_TITLE = "Nhập tiêu đề hồ sơ, ví dụ “Hồ sơ về dự toán năm 2027”."
SHORT = forms.TextInput({"class": "short"})


def keys_of(values: list[str], most: int) -> list[int]:
    """Keys of rows that were picked, each once, no more than `most` and one."""
    return list(dict.fromkeys(filter(None, map(key_in, values))))[: most + 1]


def grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    """The retentions of the catalogue as choices, in their groups."""
    by_group = groupby(retentions().values(), key=lambda one: one.group)
    return [(group, [(one.code, one.label) for one in rows]) for group, rows in by_group]


def retention(label: str = "Thời hạn bảo quản") -> forms.ChoiceField:
    """The choice of a retention."""
    return forms.ChoiceField(
        label=label, choices=lambda: [("", "Chọn"), *grouped()],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn thời hạn bảo quản trong bảng."),
    )  # fmt: skip


class File(forms.Form):
    """Hồ sơ, as it is opened or described."""

    title = Line(
        label="Tiêu đề hồ sơ", missing=NO_TITLE, max_length=LONGEST_TITLE, widget=forms.Textarea({"rows": 2}),
        help_text="Về việc gì, của ai, thời gian nào.",
    )  # fmt: skip
    retention = retention()
    rights = forms.TypedChoiceField(
        label="Chế độ sử dụng", choices=list(RIGHTS_NAMES.items()), coerce=Rights, initial=Rights.OPEN,
        help_text="Hạn chế: chỉ người lập, lãnh đạo, văn thư và lưu trữ thấy hồ sơ. Quyền xem từng văn bản không đổi.",
    )  # fmt: skip
    description = Line(label="Ghi chú", required=False, missing="", max_length=LONGEST_NOTE)


class Lines(forms.Form):
    """Dòng của danh mục: several titles for one seat."""

    titles = Text(
        label="Tiêu đề hồ sơ dự kiến mở", missing="Nhập mỗi tiêu đề hồ sơ một dòng.",
        widget=forms.Textarea({"rows": 5}), help_text="Mỗi hồ sơ một dòng.",
    )  # fmt: skip
    retention = retention()
    post = forms.TypedChoiceField(
        label="Người lập hồ sơ", coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn người lập hồ sơ."),
    )  # fmt: skip

    def __init__(self, *args: Any, posts: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["post"].choices = posts  # type: ignore[attr-defined]


class Entrusted(forms.Form):
    """Giao hồ sơ cho người khác."""

    to = forms.TypedChoiceField(
        label="Người nhận", coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn người nhận hồ sơ."),
    )  # fmt: skip
    reason = Line(label="Lý do", missing="Nhập lý do, ví dụ “Đồng chí Lan chuyển công tác từ 01/12”.")

    def __init__(self, *args: Any, posts: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = posts  # type: ignore[attr-defined]


class Closed(forms.Form):
    """Kết thúc hồ sơ."""

    end_date = Day(
        label="Ngày công việc kết thúc", required=False, missing="", widget=SHORT,
        help_text="Để trống là hôm nay. Thời hạn bảo quản tính từ năm này.",
    )  # fmt: skip


class Reasoned(forms.Form):
    """Một bước cần lý do."""

    reason = Line(label="Lý do", missing="Nhập lý do.", widget=forms.Textarea({"rows": 2}))


class KeptBack(Reasoned):
    """Giữ lại hồ sơ đến hạn nộp lưu."""

    field_order = ("until", "ground", "reason")
    until = Day(label="Giữ lại đến ngày", missing="Nhập ngày, ví dụ 31/12/2028.", widget=SHORT)
    ground = Line(
        label="Văn bản đồng ý", missing="Nhập văn bản đồng ý, ví dụ “Công văn 15/SKHCN-VP ngày 02/11/2027”.",
        max_length=200,
    )  # fmt: skip


class Grounded(forms.Form):
    """Một bước theo văn bản."""

    ground = Line(
        label="Văn bản quyết định", missing="Nhập số, ngày văn bản, ví dụ “Quyết định 02/QĐ-SKHCN ngày 05/01/2027”.",
        max_length=200,
    )  # fmt: skip


class Step(forms.Form):
    """Một bước không hỏi gì."""
