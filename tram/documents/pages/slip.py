"""The slip as it opens: filled by the reading, doubtful lines marked, the leader suggested with the reason."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField

from tram.documents import queries
from tram.documents.forms import SlipForm, number_of, shown
from tram.documents.models import Incoming
from tram.documents.rules import BOOKS, Slip, default_due, kinds, split_code
from tram.kernel.actors import LEADERS
from tram.kernel.clock import local
from tram.organisation.queries import Seat, book, calendar_of, find_units, numbers_aside, seats_with_role
from tram.web.asked import Asked

LINES = (
    "arrival_date", "arrival_time", "organ_name", "code", "issued_date", "type_name", "subject", "urgency", "secrecy",
    "keeping_place", "page_amount", "issued_amount", "due_date", "present_to", "kept_number", "file_code",
    "signer_full_name", "signer_position",
)  # fmt: skip
NEEDED = ("organ_name", "subject")
MOST_COMMON = "Công văn"
UNREAD = {"why": "Máy chưa đọc được ô này. Nhìn trang rồi gõ."}


@dataclass(slots=True)
class OpenSlip:
    """Phiếu đang mở: the form, what is doubtful in it, and the paper in the book that looks the same."""

    form: SlipForm
    doubts: dict[str, dict[str, str]] = field(default_factory=dict)
    twin: Incoming | None = None

    @property
    def lines(self) -> list[tuple[BoundField, dict[str, str] | None]]:
        """Each line of the slip with its doubt."""
        return [(self.form[name], self.doubts.get(name)) for name in LINES if name in self.form.fields]

    @property
    def is_sure(self) -> bool:
        """Whether nothing on it asks for a person's eye."""
        return not self.doubts and self.twin is None


def leaders_of(agency: int, on: date) -> list[Seat]:
    """The leaders before whom a paper may be put, the head first."""
    return seats_with_role(list(LEADERS), agency, on)


def open_slip(request: Asked, document: Incoming | None, data: Mapping[str, Any] | None = None) -> OpenSlip:
    """The slip of a paper in the lane (or of one typed from nothing), with what was typed when `data` is given."""
    agency, today = request.actor.agency, request.at.date()
    leaders = leaders_of(agency, today)
    read = queries.proposal(document.pk) if document else None
    fields, text = read or ({}, "")
    values = {name: one["value"] for name, one in fields.items()}
    initial, hints = _initial(values, text, today, agency), {}
    if document:
        initial["arrival_time"] = local(document.arrived_at).time()
        initial["secrecy"] = document.secrecy or initial["secrecy"]
    else:
        initial["type_name"] = MOST_COMMON
    initial["present_to"], hints["present_to"] = _suggested(agency, initial, leaders)
    if initial.get("due_date") and not values.get("due_date"):
        hints["due_date"] = f"{kinds()[initial['type_name']]} ngày làm việc, theo loại văn bản. Sửa được."
    initial["kept_number"] = number_of(request.GET, "giu", 0) or None
    form = SlipForm(
        data, initial=shown(initial), leaders=[(seat.post, seat.label) for seat in leaders],
        kept=_kept_numbers(agency, today.year),
    )  # fmt: skip
    if document is None:
        form.fields["organ_name"].widget.attrs["data-focus"] = ""
    _dress(form, fields, hints, queries.last_registered(agency, today.year))
    doubts = {} if data is not None else _doubts(fields, document is not None and read is not None)
    return OpenSlip(form, doubts, _twin(agency, form, document))


def _kept_numbers(agency: int, year: int) -> list[tuple[int, str]]:
    """Numbers of the year's book that wait for their paper."""
    open_book = book(agency, BOOKS[False], year)
    aside = numbers_aside(open_book.id) if open_book and not open_book.closed_on else []
    return [
        (one["number"], f"Số {one['number']}, đã giữ: {one['reason']}") for one in aside if one["state"] == "reserved"
    ]


def _initial(values: dict[str, Any], text: str, today: date, agency: int) -> dict[str, Any]:
    issued, due = values.get("issued_date"), values.get("due_date")
    organ_name, type_name = values.get("organ_name", ""), values.get("type_name", "")
    code = "/".join(part for part in (values.get("code_number"), values.get("code_notation")) if part)
    same = [unit.id for unit in find_units(organ_name, today, 1) if unit.name == organ_name] if organ_name else []
    return {
        **values,
        "arrival_date": today,
        "organ_unit": same[0] if same else None,
        "code": code,
        "issued_date": date.fromisoformat(issued) if issued else None,
        "due_date": date.fromisoformat(due)
        if due and due >= today.isoformat()
        else default_due(type_name, text, today, calendar_of(agency)),
        "type_name": type_name,
        "urgency": values.get("urgency", 0),
        "secrecy": values.get("secrecy", 0),
    }


def _suggested(agency: int, initial: dict[str, Any], leaders: list[Seat]) -> tuple[int | None, str]:
    """Before whom papers like this one were put, with the reason; else the head of the agency."""
    posts = {seat.post for seat in leaders}
    organ_name = initial.get("organ_name", "")
    papers, same_kind = queries.past_papers(agency, organ_name, initial["type_name"]) if organ_name else ([], False)
    usual = queries.usual_leader(papers)
    if usual and usual[0] in posts:
        return usual[0], f"{usual[1]} lần gần đây cùng nơi gửi{', cùng loại' if same_kind else ''}."
    return (leaders[0].post, "Thủ trưởng cơ quan.") if leaders else (None, "Cơ quan chưa có lãnh đạo để trình.")


def _dress(form: SlipForm, fields: dict[str, Any], hints: dict[str, str], last: Incoming | None) -> None:
    for name, words in hints.items():
        form.fields[name].help_text = words
    for name in form.fields:
        place = fields.get("code_notation" if name == "code" else name, {}).get("place")
        if place:
            form.fields[name].widget.attrs["data-place"] = place
    if last is not None:
        before = shown(
            {
                name: getattr(last, name, "")
                for name in (*LINES, "organ_unit_id")
                if name not in ("present_to", "kept_number")
            }
        )
        for name in ("organ_name", "code", "issued_date", "type_name", "subject", "due_date", "file_code"):
            form.fields[name].widget.attrs["data-last"] = before[name] or ""
        form.fields["organ_name"].widget.attrs["data-last-value"] = before["organ_unit_id"] or ""


def _doubts(fields: dict[str, Any], is_read: bool) -> dict[str, dict[str, str]]:
    doubts = {}
    for name, one in fields.items():
        if one["doubtful"]:
            line = "code" if name in ("code_number", "code_notation") else name
            doubts[line] = {"text": one["raw"], "why": "Đọc chưa chắc. Nhìn lại rồi Enter."}
    missing = {name: UNREAD for name in NEEDED if is_read and not fields.get(name, {}).get("value")}
    return {**missing, **doubts}


def _twin(agency: int, form: SlipForm, document: Incoming | None) -> Incoming | None:
    return twin_of(agency, {name: form[name].value() for name in form.fields}, document.pk if document else None)


def twin_of(agency: int, values: Mapping[str, Any], exclude: int | None = None) -> Incoming | None:
    """The paper in the book with the number and sender that stand on the slip now."""
    number, notation = split_code(values.get("code") or "")
    issued_on = None
    with suppress(ValidationError):
        issued_on = SlipForm.base_fields["issued_date"].clean(values.get("issued_date"))
    told = Slip(
        organ_name=values.get("organ_name") or "",
        code_number=number,
        code_notation=notation,
        issued_date=issued_on,
        subject=values.get("subject") or "",
    )
    return queries.find_duplicate(agency, told, exclude)
