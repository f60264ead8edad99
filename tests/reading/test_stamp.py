"""Stamps of secrecy on scans: seen by their shape and their ink, whatever the reader makes of the letters."""

import pytest

from tests.reading.stamped import BLACK, scan
from tram.reading.queries import stamp_seen
from tram.reading.rules.page import Line
from tram.reading.rules.stamps import level_of

READ = {
    "secret": ("MẬT", "MDT", "MIT", "MT", "M0T", "M'T", "MTT", "MỮT", "| MẬT |"),
    "top_secret": ("TỐI MẬT", "TOI MOT", "TUIMOT", "TI MIT", "TUI MOT"),
    "absolute_secret": ("TUYỆT MẬT", "TUYOT MOT", "TUYOTMT", "TUYT MT", "TUYT MÍT", "TUYT MET"),
    "": ("KHẨN", "KHŨN", "HỎA TỐC", "HATIC", "HOATC", "THƯỢNG KHẨN", "Một", "mật", "THÔNG BÁO", "SỞ NỘI VỤ", "GIẤY MỜI",
         "ỦY BAN MẶT TRẬN TỔ QUỐC", "Bảo vệ bí mật nhà nước", "TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC", ""),
}  # fmt: skip
"""What the machine reader made of stamps, as measured, and of what is none."""


@pytest.mark.parametrize(("level", "text"), [(level, text) for level, texts in READ.items() for text in texts])
def test_a_line_is_a_stamp_by_its_shape(level: str, text: str) -> None:
    assert level_of([Line(text, 1, None, 1.0)]) == level


def test_the_graver_of_two_counts() -> None:
    assert level_of([Line("MẬT", 1, None, 1.0), Line("TUYT MT", 1, None, 1.0)]) == "absolute_secret"


@pytest.mark.parametrize(
    ("content", "level"),
    [
        (scan(102, "TUYỆT MẬT", angle=1.2, size=30), "absolute_secret"),
        (scan(103, "TỐI MẬT", form="PDF"), "top_secret"),
        (scan(106, "MẬT", colour=BLACK, size=28), "secret"),
        (scan(201, "KHẨN"), ""),
    ],
    ids=["red over print", "in a PDF", "black", "urgent"],
)
def test_a_real_scan_is_looked_at_by_the_real_reader(content: bytes, level: str) -> None:
    assert stamp_seen(content) == level
