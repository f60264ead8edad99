"""Shapes of what comes in: old files, what is decided about one of them, an article as it is typed, what each step asks for."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms

from tram.kernel.clock import LOCAL
from tram.news.queries.articles import procedures
from tram.news.rules.content import FOCUS, Block, Content, at_place
from tram.news.rules.filing import MOST_ALSO, categories
from tram.news.rules.notation import read, written
from tram.vietnamese.dates import short
from tram.web.fields import Day, Line, Text, key_of

WHICH = dict.fromkeys(("required", "invalid_choice"), "Chọn chuyên mục trong danh sách.")


def _choices() -> list[tuple[str, str]]:
    return list(categories().items())


def _main(*, is_needed: bool) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Chuyên mục chính", choices=_choices, required=is_needed, error_messages=WHICH,
        help_text="Tên in ở đầu bài; cũng quyết định bài có nhận ý kiến bạn đọc không.",
    )  # fmt: skip


class Filed(forms.Form):
    """Chuyên mục của bài cũ: the main one and the further ones."""

    category = _main(is_needed=False)
    also = forms.MultipleChoiceField(
        label="Cũng đăng ở chuyên mục", choices=_choices, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages=WHICH, help_text=f"Bài hiện cả trong danh sách và nguồn tin của các mục này. Không quá {MOST_ALSO} mục.",
    )  # fmt: skip


class Together(forms.Form):
    """Chuyên mục của nhiều bài cũ xác nhận cùng một lần."""

    category = forms.ChoiceField(
        label="Chuyên mục chính", required=False, choices=lambda: [("", "Như đã chọn ở từng tệp"), *_choices()]
    )


class Decision(Filed):
    """Quyết định về một tệp bài cũ: where its draft stands, or why there is none."""

    reason = Line(
        label="Lý do không nhập",
        required=False,
        missing="",
        max_length=500,
        help_text="Chỉ cần khi không nhập tệp này.",
    )


class Writing(Filed):
    """Bài đang viết. `base`: the revision that it was written upon; `held`: the one whose pictures and files the body names."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = Line(
        label="Tít bài", missing="Nhập tít bài, không quá 300 chữ.", max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    lead = Text(
        label="Đoạn dẫn", required=False, missing="", widget=forms.Textarea({"rows": 3}),
        help_text="Ai, việc gì, ở đâu, khi nào. Gõ một lần ở đây, không gõ lại trong thân bài.",
    )  # fmt: skip
    body = Text(
        label="Thân bài", required=False, missing="", max_length=300_000, widget=forms.Textarea({"rows": 16, "class": "long"}),
        help_text="Để trống một dòng giữa hai đoạn. Cách gõ đề mục, trích dẫn, bảng có ở dưới ô này.",
    )  # fmt: skip
    byline = Line(label="Bút danh", required=False, missing="", help_text="In ở cuối bài, ví dụ Hà Thu.")
    source_label = Line(
        label="Nhãn nguồn",
        required=False,
        missing="",
        help_text="In ở đầu bài, ví dụ (laocai.gov.vn). Bài của mình thì để trống.",
    )
    event_on = Day(
        label="Ngày sự kiện", required=False, missing="", widget=forms.TextInput({"class": "short"}),
        help_text="Ngày việc diễn ra, không phải ngày đăng. Gõ 5, 5/3 hoặc 5/3/2026.",
    )  # fmt: skip
    procedure = forms.ChoiceField(
        label="Hướng dẫn cho thủ tục", choices=lambda: [("", "Không phải bài hướng dẫn"), *procedures().items()], required=False,
        help_text="Bản ghi âm của bài hiện ở mục Nghe hướng dẫn trên trang thủ tục ấy, khi bài được đăng.",
        error_messages={"invalid_choice": "Thủ tục này không còn trong danh mục. Chọn thủ tục khác, hoặc để trống."},
    )  # fmt: skip
    note = Line(
        label="Sửa gì ở bản này?", required=False, missing="", max_length=300,
        help_text="Đồng nghiệp đọc trong danh sách các bản.",
    )  # fmt: skip

    category = _main(is_needed=True)
    field_order = (
        "base", "held", "title", "lead", "body", "byline", "source_label", "event_on", "category", "also", "procedure", "note",
    )  # fmt: skip

    def content(self, held: Sequence[Block]) -> Content:
        """What the article says; raises Invalid as `notation.read` does."""
        told = self.cleaned_data
        names = ("title", "lead", "byline", "source_label", "procedure")
        body = read(told["body"], focused(held, self.data))
        return Content(**{name: told[name] for name in names}, event_on=told["event_on"], body=body)


def focused(held: Sequence[Block], data: Mapping[str, Any]) -> list[Block]:
    """The same blocks, each picture with the one of nine places that was chosen for it; where none was, as it is."""
    found, number = [], 0
    for block in held:
        if block.kind == "picture":
            number += 1
            block = at_place(block, key_of(data, FOCUS.format(number=number)))
        found.append(block)
    return found


def typed(content: Content, number: int, category: str, also: Sequence[str]) -> dict[str, Any]:
    """A revision as the form shows it."""
    day = short(content.event_on) if content.event_on else ""
    names = ("title", "lead", "byline", "source_label", "procedure")
    return {
        **{name: getattr(content, name) for name in names},
        "body": written(content.body), "event_on": day, "category": category, "also": also, "base": number, "held": number,
    }  # fmt: skip


class Said(forms.Form):
    """Góp ý."""

    text = Text(
        label="Góp ý cho bài này", missing="Nhập góp ý, không quá 2000 chữ.", widget=forms.Textarea({"rows": 2}),
        help_text="Chỉ người làm bài này đọc được.",
    )  # fmt: skip


class Step(forms.Form):
    """Một bước, trên bản đã xem."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class Reasoned(Step):
    """Bước cần lý do."""

    reason = Text(
        label="Lý do", required=False, missing="", max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text="Người viết và biên tập đọc được.",
    )  # fmt: skip


class Corrected(Step):
    """Mở sửa một bài đã đăng."""

    correction = Text(
        label="Sửa điều gì?", required=False, missing="", max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text="In dưới bài khi bản mới được đăng, ví dụ “Đính chính số xã đã hoàn thành: 12, không phải 21”.",
    )  # fmt: skip


def _hour(label: str, otherwise: str) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False, input_formats=("%H:%M", "%Hh%M", "%Hh", "%H"), initial=otherwise,
        widget=forms.TextInput({"class": "short"}), error_messages={"invalid": "Gõ giờ như 8:30 hoặc 14h."},
    )  # fmt: skip


def _moment(day: date | None, hour: time | None) -> datetime | None:
    return datetime.combine(day, hour or time(), LOCAL) if day else None


CHOICES = {"yes": True, "no": False}


class Published(Step):
    """Đăng ngay, tới khi nào."""

    expires_on = Day(
        label="Đăng đến hết ngày", required=False, missing="", widget=forms.TextInput({"class": "short"}),
        help_text="Để trống thì đăng cho đến khi có người rút xuống.",
    )  # fmt: skip

    takes_comments = forms.TypedChoiceField(
        label="Nhận ý kiến bạn đọc", required=False, coerce=CHOICES.get, empty_value=None,
        choices=(("", "Theo chuyên mục"), ("yes", "Nhận"), ("no", "Không nhận")),
        help_text="Ý kiến chỉ hiện dưới bài sau khi có người duyệt.",
        error_messages={"invalid_choice": "Chọn một cách trong danh sách."},
    )  # fmt: skip

    takes_ratings = forms.TypedChoiceField(
        label="Cho bạn đọc chấm điểm", required=False, coerce=CHOICES.get, empty_value=None,
        choices=(("yes", "Có"), ("no", "Không")), help_text="Tin buồn, tin tai nạn thì chọn Không.",
        error_messages={"invalid_choice": "Chọn một cách trong danh sách."},
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """What the command is told."""
        told = self.cleaned_data
        until = _moment(told["expires_on"], time(23, 59))
        return {
            "expires_at": until,
            "takes_comments": told["takes_comments"],
            "takes_ratings": told["takes_ratings"] is not False,
        }


class Scheduled(Published):
    """Đăng đúng giờ hẹn."""

    publish_on = Day(
        label="Ngày đăng", missing="Nhập ngày đăng, ví dụ h+1 là ngày mai.", widget=forms.TextInput({"class": "short"}),
        help_text="Gõ 5, 5/3, hoặc h+1 là ngày mai.",
    )  # fmt: skip
    publish_time = _hour("Giờ đăng", "08:00")
    field_order = ("publish_on", "publish_time", "expires_on", "takes_comments", "takes_ratings")

    def told(self) -> dict[str, Any]:
        """What the command is told."""
        when = _moment(self.cleaned_data["publish_on"], self.cleaned_data["publish_time"])
        return {**super().told(), "publish_at": when}
