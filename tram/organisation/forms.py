"""Shapes of what comes in about the organisation; who may do what, and what fits, is asked by the commands."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from tram.kernel.actors import ROLES
from tram.organisation.models import Unit
from tram.organisation.states import CODE_SCHEMES, LOCAL_KIND_NAMES, UNIT_KINDS, WEEKDAYS
from tram.vietnamese.text import fold
from tram.web.fields import Day, Line

DAY_HINT = "Gõ 5/3, 050326, h (hôm nay) hoặc h-1 (hôm qua)."
DECISION = "Ghi số quyết định, ví dụ 12/QĐ-UBND ngày 05/03/2026."


def _day(label: str, missing: str, hint: str = DAY_HINT) -> Day:
    return Day(label=label, missing=missing, help_text=hint, widget=forms.TextInput({"autocomplete": "off"}))


def _choice(label: str, missing: str, choices: Iterable[tuple[Any, str]] = (), **more: Any) -> forms.TypedChoiceField:
    told = {"required": missing, "invalid_choice": f"{missing.rstrip('.')} trong danh sách."}
    return forms.TypedChoiceField(label=label, choices=list(choices), error_messages=told, **more)


def _hour(label: str, example: str) -> forms.TimeField:
    told = {"required": f"Nhập giờ {label.lower()}, ví dụ {example}.", "invalid": f"Gõ giờ như {example}."}
    widget = forms.TextInput({"autocomplete": "off", "class": "short"})
    return forms.TimeField(
        label=label, input_formats=["%H:%M", "%H:%M:%S", "%Hh%M"], error_messages=told, widget=widget
    )


class NewUnit(forms.Form):
    """Lập đơn vị."""

    name = Line(label="Tên đơn vị", max_length=200, missing="Nhập tên đơn vị, ví dụ Phòng Chuyển đổi số.")
    abbr = Line(label="Chữ viết tắt", max_length=30, missing="Nhập chữ viết tắt dùng trong ký hiệu văn bản, ví dụ CĐS.")
    kind = _choice("Loại", "Chọn loại đơn vị.", UNIT_KINDS.items(), initial="division")
    is_agency = forms.BooleanField(label="Là cơ quan có sổ và con dấu riêng", required=False)
    since = _day("Hoạt động từ ngày", "Nhập ngày bắt đầu hoạt động.")


class Renaming(forms.Form):
    """Đổi tên đơn vị."""

    name = Line(label="Tên mới", max_length=200, missing="Nhập tên mới.")
    abbr = Line(label="Chữ viết tắt", max_length=30, missing="Nhập chữ viết tắt dùng trong ký hiệu văn bản.")
    since = _day("Có hiệu lực từ ngày", "Nhập ngày tên mới có hiệu lực.")
    decision = Line(label="Quyết định", max_length=200, missing=DECISION, help_text=DECISION)


class UnitsNamed(Line):
    """Units by their name, their abbreviation, or some words of it; several are parted by semicolons."""

    def __init__(self, *, most: int = 1, **options: Any) -> None:
        super().__init__(max_length=600, **options)
        self.most, self.known = most, Unit.objects.none()

    def clean(self, value: Any) -> Any:
        """The units named, in the order typed."""
        named = [name.strip() for name in super().clean(value).split(";") if name.strip()]
        if len(named) > self.most:
            raise forms.ValidationError(f"Ghi nhiều nhất {self.most} đơn vị, cách nhau bằng dấu chấm phẩy.")
        return [self._unit(name) for name in named]

    def _unit(self, name: str) -> Unit:
        found = list(self.known.filter(Q(name__iexact=name) | Q(abbr__iexact=name))[:6])
        if not found:
            words = Q()
            for word in fold(name).split():
                words &= Q(search_key__contains=word)
            found = list(self.known.filter(words)[:6])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                f"Không có đơn vị nào chọn được ở đây tên “{name}”. Gõ chữ viết tắt hoặc tên đầy đủ."
            )
        raise forms.ValidationError(
            f"“{name}” khớp nhiều đơn vị: {'; '.join(unit.name for unit in found[:5])}. Gõ tên đầy đủ."
        )


class Changing(forms.Form):
    """A change of a unit that rests on a decision; `known`: the units that may be named in it."""

    decision = Line(label="Quyết định", max_length=200, missing=DECISION, help_text=DECISION)
    reason = Line(label="Lý do", max_length=300, missing="Nhập lý do, ví dụ “Sắp xếp theo Nghị quyết 18-NQ/TW”.")

    def __init__(self, *args: Any, known: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, UnitsNamed):
                field.known = known
                field.widget.attrs |= {"list": "don-vi", "autocomplete": "off"}


class Moving(Changing):
    """Chuyển đơn vị cấp trên."""

    parent = UnitsNamed(
        label="Đơn vị cấp trên mới", missing="Nhập đơn vị cấp trên mới.",
        help_text="Gõ chữ viết tắt, vài chữ không dấu, hoặc chọn trong danh sách.",
    )  # fmt: skip
    since = _day("Có hiệu lực từ ngày", "Nhập ngày bắt đầu thuộc đơn vị mới.")
    field_order = ("parent", "since", "decision", "reason")


class Abolishing(Changing):
    """Chấm dứt hoạt động."""

    on = _day("Ngày hoạt động cuối cùng", "Nhập ngày hoạt động cuối cùng.")
    successors = UnitsNamed(
        label="Đơn vị kế thừa", missing="", required=False, most=10,
        help_text="Một hoặc nhiều đơn vị nhận nhiệm vụ, cách nhau bằng dấu chấm phẩy.",
    )  # fmt: skip
    field_order = ("on", "successors", "decision", "reason")


class NewCode(forms.Form):
    """Ghi mã định danh."""

    scheme = _choice("Loại mã", "Chọn loại mã.", CODE_SCHEMES.items())
    code = Line(label="Mã", max_length=60, missing="Nhập mã, ví dụ H38.14.")
    since = _day("Dùng từ ngày", "Nhập ngày bắt đầu dùng mã.")


class NewPost(forms.Form):
    """Lập vị trí."""

    title = Line(label="Tên vị trí", max_length=120, missing="Nhập tên vị trí, ví dụ Trưởng phòng.")
    rank = forms.IntegerField(
        label="Thứ tự trong đơn vị", min_value=1, max_value=999, initial=100, help_text="Số nhỏ đứng trước.",
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "Nhập một số từ 1 đến 999."),
        widget=forms.TextInput({"class": "short", "inputmode": "numeric"}),
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label="Quyền đi cùng", choices=list(ROLES.items()), required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Chọn quyền trong danh sách."},
    )  # fmt: skip
    since = _day("Có từ ngày", "Nhập ngày bắt đầu có vị trí.")


class Granting(forms.Form):
    """Giao quyền."""

    role = _choice("Quyền", "Chọn một quyền.", ROLES.items())
    unit = _choice("Trong phạm vi", "Chọn phạm vi.", coerce=int)
    since = _day("Từ ngày", "Nhập ngày bắt đầu.")
    until = Day(label="Đến hết ngày", missing="", required=False, widget=forms.TextInput({"autocomplete": "off"}))
    cause = Line(label="Căn cứ", max_length=200, missing="Ghi căn cứ giao quyền, ví dụ Quyết định 12/QĐ-SKHCN.")

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]


class Appointing(forms.Form):
    """Phân công, bổ nhiệm."""

    account = _choice("Người giữ vị trí", "Chọn người giữ vị trí.", coerce=int)
    since = _day("Từ ngày", "Nhập ngày bắt đầu giữ vị trí.")
    decision = Line(label="Quyết định", max_length=200, missing="", required=False, help_text=DECISION)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["account"].choices = [("", "Chọn người"), *people]  # type: ignore[attr-defined]


class LastDay(forms.Form):
    """Kết thúc sau một ngày."""

    until = _day("Ngày cuối cùng", "Nhập ngày cuối cùng.")


class Away(forms.Form):
    """Ghi vắng mặt."""

    post = _choice("Người vắng", "Chọn người vắng.", coerce=int)
    since = _day("Vắng từ ngày", "Nhập ngày bắt đầu vắng.")
    until = _day("Đến hết ngày", "Nhập ngày vắng cuối cùng.")
    substitute = _choice("Người làm thay", "Chọn người làm thay.", coerce=int)
    reason = Line(label="Lý do", max_length=200, missing="Nhập lý do, ví dụ “Đi công tác Hà Nội”.")

    def __init__(
        self, *args: Any, mine: Iterable[tuple[int, str]], all_seats: Iterable[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["post"].choices = list(mine)  # type: ignore[attr-defined]
        self.fields["substitute"].choices = [("", "Chọn người"), *all_seats]  # type: ignore[attr-defined]


class Lending(forms.Form):
    """Ủy quyền."""

    role = _choice("Quyền ủy quyền", "Chọn một quyền.")
    taker = _choice("Người được ủy quyền", "Chọn người được ủy quyền.", coerce=int)
    since = _day("Từ ngày", "Nhập ngày bắt đầu ủy quyền.")
    until = _day("Đến hết ngày", "Nhập ngày cuối cùng của ủy quyền.")
    document = Line(label="Giấy ủy quyền", max_length=200, missing="Ghi số văn bản ủy quyền, ví dụ 12/GUQ-SKHCN.")

    def __init__(
        self, *args: Any, roles: Iterable[tuple[str, str]], seats: Iterable[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = list(roles)  # type: ignore[attr-defined]
        self.fields["taker"].choices = [("", "Chọn người"), *seats]  # type: ignore[attr-defined]


class WorkingTime(forms.Form):
    """Đặt giờ làm việc."""

    weekdays = forms.TypedMultipleChoiceField(
        label="Các ngày", coerce=int, choices=list(WEEKDAYS.items()), initial=[1, 2, 3, 4, 5],
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chọn ít nhất một ngày trong tuần."),
    )  # fmt: skip
    opens = _hour("Vào sáng", "7:30")
    lunch = _hour("Nghỉ trưa", "11:30")
    returns = _hour("Vào chiều", "13:30")
    closes = _hour("Tan làm", "17:00")
    since = _day("Áp dụng từ ngày", "Nhập ngày bắt đầu áp dụng.")

    @property
    def hours(self) -> Mapping[str, time]:
        """The four hours, as the command takes them."""
        return {name: self.cleaned_data[name] for name in ("opens", "lunch", "returns", "closes")}


class OwnDay(forms.Form):
    """Ghi ngày riêng của cơ quan."""

    day = _day("Ngày", "Nhập ngày.")
    kind = _choice("Là", "Chọn loại ngày.", LOCAL_KIND_NAMES.items())
    source = Line(
        label="Theo văn bản",
        max_length=200,
        missing="Ghi văn bản quy định, ví dụ “Thông báo 12/TB-UBND ngày 05/03/2026”.",
    )
