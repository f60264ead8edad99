"""Shapes of what comes in: the draft as it is typed, and what each step asks for."""

import json
import re
from collections.abc import Iterable
from typing import Any

from django import forms

from tram.outgoing.rules import Content, Place, fields_of_work, is_copy, kinds
from tram.outgoing.states import STANCE_NAMES
from tram.vietnamese.dates import short
from tram.web.fields import Day, Line, Text

URGENCIES = [(0, "Thường"), (1, "Khẩn"), (2, "Thượng khẩn"), (3, "Hỏa tốc")]
COPIES = re.compile(r"\s*\((\d{1,3})\s*bản\)\s*$", re.IGNORECASE)


def _lines(text: str) -> list[str]:
    return [line.strip(" -;.") for line in text.splitlines() if line.strip(" -;.")]


def _place(line: str, *, is_addressed: bool) -> Place:
    """A line as it stands under Nơi nhận: "Bưu điện tỉnh (2 bản); Số 1 Hoàng Liên"."""
    name, _, address = line.partition(";")
    found = COPIES.search(name)
    copies = int(found[1]) if found else 1
    return Place(COPIES.sub("", name).strip(), is_addressed=is_addressed, address=address.strip(), copies=copies)


def _typed(place: Place) -> str:
    copies = f" ({place.copies} bản)" if place.copies > 1 else ""
    return f"{place.name}{copies}" + (f"; {place.address}" if place.address else "")


class Draft(forms.Form):
    """Dự thảo, in the order of the page. One place a line; whose name is that of a unit here goes there by itself."""

    kind = forms.ChoiceField(label="Loại văn bản", choices=lambda: [(one.code, one.name) for one in kinds().values()])
    field = forms.ChoiceField(
        label="Lĩnh vực", required=False, choices=lambda: [("", "Khác"), *fields_of_work().items()],
        help_text="Quyết định ai được ký.",
    )  # fmt: skip
    urgency = forms.TypedChoiceField(label="Độ khẩn", choices=URGENCIES, coerce=int, initial=0)
    subject = Line(label="Trích yếu", required=False, missing="", max_length=1000, widget=forms.Textarea({"rows": 2}))
    addressed = Text(
        label="Kính gửi", required=False, missing="", widget=forms.Textarea({"rows": 2}),
        help_text="Mỗi nơi một dòng. Tên cơ quan, đơn vị có trên hệ thống thì gửi thẳng; nơi khác: Tên (2 bản); địa chỉ.",
    )  # fmt: skip
    bases = Text(
        label="Căn cứ", required=False, missing="", widget=forms.Textarea({"rows": 2}), help_text="Mỗi căn cứ một dòng."
    )
    body = Text(
        label="Nội dung", required=False, missing="", max_length=300_000, widget=forms.Textarea({"rows": 16, "class": "long"}),
        help_text="Mỗi dòng là một đoạn.",
    )  # fmt: skip
    handling = Text(
        label="Đơn vị trong cơ quan thực hiện", required=False, missing="", widget=forms.Textarea({"rows": 2}),
        help_text="Mỗi đơn vị một dòng; khi phát hành, mỗi đơn vị nhận một việc.",
    )  # fmt: skip
    others = Text(
        label="Nơi nhận khác",
        required=False,
        missing="",
        widget=forms.Textarea({"rows": 2}),
        help_text="Mỗi nơi một dòng.",
    )
    due_date = Day(
        label="Hạn nơi nhận trả lời", required=False, missing="", widget=forms.TextInput({"class": "short"}),
        help_text="Để trống nếu không cần nơi nhận trả lời.",
    )  # fmt: skip
    kept_copies = forms.IntegerField(
        label="Số bản lưu", min_value=1, max_value=99, initial=1, widget=forms.TextInput({"class": "short", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "Số bản lưu là số từ 1 đến 99."),
    )  # fmt: skip
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, copies: bool | None = None, **options: Any) -> None:
        """`copies`: the kinds offered are copies alone, or all others; None for every kind."""
        super().__init__(*args, **options)
        if copies is not None:
            wanted = [(one.code, one.name) for one in kinds().values() if is_copy(one.code) is copies]
            self.fields["kind"].choices = wanted  # type: ignore[attr-defined]
        if copies:
            self.fields["kind"].label, body = "Hình thức sao", self.fields["body"]
            body.label, body.help_text = "Trang cần trích", "Chỉ ghi khi trích sao, ví dụ “Trang 1, 3-5”."
            body.widget = forms.Textarea({"rows": 2})
            for name in ("addressed", "bases"):
                self.fields[name].widget = forms.HiddenInput()

    def content(self) -> Content:
        """What was typed; places by their names alone, to be found by the page."""
        told = self.cleaned_data
        named = {"addressed": {"is_addressed": True}, "handling": {}, "others": {}}
        places = [
            _place(line, is_addressed=bool(more.get("is_addressed")))
            if name != "handling"
            else Place(line, work="handle")
            for name, more in named.items()
            for line in _lines(told[name])
        ]
        return Content(
            kind=told["kind"], field=told["field"], urgency=told["urgency"], subject=told["subject"], body=told["body"],
            bases=tuple(_lines(told["bases"])), places=tuple(places), due_date=told["due_date"],
            kept_copies=told["kept_copies"],
        )  # fmt: skip


def typed(content: Content, seen: int) -> dict[str, Any]:
    """A content as it stands in the fields."""
    groups: dict[str, list[str]] = {"addressed": [], "handling": [], "others": []}
    for place in content.places:
        group = "addressed" if place.is_addressed else "handling" if place.work == "handle" else "others"
        groups[group].append(_typed(place))
    return {
        **{name: getattr(content, name) for name in ("kind", "field", "urgency", "subject", "body", "kept_copies")},
        **{name: "\n".join(lines) for name, lines in groups.items()},
        "bases": "\n".join(content.bases), "seen": seen,
        "due_date": short(content.due_date) if content.due_date else "",
    }  # fmt: skip


class Step(forms.Form):
    """Một bước: the version that was seen, so that one acts on what one read."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class Noted(Step):
    """Bước có thể kèm lời."""

    note = Line(label="Ý kiến", required=False, missing="", max_length=500)


class Reasoned(forms.Form):
    """Bước phải có lý do."""

    reason = Line(label="Lý do", required=False, missing="", max_length=500)


class Returned(Reasoned):
    """Trả lại, with marks: "3: nêu số liệu của 12 xã" a line."""

    marks = Text(
        label="Chỗ cần sửa", required=False, missing="", widget=forms.Textarea({"rows": 3}),
        help_text="Mỗi chỗ một dòng, ví dụ “3: nêu số liệu của 12 xã” cho dòng 3 của nội dung.",
    )  # fmt: skip

    def clean_marks(self) -> list[tuple[int, str]]:
        """The lines as (line of the body, what to change there)."""
        found = []
        for line in self.cleaned_data["marks"].splitlines():
            number, colon, word = line.partition(":")
            if line.strip() and not (colon and number.strip().isascii() and number.strip().isdigit()):
                raise forms.ValidationError(
                    f"Ghi số dòng rồi dấu hai chấm, ví dụ “3: …”. Dòng sai: “{line.strip()[:60]}”."
                )
            if line.strip():
                found.append((int(number.strip()[:6]), word.strip()))
        return found


class Presented(Step):
    """Trình ai ký."""

    to = forms.TypedChoiceField(
        label="Người ký", coerce=int, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn người ký trong danh sách."),
    )  # fmt: skip

    def __init__(self, *args: Any, signers: Iterable[tuple[int, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = list(signers)  # type: ignore[attr-defined]


class Asked(forms.Form):
    """Xin ý kiến: which units, by which day."""

    units = forms.TypedMultipleChoiceField(
        label="Đơn vị", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn ít nhất một đơn vị trong danh sách."),
    )  # fmt: skip
    due_on = Day(
        label="Hạn trả lời", missing="Nhập hạn góp ý, ví dụ 25/11.", widget=forms.TextInput({"class": "short"})
    )
    note = Line(label="Lời nhắn", required=False, missing="", max_length=500)

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["units"].choices = list(units)  # type: ignore[attr-defined]


class Answered(forms.Form):
    """Trả lời góp ý."""

    stance = forms.ChoiceField(
        label="Ý kiến", choices=[(stance.value, name) for stance, name in STANCE_NAMES.items()],
        widget=forms.RadioSelect, error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn một trong ba ý kiến."),
    )  # fmt: skip
    text = Text(label="Chỗ cần sửa, lý do", required=False, missing="", widget=forms.Textarea({"rows": 4}))
    marked = forms.FileField(label="Bản có đánh dấu", required=False)


class Brought(forms.Form):
    """Một tệp."""

    file = forms.FileField(label="Tệp", error_messages={"required": "Chọn một tệp.", "empty": "Tệp không có nội dung."})
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ByHand(forms.Form):
    """Bản giấy đã ký."""

    scan = forms.FileField(
        label="Bản quét (PDF)", required=False,
        help_text="Có bản quét thì cơ quan khác trên hệ thống nhận ngay; không có thì gửi bản giấy.",
    )  # fmt: skip


class Numbered(forms.Form):
    """Cấp số."""

    kept_number = forms.IntegerField(
        label="Số đã giữ", required=False, min_value=1, help_text="Để trống thì lấy số tiếp theo của sổ.",
        widget=forms.TextInput({"class": "short", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value"), "Nhập một số đã giữ trong sổ, ví dụ 12."),
    )  # fmt: skip


class Dispatched(forms.Form):
    """Chuyển đi."""

    way = forms.ChoiceField(
        label="Cách chuyển", choices=[("post", "Bưu chính"), ("hand", "Chuyển tay")], widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn bưu chính hoặc chuyển tay."),
    )  # fmt: skip
    note = Line(label="Số bưu gửi, hoặc người mang", required=False, missing="", max_length=500)


class Carried(forms.Form):
    """Sổ gửi: between which days, by which way."""

    since = Day(label="Từ ngày", missing="Nhập ngày đầu, ví dụ 25/11.")
    until = Day(label="đến ngày", missing="Nhập ngày cuối, ví dụ 25/11.")
    way = forms.ChoiceField(
        choices=[("post", "Bưu điện"), ("hand", "Chuyển tay")],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn bưu điện hoặc chuyển tay."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("since") and told.get("until") and told["since"] > told["until"]:
            self.add_error("until", "Ngày cuối phải từ ngày đầu trở đi.")
        return told


class Received(forms.Form):
    """Nơi nhận đã nhận."""

    note = Line(label="Ai ký nhận", required=False, missing="", max_length=500)


class Proof(forms.Form):
    """Yếu tố xuất trình trước khi ký: the password, or a code where one has a second step; or a passkey's answer."""

    certificate = forms.TypedChoiceField(
        label="Chứng thư số",
        coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn một chứng thư còn hạn."),
    )
    password = forms.CharField(
        label="Mật khẩu", required=False, strip=False, max_length=1000,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )  # fmt: skip
    code = forms.CharField(
        label="Mã 6 số, hoặc mã dự phòng", required=False, max_length=40,
        widget=forms.TextInput({"autocomplete": "one-time-code"}),
    )  # fmt: skip
    credential = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    pin = forms.CharField(
        label="PIN của thiết bị",
        required=False,
        strip=False,
        max_length=100,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )

    def __init__(
        self,
        *args: Any,
        certificates: Iterable[tuple[int, str]] = (),
        has_step: bool = False,
        needs_pin: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["certificate"].choices = list(certificates)  # type: ignore[attr-defined]
        del self.fields["password" if has_step else "code"]
        if not needs_pin:
            del self.fields["pin"]

    def clean_credential(self) -> Any:
        """The passkey's JSON as a dict; None when there is none."""
        text = self.cleaned_data["credential"]
        try:
            said = json.loads(text) if text else None
        except ValueError:
            said = None
        return said if isinstance(said, dict) else None
