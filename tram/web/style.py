"""What the style page shows: every component in all its states, with made-up papers."""

from base64 import b64encode
from datetime import UTC, date, datetime
from pathlib import Path

from django import forms

TODAY = date(2026, 3, 12)
PAGE = "data:image/svg+xml;base64," + b64encode(
    (Path(__file__).parent / "static" / "web" / "sample-page.svg").read_bytes()
).decode("ascii")


def _line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs=attrs)


class Slip(forms.Form):
    """Phiếu vào sổ: the register form as the style page shows it."""

    arrived_on = forms.CharField(label="Ngày đến", initial="12/03/2026", widget=_line(**{"data-last": "11/03/2026"}))
    sender = forms.CharField(
        label="Cơ quan ban hành",
        initial="Sở Tài chính tỉnh Lào Cai",
        widget=_line(**{"data-place": "1 .1 .06 .32 .05"}),
    )
    symbol = forms.CharField(label="Số, ký hiệu", initial="482/STC-QLNS")
    issued_on = forms.CharField(
        label="Ngày văn bản", initial="01/03/2026", widget=_line(**{"data-place": "1 .55 .12 .35 .04"})
    )
    kind = forms.ChoiceField(label="Loại", choices=[("cv", "Công văn"), ("tb", "Thông báo"), ("qd", "Quyết định")])
    subject = forms.CharField(
        label="Trích yếu",
        initial="V/v rà soát dự toán chi thường xuyên quý II năm 2026",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    urgency = forms.ChoiceField(
        label="Độ khẩn", choices=[("0", "Thường"), ("1", "Khẩn"), ("2", "Thượng khẩn"), ("3", "Hỏa tốc")]
    )
    due_on = forms.CharField(label="Hạn xử lý", initial="20/03/2026", help_text="5 ngày làm việc, theo quy chế của Sở.")
    to = forms.CharField(label="Chuyển", initial="Giám đốc", help_text="3 lần gần đây cùng nơi gửi, cùng loại.")


class Fields(forms.Form):
    """Ô nhập: each kind of field, one of them wrong."""

    name = forms.CharField(label="Họ và tên", help_text="Như trên căn cước.")
    day = forms.CharField(label="Ngày văn bản", error_messages={"required": "Nhập ngày văn bản, ví dụ 5/3."})
    kind = forms.ChoiceField(
        label="Cách trả kết quả",
        choices=[("a", "Tại bộ phận một cửa"), ("b", "Qua bưu điện")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 2}))


def _papers() -> list[dict[str, object]]:
    base = {"today": TODAY, "done_on": None, "paused": None, "url": "#"}
    rows: list[dict[str, object]] = [
        {
            "number": 153,
            "symbol": "482/STC-QLNS",
            "sender": "Sở Tài chính",
            "urgency": 3,
            "unread": True,
            "subject": "V/v rà soát dự toán chi thường xuyên quý II năm 2026",
            "due_on": date(2026, 3, 9),
            "days_left": 3,
        },
        {
            "number": 152,
            "symbol": "17/UBND-VX",
            "sender": "UBND xã Tả Phìn",
            "urgency": 2,
            "unread": True,
            "subject": "Đề nghị hỗ trợ đường truyền cho bộ phận một cửa",
            "due_on": date(2026, 3, 13),
            "days_left": 1,
        },
        {
            "number": 151,
            "symbol": "96/TB-VPUB",
            "sender": "Văn phòng UBND tỉnh",
            "urgency": 1,
            "unread": False,
            "subject": "Thông báo kết luận cuộc họp giao ban tháng 3",
            "due_on": date(2026, 3, 20),
            "days_left": 6,
        },
        {
            "number": 150,
            "symbol": "1204/BKHCN-CĐS",
            "sender": "Bộ Khoa học và Công nghệ",
            "urgency": 0,
            "unread": False,
            "subject": "V/v báo cáo số liệu chuyển đổi số năm 2025",
            "due_on": date(2026, 3, 18),
            "days_left": 4,
            "paused": "Chờ bổ sung",
        },
        {
            "number": 149,
            "symbol": "33/KH-STP",
            "sender": "Sở Tư pháp",
            "urgency": 0,
            "unread": False,
            "subject": "Kế hoạch phổ biến pháp luật năm 2026",
            "due_on": date(2026, 3, 11),
            "days_left": 0,
            "done_on": date(2026, 3, 10),
        },
        {
            "number": 148,
            "symbol": "71/CV-BHXH",
            "sender": "Bảo hiểm xã hội tỉnh",
            "urgency": 0,
            "unread": False,
            "subject": "Đối chiếu danh sách tham gia bảo hiểm quý I",
            "due_on": date(2026, 3, 6),
            "days_left": 2,
            "done_on": date(2026, 3, 10),
        },
    ]
    return [base | row for row in rows]


def _steps() -> list[dict[str, object]]:
    at = datetime(2026, 3, 12, 1, 5, tzinfo=UTC)
    return [
        {"who": "Lê Thị Hoa", "unit": "Văn thư", "what": "Vào sổ, số đến 153", "at": at, "state": "done"},
        {
            "who": "Nguyễn Văn Sơn",
            "unit": "Giám đốc",
            "what": "Chỉ đạo",
            "at": at,
            "read_at": at,
            "state": "done",
            "words": "Giao Phòng Kế hoạch chủ trì, Văn phòng phối hợp; báo cáo tôi trước ngày 18/03.",
        },
        {"who": "Trần Thị Lan", "unit": "Phòng Kế hoạch", "what": "Đang giữ, hạn 18/03/2026", "at": at, "state": "now"},
        {
            "who": "Phòng Tổng hợp",
            "unit": "",
            "what": "Trả lại: không thuộc phần việc của phòng",
            "at": at,
            "state": "bad",
        },
        {"who": "Nguyễn Văn Sơn", "unit": "Giám đốc", "what": "Xác nhận xong", "at": None, "state": ""},
    ]


def sample() -> dict[str, object]:
    """Context of web/style.html."""
    slip = Slip(
        {name: field.initial or "" for name, field in Slip.base_fields.items()}
        | {"symbol": "", "kind": "cv", "urgency": "1"}
    )
    slip.fields["symbol"].error_messages["required"] = "Nhập số, ký hiệu như trên văn bản, ví dụ 482/STC-QLNS."
    slip.full_clean()
    papers = _papers()
    return {
        "slip": slip,
        "fields": Fields({"name": "Lò Thị Mai", "kind": "a"}),
        "papers": papers,
        "steps": _steps(),
        "page_image": PAGE,
        "columns": [{"label": "Số đến", "kind": "num"}, {"label": "Trích yếu"}, {"label": "Nơi gửi"}],
        "rows": [{"url": "#", "cells": [p["number"], p["subject"], p["sender"]]} for p in papers[:3]],
        "pager": {"next_url": "#", "previous_url": "#", "words": "51–100 trong 1.243"},
        "doubt": {"text": "ngày 0l tháng 3 năm 2026", "why": "Chữ số 1 đọc chưa chắc."},
        "arrival": {
            "agency": "Sở Khoa học và Công nghệ",
            "number": 153,
            "date": TODAY,
            "to": "Giám đốc",
            "file": "04.KHTC",
        },
        "job": {"label": "Đang in sổ", "done": 8420, "total": 20000, "left": "còn khoảng 25 giây"},
        "undo": {"url": "#", "label": "Đã chuyển 3 văn bản cho Phòng Kế hoạch.", "seconds": 10},
    }
