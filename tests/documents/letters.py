"""Letters as PDFs with a text layer, set from plain text; and posts as a browser sends them."""

import json
import uuid
from io import BytesIO
from typing import Any, cast

import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

SETTING = b"""#let lines = json(bytes(sys.inputs.at("lines")))
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 20mm))
#set text(font: ("Liberation Serif", "Libertinus Serif"), size: 13pt, lang: "vi", hyphenate: false, features: (ccmp: 0, mark: 0))
#set par(leading: 0.5em, spacing: 0.6em)
#for line in lines { if line == "" { v(6pt) } else { par(line) } }
"""
LETTER = """ỦY BAN NHÂN DÂN TỈNH LÀO CAI
SỞ TÀI CHÍNH

Số: {number}/STC-QLNS
V/v {matter}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Lào Cai, ngày 16 tháng 11 năm 2026

Kính gửi: Sở Khoa học và Công nghệ.

Thực hiện kế hoạch năm 2026, Sở Tài chính đề nghị Sở Khoa học và Công nghệ rà soát và gửi báo cáo.
Trân trọng đề nghị quý cơ quan quan tâm phối hợp thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT, QLNS.
GIÁM ĐỐC


Đinh Thị Thu
"""


def pdf_of(text: str) -> bytes:
    """The text as a PDF, one paragraph a line."""
    lines = json.dumps([line.strip() for line in text.splitlines()], ensure_ascii=False)
    return cast(bytes, typst.compile(SETTING, sys_inputs={"lines": lines}, format="pdf"))


def letter(number: int = 482, matter: str = "rà soát dự toán chi thường xuyên quý II năm 2026") -> bytes:
    """A letter of the Sở Tài chính to the Sở Khoa học và Công nghệ."""
    return pdf_of(LETTER.format(number=number, matter=matter))


def key() -> dict[str, str]:
    """The header by which a POST counts once."""
    return {"HTTP_IDEMPOTENCY_KEY": str(uuid.uuid4())}


def post(client: Client, path: str, data: dict[str, Any] | None = None, **headers: str) -> Any:
    """A POST with its own key, as a program without a form sends it."""
    return client.post(path, data or {}, **key(), **headers)


def drop(client: Client, content: bytes, name: str = "cong-van.pdf") -> Any:
    """One file dropped on the desk."""
    file = SimpleUploadedFile(name, BytesIO(content).read())
    return post(client, "/van-ban-den/ban-van-thu/tep", {"file": file}, HTTP_HX_REQUEST="true")
