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


PAPERS = [
    # number, symbol, sender, urgency, subject, due on, working days left or late, done on, paused
    (153, "482/STC-QLNS", "Sở Tài chính", 3, "V/v rà soát dự toán chi thường xuyên quý II năm 2026", 9, 3, None, None),
    (152, "17/UBND-VX", "UBND xã Tả Phìn", 2, "Đề nghị hỗ trợ đường truyền cho bộ phận một cửa", 13, 1, None, None),
    (151, "96/TB-VPUB", "Văn phòng UBND tỉnh", 1, "Thông báo kết luận cuộc họp giao ban tháng 3", 20, 6, None, None),
    (
        150,
        "1204/BKHCN-CĐS",
        "Bộ Khoa học và Công nghệ",
        0,
        "V/v báo cáo số liệu chuyển đổi số",
        18,
        4,
        None,
        "Chờ bổ sung",
    ),
    (149, "33/KH-STP", "Sở Tư pháp", 0, "Kế hoạch phổ biến pháp luật năm 2026", 11, 0, 10, None),
    (148, "71/CV-BHXH", "Bảo hiểm xã hội tỉnh", 0, "Đối chiếu danh sách tham gia bảo hiểm quý I", 6, 2, 10, None),
]


def _papers() -> list[dict[str, object]]:
    return [
        {
            "number": number,
            "symbol": symbol,
            "sender": sender,
            "urgency": urgency,
            "unread": urgency > 1,
            "subject": subject,
            "due_on": date(2026, 3, due),
            "days_left": left,
            "done_on": date(2026, 3, done) if done else None,
            "paused": paused,
            "today": TODAY,
            "url": "#",
        }
        for number, symbol, sender, urgency, subject, due, left, done, paused in PAPERS
    ]


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
        "job": {"words": "Đã làm 8.420 trên 20.000 dòng", "done": 8420, "total": 20000, "left": "còn khoảng 25 giây"},
        "said": {"undo": {"url": "#", "label": "Đã chuyển 3 văn bản cho Phòng Kế hoạch.", "seconds": 10}},
    }
